using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.Logging.Abstractions;
using static Dsm.Exchange.Tests.Registry.StructureMaintenanceTests;

namespace Dsm.Exchange.Tests.Registry;

/// <summary>What was is not lost: states of then, roll-backs, one transaction at a time.</summary>
public sealed class StructureHistoryTests : IAsyncLifetime
{
    private static readonly Codelist Draft = new() { AgencyId = "EECA", Id = "CL_H", Version = SdmxVersion.Parse("1.0.0-draft"), Name = LocalisedText.Of("One"), Codes = [Code("A")] };
    private Exchange hub = null!;

    private static Maintainer Anna { get; } = new("Anna") { MaintainsAll = true, Reading = ReaderAccess.Everything };

    public async Task InitializeAsync() => hub = await Exchange.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Shows_the_artefacts_of_any_moment()
    {
        List<DateTimeOffset> moments = [];
        foreach (string name in new[] { "One", "Two", "Three" })
        {
            long number = (await ApplyAsync(StructureTask.Replace(Draft with { Name = LocalisedText.Of(name) }))).Transaction!.Value;
            moments.Add((await hub.Log.FindAsync(number, ReaderAccess.Public, CancellationToken.None))!.At);
        }

        await ApplyAsync(StructureTask.Delete(Draft.Reference));

        foreach ((DateTimeOffset moment, string? name) in moments.Zip(new[] { "One", "Two", "Three" }).Append((moments[0].AddMicroseconds(-1), null!)).Append((DateTimeOffset.UtcNow, null!)))
        {
            RegistrySnapshot then = await hub.Registry.AsOfAsync(moment, ReaderAccess.Public, CancellationToken.None);
            (then.Structures.Find<Codelist>(Draft.Reference)?.Name["en"]).Should().Be(name);
            then.Structures.Find<Codelist>(Draft.Reference).Should().Match<Codelist?>(c => (c == null) == (name == null));
            then.Structures.All.Length.Should().BeGreaterThan(300);
        }

        (await hub.Registry.AsOfAsync(DateTimeOffset.UnixEpoch, ReaderAccess.Public, CancellationToken.None)).Structures.All.Should().BeEmpty();
        (await hub.Log.HistoryAsync(Draft.Reference, ReaderAccess.Public, CancellationToken.None)).Select(h => h.Artefact.Name["en"]).Should().Equal("Three", "Two", "One");
    }

    [Fact]
    public async Task Keeps_a_few_states_of_the_past_in_memory_and_reads_each_once()
    {
        SnapshotCache cache = new();
        int read = 0;
        foreach (long transaction in Enumerable.Range(0, 50).Select(i => (long)i).Concat([49, 48, 0]))
        {
            await cache.GetAsync(transaction, () => Task.FromResult(new RegistrySnapshot(StructureSet.Empty, "x" + Interlocked.Increment(ref read))));
        }

        cache.Count.Should().Be(SnapshotCache.Most);
        read.Should().Be(51);
    }

