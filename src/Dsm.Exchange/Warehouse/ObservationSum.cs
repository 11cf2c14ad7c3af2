using Dsm.Sdmx.Data;
using Dsm.Sdmx.Mapping;

namespace Dsm.Exchange.Warehouse;

/// <summary>
/// Adds up observations that a map lays on one. What is missing adds nothing; the statuses of the sum are the most careful ones of its
/// parts: not free as soon as one part is not, estimated or provisional as soon as one part is.
/// </summary>
internal static class ObservationSum
{
    private const string CarefulFirst = "BDUEFGIPSVJNKW";
    private const int CommentLength = 1000;

    /// <summary>Adds a row onto another.</summary>
    public static void Add(StoredLayout layout, SeriesColumns to, int row, SeriesColumns part, int partRow)
    {
        bool had = to.Values[row].HasValue, has = part.Values[partRow].HasValue;
        to.Values[row] = Add(to.Values[row], part.Values[partRow]);
        for (int c = 0; c < layout.CellIds.Length; c++)
        {
            string? left = to.Cells[c][row], right = part.Cells[c][partRow];
            if (left == right)
            {
                continue;
            }

            to.Cells[c][row] = c < layout.FurtherMeasures ? Add(ObservationValue.Parse(left), ObservationValue.Parse(right)).ToString()
                : c == layout.Confidentiality ? (StoredLayout.IsRestricted(left) ? left : right)
                : c == layout.Status ? Status(left, had, right, has)
                : left is null || right is null ? left ?? right
                : Join(left, right);
        }
    }

    // Texts that are no numbers cannot be added up; validation has refused them before they come here.
    private static ObservationValue Add(in ObservationValue left, in ObservationValue right)
        => Aggregator.TryAdd(left, right, out ObservationValue sum) ? sum : left;

    private static string? Status(string? left, bool had, string? right, bool has)
    {
        if (had != has)
        {
            // A sum of what is known only: its reader has to be told.
            return "E";
        }

        int a = Rank(left), b = Rank(right);
        return a <= b ? left : right;
    }

    private static int Rank(string? status)
    {
        int rank = status is { Length: 1 } ? CarefulFirst.IndexOf(status, StringComparison.Ordinal) : -1;
        return rank < 0 ? CarefulFirst.Length : rank;
    }

    private static string Join(string left, string right)
    {
        if (left.Split("; ").Contains(right))
        {
            return left;
        }

        string both = left + "; " + right;
        return both.Length <= CommentLength ? both : left;
    }
}
