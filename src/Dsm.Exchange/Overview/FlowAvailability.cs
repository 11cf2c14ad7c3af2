using System.Collections.Concurrent;
using Dsm.Exchange.Access;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Overview;

/// <summary>
/// What a whole flow holds, as a reader may see it, for the choices of a form. Kept until the flow changes: the warehouse says so in
/// one small query. At most one entry a flow and kind of reader.
/// </summary>
public sealed class FlowAvailability(WarehouseReader warehouse)
{
    private const int MaxEntries = 500;
    private readonly ConcurrentDictionary<(string Flow, string Reader), (string Tag, DataSchema Schema, Availability Value)> _known = new();

    /// <summary>Codes, periods and numbers of a flow.</summary>
    public async Task<Availability> OfAsync(string flowUrn, DataSchema schema, ReaderAccess reader, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(reader);
        (string, string) key = (flowUrn, reader.SeesAllRestricted ? "*" : string.Join(',', reader.States.Order(StringComparer.Ordinal)));
        FlowState state = await warehouse.FlowStateAsync(flowUrn, ct).ConfigureAwait(false);
        if (_known.TryGetValue(key, out var known) && known.Tag == state.Tag && ReferenceEquals(known.Schema, schema))
        {
            return known.Value;
        }

        WarehouseQuery all = new() { FlowUrn = flowUrn, Data = new DataQuery().Resolve(schema, new IssueList()) };
        Availability value = await warehouse.AvailabilityAsync(all, reader, ct).ConfigureAwait(false);
        if (_known.Count >= MaxEntries)
        {
            _known.Clear();
        }

        _known[key] = (state.Tag, schema, value);
        return value;
    }
}
