using Dsm.Conformance.Seed;
using Xunit.Abstractions;

namespace Dsm.Conformance.Tck;

/// <summary>
/// The Test Compliance Kit of the SDMX Technical Working Group, v1.4.0, mode Full, against a hub with the seed. All its tests are covered
/// but those of <see cref="TckException"/>, which are all there is to forgive: an exception that is no longer needed fails too.
/// </summary>
public class TckTests(SeededHub21 hub, ITestOutputHelper log) : IClassFixture<SeededHub21>
{
    [TckFact]
    public void Every_test_is_covered_but_those_that_no_server_can_pass()
    {
        IReadOnlyList<TckResult> results = TckRun.All(hub.V1, "v1.4.0", seed: 1);
        foreach (IGrouping<string, TckResult> group in results.GroupBy(r => r.Group))
        {
            log.WriteLine($"{group.Key}: {group.Count()} tests, {group.Count(r => r.Covered)} covered, {group.Count(r => r.Compliant)} compliant");
        }

        ILookup<TckException?, TckResult> failed = results.Where(r => !r.Covered)
            .ToLookup(r => TckException.Of140.FirstOrDefault(e => e.Tests.IsMatch(r.Name)));

        failed[null].Should().BeEmpty();
        TckException.Of140.Select(e => (e.Why, failed[e].Count())).Should().Equal(TckException.Of140.Select(e => (e.Why, e.Count)));
        results.GroupBy(r => r.Group).Select(g => (g.Key, g.Count())).Should().BeEquivalentTo([("Structure", 805), ("Data", 50), ("Schema", 30)]);
    }
}

/// <summary>A fact that needs the kit.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TckFactAttribute : FactAttribute
{
    public TckFactAttribute() => Skip = TckRun.WhyAbsent;
}
