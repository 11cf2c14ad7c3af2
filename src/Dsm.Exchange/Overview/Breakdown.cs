using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Overview;

/// <summary>Which codes of a dimension count the same things: a code and those above it, and age groups that share a year of age.</summary>
internal sealed class Breakdown
{
    private readonly Dictionary<string, HashSet<string>> _above = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int From, int To)> _ages = new(StringComparer.Ordinal);

    private Breakdown(Codelist codelist)
    {
        Dictionary<string, string?> parents = codelist.Codes.ToDictionary(c => c.Id, c => c.ParentId);
        foreach (string code in parents.Keys)
        {
            HashSet<string> above = [];
            for (string? parent = parents[code]; parent is not null && above.Add(parent);)
            {
                parent = parents.GetValueOrDefault(parent);
            }

            _above.Add(code, above);
            if (AgeOf(code) is { } age)
            {
                _ages.Add(code, age);
            }
        }
    }

    /// <summary>The breakdown of a dimension; null when its codelist has no total.</summary>
    public static Breakdown? Of(SchemaComponent dimension)
        => dimension.Codelist is { } list && list.Find(TotalsBuilder.TotalCode) is not null ? new Breakdown(list) : null;

    /// <summary>True when two codes count something in common.</summary>
    public bool Overlap(string one, string other)
        => one == other || one == TotalsBuilder.TotalCode || other == TotalsBuilder.TotalCode || IsAbove(one, other) || IsAbove(other, one)
            || (_ages.TryGetValue(one, out (int From, int To) a) && _ages.TryGetValue(other, out (int From, int To) b) && a.From <= b.To && b.From <= a.To);

    /// <summary>Number of codes above a code; 0 for the total.</summary>
    public int Depth(string code) => code == TotalsBuilder.TotalCode ? 0 : 1 + (_above.GetValueOrDefault(code)?.Count ?? 0);

    private bool IsAbove(string code, string below) => _above.GetValueOrDefault(below)?.Contains(code) == true;

    // The naming rule of CL_AGE: Y0T13, Y_GE65, Y_LT18, Y20.
    private static (int From, int To)? AgeOf(string code)
    {
        if (code.Length < 2 || code[0] != 'Y')
        {
            return null;
        }

        string[] ends = code[1..].Split('T');
        return code.StartsWith("Y_GE", StringComparison.Ordinal) && int.TryParse(code.AsSpan(4), out int least) ? (least, int.MaxValue)
            : code.StartsWith("Y_LT", StringComparison.Ordinal) && int.TryParse(code.AsSpan(4), out int below) ? (0, below - 1)
            : int.TryParse(ends[0], out int from) && int.TryParse(ends[^1], out int to) ? (from, to)
            : null;
    }
}
