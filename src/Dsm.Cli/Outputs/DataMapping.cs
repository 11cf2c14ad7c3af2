using System.Buffers;
using Dsm.Cli.Inputs;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;

namespace Dsm.Cli.Outputs;

/// <summary>
/// Takes a data message through a structure map. Data flow in batches; only a map that declares summation keeps its outcome until the
/// end of a data set, as the parts of a sum may stand far apart.
/// </summary>
internal sealed class DataMapping(Structures structures, StructureReference? flow, IReadOnlyList<StructureMap> maps, IssueList issues, int sideBySide)
{
    private readonly Dictionary<DataSchema, CompiledStructureMap?> _compiled = [];
    private readonly ArrayBufferWriter<byte> _buffer = new(256 * 1024);
    private readonly List<(string Source, string Target)> _pairs = [];

    /// <summary>Observations read.</summary>
    public long Read { get; private set; }

    /// <summary>Observations that came through.</summary>
    public long Mapped { get; private set; }

    /// <summary>Names of the maps that were used.</summary>
    public IEnumerable<string> Maps => _compiled.Values.OfType<CompiledStructureMap>().Select(m => m.Name);

    /// <summary>The first observations before and after.</summary>
    public IReadOnlyList<(string Source, string Target)> Pairs => _pairs;

    /// <summary>Reads and maps; writes to the output, if there is one.</summary>
    public void Run(MessageInput input, Stream? output, SdmxFormat format, DataWriterOptions options, CancellationToken cancellationToken)
    {
        DataWriter? writer = output is null ? null : DataWriters.Create(format, _buffer, options with { Issues = issues });
        List<DataSetSpace> announced = [];
        if (writer is not null)
        {
            // The header names the structures of all data sets, so they are looked for first.
            new DataPass(structures, flow, new IssueList()).Run(
                input.Open(), (_, space) => announced.AddRange(MapOf(space)?.Start(space, new IssueList()).Target is { } target ? [target] : []), cancellationToken);
        }

        _compiled.Clear();
        bool isStarted = false;
        DataPass pass = new(structures, flow, issues);
        pass.Run(input.Open(), DataSet, cancellationToken);
        Read += pass.Unreadable;
        if (isStarted)
        {
            writer!.End();
            Flush(output!);
        }

        void DataSet(DataReader reader, DataSetSpace space)
        {
            if (MapOf(space) is not { } map)
            {
                return;
            }

            StructureMapper mapper = map.Start(space, issues);
            if (writer is not null)
            {
                if (!isStarted)
                {
                    writer.Start(reader.Header ?? OutputFile.NewHeader(), announced);
                    isStarted = true;
                }

                writer.StartDataSet(mapper.Target);
            }

            Rows(reader, space, map, mapper, batch =>
            {
                writer?.Write(batch);
                if (output is not null)
                {
                    Flush(output);
                }
            }, cancellationToken);
            writer?.EndDataSet();
        }
    }

    private void Rows(DataReader reader, DataSetSpace space, CompiledStructureMap map, StructureMapper mapper, Action<ObservationBatch> write, CancellationToken cancellationToken)
    {
        DataValidator before = new(space, issues), after = new(mapper.Target, issues, ValidationOptions.Mapped(map.IsSummed));
        SummedBatches? sums = map.IsSummed ? new SummedBatches(issues) : null;
        ObservationBatch target = new(mapper.Target);
        DataPass.ForEachBatch(reader, space, source =>
        {
            Read += source.Count;
            before.Validate(source);
            target = sums is null ? target : new ObservationBatch(mapper.Target);
            mapper.Map(source, target);
            after.Validate(target);
            Keep(source, target);
            Mapped += target.Refused.AsSpan(0, target.Count).Count(false);
            if (sums is null)
            {
                write(target);
            }
            else
            {
                sums.Add(target);
            }
        }, cancellationToken);
        sums?.Batches.ForEach(write);
    }

    private CompiledStructureMap? MapOf(DataSetSpace space)
    {
        DataSchema schema = space.Schema;
        if (!_compiled.TryGetValue(schema, out CompiledStructureMap? compiled))
        {
            StructureMap map = maps.FirstOrDefault(m => Fits(m.Source, schema.Dataflow)) ?? maps.FirstOrDefault(m => Fits(m.Source, schema.Structure)) ?? maps[0];
            if (structures.SchemaOf(map.Target) is { } target)
            {
                compiled = CompiledStructureMap.Compile(map, structures.Set, schema, target, issues);
            }
            else
            {
                issues.Add(IssueCodes.UnknownStructure, Location.None, map.Target);
            }

            _compiled.Add(schema, compiled);
        }

        return compiled;
    }

    private bool Fits(StructureReference source, Maintainable? artefact) => artefact is not null && ReferenceEquals(structures.Set.Find(source), artefact);

    /// <summary>Pairs what went in with what came out: observations that are handed on keep their order.</summary>
    private void Keep(ObservationBatch source, ObservationBatch target)
    {
        for (int row = 0, to = 0; row < source.Count && to < target.Count && _pairs.Count < sideBySide; row++)
        {
            if (!source.Refused[row])
            {
                _pairs.Add((Text(source, row), Text(target, to++)));
            }
        }
    }

    private static string Text(ObservationBatch batch, int row)
        => $"{batch.KeyOf(batch.SeriesOf[row])} {(batch.Periods[row].IsNone ? "" : batch.Periods[row].ToString())} {(batch.Measures.IsEmpty ? "" : batch.Measures[0][row].ToString())}".Trim();

    private void Flush(Stream stream)
    {
        stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
