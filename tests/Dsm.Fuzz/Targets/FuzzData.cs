using System.Buffers;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Fuzz.Targets;

/// <summary>Data messages against one small data structure, as text that can be compared.</summary>
internal static class FuzzData
{
    private static readonly DataSchema Schema = MakeSchema();

    /// <summary>The one structure at hand, whatever the agency and version; 2.0 often does not tell them.</summary>
    public static DataSchema? Resolve(StructureReference reference) => reference.Id is "DF_TEST" or "DSD_TEST" && reference.Version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.')
        && reference.AgencyId.All(char.IsAsciiLetterOrDigit) ? Schema : null;

    /// <summary>All that a reader delivers: a line an observation, or a series without any; then the findings.</summary>
    public static string Describe(Stream message, DataReaderOptions? options, int capacity = 7)
    {
        StringBuilder text = new();
        IssueList issues = new();
        using (DataReader? reader = DataMessageReader.Open(message, Resolve, issues, options))
        {
            while (reader?.NextDataSet() == true)
            {
                text.Append("data set ").Append(reader.DataSet!.Header.Action).Append(' ').Append(reader.DataSet.Header.Structure).Append('\n');
                ObservationBatch batch = new(reader.DataSet!, capacity);
                while (reader.Read(batch))
                {
                    Describe(batch, text);
                }
            }

            text.Append("unreadable ").Append(reader?.Unreadable).Append('\n');
        }

        foreach (IssueGroup group in issues.Groups)
        {
            text.Append(group.Code.Id).Append(' ').Append(group.Total).Append('/').Append(group.Observations).Append('\n');
            foreach (Issue issue in group.Samples)
            {
                text.Append("  ").Append(issue.Location).Append(' ').AppendJoin('|', issue.Arguments).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>A message written anew, one message a data set.</summary>
    public static List<byte[]> Rewrite(byte[] message, SdmxFormat format, IssueList issues)
    {
        List<byte[]> written = [];
        using DataReader? reader = DataMessageReader.Open(new MemoryStream(message), Resolve, issues);
        while (reader?.NextDataSet() == true)
        {
            ArrayBufferWriter<byte> output = new();
            DataWriter writer = DataWriters.Create(format, output, new DataWriterOptions { Issues = new IssueList() });
            writer.Start(new MessageHeader { Id = "F", Prepared = "2025-01-01T00:00:00" }, [reader.DataSet!]);
            writer.StartDataSet(reader.DataSet!);
            ObservationBatch batch = new(reader.DataSet!, 7);
            while (reader.Read(batch))
            {
                writer.Write(batch);
            }

            writer.EndDataSet();
            writer.End();
            written.Add(output.WrittenSpan.ToArray());
        }

        return written;
    }

    /// <summary>What is written of a message without errors is read without errors, and writing it again changes nothing.</summary>
    public static void CheckRewriting(byte[] message, SdmxFormat format)
    {
        IssueList issues = new();
        List<byte[]> written = Rewrite(message, format, issues);

        // A series that lacks a code is for validation to refuse; SDMX-JSON only has a form for it that says all.
        if (format.Kind != MessageKind.JsonData && Describe(new MemoryStream(message), null).Split('\n').Any(l => l.Split(' ')[0] is var key && (key.StartsWith('.') || key.EndsWith('.') || key.Contains("..", StringComparison.Ordinal))))
        {
            return;
        }

        foreach (byte[] first in issues.HasErrors ? [] : written)
        {
            List<byte[]> second = Rewrite(first, format, issues);
            if (issues.CountOf(IssueCodes.NoDataSet) > 0)
            {
                return; // nothing but a header: there were no observations and no series
            }

            if (issues.HasErrors)
            {
                throw new FuzzFailure($"what was written as {format} cannot be read: {string.Join('\n', issues.Kept)}\n{Encoding.UTF8.GetString(first)}");
            }

            FuzzFailure.ThrowIfDifferent($"first and second writing as {format}", Observations([first]), Observations(second));
        }
    }

    // Of data sets: an observation that comes twice makes two of one.
    private static string Observations(IEnumerable<byte[]> messages) => string.Join('\n', messages.SelectMany(m => Describe(new MemoryStream(m), null).Split("unreadable ")[0].Split('\n'))
        .Where(l => l.Length > 0 && !l.StartsWith("data set ", StringComparison.Ordinal) && !l.StartsWith("unreadable ", StringComparison.Ordinal)));

    private static void Describe(ObservationBatch batch, StringBuilder text)
    {
        for (int series = 0; series < batch.SeriesCount; series++)
        {
            bool isEmpty = true;
            for (int row = 0; row < batch.Count; row++)
            {
                if (batch.SeriesOf[row] == series)
                {
                    isEmpty = false;
                    text.Append(batch.KeyOf(series)).Append(' ').Append(batch.BadPeriods[row] is { } bad ? "!" + bad : batch.Periods[row].ToString());
                    foreach (ObservationValue[] measure in batch.Measures)
                    {
                        text.Append('=').Append(measure[row].ToString());
                    }

                    Attributes(batch.ObservationAttributes, row, text);
                    Attributes(batch.SeriesAttributes, series, text);
                    text.Append('\n');
                }
            }

            if (isEmpty)
            {
                text.Append(batch.KeyOf(series)).Append(" -");
                Attributes(batch.SeriesAttributes, series, text);
                text.Append('\n');
            }
        }
    }

    private static void Attributes(IEnumerable<ValueColumn> columns, int row, StringBuilder text)
    {
        foreach (ValueColumn column in columns)
        {
            if (column.HasValue(row))
            {
                text.Append(' ').Append(column.Component.Id).Append(':').Append(column[row]);
            }
        }
    }

    private static DataSchema MakeSchema()
    {
        using Stream stream = typeof(FuzzData).Assembly.GetManifestResourceStream("structure.xml")!;
        IssueList issues = new();
        StructureSet set = StructureMessages.Read(stream, issues).Structures;
        StructureReference flow = StructureReference.ParseUrn("urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=DSM:DF_TEST(1.0)");
        return DataSchema.Resolve(set, flow, issues) is { } schema && issues.Count == 0 ? schema
            : throw new InvalidOperationException(string.Join('\n', issues.Kept));
    }
}

/// <summary>Gives few bytes at a time, as networks do.</summary>
internal sealed class SlowStream(byte[] bytes, int step) : MemoryStream(bytes)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(step, buffer.Length)]);

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(step, count));
}
