using System.Collections.Immutable;
using Dsm.Exchange;
using Dsm.Exchange.Access;
using Dsm.Exchange.ReferenceMetadata;
using Dsm.Exchange.Registrations;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Web.Rest;

/// <summary>What the resources of the SDMX interface work with.</summary>
internal sealed class RestServices(
    StructureRegistry registry, StructureMaintenance maintenance, MetadataLibrary metadata, RegistrationDesk registrations, WarehouseReader warehouse, RegionOptions region, DataPlaces places, DataLimits limits, UnchangedAnswers unchanged,
    TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<RestServices> log)
{
    /// <summary>The structures.</summary>
    public StructureRegistry Registry { get; } = registry;

    /// <summary>The door through which structures change.</summary>
    public StructureMaintenance Maintenance { get; } = maintenance;

    /// <summary>Reports of reference metadata.</summary>
    public MetadataLibrary Metadata { get; } = metadata;

    /// <summary>Registrations of data sources.</summary>
    public RegistrationDesk Registrations { get; } = registrations;

    /// <summary>The data.</summary>
    public WarehouseReader Warehouse { get; } = warehouse;

    /// <summary>Who may read the warehouse now.</summary>
    public DataPlaces Places { get; } = places;

    /// <summary>Answers that are being given.</summary>
    public SharedAnswers Answers { get; } = new();

    /// <summary>Counts of what is available that are being made.</summary>
    public SingleFlight<ImmutableArray<Available>> Counts { get; } = new();

    /// <summary>Answers that are known not to have changed.</summary>
    public UnchangedAnswers Unchanged { get; } = unchanged;

    /// <summary>How large answers may be.</summary>
    public DataLimits Limits { get; } = limits;

    /// <summary>The hub is told to stop.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;

    /// <summary>Where faults are logged; the caller learns nothing of them.</summary>
    public ILogger Log { get; } = log;

    /// <summary>Now.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The structures that a caller may see, now or as they were at a moment.</summary>
    public async Task<RegistrySnapshot> StructuresAsync(RestCall call, DateTimeOffset? asOf, CancellationToken ct)
        => asOf is { } moment ? await Registry.AsOfAsync(moment, call.Access, ct) : Registry.For(call.Access);

    /// <summary>True when a query would give a reader anything.</summary>
    public async Task<bool> HoldsAsync(WarehouseQuery query, ReaderAccess access, CancellationToken ct)
    {
        await foreach (ObservationBatch batch in Warehouse.ReadAsync(query, access, ct))
        {
            return batch.Count > 0;
        }

        return false;
    }

    /// <summary>Does work that reads the warehouse, in a place taken for the caller; says that the service is busy when there is none in time.</summary>
    public async Task<RestProblem?> WithPlaceAsync(RestCall call, Func<Task<RestProblem?>> work, CancellationToken ct)
    {
        using IDisposable? place = await Places.TakeAsync(call.Caller, ct);
        return place is null ? RestProblem.Of(RestFault.Busy, IssueCodes.ServiceBusy) : await work();
    }

    /// <summary>The header of a message that is made now.</summary>
    public MessageHeader Header(string kind)
    {
        DateTimeOffset now = Now;
        return new MessageHeader
        {
            Id = $"{kind}-{now:yyyyMMddHHmmssfff}-{Random.Shared.Next(0x10000):x4}",
            Prepared = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            SenderId = region.Agency.Length > 0 ? region.Agency : "HUB",
        };
    }
}