    [Fact]
    public async Task A_transaction_is_taken_back_as_a_whole()
    {
        Codelist other = Draft with { Id = "CL_OTHER" }, third = Draft with { Id = "CL_THIRD" };
        await ApplyAsync(StructureTask.Append(Draft), StructureTask.Append(other));
        long number = (await ApplyAsync(
            StructureTask.Replace(Draft with { Codes = [Code("A"), Code("B")] }), StructureTask.Delete(other.Reference), StructureTask.Append(third))).Transaction!.Value;

        long last = hub.Registry.Current.Transaction;
        StructurePlan preview = await hub.Maintenance.PlanRollBackAsync(number, Anna, CancellationToken.None);
        preview.CanBeApplied.Should().BeTrue();
        preview.Changes.Select(c => (c.Reference.Id, c.Kind)).Should().BeEquivalentTo([(Draft.Id, PlannedKind.Change), ("CL_OTHER", PlannedKind.Add), ("CL_THIRD", PlannedKind.Delete)]);
        preview.Changes.Single(c => c.Kind == PlannedKind.Change).Comparison!.Changes.Should().ContainSingle().Which.Path.Should().Be("Codes[B]");
        (hub.Registry.Current.Transaction, (await hub.Log.RecentAsync(1, null, ReaderAccess.Public, CancellationToken.None)).Single().Id).Should().Be((last, last), "a look changes nothing and is not logged");

        StructureReceipt back = await hub.Maintenance.RollBackAsync(number, Anna, "by mistake", CancellationToken.None);
        back.Plan.Changes.Select(c => (c.Reference, c.Kind)).Should().Equal(preview.Changes.Select(c => (c.Reference, c.Kind)));

        back.IsApplied.Should().BeTrue();
        StructureSet structures = hub.Registry.Current.Structures;
        structures.Find<Codelist>(Draft.Reference)!.Codes.Should().ContainSingle();
        structures.Find(other.Reference).Should().NotBeNull();
        structures.Find(third.Reference).Should().BeNull();
        StructureTransaction entry = (await hub.Log.FindAsync(back.Transaction!.Value, ReaderAccess.Public, CancellationToken.None))!;
        (entry.Added, entry.Changed, entry.Deleted, entry.Comment).Should().Be((1, 1, 1, "by mistake"));
        (await hub.Log.ChangesAsync(entry.Id, ReaderAccess.Public, CancellationToken.None)).Should().HaveCount(3);

        // A roll-back is a transaction like any other.
        (await hub.Maintenance.RollBackAsync(entry.Id, Anna, null, CancellationToken.None)).IsApplied.Should().BeTrue();
        hub.Registry.Current.Structures.Find(third.Reference).Should().NotBeNull();
    }

    [Fact]
    public async Task A_roll_back_is_refused_when_something_builds_on_the_transaction()
    {
        long added = (await ApplyAsync(StructureTask.Append(Draft))).Transaction!.Value;
        long changed = (await ApplyAsync(StructureTask.Replace(Draft with { Name = LocalisedText.Of("Two") }))).Transaction!.Value;

        (await hub.Maintenance.PlanRollBackAsync(added, Anna, CancellationToken.None)).Issues.Select(i => i.Code.Id).Should().Equal("X0320");
        StructureReceipt early = await hub.Maintenance.RollBackAsync(added, Anna, null, CancellationToken.None);
        Codes(early).Should().Equal("X0320");
        early.Plan.Issues.Single().Arguments.Should().Equal(Draft.Urn, changed.ToString(System.Globalization.CultureInfo.InvariantCulture), "Anna");

        Codelist user = Draft with { Id = "CL_USER", Codes = [], Extensions = [new CodelistExtension(Draft.Reference, null, [], false)] };
        await ApplyAsync(StructureTask.Append(user));
        await hub.Maintenance.RollBackAsync(changed, Anna, null, CancellationToken.None);
        Codes(await hub.Maintenance.RollBackAsync(added, Anna, null, CancellationToken.None)).Should().Contain("X0320");
        Codes(await hub.Maintenance.RollBackAsync(987654, Anna, null, CancellationToken.None)).Should().Equal("X0321");
    }

    [Fact]
    public async Task A_stable_version_published_by_mistake_can_be_taken_back_until_it_is_used()
    {
        Codelist stable = Draft with { Version = SdmxVersion.Parse("1.0.0") };
        long published = (await ApplyAsync(StructureTask.Append(stable))).Transaction!.Value;
        Codelist user = Draft with { Id = "CL_USER", Codes = [], Extensions = [new CodelistExtension(stable.Reference, null, [], false)] };
        long used = (await ApplyAsync(StructureTask.Append(user))).Transaction!.Value;

        StructurePlan preview = await hub.Maintenance.PlanRollBackAsync(published, Anna, CancellationToken.None);
        preview.Issues.Where(i => i.Severity >= Severity.Error).Select(i => i.Code.Id).Should().Equal("X0309");
        preview.Changes.Single().Referrers.Should().Equal(user.Reference);
        Codes(await hub.Maintenance.RollBackAsync(published, Anna, null, CancellationToken.None)).Should().Equal("X0309");
        await hub.Maintenance.RollBackAsync(used, Anna, null, CancellationToken.None);
        (await hub.Maintenance.RollBackAsync(published, Anna, null, CancellationToken.None)).IsApplied.Should().BeTrue();
    }

