using System.Collections.Immutable;
using System.Globalization;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>Which data there are (REST 1.5 <c>availableconstraint</c>, REST 2.2 <c>availability</c>), as the caller may see.</summary>
internal static class AvailabilityResource
{
    private static readonly ImmutableArray<StructureType> AllReferences =
        [StructureType.Codelist, StructureType.ConceptScheme, StructureType.DataStructure, StructureType.Dataflow, StructureType.DataProviderScheme];

    /// <summary>Adds the addresses.</summary>
    public static void MapAvailability(this IEndpointRouteBuilder routes)
    {
        routes.MapResource<AvailabilityQuery>(RestLine.V1, "/availableconstraint/{**rest}", GetAsync);
        routes.MapResource<AvailabilityQuery>(RestLine.V2, "/availability/{**rest}", GetAsync);
    }

    private static async Task<RestProblem?> GetAsync(RestCall call, AvailabilityQuery query, RestServices services, CancellationToken ct)
    {
        (ChosenFormat? chosen, RestProblem? unacceptable) = Negotiation.Format(call, OfferedFormats.Structures(call.Line));
        if (chosen is null)
        {
            return unacceptable;
        }

        (CubeSelection? selection, RestProblem? problem) = await CubeSelection.OfAsync(call, query, services, ct);
        if (selection is null)
        {
            return problem;
        }

        bool isKnown = Caching.IsKnown(call, chosen, string.Join(',', LanguageNegotiation.OfStructures(call)), selection.State, selection.ChangedAt, services.Now, selection.Structures.ChangedAt);
        services.Unchanged.Keep(call, selection.Structures, selection.Flows);
        if (isKnown)
        {
            return null;
        }

        ImmutableArray<Available> available = await services.Counts.RunAsync(Caching.KeyOf(call), end => CountAsync(call, query, selection, services, end), ct);
        if (available.IsDefaultOrEmpty)
        {
            return available.IsDefault ? RestProblem.Of(RestFault.Busy, IssueCodes.ServiceBusy) : RestProblem.NoResults();
        }

        IEnumerable<Maintainable> answer = available.SelectMany((a, i) => References(selection.Registry, query, a).Prepend(Constraint(query, a.Target.Schema, a.Counts, chosen.Format, i)));
        return await StructureResource.WriteAsync(call, chosen.Format, [.. answer.DistinctBy(a => a.Urn)], services, ct, selection.Registry.Structures);
    }

    private static async Task<ImmutableArray<Available>> CountAsync(RestCall call, AvailabilityQuery query, CubeSelection selection, RestServices services, CancellationToken ct)
    {
        using IDisposable? place = await services.Places.TakeAsync(call.Caller, ct);
        return place is null ? default : await Available.OfAsync(query, selection, call.Access, services, ct);
    }

    /// <summary>The answer itself. Such a constraint has no identity of its own; the schemas want one.</summary>
    private static DataConstraint Constraint(AvailabilityQuery query, DataSchema schema, Availability available, SdmxFormat format, int number)
    {
        List<MemberSelection> selections = [.. schema.Dimensions.Where(d => IsWanted(query, d)).Select(d => new MemberSelection
        {
            ComponentId = d.Id,
            Values = [.. available.Codes[d.Index].Select(c => new MemberValue(c))],
        })];

        // SDMX 2.1 says the time in ReferencePeriod, later versions have no such element.
        if (format.IsVersion3 && schema.TimeDimension is { } time && IsWanted(query, time) && available.First is not null)
        {
            selections.Add(new MemberSelection { ComponentId = time.Id, StartPeriod = Day(available.First), EndPeriod = Day(available.Last?.AddDays(-1)) });
        }

        return new DataConstraint
        {
            AgencyId = schema.Reference.AgencyId,
            Id = number == 0 ? "AVAILABLE" : string.Create(CultureInfo.InvariantCulture, $"AVAILABLE_{number}"),
            Version = SdmxVersion.Parse("1.0"),
            Name = (schema.Agreement as Maintainable ?? schema.Dataflow ?? (Maintainable)schema.Structure).Name,
            Role = ConstraintRole.Actual,
            Attachments = [schema.Reference],
            ReferencePeriodStart = Instant(available.First),
            ReferencePeriodEnd = Instant(available.Last?.AddSeconds(-1)),
            Regions = [new CubeRegion(true, [.. selections])],
            SeriesCount = available.Series,
            ObservationCount = available.Observations,
        };
    }

    private static IEnumerable<Maintainable> References(RegistrySnapshot registry, AvailabilityQuery query, Available available)
    {
        ImmutableArray<StructureType> types = query.AllReferences ? AllReferences : query.ReferenceTypes;
        (DataTarget target, Availability counts, ImmutableArray<StructureReference> providers) = available;
        SchemaComponent[] wanted = [.. target.Schema.Dimensions.Where(d => IsWanted(query, d))];
        List<Maintainable> found = [];
        if (types.Contains(StructureType.DataStructure))
        {
            found.Add(target.Schema.Structure);
        }

        if (types.Contains(StructureType.Dataflow) && registry.Structures.Find(StructureReference.ParseUrn(target.FlowUrn)) is { } flow)
        {
            found.Add(flow);
        }

        if (types.Contains(StructureType.Codelist))
        {
            found.AddRange(wanted.Where(d => d.Codelist is not null).GroupBy(d => d.Codelist!.Urn)
                .SelectMany(g => Partial(registry, g.First().Codelist!, g.SelectMany(d => counts.Codes[d.Index]))));
        }

        if (types.Contains(StructureType.ConceptScheme))
        {
            IEnumerable<SchemaComponent> components = target.Schema.TimeDimension is { } time && IsWanted(query, time) ? wanted.Append(time) : wanted;
            found.AddRange(components.GroupBy(d => d.Concept.Maintainable.Urn)
                .SelectMany(g => registry.Structures.Find(g.First().Concept) is { } scheme ? Partial(registry, scheme, g.Select(d => d.Concept.ItemId!)) : []));
        }

        found.AddRange(providers.GroupBy(p => p.Maintainable.Urn)
            .SelectMany(g => registry.Structures.Find(g.First()) is { } scheme ? Partial(registry, scheme, g.Select(p => p.ItemId!)) : []));
        return found;
    }

    private static IEnumerable<Maintainable> Partial(RegistrySnapshot registry, Maintainable scheme, IEnumerable<string> items)
        => new StructureSelection(registry.Structures).Answer(new StructureQuery
        {
            Types = [scheme.Type],
            Agencies = [scheme.AgencyId],
            Ids = [scheme.Id],
            Version = scheme.Version.ToString(),
            Items = [.. items.Distinct()],
        });

    private static bool IsWanted(AvailabilityQuery query, SchemaComponent component)
        => query.Components.IsEmpty || query.Components.Contains(component.Id);

    private static string? Day(DateTime? at) => at?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Instant(DateTime? at) => at?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
