using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Cli.Inputs;

/// <summary>One reading of a data message against given structures.</summary>
internal sealed class DataPass
{
    private readonly Structures _structures;
    private readonly StructureReference? _flow;
    private readonly DataSchema? _agreed;
    private readonly IssueList _issues;

    /// <summary>Makes a reading.</summary>
    /// <param name="structures">The structures.</param>
    /// <param name="flow">The dataflow that every data set must follow; null to take what each names.</param>
    /// <param name="issues">Where findings go.</param>
    public DataPass(Structures structures, StructureReference? flow, IssueList issues)
        => (_structures, _flow, _issues, _agreed) = (structures, flow, issues, flow is null ? null : structures.SchemaOf(flow));

    /// <summary>Schema of data sets whose structure is not known; null to refuse them.</summary>
    public DataSchema? Guess { get; init; }

    /// <summary>Observations so broken that they could not be read as such.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Number of data sets read.</summary>
    public int DataSets { get; private set; }

    /// <summary>The header of the message; null for formats without one.</summary>
    public MessageHeader? Header { get; private set; }

    /// <summary>Reads the message; each data set is handed on when it starts, with a reader that stands at its first observation.</summary>
    public void Run(Stream content, Action<DataReader, DataSetSpace> dataSet, CancellationToken cancellationToken)
    {
        DataReaderOptions options = DataReaderOptions.Default with { FallbackStructure = _flow ?? Guess?.Reference };
        using Stream unpacked = MessagePacking.Unpack(content, _issues, options.MaxBytes);
        using DataReader? reader = DataMessageReader.Open(unpacked, Resolve, _issues, options);
        while (reader?.NextDataSet() == true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DataSets++;
            Header = reader.Header;
            dataSet(reader, reader.DataSet!);
        }

        Header ??= reader?.Header;
        Unreadable += reader?.Unreadable ?? 0;
        if (DataSets == 0 && !_issues.HasFatal)
        {
            _issues.Add(IssueCodes.NoDataSet, Location.None);
        }
    }

    /// <summary>Reads what is left of a data set, batch by batch; the batch is used again and again.</summary>
    public static void ForEachBatch(DataReader reader, DataSetSpace space, Action<ObservationBatch> batch, CancellationToken cancellationToken)
    {
        ObservationBatch observations = new(space);
        while (reader.Read(observations))
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch(observations);
        }
    }

    private DataSchema? Resolve(StructureReference reference)
    {
        DataSchema? named = _structures.SchemaOf(reference) ?? Guess;
        if (_agreed is null)
        {
            return named;
        }

        if (reference.Id != _flow!.Id && (named is null || named.Structure.Reference != _agreed.Structure.Reference))
        {
            _issues.Add(IssueCodes.WrongStructure, Location.None, reference, _agreed.Reference);
            return null;
        }

        return _agreed;
    }
}
