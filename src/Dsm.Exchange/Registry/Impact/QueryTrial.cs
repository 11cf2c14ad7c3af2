using System.Collections.Immutable;
using Dsm.Exchange.Queries;
using Dsm.Exchange.Warehouse;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>What becomes of one query.</summary>
/// <param name="Timing">When.</param>
/// <param name="Verdict">What.</param>
/// <param name="Codes">Codes it names that would be gone.</param>
/// <param name="Lost">Short references of what would not answer any more.</param>
/// <param name="Issues">Why it would be refused.</param>
/// <param name="Printed">The address as it is printed from the query; null when it names more than the reader sees.</param>
internal sealed record QueryFate(
    ImpactTiming Timing, QueryVerdict Verdict, ImmutableArray<NamedCode> Codes, ImmutableArray<string> Lost, ImmutableArray<Issue> Issues, string? Printed);

/// <summary>Judges queries by the structures of now and those to come, with the parser and the resolver of the service.</summary>
internal sealed class QueryTrial(PlannedStructures planned)
{
    // Schemas are many times the same.
    private readonly Dictionary<(string Before, string After, ImpactTiming Timing), bool> _differs = [];

    /// <summary>What becomes of the query of an address; null when the change does not touch it, or the reader does not see what it means.</summary>
    public QueryFate? Judge(QueryAddress address)
    {
        // What is asked as of a moment is answered by the structures of then.
        if (address.Parse(new IssueList()) is not CubeQuery { AsOf: null } query)
        {
            return null;
        }

        QueryMeaning now = QueryMeaning.Of(query, planned.NowSnapshot);
        if (!now.IsAnswered)
        {
            return null;
        }

        QueryFate? atOnce = ReferenceEquals(planned.AtOnceSnapshot, planned.NowSnapshot) ? null : Judge(query, now, ImpactTiming.AtOnce);
        QueryFate? moved = atOnce is null or { Verdict: QueryVerdict.StillRight } ? Judge(query, now, ImpactTiming.WhenReferencesMove) : null;
        QueryFate? fate = moved is not null && (atOnce is null || moved.Verdict != QueryVerdict.StillRight) ? moved : atOnce;
        return fate is null ? null : fate with { Printed = Print(address.Line, query, now) };
    }

    private QueryFate? Judge(CubeQuery query, QueryMeaning now, ImpactTiming timing)
    {
        RegistrySnapshot structures = planned.SnapshotOf(timing);
        QueryMeaning then = QueryMeaning.Of(query, structures);
        (DataTarget Now, DataTarget? Then)[] pairs = [.. now.Targets.Select(t => (t, Counterpart(t, then.Targets)))];
        if (pairs.All(p => p.Then is not null && !Differs(p.Now, p.Then, timing)) && now.Targets.Length == then.Targets.Length)
        {
            return null;
        }

        ImmutableArray<string> lost = [.. pairs.Where(p => p.Then is null).Select(p => p.Now.Schema.Reference.ToString()).Distinct().Order(StringComparer.Ordinal)];
        if (!then.IsAnswered)
        {
            return new QueryFate(timing, then.Issues.IsEmpty ? QueryVerdict.Gone : QueryVerdict.Refused, [], lost, then.Issues, null);
        }

        if (pairs.Any(p => p.Then is not null && IsShifted(query, p.Now.Schema, p.Then.Schema)))
        {
            return new QueryFate(timing, QueryVerdict.KeyMeansOther, [], lost, [], null);
        }

        ImmutableArray<NamedCode> gone = [.. then.Unknown.Except(now.Unknown)];
        QueryVerdict verdict = !gone.IsEmpty ? QueryVerdict.NamesGoneCodes : lost.IsEmpty ? QueryVerdict.StillRight : QueryVerdict.AnswersLess;
        return new QueryFate(timing, verdict, gone, lost, [], null);
    }

    // The same artefact, else another version of it: a query may ask for the latest.
    private static DataTarget? Counterpart(DataTarget target, ImmutableArray<DataTarget> targets)
    {
        StructureReference own = target.Schema.Reference;
        return targets.FirstOrDefault(t => t.Schema.Reference == own && t.FlowUrn == target.FlowUrn)
            ?? targets.LastOrDefault(t => t.Schema.Reference is { } r && r.Type == own.Type && r.AgencyId == own.AgencyId && r.Id == own.Id);
    }

    private bool Differs(DataTarget now, DataTarget then, ImpactTiming timing)
    {
        if (now.Schema.Reference != then.Schema.Reference)
        {
            return true;
        }

        (string, string, ImpactTiming) pair = (now.Schema.Reference.Urn, then.Schema.Reference.Urn, timing);
        if (!_differs.TryGetValue(pair, out bool differs))
        {
            differs = !SchemaComparison.Compare((now.Schema, planned.Now), (then.Schema, planned.SnapshotOf(timing).Structures)).IsEmpty;
            _differs.Add(pair, differs);
        }

        return differs;
    }

    // A key names dimensions by their order alone.
    private static bool IsShifted(CubeQuery query, DataSchema now, DataSchema then)
        => query.Keys.Any(k => k.Positions.Select((codes, i) => (codes, i)).Any(p => !p.codes.IsEmpty && p.i < now.Dimensions.Length
            && (p.i >= then.Dimensions.Length || now.Dimensions[p.i].Id != then.Dimensions[p.i].Id)));

    /// <summary>
    /// The address for those who do not keep it: printed from what was understood, and only when it names a single artefact, which the
    /// reader sees, and codes of its lists. Other words that somebody put into an address may be anything.
    /// </summary>
    private static string? Print(QueryLine line, CubeQuery query, QueryMeaning now)
    {
        if (query is not { Agencies: [_], Ids: [_], Providers.IsEmpty: true } || now.Targets is not [{ } target] || !now.Unknown.IsEmpty
            || QueryMeaning.Named(query, target.Schema).Any(n => target.Schema.Find(n.Component) is not { Codes: not null })
            || query.Filters.Any(f => target.Schema.Find(f.ComponentId)?.Role != ComponentRole.TimeDimension && f.Values is null))
        {
            return null;
        }

        return line == QueryLine.V1
            ? Rest15.Print(query) is { } first ? "/sdmx/v1/" + first.TrimStart('/') : null
            : Rest2.Print(query, target.Schema) is { } second ? "/sdmx/v2/" + second.TrimStart('/') : null;
    }
}
