using System.Threading.Channels;
using Dsm.Exchange.Rules;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;

namespace Dsm.Exchange.Submissions;

/// <summary>
/// Reads a message to its end: every batch is validated, mapped, validated again and checked on one thread, and staged on another. A few
/// batches are under way at a time, so memory does not follow the length of the message. Once the message is rejected nothing more is
/// staged, but the report goes on to the end.
/// </summary>
internal sealed class MessageReading : IDisposable
{
    private const int BatchesUnderWay = 4;
    private readonly SubmissionContract _contract;
    private readonly StageIssues _issues;
    private readonly IProgress<PipelineProgress>? _progress;
    private readonly Channel<ObservationBatch> _filled = Channel.CreateBounded<ObservationBatch>(BatchesUnderWay);
    private readonly Channel<ObservationBatch> _free = Channel.CreateUnbounded<ObservationBatch>();
    private readonly CancellationTokenSource _stop = new();
    private StructureReference? _foreign;
    private long _read;
    private long _refused;

    public MessageReading(SubmissionContract contract, StageIssues issues, IProgress<PipelineProgress>? progress)
        => (_contract, _issues, _progress) = (contract, issues, progress);

    /// <summary>Observations read and refused so far.</summary>
    public (long Read, long Refused) Counts => (_read, _refused);

    /// <summary>True when findings forbid the use of the message.</summary>
    public bool IsRejected => _issues.AreFatal;

    /// <summary>Reads the message; disposes of the stream.</summary>
    /// <param name="content">The message.</param>
    /// <param name="load">Where batches are staged; null to stage nothing, which tries a message.</param>
    /// <param name="ct">Ends the work.</param>
    public async Task RunAsync(Stream content, WarehouseLoad? load, CancellationToken ct)
    {
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(ct, _stop.Token);
        Task reading = Task.Factory.StartNew(() => ReadAll(content, both.Token), both.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            await foreach (ObservationBatch batch in _filled.Reader.ReadAllAsync(ct).ConfigureAwait(false))
            {
                if (load is not null)
                {
                    await load.StageAsync(batch, ct).ConfigureAwait(false);
                }

                _free.Writer.TryWrite(batch);
            }
        }
        catch
        {
            // Staging failed: the reader must not wait for room for ever.
            await _stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reading.ConfigureAwait(false);
    }

    public void Dispose() => _stop.Dispose();

    private void ReadAll(Stream content, CancellationToken ct)
    {
        try
        {
            DataReaderOptions options = DataReaderOptions.Default with { FallbackStructure = _contract.Source.Reference };
            using DataReader? reader = DataMessageReader.Open(content, Resolve, _issues.Read, options);
            int dataSets = 0;
            for (; reader?.NextDataSet() == true; dataSets++)
            {
                if (!ReferenceEquals(reader.DataSet!.Schema, _contract.Source))
                {
                    TellWrongStructure(reader.DataSet.Schema.Reference, new Location(reader.DataSet.Header.Line));
                    break;
                }

                ReadDataSet(reader, reader.DataSet, ct);
            }

            if (dataSets == 0 && _foreign is not null)
            {
                // A data set of another structure may not come as far as being one, e.g. for want of columns.
                TellWrongStructure(_foreign, Location.None);
            }
            else if (dataSets == 0 && !_issues.Read.HasFatal)
            {
                _issues.Read.Add(IssueCodes.NoDataSet, Location.None);
            }

            _read += reader?.Unreadable ?? 0;
            _refused += reader?.Unreadable ?? 0;
            _filled.Writer.Complete();
        }
        catch (Exception e)
        {
            _filled.Writer.TryComplete(e);
            throw;
        }
    }

    private DataSchema? Resolve(StructureReference reference)
    {
        DataSchema? schema = _contract.Resolve(reference);
        _foreign = schema is null || ReferenceEquals(schema, _contract.Source) ? _foreign : schema.Reference;
        return schema;
    }

    private void TellWrongStructure(StructureReference found, Location location)
        => _issues.Read.Add(IssueCodes.WrongStructure, location, found, _contract.Source.Reference);

    private void ReadDataSet(DataReader reader, DataSetSpace space, CancellationToken ct)
    {
        DataValidator validator = new(space, _issues.Validate);
        StructureMapper? mapper = _contract.Map?.Start(space, _issues.Map);
        DataSetSpace target = mapper?.Target ?? space;
        DataValidator? second = mapper is null ? null : new DataValidator(target, _issues.Map, ValidationOptions.Mapped(_contract.Map!.IsSummed));
        ObservationRules rules = new(target, _contract.Target, _issues.Check);
        ObservationBatch? source = mapper is null ? null : new ObservationBatch(space);
        bool hasMetadata = false;
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            ObservationBatch batch = Rent(target);
            ObservationBatch filled = source ?? batch;
            if (!reader.Read(filled))
            {
                _free.Writer.TryWrite(batch);
                return;
            }

            _read += filled.Count;
            validator.Validate(filled);
            TellMetadata(filled, ref hasMetadata);
            if (mapper is not null)
            {
                mapper.Map(filled, batch);
                _refused += Refused(filled);
                second!.Validate(batch);
            }

            rules.Check(batch);
            _refused += Refused(batch);
            _progress?.Report(new PipelineProgress("read", _read));
            if (IsRejected)
            {
                _free.Writer.TryWrite(batch);
            }
            else
            {
                Send(batch, ct);
            }
        }
    }

    /// <summary>The hub keeps figures and their attributes; reference metadata inside a data set are checked, and it is said that they are not kept.</summary>
    private void TellMetadata(ObservationBatch batch, ref bool hasMetadata)
    {
        if (!hasMetadata && batch.Metadata.Count > 0)
        {
            hasMetadata = true;
            MetadataReport first = batch.Metadata[0];
            _issues.Validate.Add(IssueCodes.NotCarried, new Location(first.Line, first.Column, first.KeyText), "Metadata", "DSM");
        }
    }

    private void Send(ObservationBatch batch, CancellationToken ct)
    {
        if (!_filled.Writer.TryWrite(batch))
        {
            _filled.Writer.WriteAsync(batch, ct).AsTask().GetAwaiter().GetResult();
        }
    }

    // A batch belongs to one data set: those of the data set before are let go.
    private ObservationBatch Rent(DataSetSpace space)
    {
        while (_free.Reader.TryRead(out ObservationBatch? batch))
        {
            if (ReferenceEquals(batch.Space, space))
            {
                return batch;
            }
        }

        return new ObservationBatch(space);
    }

    private static int Refused(ObservationBatch batch) => batch.Refused.AsSpan(0, batch.Count).Count(true);
}
