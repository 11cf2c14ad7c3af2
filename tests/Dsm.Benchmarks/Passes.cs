using System.Buffers;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;

namespace Dsm.Benchmarks;

/// <summary>One way through a message each; all give the number of observations (or nodes) so that none is optimised away.</summary>
internal sealed class Passes
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true };

    private readonly StructureSet _structures;
    private readonly DataSchema _target;
    private readonly StructureMap _map;

    /// <summary>Reads the structures of the messages and makes a target structure with codes of its own.</summary>
    public Passes(string structureFile)
    {
        IssueList issues = new();
        using (FileStream stream = File.OpenRead(structureFile))
        {
            _structures = StructureMessageReader.Read(stream, issues);
        }

        (_structures, _map) = TranslatedStructure.Make(_structures);
        _target = DataSchema.Resolve(_structures, _map.Target, issues) ?? throw new InvalidOperationException("no target");
    }

    /// <summary>What validation found in the last pass that validates.</summary>
    public IssueList Found { get; private set; } = new();

    /// <summary>Ordinals of the refused observations, when asked for.</summary>
    public List<long>? Refused { get; set; }

    public static long BareRead(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using XmlReader reader = XmlReader.Create(stream, Settings);
        long nodes = 0;
        while (reader.Read())
        {
            nodes++;
        }

        return nodes;
    }

    public static long AllAttributes(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using XmlReader reader = XmlReader.Create(stream, Settings);
        long characters = 0;
        while (reader.Read())
        {
            while (reader.MoveToNextAttribute())
            {
                characters += reader.Value.Length;
            }
        }

        return characters;
    }

    /// <summary>All batches of a message, kept.</summary>
    public (DataSetSpace Space, List<ObservationBatch> Batches) ReadAll(string file)
    {
        IssueList issues = new();
        DataReader reader = DataMessageReader.Open(File.OpenRead(file), r => DataSchema.Resolve(_structures, r, issues), issues)!;
        if (!reader.NextDataSet())
        {
            throw new InvalidOperationException("no data set");
        }

        List<ObservationBatch> batches = [];
        ObservationBatch batch = new(reader.DataSet!);
        while (reader.Read(batch))
        {
            batches.Add(batch);
            batch = new ObservationBatch(reader.DataSet!);
        }

        return (reader.DataSet!, batches);
    }

    /// <summary>Writes a message in another format, batch by batch.</summary>
    public void Convert(string file, string to, SdmxFormat format)
    {
        IssueList issues = new();
        using DataReader reader = DataMessageReader.Open(File.OpenRead(file), r => DataSchema.Resolve(_structures, r, issues), issues)!;
        using FileStream stream = File.Create(to);
        ArrayBufferWriter<byte> output = new(1 << 20);
        reader.NextDataSet();
        DataWriter writer = DataWriters.Create(format, output, new DataWriterOptions { DimensionAtObservation = reader.DataSet!.Header.DimensionAtObservation });
        writer.Start(new MessageHeader { Id = "BENCH", Prepared = "2025-01-15T00:00:00Z" }, [reader.DataSet!]);
        writer.StartDataSet(reader.DataSet!);
        ObservationBatch batch = new(reader.DataSet!);
        while (reader.Read(batch))
        {
            writer.Write(batch);
            stream.Write(output.WrittenSpan);
            output.ResetWrittenCount();
        }

        writer.EndDataSet();
        writer.End();
        stream.Write(output.WrittenSpan);
    }

    public long Read(string file) => Run(file, validates: false, maps: false);

    public long ReadValidate(string file) => Run(file, validates: true, maps: false);

    public long ReadValidateMap(string file) => Run(file, validates: true, maps: true);

    private long Run(string file, bool validates, bool maps)
    {
        IssueList issues = Refused is null ? new() : new() { SamplesPerGroup = int.MaxValue, MaxGroups = int.MaxValue };
        Dictionary<string, DataSchema?> schemas = [];
        using DataReader reader = DataMessageReader.Open(File.OpenRead(file), Resolve, issues)!;
        long count = 0;
        while (reader.NextDataSet())
        {
            DataSetSpace space = reader.DataSet!;
            ObservationBatch batch = new(space);
            DataValidator? validator = validates ? new DataValidator(space, issues) : null;
            StructureMapper? mapper = maps ? CompiledStructureMap.Compile(_map, _structures, space.Schema, _target, issues)!.Start(space, issues) : null;
            ObservationBatch? mapped = mapper is null ? null : new ObservationBatch(mapper.Target);
            while (reader.Read(batch))
            {
                validator?.Validate(batch);
                mapper?.Map(batch, mapped!);
                for (int row = 0; Refused is not null && row < batch.Count; row++)
                {
                    if (batch.Refused[row])
                    {
                        Refused.Add(count + row);
                    }
                }

                count += batch.Count;
            }
        }

        Found = issues;
        return count;

        DataSchema? Resolve(StructureReference reference)
            => schemas.TryGetValue(reference.Urn, out DataSchema? schema) ? schema : schemas[reference.Urn] = DataSchema.Resolve(_structures, reference, issues);
    }
}
