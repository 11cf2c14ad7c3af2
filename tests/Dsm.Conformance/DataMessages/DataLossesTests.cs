using Dsm.Conformance.JsonSchemas;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.DataMessages;

/// <summary>
/// Writes random data messages in each format and reads them again: what differs is exactly what the writer said it leaves out, and what
/// it says is in the table of known losses of data. Chains of formats lose no more than their parts said.
/// </summary>
public class DataLossesTests
{
    private const int Runs = 120;

    private static readonly SdmxFormat[] Formats = [.. MediaTypes.All.Where(DataWriters.CanWrite)];

    private static readonly string[] OfSending = ["MessageHeader.Id", "MessageHeader.Prepared", "MessageHeader.SenderId", "MessageHeader.ReceiverIds"];

    public static TheoryData<string> FormatNames => [.. Formats.Select(f => f.Name)];

    [SharedFolderTheory]
    [MemberData(nameof(FormatNames))]
    public void A_format_loses_what_it_says(string name)
    {
        SdmxFormat format = Formats.Single(f => f.Name == name);
        Dictionary<string, string> failures = [];
        HashSet<string> happened = [];
        for (int seed = 0; seed < Runs; seed++)
        {
            RandomMessage message = new(seed, isValid: seed % 12 == 0);
            (string[] said, byte[] bytes, Sent sent) = Write(format, new Sent(message.Header, message.DataSets), seed, message.Structures);
            List<DataDifference> differences = DataDifference.Between(
                DataRows.Of(message.Header, message.DataSets), DataRows.Of(sent.Header, sent.DataSets), p => sent.Header is not null || !OfSending.Contains(p));
            foreach (string error in sent.Errors)
            {
                failures.TryAdd("read: " + error.Split(':')[0], $"seed {seed}, {error}");
            }

            foreach (DataDifference difference in differences.Where(d => !said.Any(s => d.IsExplainedBy(s))))
            {
                failures.TryAdd($"not said: {difference.Kind}", $"seed {seed}, {difference}");
            }

            foreach (string loss in said.Where(s => !differences.Any(d => d.IsExplainedBy(s) || d.IsWithRowOf(s))))
            {
                failures.TryAdd($"said but not lost: {loss.Split(' ')[0]}", $"seed {seed}, {loss}");
            }

            happened.UnionWith(said.Select(s => s.Split(' ')[0]));
            if (message.IsValid)
            {
                foreach (string error in Errors(format, bytes, seed, message).Take(2))
                {
                    failures.TryAdd("invalid: " + error.Split('\'')[0], $"seed {seed}, {error}");
                }
            }
        }

        foreach (string property in happened.Where(p => KnownLosses.FindOfData(p, format) is null))
        {
            failures.TryAdd($"not in the table: {property}", "");
        }

        foreach (KnownLoss never in KnownLosses.Data.Where(l => l.Formats.Contains(format.Name) && !happened.Contains(l.Property)))
        {
            failures.TryAdd($"never happened: {never.Property}", "");
        }

        string.Join(Environment.NewLine, failures.Select(f => $"{f.Key} | {f.Value}")).Should().BeEmpty();
    }

    [Fact]
    public void Chains_of_formats_lose_no_more_than_their_parts_say()
    {
        Dictionary<string, string> failures = [];
        for (int seed = 0; seed < Runs; seed++)
        {
            Random random = new(seed);
            RandomMessage message = new(seed, isValid: seed % 12 == 0);
            SdmxFormat[] chain = seed % 4 == 0
                ? [MediaTypes.DataXml31, MediaTypes.DataJson21, MediaTypes.DataCsv21, MediaTypes.DataXml30]
                : [.. Enumerable.Range(0, 4).Select(_ => Formats[random.Next(Formats.Length)])];
            Sent sent = new(message.Header, message.DataSets);
            List<string> said = [];
            bool hasHeader = true;
            foreach (SdmxFormat format in chain)
            {
                (string[] losses, _, sent) = Write(format, sent, seed, message.Structures);
                said.AddRange(losses);
                hasHeader &= sent.Header is not null;
                if (sent.DataSets.Count == 0)
                {
                    break; // all was left out, and said to be
                }
            }

            List<DataDifference> differences = DataDifference.Between(
                DataRows.Of(message.Header, message.DataSets), DataRows.Of(sent.Header, sent.DataSets), p => hasHeader || !OfSending.Contains(p));
            foreach (DataDifference difference in differences.Where(d => !said.Any(s => d.IsExplainedBy(s, inChain: true))))
            {
                failures.TryAdd($"not said: {difference.Kind}", $"seed {seed}, {string.Join(" > ", chain.Select(f => f.Name))}: {difference}");
            }
        }

        string.Join(Environment.NewLine, failures.Select(f => $"{f.Key} | {f.Value}")).Should().BeEmpty();
    }

