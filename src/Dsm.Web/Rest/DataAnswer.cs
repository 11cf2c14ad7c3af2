using System.Collections.Immutable;
using System.IO.Pipelines;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>
/// Streams a data message: a batch from the warehouse is written and sent before the next one is asked for, so that memory stays flat
/// and the first byte leaves with the first batch.
/// </summary>
internal sealed class DataAnswer(RestCall call, DataQuery query, SdmxFormat format, DataWriterOptions options, RestServices services)
{
    private readonly ObservationWindow _window = new(query.Offset ?? 0, query.Limit ?? long.MaxValue);

    /// <summary>Writes what the targets hold; a problem when that is nothing.</summary>
    public async Task<RestProblem?> WriteAsync(ImmutableArray<(DataTarget Target, WarehouseQuery Query)> targets, CancellationToken ct)
    {
        // The header names the structures of the message, so of several only those are kept that have something to show.
        ImmutableArray<WarehouseQuery> queries = targets.Length == 1 ? [targets[0].Query] : await HoldingAsync(targets, ct);
        DataWriter? writer = null;
        foreach (WarehouseQuery one in queries)
        {
            DataSetSpace? current = null;
            await foreach (ObservationBatch batch in services.Warehouse.ReadAsync(one, call.Access, ct))
            {
                if (_window.Apply(batch) == 0)
                {
                    continue;
                }

                if (writer is null)
                {
                    writer = Start(batch.Space, queries);
                    if (call.IsHead)
                    {
                        return null;
                    }
                }

                if (!ReferenceEquals(current, batch.Space))
                {
                    Close(writer, current);
                    writer.StartDataSet(current = batch.Space);
                }

                writer.Write(batch);
                await FlushAsync(ct);
                if (_window.IsOver)
                {
                    break;
                }
            }

            Close(writer, current);
            if (_window.IsOver)
            {
                break;
            }
        }

        if (writer is null)
        {
            return RestProblem.NoResults();
        }

        writer.End();
        await FlushAsync(ct);
        return null;
    }

    private static void Close(DataWriter? writer, DataSetSpace? dataSet)
    {
        if (dataSet is not null)
        {
            writer?.EndDataSet();
        }
    }

    private async Task<ImmutableArray<WarehouseQuery>> HoldingAsync(ImmutableArray<(DataTarget Target, WarehouseQuery Query)> targets, CancellationToken ct)
    {
        ImmutableArray<WarehouseQuery>.Builder holding = ImmutableArray.CreateBuilder<WarehouseQuery>();
        foreach ((_, WarehouseQuery one) in targets)
        {
            if (await services.HoldsAsync(one, call.Access, ct))
            {
                holding.Add(one);
            }
        }

        return holding.ToImmutable();
    }

    private DataWriter Start(DataSetSpace first, ImmutableArray<WarehouseQuery> queries)
    {
        HttpResponse response = call.Http.Response;
        DataWriter writer = DataWriters.Create(format, response.BodyWriter, options);
        response.ContentType = writer.MediaType;
        if (options.Labels != CsvLabels.Id)
        {
            // The structure's own name stands for all: its languages are those of the region's structures.
            response.Headers.ContentLanguage = options.Languages.FirstOrDefault(l => first.Schema.Structure.Name[l] is not null) ?? "en";
        }

        if (call.Address.Parameter("format") is not null)
        {
            // Asked for by a person in a browser, who wants a file.
            response.Headers.ContentDisposition = $"attachment; filename=\"{first.Schema.Reference.Id}{format.Extension}\"";
        }

        if (!call.IsHead)
        {
            writer.Start(services.Header("DATA"), [.. queries.SelectMany(q => Announced(q, first))]);
        }

        return writer;
    }

    // Data sets come with their batches; what is announced stands for their structures and actions.
    private IEnumerable<DataSetSpace> Announced(WarehouseQuery one, DataSetSpace first)
    {
        bool changes = query.IncludeHistory || query.UpdatedAfter is not null;
        DataSetHeader header = first.Header with { Structure = one.Data.Schema.Reference };
        yield return new DataSetSpace(header, one.Data.Schema);
        if (changes)
        {
            DataSetAction other = header.Action == DataSetAction.Delete ? DataSetAction.Replace : DataSetAction.Delete;
            yield return new DataSetSpace(header with { Action = other }, one.Data.Schema);
        }
    }

    private async Task FlushAsync(CancellationToken ct)
    {
        FlushResult flushed = await call.Http.Response.BodyWriter.FlushAsync(ct);
        if (flushed.IsCanceled || flushed.IsCompleted)
        {
            // Nobody reads any more.
            throw new OperationCanceledException(ct.IsCancellationRequested ? ct : call.Http.RequestAborted);
        }
    }
}
