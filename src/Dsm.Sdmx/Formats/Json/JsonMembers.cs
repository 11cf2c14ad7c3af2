using System.Text.Json;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Goes through the members of the object at which a cursor stands. After <see cref="Next"/> the cursor stands on a name; whoever
/// handles it leaves the cursor on the last token of the value. A member that comes twice is reported, and the first one counts.
/// </summary>
internal struct JsonMembers
{
    /// <summary>Most members of one object that are watched for coming twice; no object of the standard has as many.</summary>
    private const int MaxSeen = 4096;

    private readonly JsonCursor _cursor;
    private readonly IssueList _issues;
    private readonly string _parent;
    private readonly int _depth;
    private HashSet<string>? _seen;
    private bool _isDone;

    public JsonMembers(JsonCursor cursor, IssueList issues, string parent)
    {
        _cursor = cursor;
        _issues = issues;
        _parent = parent;
        _depth = cursor.Depth;
        if (cursor.Token != JsonTokenType.StartObject)
        {
            if (cursor.Token != JsonTokenType.Null)
            {
                JsonFindings.WrongKind(cursor, issues, parent, "object");
            }

            cursor.Skip();
            _isDone = true;
        }
    }

    /// <summary>Moves to the next member; false behind the last one.</summary>
    public bool Next()
    {
        while (!_isDone)
        {
            _cursor.ReadToken();
            if (_cursor.Token == JsonTokenType.EndObject && _cursor.Depth == _depth)
            {
                _isDone = true;
                break;
            }

            string name = _cursor.Text()!;
            _seen ??= new HashSet<string>(StringComparer.Ordinal);
            if (_seen.Count >= MaxSeen || _seen.Add(name))
            {
                return true;
            }

            _issues.Add(IssueCodes.JsonDuplicateMember, _cursor.Location, name, _parent);
            _cursor.Skip();
        }

        return false;
    }
}
