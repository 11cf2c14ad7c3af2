using System.Collections.Concurrent;
using Dsm.Exchange.Access;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Overview;

/// <summary>What a whole flow holds.</summary>
/// <param name="All">Codes, periods and numbers.</param>
/// <param name="Frequency">The frequency most states have, the longer one of equals; null without figures or frequencies.</param>
public sealed record FlowContents(Availability All, string? Frequency);

/// <summary>
/// What a whole flow holds, as a reader may see it, for the choices of a form. Kept until the flow changes: the warehouse says so in
/// one small query. At most one entry a flow and kind of reader.
/// </summary>
public sealed class FlowAvailability(WarehouseReader warehouse, RegionOptions region)
{
    private const int MaxEntries = 500;
    private readonly ConcurrentDictionary<(string Flow, string Reader), (string Tag, DataSchema Schema, FlowContents Value)> _known = new();

    /// <summary>Codes, periods and numbers of a flow.</summary>
    public async Task<FlowContents> OfAsync(string flowUrn, DataSchema schema, ReaderAccess reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reader);
        (string, string) key = (flowUrn, reader.SeesAllRestricted ? "*" : string.Join(',', reader.States.Order(StringComparer.Ordinal)));
        FlowState state = await warehouse.FlowStateAsync(flowUrn, ct).ConfigureAwait(false);
        if (_known.TryGetValue(key, out var known) && known.Tag == state.Tag && ReferenceEquals(known.Schema, schema))
        {
            return known.Value;
        }

        Availability all = await ReadAsync(flowUrn, schema, new DataQuery(), reader, ct).ConfigureAwait(false);
        FlowContents value = new(all, await FrequencyAsync(flowUrn, schema, all, reader, ct).ConfigureAwait(false));
        if (_known.Count >= MaxEntries)
        {
            _known.Clear();
        }

        _known[key] = (state.Tag, schema, value);
        return value;
    }

    private Task<Availability> ReadAsync(string flowUrn, DataSchema schema, DataQuery query, ReaderAccess reader, CancellationToken ct)
        => warehouse.AvailabilityAsync(new WarehouseQuery { FlowUrn = flowUrn, Data = query.Resolve(schema, new IssueList()) }, reader, ct);

    private async Task<string?> FrequencyAsync(string flowUrn, DataSchema schema, Availability all, ReaderAccess reader, CancellationToken ct)
    {
        if (schema.Frequency is not { } frequency)
        {
            return null;
        }

        (string Code, int States, TimeSpan Length)? best = null;
        int state = schema.Find(region.StateDimension) is { Role: ComponentRole.Dimension } found ? found.Index : -1;
        foreach (string code in all.Codes[frequency.Index])
        {
            Availability part = await ReadAsync(flowUrn, schema, new DataQuery { Filters = [ComponentFilter.OneOf(frequency.Id, code)] }, reader, ct).ConfigureAwait(false);
            (string Code, int States, TimeSpan Length) candidate = (code, state < 0 ? 1 : part.Codes[state].Length, (part.Last - part.First) / Math.Max(1, part.Observations / Math.Max(1, part.Series)) ?? default);
            best = best is not { } b || candidate.States > b.States || (candidate.States == b.States && candidate.Length > b.Length) ? candidate : best;
        }

        return best?.Code;
    }
}