    private static (string[] Said, byte[] Bytes, Sent Read) Write(SdmxFormat format, Sent sent, int seed, StructureSet structures)
    {
        IssueList said = new();
        DataWriterOptions options = new() { DimensionAtObservation = DimensionOf(format, seed), Issues = said };
        byte[] bytes = WrittenMessage.Write(format, options, sent.Header ?? WrittenMessage.Header with { Name = default, Source = default }, [.. sent.DataSets]);
        said.Kept.Should().NotContain(i => i.Code != IssueCodes.NotCarried);
        return ([.. said.Kept.Select(i => i.Arguments[0]).Distinct()], bytes, Read(bytes, structures));
    }

    private static string? DimensionOf(SdmxFormat format, int seed)
        => format.IsTimeSeries ? null : (seed % 5) switch { 0 => DataSchema.AllDimensions, 1 => "D0", 2 => "D1", _ => null };

    private static Sent Read(byte[] message, StructureSet structures)
    {
        IssueList issues = new();
        List<(DataSetSpace Space, IReadOnlyList<ObservationBatch> Batches)> dataSets = [];
        using DataReader reader = DataMessageReader.Open(new MemoryStream(message), r => Resolve(structures, r), issues)!;
        while (reader.NextDataSet())
        {
            List<ObservationBatch> batches = [];
            ObservationBatch batch = new(reader.DataSet!, 7);
            while (reader.Read(batch))
            {
                batches.Add(batch);
                batch = new ObservationBatch(reader.DataSet!, 7);
            }

            dataSets.Add((reader.DataSet!, batches));
        }

        return new Sent(reader.Header, dataSets) { Errors = [.. issues.Kept.Where(i => i.Code != IssueCodes.NoDataSet).Select(i => i.ToString())] };
    }

    /// <summary>SDMX-CSV 1.0 names a data structure as if it were a dataflow.</summary>
    private static DataSchema? Resolve(StructureSet structures, StructureReference reference)
        => DataSchema.Resolve(structures, structures.Find(reference) is null ? reference with { Type = StructureType.DataStructure } : reference, new IssueList());

    private static IEnumerable<string> Errors(SdmxFormat format, byte[] bytes, int seed, RandomMessage message) => format.Syntax switch
    {
        // The words for what is missing on purpose are of 3.0; 2.1 knows them of measures only.
        "xml" => WrittenMessage.Errors(bytes, format, DimensionOf(format, seed), message.DataSets.Any(d => d.Space.Header.Action == DataSetAction.Delete), [.. message.DataSets.Select(d => d.Space.Schema).DistinctBy(s => s.Reference)])
            .Where(e => format.IsVersion3 || !(e.Contains($"'{MissingValues.Number}'", StringComparison.Ordinal) || e.Contains($"'{MissingValues.Other}'", StringComparison.Ordinal))),
        "json" => OfficialJsonSchemas.Errors(bytes, "data", format.Version[..3]).Where(e => format != MediaTypes.DataJson1 || !e.Contains(".id: '", StringComparison.Ordinal)),
        _ => [],
    };

    private sealed record Sent(MessageHeader? Header, List<(DataSetSpace Space, IReadOnlyList<ObservationBatch> Batches)> DataSets)
    {
        public List<string> Errors { get; init; } = [];
    }
}
