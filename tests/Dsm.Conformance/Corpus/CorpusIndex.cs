using System.Globalization;

namespace Dsm.Conformance.Corpus;

/// <summary>One message of the public corpus with what an independent count found in it.</summary>
/// <param name="Path">Path in the corpus.</param>
/// <param name="Format">Format as the index names it, e.g. <c>SDMX-ML 2.1 Structure</c>.</param>
/// <param name="Validity">What the official schemas said.</param>
/// <param name="Counts">Counts by name, e.g. <c>Codelist.Code</c>.</param>
public sealed record CorpusFile(string Path, string Format, string Validity, IReadOnlyDictionary<string, int> Counts)
{
    /// <summary>Opens the message.</summary>
    public Stream Open() => File.OpenRead(SharedFolder.Path("corpus", Path));

    /// <summary>True when the index breaks its list of counts off.</summary>
    public bool IsCut { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}

/// <summary>The index of the corpus, read from its table.</summary>
public static class CorpusIndex
{
    private static readonly Lazy<IReadOnlyList<CorpusFile>> Files = new(Read);

    /// <summary>All messages of the corpus.</summary>
    public static IReadOnlyList<CorpusFile> All => Files.Value;

    private static List<CorpusFile> Read()
    {
        List<CorpusFile> files = [];
        bool table = false;
        foreach (string line in File.ReadLines(SharedFolder.Path("corpus", "INDEX.md")))
        {
            table |= line.StartsWith("## Files", StringComparison.Ordinal);
            string[] cells = line.Split(" | ");
            if (table && cells.Length >= 6 && cells[0].StartsWith("| ", StringComparison.Ordinal) && cells[0] != "| file")
            {
                // The note on what a file exercises may itself hold a bar; the counts are the cell with names and numbers.
                string counts = cells.Skip(4).FirstOrDefault(c => System.Text.RegularExpressions.Regex.IsMatch(c, @"^[A-Za-z.]+=\d+(;|$)")) ?? "";
                files.Add(new CorpusFile(cells[0][2..].Trim(), cells[2].Trim(), cells[4].Trim(), Counts(counts)) { IsCut = counts.Length >= 380 });
            }
        }

        return files;
    }

    private static Dictionary<string, int> Counts(string cell)
    {
        Dictionary<string, int> counts = [];
        foreach (string part in cell.Split(';', StringSplitOptions.TrimEntries))
        {
            string[] pair = part.Split('=');
            if (pair.Length == 2 && int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            {
                counts[pair[0]] = count;
            }
        }

        return counts;
    }
}
