using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// Reads a value as SDMX-JSON 2.x sends it directly: string, number, boolean, texts by language, arrays of these. The cursor stands
/// on its first token; afterwards on its last.
/// </summary>
internal static class JsonValueReader
{
    /// <summary>The value; null for null.</summary>
    public static ComplexValue? Read(JsonCursor cursor, IssueList issues, string? component)
    {
        switch (cursor.Token)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.StartArray:
                return ReadArray(cursor, issues, component);
            case JsonTokenType.StartObject:
                return new ComplexValue(ReadTexts(cursor, issues, component));
            default:
                return ComplexValue.Of(cursor.Text()!);
        }
    }

    private static ComplexValue ReadArray(JsonCursor cursor, IssueList issues, string? component)
    {
        List<LocalisedText> values = [];
        int depth = cursor.Depth;
        while (true)
        {
            cursor.ReadToken();
            switch (cursor.Token)
            {
                case JsonTokenType.EndArray when cursor.Depth == depth:
                    return new ComplexValue(values);
                case JsonTokenType.Null:
                    break;
                case JsonTokenType.StartObject:
                    values.Add(ReadTexts(cursor, issues, component));
                    break;
                case JsonTokenType.StartArray:
                    // The schemas allow arrays in arrays; no component has such values.
                    JsonFindings.WrongKind(cursor, issues, component, "value");
                    cursor.Skip();
                    break;
                default:
                    values.Add(LocalisedText.Of(cursor.Text()!, ComplexValue.NoLanguage));
                    break;
            }
        }
    }

    private static LocalisedText ReadTexts(JsonCursor cursor, IssueList issues, string? component)
    {
        List<KeyValuePair<string, string>> texts = [];
        JsonMembers members = new(cursor, issues, component ?? "value");
        while (members.Next())
        {
            string language = cursor.Text()!;
            cursor.ReadToken();
            if (cursor.Token == JsonTokenType.String)
            {
                texts.Add(new(language, cursor.Text()!));
            }
            else
            {
                JsonFindings.WrongKind(cursor, issues, component, "string");
                cursor.Skip();
            }
        }

        return new LocalisedText(texts);
    }
}
