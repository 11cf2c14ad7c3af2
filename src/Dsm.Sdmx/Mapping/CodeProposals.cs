using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Mapping;

/// <summary>A code that a value without a mapping may mean.</summary>
/// <param name="CodeId">Id of the code.</param>
/// <param name="Name">Its name; empty when it has none.</param>
/// <param name="Score">How alike they are, 0 to 1; 1 for the same id.</param>
public readonly record struct CodeProposal(string CodeId, LocalisedText Name, double Score);

/// <summary>
/// Finds codes that a value may mean, by the likeness of ids and names. Proposals are for people who maintain maps: no data are ever
/// mapped by them.
/// </summary>
public static class CodeProposals
{
    /// <summary>Below this likeness nothing is proposed.</summary>
    private const double Threshold = 0.45;

    /// <summary>The best candidates, the most alike first.</summary>
    /// <param name="value">The value without a mapping.</param>
    /// <param name="name">Its name in the source; empty when it has none.</param>
    /// <param name="candidates">The items of the target.</param>
    /// <param name="count">How many at most.</param>
    public static ImmutableArray<CodeProposal> For(string value, LocalisedText name, IEnumerable<Item> candidates, int count = 3)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(candidates);
        string id = Normal(value);
        string[] names = [.. name.Texts.Select(t => Normal(t.Value)).Append(id).Where(t => t.Length > 0).Distinct()];
        return
        [
            .. candidates.Select(c => new CodeProposal(c.Id, c.Name, Likeness(id, names, c)))
                .Where(p => p.Score >= Threshold)
                .OrderByDescending(p => p.Score).ThenBy(p => p.CodeId, StringComparer.Ordinal)
                .Take(count),
        ];
    }

    private static double Likeness(string id, string[] names, Item candidate)
    {
        string candidateId = Normal(candidate.Id);
        if (candidateId == id)
        {
            return 1;
        }

        // Ids are short: that one begins like the other says something, that they share letters does not.
        double best = id.Length >= 2 && candidateId.Length >= 2
            && (candidateId.StartsWith(id, StringComparison.Ordinal) || id.StartsWith(candidateId, StringComparison.Ordinal))
            ? 0.5 + (0.3 * Math.Min(id.Length, candidateId.Length) / Math.Max(id.Length, candidateId.Length)) : 0;
        foreach ((_, string text) in candidate.Name.Texts)
        {
            string other = Normal(text);
            foreach (string mine in names)
            {
                best = Math.Max(best, mine == other ? 0.98 : 0.95 * Dice(mine, other));
            }
        }

        return best;
    }

    /// <summary>Share of common pairs of neighbouring letters (Dice's coefficient).</summary>
    private static double Dice(string left, string right)
    {
        if (left.Length < 3 || right.Length < 3)
        {
            return 0;
        }

        Dictionary<(char, char), int> pairs = [];
        for (int i = 1; i < left.Length; i++)
        {
            (char, char) pair = (left[i - 1], left[i]);
            pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
        }

        int common = 0;
        for (int i = 1; i < right.Length; i++)
        {
            (char, char) pair = (right[i - 1], right[i]);
            if (pairs.TryGetValue(pair, out int left2) && left2 > 0)
            {
                common++;
                pairs[pair] = left2 - 1;
            }
        }

        return 2.0 * common / (left.Length + right.Length - 2);
    }

    /// <summary>A text as likeness compares it: small letters and digits without accents (ё is е), words divided by one blank.</summary>
    public static string Normal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder normal = new(text.Length);
        foreach (char c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                normal.Append(char.ToLowerInvariant(c) is 'ё' ? 'е' : char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && normal.Length > 0 && normal[^1] != ' ')
            {
                normal.Append(' ');
            }
        }

        return normal.ToString().TrimEnd();
    }
}
