using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registrations;

/// <summary>
/// What data a question for registrations seeks, in the numbers of a schema: "first matching all data for the included keys and
/// regions (all available data if there are none) and then removing any data matching the excluded keys or regions"
/// (SDMXRegistryRegistration.xsd, QueryRegistrationRequestType).
/// </summary>
internal sealed class SoughtContent
{
    private readonly TimePeriod? _from;
    private readonly TimePeriod? _to;

    private SoughtContent(ImmutableArray<ContentPart> parts, TimePeriod? from, TimePeriod? to) => (Parts, _from, _to) = (parts, from, to);

    /// <summary>The parts sought; none when the schema can have nothing of it.</summary>
    public ImmutableArray<ContentPart> Parts { get; }

    /// <summary>What a question seeks of data with a schema.</summary>
    public static SoughtContent Of(QueryRegistrationRequest request, DataSchema schema)
    {
        SchemaConstraint asked = schema.InNumbers(new DataConstraint
        {
            AgencyId = "SDMX", Id = "SOUGHT", Version = SdmxVersion.Default,
            Regions = [.. request.Regions.Where(r => IsKnown(r.Selections, schema))],
            KeySets = [.. request.KeySets.Select(s => s with { Keys = [.. s.Keys.Where(k => IsKnown(k.Selections, schema))] })],
        });
        bool names = request.Regions.Any(r => r.IsIncluded) || request.KeySets.Any(s => s.IsIncluded);
        ContentPart[] included = [.. asked.Regions.Select(r => new ContentPart(r.Selections)), .. asked.KeySets.Where(s => s.IsIncluded).SelectMany(s => ContentPart.Of(s, schema))];
        ContentPart[] excluded = [.. asked.Excluded.Select(r => new ContentPart(r.Selections)), .. asked.KeySets.Where(s => !s.IsIncluded).SelectMany(s => ContentPart.Of(s, schema))];
        TimePeriod? from = Period(request.ReferencePeriodStart), to = Period(request.ReferencePeriodEnd);
        IEnumerable<ContentPart> parts = (names ? included : [ContentPart.Whole])
            .Select(p => schema.TimeDimension is { } time ? p.During(time, from?.Start, to?.End) : p);
        return new SoughtContent([.. parts.Select(p => excluded.Aggregate((ContentPart?)p, (left, e) => left?.Without(e))).OfType<ContentPart>().Where(p => !p.IsEmpty)], from, to);
    }

    /// <summary>What of it a constraint leaves.</summary>
    public SoughtContent Within(DataConstraint constraint, DataSchema schema)
    {
        if (!IsInTime(constraint))
        {
            return new SoughtContent([], _from, _to);
        }

        SchemaConstraint there = schema.InNumbers(constraint);
        ContentPart[] regions = [.. there.Regions.Select(r => new ContentPart(r.Selections))];
        ContentPart[] keys = [.. there.KeySets.Where(s => s.IsIncluded).SelectMany(s => ContentPart.Of(s, schema))];
        ContentPart[] excluded = [.. there.Excluded.Select(r => new ContentPart(r.Selections)), .. there.KeySets.Where(s => !s.IsIncluded).SelectMany(s => ContentPart.Of(s, schema))];
        return new SoughtContent(
            [.. Parts.Where(p => (regions.Length == 0 || regions.Any(p.Overlaps)) && (!there.KeySets.Any(s => s.IsIncluded) || keys.Any(p.Overlaps)) && !excluded.Any(p.IsWithin))],
            _from,
            _to);
    }

    private static bool IsKnown(ImmutableArray<MemberSelection> selections, DataSchema schema) => selections.All(s => schema.Find(s.ComponentId) is not null);

    private static TimePeriod? Period(string? text) => TimePeriod.TryParse(text, out TimePeriod period) ? period : null;

    private bool IsInTime(DataConstraint constraint)
        => (_to is not { } to || Period(constraint.ReferencePeriodStart) is not { } first || first.Start < to.End)
            && (_from is not { } from || Period(constraint.ReferencePeriodEnd) is not { } last || from.Start < last.End);
}
