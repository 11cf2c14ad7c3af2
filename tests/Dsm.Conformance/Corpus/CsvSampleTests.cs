using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Corpus;

/// <summary>The data samples of the SDMX-CSV field guides 1.0, 2.0 and 2.1, read record by record against the structures they suppose.</summary>
public class CsvSampleTests
{
    private static readonly string[] Versions = ["1.0", "2.0", "2.1"];

    [SharedFolderFact]
    public void Every_record_of_every_sample_is_read()
    {
        List<string> differences = [];
        int samples = 0;
        foreach (string path in Versions.SelectMany(v => Directory.EnumerateFiles(SharedFolder.Path("standards", "sdmx-csv", v, "samples", "data"), "*.csv")))
        {
            (List<string> lines, IssueList issues) = Read(path);
            int records = Records(path);
            samples++;
            string[] unexpected = [.. issues.Kept.Where(i => i.Severity >= Severity.Error).Select(i => i.ToString())];
            if (lines.Count != records || unexpected.Length > 0)
            {
                differences.Add($"{path}: {lines.Count} instead of {records}: {string.Join(" ", unexpected)}");
            }
        }

        differences.Should().BeEmpty();
        samples.Should().Be(45);
    }

    [SharedFolderTheory]
    [InlineData("1.0", 1, "Information A.B 2014-01=12.4 ATTR_2:Y ATTR_3:Normal, special and other values ATTR_1:N")]
    [InlineData("1.0", 2, "Information A.B 2014-01=12.4 ATTR_2:Y ATTR_3:Normal, special and other values ATTR_1:N")]
    [InlineData("1.0", 3, "Information A.B 2014-01-01=12.4 ATTR_2:Y ATTR_3:Normal, special and other values ATTR_1:N")]
    [InlineData("2.0", 2, "Information A.B 2014-01=12.4/12.5 ATTR_3:Normal, special and other values ATTR_1:X;Y")]
    [InlineData("2.1", 4, "Merge A.B 2014-01=12.4 ATTR_2:Y ATTR_3:Normal, special and other values ATTR_1:N")]
    [InlineData("2.1", 6, "Merge A.B 2014-01=12.4 ATTR_1:Y ATTR_2:Normal, special and other values ATTR_3:N")]
    [InlineData("2.1", 7, "Merge A.B 2014-01=12.4 ATTR_1:Value X;Value Y ATTR_2:M, N & O;P & Q ATTR_3:A;B;C")]
    [InlineData("2.0", 8, "Information A.B 2014-01=12.4 ATTR_1:en:Any Value;fr:N'importe quelle Valeur")]
    [InlineData("2.0", 10, "Information DIMVAL_A1B1.DIMVAL_A2.DIMVAL_A3C2 =MEASVAL_A1B1C1 ATTR_A1:ATTRVAL_A1")]
    [InlineData("2.0", 16, "Information A.B 2014-01=12.4 ATTR_1:<p>This is some \"xhtml\" with a line\nbreak</p>")]
    [InlineData("2.0", 17, "Delete A.B 2014-01=-")]
    [InlineData("2.0", 18, "Delete .A =-")]
    [InlineData("2.0", 19, "Delete .A -")]
    [InlineData("2.0", 20, "Delete . -")]
    [InlineData("2.0", 21, "Delete . -")]
    public void The_first_record_says_what_the_guide_says(string version, int example, string expected)
    {
        (List<string> lines, _) = Read(SharedFolder.Path("standards", "sdmx-csv", version, "samples", "data", $"example-{example:D2}.csv"));
        lines[0].ReplaceLineEndings("\n").Should().Be(expected);
    }

    [SharedFolderFact]
    public void Actions_and_structures_make_data_sets_of_their_own()
    {
        Read(Sample("2.1", 11)).Lines.Select(l => l.Split(' ')[0]).Should().Equal("Merge", "Replace");
        Read(Sample("2.1", 10)).Lines.Should().Equal(
            "Merge DIMVAL_A1B1.DIMVAL_A2.DIMVAL_A3C2 =MEASVAL_A1B1C1 ATTR_A1:ATTRVAL_A1",
            "Merge DIMVAL_A1B1.DIMVAL_B2 =MEASVAL_A1B1C1 ATTR_B1:ATTRVAL_B1",
            "Merge DIMVAL_C1.DIMVAL_A3C2.DIMVAL_C3 =MEAS_A1B1C1/MEAS_C2");
    }

    [SharedFolderFact]
    public void Attributes_of_a_part_of_the_key_reach_its_series()
        => Read(Sample("2.1", 14)).Lines.Should().Equal("Merge A.B 2014-01=12.4 ATTR_1:N", "Merge A.B - ATTR_2:Y");

    [SharedFolderFact]
    public void Files_of_Eurostat_are_read_to_the_last_value()
    {
        foreach (CorpusFile file in CorpusIndex.All.Where(f => f.Path.StartsWith("eurostat-csv/", StringComparison.Ordinal)))
        {
            (List<string> lines, IssueList issues) = Read(SharedFolder.Path("corpus", file.Path));
            lines.Count.Should().Be(file.Counts["rows"], file.Path);
            lines.Should().NotContain(l => l.Contains(" =", StringComparison.Ordinal) || l.Contains('!'), file.Path);
            issues.Kept.Select(i => i.ToString()).Should().BeEmpty(file.Path);
        }
    }

    private static string Sample(string version, int example)
        => SharedFolder.Path("standards", "sdmx-csv", version, "samples", "data", $"example-{example:D2}.csv");

    private static int Records(string path) => File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Count(l => l.Length > 0)
        - 1 - (path.EndsWith("example-16.csv", StringComparison.Ordinal) ? 1 : 0);

    private static (List<string> Lines, IssueList Issues) Read(string path)
    {
        IssueList issues = new();
        List<string> lines = [];
        string header = File.ReadLines(path).First();
        using DataReader reader = DataMessageReader.Open(File.OpenRead(path), r => CsvSampleSchema.Of(header, r), issues)!;
        while (reader.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!, 100);
            while (reader.Read(batch))
            {
                lines.AddRange(Describe(batch));
            }
        }

        return (lines, issues);
    }

    private static IEnumerable<string> Describe(ObservationBatch batch)
    {
        for (int series = 0; series < batch.SeriesCount; series++)
        {
            string head = $"{batch.Space.Header.Action} {batch.KeyOf(series)}";
            string attributes = string.Concat(batch.SeriesAttributes.Where(a => a.HasValue(series)).Select(a => $" {a.Component.Id}:{a[series]}"));
            int[] rows = [.. Enumerable.Range(0, batch.Count).Where(r => batch.SeriesOf[r] == series)];
            foreach (int row in rows)
            {
                string period = batch.BadPeriods[row] is { Length: > 0 } bad ? "!" + bad : batch.Periods[row].ToString();
                string values = string.Join('/', batch.Measures.Select(m => m[row].ToString()));
                yield return $"{head} {period}={values}{string.Concat(batch.ObservationAttributes.Where(a => a.HasValue(row)).Select(a => $" {a.Component.Id}:{a[row]}"))}{attributes}";
            }

            if (rows.Length == 0)
            {
                yield return $"{head} -{attributes}";
            }
        }
    }
}
