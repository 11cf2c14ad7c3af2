using System.Buffers;
using System.Xml;
using System.Xml.Schema;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.DataMessages;

/// <summary>Writes messages, validates them and reads them back.</summary>
internal static class WrittenMessage
{
    public static readonly MessageHeader Header = new()
    {
        Id = "TEST1",
        Prepared = "2024-05-06T07:08:09Z",
        SenderId = "HUB",
        ReceiverIds = ["ALL"],
        Name = new LocalisedText([new("en", "A <name>"), new("ru", "Имя")]),
        Source = LocalisedText.Of("Source & co"),
    };

    public static byte[] Write(SdmxFormat format, DataWriterOptions options, params (DataSetSpace Space, IReadOnlyList<ObservationBatch> Batches)[] dataSets)
        => Write(format, options, Header, dataSets);

    public static byte[] Write(
        SdmxFormat format, DataWriterOptions options, MessageHeader header, params (DataSetSpace Space, IReadOnlyList<ObservationBatch> Batches)[] dataSets)
    {
        ArrayBufferWriter<byte> output = new();
        DataWriter writer = DataWriters.Create(format, output, options);
        writer.Start(header, [.. dataSets.Select(d => d.Space)]);
        foreach ((DataSetSpace space, IReadOnlyList<ObservationBatch> batches) in dataSets)
        {
            writer.StartDataSet(space);
            foreach (ObservationBatch batch in batches)
            {
                writer.Write(batch);
            }

            writer.EndDataSet();
        }

        writer.End();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>What is wrong with a message by the official schemas and those made for its structures.</summary>
    public static List<string> Errors(byte[] message, SdmxFormat format, string? dimensionAtObservation, bool forDeletion, params DataSchema[] structures)
    {
        XmlSchemaSet set = new() { XmlResolver = null };
        set.Add(OfficialSchemas.Of(format.Standard));
        if (format.Kind == MessageKind.StructureSpecificData)
        {
            foreach (DataSchema structure in structures)
            {
                using MemoryStream xsd = new();
                StructureSpecificSchemaWriter.Write(structure, structure.Reference, SdmxNamespaces.Of($"http://www.sdmx.org/resources/sdmxml/schemas/v{format.Standard.Replace('.', '_')}/message")!, dimensionAtObservation, xsd, forDeletion);
                xsd.Position = 0;
                using XmlReader reader = XmlReader.Create(xsd);
                set.Add(null, reader);
            }
        }

        List<string> errors = [];
        set.ValidationEventHandler += (_, e) => errors.Add("schema: " + e.Message);
        set.Compile();
        XmlReaderSettings settings = new()
        {
            ValidationType = ValidationType.Schema,
            Schemas = set,
            ValidationFlags = XmlSchemaValidationFlags.ProcessIdentityConstraints | XmlSchemaValidationFlags.ReportValidationWarnings,
            DtdProcessing = DtdProcessing.Prohibit,
        };
        settings.ValidationEventHandler += (_, e) => errors.Add($"{e.Exception.LineNumber}:{e.Exception.LinePosition} {e.Message}");
        using XmlReader xml = XmlReader.Create(new MemoryStream(message), settings);
        while (xml.Read() && errors.Count < 10)
        {
        }

        return errors;
    }

    /// <summary>Every observation as one line, sorted: key, period, values and all attributes that have a value.</summary>
    public static List<string> Lines(IEnumerable<ObservationBatch> batches) => [.. batches.SelectMany(Lines).Order(StringComparer.Ordinal)];

    /// <summary>The observations of a message as our readers give them.</summary>
    public static List<string> ReadLines(byte[] message, params DataSchema[] schemas) => Lines(Read(message, schemas));

    /// <summary>The batches of a message as our readers give them; a message with issues fails the test.</summary>
    public static List<ObservationBatch> Read(byte[] message, params DataSchema[] schemas)
    {
        IssueList issues = new();
        List<ObservationBatch> batches = [];
        using DataReader reader = DataMessageReader.Open(
            new MemoryStream(message),
            reference => schemas.FirstOrDefault(s => s.Reference == reference || s.Structure.Reference == reference || s.Dataflow?.Reference == reference),
            issues)!;
        while (reader.NextDataSet())
        {
            ObservationBatch batch = new(reader.DataSet!, 50);
            while (reader.Read(batch))
            {
                batches.Add(batch);
                batch = new ObservationBatch(reader.DataSet!, 50);
            }
        }

        issues.Kept.Should().BeEmpty();
        return batches;
    }

    private static IEnumerable<string> Lines(ObservationBatch batch)
    {
        for (int row = 0; row < batch.Count; row++)
        {
            if (batch.Refused[row])
            {
                continue;
            }

            int series = batch.SeriesOf[row];
            IEnumerable<string> attributes = batch.SeriesAttributes.Select(c => (c.Component.Id, Value: c[series]))
                .Concat(batch.ObservationAttributes.Select(c => (c.Component.Id, Value: c[row])))
                .Where(a => a.Value is not null).Select(a => $"{a.Id}={a.Value}").Order(StringComparer.Ordinal);
            yield return $"{batch.KeyOf(series)} {batch.Periods[row]} {string.Join('/', batch.Measures.Select(m => m[row].ToString()))} {string.Join('|', attributes)}";
        }
    }
}
