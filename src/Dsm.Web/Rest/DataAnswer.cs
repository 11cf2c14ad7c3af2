using System.Collections.Immutable;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>
/// Streams a data message: a batch from the warehouse is written and sent before the next one is asked for, so that memory stays flat
/// and the first byte leaves with the first batch.
/// </summary>
internal sealed class DataAnswer(RestCall call, DataQuery query, SdmxFormat format, DataWriterOptions options, RestServices services)
{
    private readonly ObservationWindow _window = new(query.Offset ?? 0, query.Limit);

    // Then there are data sets of what was added and of what was deleted.
    private bool HasChanges => query.IncludeHistory || query.UpdatedAfter is not null;

    /// <summary>Writes what the targets hold; a problem when that is nothing, or too much.</summary>
    public async Task<RestProblem?> WriteAsync(ImmutableArray<(DataTarget Target, WarehouseQuery Query)> targets, IAnswerSink sink, CancellationToken ct)
    {
        if (await TooLargeAsync(targets, ct) is { } tooLarge)
        {
            return tooLarge;
        }

        // The header names the structures of the message, so of several only those are kept that have something to show.
        ImmutableArray<WarehouseQuery> queries = targets.Length == 1 ? [targets[0].Query] : await HoldingAsync(targets, ct);
        if (queries.Length > 1 && format.Kind == MessageKind.JsonData && !format.IsVersion3)
        {
            // SDMX-JSON 1.0 has one structure a message; to leave out the others would be to pass a part off as the whole.
            return RestProblem.Of(RestFault.NotAcceptable, IssueCodes.NotInFormat, string.Join(", ", queries.Select(q => q.Data.Schema.Reference)), format.Name);
        }

        DataWriter? writer = null;
        foreach (WarehouseQuery one in queries)
        {
            DataSetSpace? current = null;
            await foreach (ObservationBatch batch in services.Warehouse.ReadAsync(one, call.Access, ShapeOf(one), ct))
            {
                if (writer is null)
                {
                    writer = Start(batch.Space, queries, sink);
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
                await sink.FlushAsync(ct);
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
        await sink.FlushAsync(ct);
        return null;
    }

    private AnswerShape ShapeOf(WarehouseQuery one)
    {
        string at = query.DimensionAtObservationOf(one.Data.Schema);
        return new AnswerShape
        {
            Window = _window,
            BySeries = !query.Selection.HasObservations(one.Data.Schema),
            GroupedBy = at == DataSchema.AllDimensions || format.Kind == MessageKind.CsvData ? null : at,
        };
    }

    /// <summary>What is refused is counted first: the reader learns how much it is.</summary>
    private async Task<RestProblem?> TooLargeAsync(ImmutableArray<(DataTarget Target, WarehouseQuery Query)> targets, CancellationToken ct)
    {
        (long limit, bool isSort) = targets.Any(t => WarehouseReader.SortsInMemory(t.Query)) && !(_window.Reach <= WarehouseReader.MostSorted)
            ? (Math.Min(WarehouseReader.MostSorted, services.Limits.MostObservations ?? long.MaxValue), true)
            : (services.Limits.MostObservations ?? long.MaxValue, false);
        if (limit == long.MaxValue || query.Limit <= limit)
        {
            return null;
        }

        long count = 0;
        foreach ((_, WarehouseQuery one) in targets)
        {
            count += await services.Warehouse.CountAsync(one, call.Access, ct);
        }

        count = Math.Max(0, count - (query.Offset ?? 0));
        return count <= limit ? null
            : RestProblem.Of(RestFault.TooLarge, isSort ? IssueCodes.TooManyToSort : IssueCodes.TooManyObservations, count, limit);
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

    private DataWriter Start(DataSetSpace first, ImmutableArray<WarehouseQuery> queries, IAnswerSink sink)
    {
        DataWriter writer = DataWriters.Create(format, sink, options);

        // JSON has names in each of its languages. Labels have one: the structure's own name stands for all, its languages are those of
        // the region's structures.
        string? language = format.Kind == MessageKind.JsonData ? string.Join(", ", options.Languages)
            : options.Labels == CsvLabels.Id ? null
            : options.Languages.FirstOrDefault(l => first.Schema.Structure.Name[l] is not null) ?? "en";

        // Asked for by a person in a browser, who wants a file.
        string? fileName = call.Address.Parameter("format") is null ? null : first.Schema.Reference.Id + format.Extension;
        sink.Open(new AnswerHead(writer.MediaType, language, fileName));
        if (!call.IsHead)
        {
            writer.Start(services.Header("DATA"), queries.Length == 1 && !HasChanges ? [first] : [.. queries.SelectMany(q => Announced(q, first))]);
        }

        return writer;
    }

    // Data sets come with their batches; what is announced stands for their structures and actions.
    private IEnumerable<DataSetSpace> Announced(WarehouseQuery one, DataSetSpace first)
    {
        DataSetHeader header = first.Header with { Structure = one.Data.Schema.Reference };
        yield return new DataSetSpace(header, one.Data.Schema);
        if (HasChanges)
        {
            DataSetAction other = header.Action == DataSetAction.Delete ? DataSetAction.Replace : DataSetAction.Delete;
            yield return new DataSetSpace(header with { Action = other }, one.Data.Schema);
        }
    }
}