    [Fact]
    public async Task Rolling_back_needs_the_right_to_all_that_was_changed()
    {
        long number = (await ApplyAsync(StructureTask.Append(Draft))).Transaction!.Value;

        (await hub.Maintenance.PlanRollBackAsync(number, new Maintainer("Boris") { Agencies = ["EECA.ARM"] }, CancellationToken.None)).Issues.Select(i => i.Code.Id).Should().Equal("X0301");
        Codes(await hub.Maintenance.RollBackAsync(number, new Maintainer("Boris") { Agencies = ["EECA.ARM"] }, null, CancellationToken.None)).Should().Equal("X0301");
    }

    [Fact]
    public async Task Of_concurrent_submissions_of_two_nodes_each_happens_whole_and_numbers_follow_the_commits()
    {
        using StructureRegistry otherRegistry = new(hub.Database, TimeProvider.System, NullLogger<StructureRegistry>.Instance, Exchange.Region);
        StructureMaintenance other = new(hub.Database, otherRegistry, Exchange.Region, TimeProvider.System, NullLogger<StructureMaintenance>.Instance);
        Codelist second = Draft with { Id = "CL_SECOND" };

        // All want to be the first: append both lists, or nothing.
        StructureReceipt[] receipts = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => (i % 2 == 0 ? hub.Maintenance : other).ApplyAsync(
            new StructureSubmission { Tasks = [StructureTask.Append(Draft with { Name = LocalisedText.Of($"By {i}") }), StructureTask.Append(second with { Name = LocalisedText.Of($"By {i}") })], By = Anna, Origin = "test" },
            CancellationToken.None)));

        receipts.Count(r => r.IsApplied).Should().Be(1);
        receipts.Select(r => r.Transaction).Should().OnlyHaveUniqueItems();
        await otherRegistry.RefreshAsync(CancellationToken.None);
        foreach (StructureRegistry registry in new[] { hub.Registry, otherRegistry })
        {
            StructureSet structures = registry.Current.Structures;
            structures.Find(Draft.Reference)!.Name["en"].Should().Be(structures.Find(second.Reference)!.Name["en"]);
        }

        (await hub.ScalarAsync("SELECT count(*) FROM (SELECT at, lag(at) OVER (ORDER BY id) AS former FROM structure_transaction) t WHERE at <= former")).Should().Be(0);
    }

    [Fact]
    public async Task A_follower_never_meets_a_number_below_one_it_has_seen()
    {
        using CancellationTokenSource stop = new();
        List<long> seen = [];
        Task follower = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                long last = seen.Count == 0 ? 0 : seen.Max();
                ImmutableArray<StructureTransaction> recent = await hub.Log.RecentAsync(500, null, ReaderAccess.Everything, CancellationToken.None);
                recent.Select(t => t.Id).Where(id => id < last).Should().BeSubsetOf(seen, "what is committed later has a larger number");
                seen.AddRange(recent.Select(t => t.Id).Where(id => !seen.Contains(id)));
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => ApplyAsync(StructureTask.Append(Draft with { Id = $"CL_{i}" }))));
        await stop.CancelAsync();
        await follower;
    }

    [Fact]
    public async Task What_breaks_off_in_the_middle_has_not_happened()
    {
        long before = await hub.ScalarAsync("SELECT count(*) FROM structure");

        // The server refuses the last row: the transaction has begun to write by then.
        await hub.ScalarAsync(
            """
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF NEW.urn LIKE '%CL_Z%' THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END $$;
            CREATE TRIGGER fail BEFORE INSERT ON structure FOR EACH ROW EXECUTE FUNCTION fail();
            SELECT 0
            """);
        Func<Task> broken = () => ApplyAsync(StructureTask.Append(Draft), StructureTask.Append(Draft with { Id = "CL_Z" }));
        await broken.Should().ThrowAsync<Exception>();

        (await hub.ScalarAsync("SELECT count(*) FROM structure")).Should().Be(before);
        hub.Registry.Current.Structures.Find(Draft.Reference).Should().BeNull();
        (await ApplyAsync(StructureTask.Append(Draft))).IsApplied.Should().BeTrue("the door is open again");
    }

    private Task<StructureReceipt> ApplyAsync(params StructureTask[] tasks)
        => hub.Maintenance.ApplyAsync(new StructureSubmission { Tasks = [.. tasks], By = Anna, Origin = "test" }, CancellationToken.None);
}
