using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Registrations;

/// <summary>
/// Judges which registrations a question in a registry message means (SDMXRegistryRegistration.xsd, QueryRegistrationRequestType): by
/// kind, keys, regions and time. What a source holds is told by the constraints on it, its agreement, provider, flow and structure;
/// and where the registration asks for an index, by the data that came under its agreement, as far as the reader may see them.
/// </summary>
/// <param name="registry">The structures that the reader may see.</param>
/// <param name="warehouse">The data.</param>
/// <param name="access">What the reader may see.</param>
public sealed class RegistrationSearch(RegistrySnapshot registry, WarehouseReader warehouse, ReaderAccess access)
{
    private readonly StructureSet _structures = registry.Structures;

    /// <summary>The result for a registration; null when it is not meant.</summary>
    public async Task<QueryRegistrationResult?> JudgeAsync(Registration registration, QueryRegistrationRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(registration);
        ArgumentNullException.ThrowIfNull(request);
        if (_structures.Find<ProvisionAgreement>(registration.ProvisionAgreement) is not { Dataflow: { } flow } agreement)
        {
            return null;
        }

        bool isOfMetadata = _structures.Find(flow) is Metadataflow;
        if (request.QueryType == (isOfMetadata ? "DataSets" : "MetadataSets"))
        {
            return null;
        }

        ImmutableArray<Constraint> constraints = [.. ConstraintsOn(registration, agreement)];
        bool? isExact = isOfMetadata ? true : await MatchAsync(registration, agreement, request, constraints, ct).ConfigureAwait(false);
        return isExact is not { } exact ? null : new QueryRegistrationResult(registration, isOfMetadata, exact, request.ReturnConstraints ? [.. constraints.Select(c => c.Reference)] : []);
    }

    /// <summary>Whether data are meant: null when not, true when the very keys sought are known to be there.</summary>
    private async Task<bool?> MatchAsync(Registration registration, ProvisionAgreement agreement, QueryRegistrationRequest request, ImmutableArray<Constraint> constraints, CancellationToken ct)
    {
        if (request is { KeySets.IsEmpty: true, Regions.IsEmpty: true, ReferencePeriodStart: null, ReferencePeriodEnd: null })
        {
            return false;
        }

        if (registry.Schema(agreement.Reference) is not { } schema)
        {
            return null;
        }

        SoughtContent sought = constraints.OfType<DataConstraint>().Aggregate(SoughtContent.Of(request, schema), (s, c) => s.Within(c, schema));
        if (sought.Parts.IsEmpty)
        {
            return null;
        }

        bool isIndexed = registration is { IndexTimeSeries: true } or { IndexDataSet: true } or { IndexReportingPeriod: true };
        if (!isIndexed || !await HoldsAsync(agreement, schema, new DataQuery(), ct).ConfigureAwait(false))
        {
            return false;
        }

        DataQuery query = new()
        {
            Keys = [.. sought.Parts.Select(p => p.Key(schema)).Distinct()],
            StartPeriod = TimePeriod.TryParse(request.ReferencePeriodStart, out TimePeriod from) ? from : null,
            EndPeriod = TimePeriod.TryParse(request.ReferencePeriodEnd, out TimePeriod to) ? to : null,
        };
        query = query.Keys.Any(k => k.IsAll) ? query with { Keys = [] } : query;
        return await HoldsAsync(agreement, schema, query, ct).ConfigureAwait(false)
            ? registration.IndexTimeSeries && request.Regions.IsEmpty && !query.Keys.IsEmpty && query.Keys.All(k => k.Positions.All(p => p.Length == 1))
            : null;
    }

    private async Task<bool> HoldsAsync(ProvisionAgreement agreement, DataSchema schema, DataQuery query, CancellationToken ct)
    {
        IssueList issues = new();
        WarehouseQuery held = new() { FlowUrn = schema.Dataflow!.Urn, Data = query.Resolve(schema, issues), AgreementUrns = [agreement.Urn] };
        if (!issues.HasErrors)
        {
            await foreach (ObservationBatch batch in warehouse.ReadAsync(held, access, ct).ConfigureAwait(false))
            {
                return batch.Count > 0;
            }
        }

        return false;
    }

    /// <summary>The constraints on a source and on what it is registered for; of each the latest version that is no draft.</summary>
    private IEnumerable<Constraint> ConstraintsOn(Registration registration, ProvisionAgreement agreement)
    {
        Maintainable? flow = _structures.Find(agreement.Dataflow!);
        Maintainable?[] cascade = [agreement, flow, flow switch
        {
            Dataflow data => _structures.FindFrom<DataStructure>(data, data.Structure),
            Metadataflow reports => _structures.FindFrom<MetadataStructure>(reports, reports.Structure),
            _ => null,
        }];
        return _structures.Of<Constraint>()
            .Where(c => c.Role != ConstraintRole.Attachment && c.Version.Extension is null && (IsOn(c, registration)
                || c.Attachments.Any(r => r.ItemId is not null ? r.Urn == agreement.DataProvider?.Urn : cascade.Any(a => a is not null && _structures.Means(r, a, c)))))
            .GroupBy(c => (c.AgencyId, c.Id)).Select(g => g.MaxBy(c => c.Version)!)
            .OrderBy(c => c.Urn, StringComparer.Ordinal);
    }

    private static bool IsOn(Constraint constraint, Registration registration)
        => (registration.SimpleDataSource is { } file && constraint.SimpleDataSources.Contains(file))
            || (registration.QueryableDataSource is { } service && constraint.QueryableDataSources.Any(s => s.Url == service.Url));
}
