using Dsm.Exchange.Registry;
using Dsm.Exchange.Storage;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dsm.Exchange.Tests.Registry;

/// <summary>Two nodes on one database: what one publishes the other sees at once, though its clock, which would let it look by itself, stands still.</summary>
public sealed class StructureNodesTests : IAsyncLifetime
{
    private readonly CancellationTokenSource stop = new();
    private Exchange here = null!;
    private HubDatabase there = null!;
    private StructureRegistry other = null!;
    private Task listening = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        here = await Exchange.StartAsync();
        there = new HubDatabase(here.Database.ConnectionString);
        other = new StructureRegistry(there, new StandingClock(), NullLogger<StructureRegistry>.Instance, Exchange.Region);
        await other.RefreshAsync(CancellationToken.None);
        listening = there.ListenAsync(NullLogger.Instance, stop.Token);
        await UntilAsync(() => there.Flows.IsListening);
    }

    public async Task DisposeAsync()
    {
        await stop.CancelAsync();
        await listening;
        other.Dispose();
        stop.Dispose();
        await there.DisposeAsync();
        await here.DisposeAsync();
    }

    [Fact]
    public async Task Sees_what_the_other_node_publishes()
    {
        Codelist list = List("CL_NODES");
        await PublishAsync(list);
        await UntilAsync(() => other.Current.Structures.Find(list.Reference) is not null);

        await PublishAsync(list with { Name = LocalisedText.Of("Another name") });
        await UntilAsync(() => other.Current.Structures.Find(list.Reference)!.Name.Best() == "Another name");
    }

    [Fact]
    public async Task Sees_what_was_published_while_the_connection_was_lost()
    {
        Codelist list = List("CL_LOST");
        await here.ScalarAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'DSM Hub, changes' AND datname = current_database()");
        await UntilAsync(() => !there.Flows.IsListening);
        await PublishAsync(list);

        await UntilAsync(() => other.Current.Structures.Find(list.Reference) is not null);
        there.Flows.IsListening.Should().BeTrue();
    }

    private static Codelist List(string id) => new()
    {
        AgencyId = "EECA", Id = id, Version = SdmxVersion.Parse("1.0"), Name = LocalisedText.Of("List"), Codes = [new Code { Id = "A", Name = LocalisedText.Of("A") }],
    };

    private async Task PublishAsync(Maintainable artefact)
    {
        StructureReceipt receipt = await here.Maintenance.ApplyAsync(
            new StructureSubmission { Tasks = [StructureTask.Of(StructureAction.Replace, artefact)], By = Maintainer.Hub, Origin = "test" }, CancellationToken.None);
        receipt.IsApplied.Should().BeTrue(string.Join("; ", receipt.Plan.Issues));
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (int i = 0; i < 500 && !holds(); i++)
        {
            await Task.Delay(20);
        }

        holds().Should().BeTrue("ten seconds are more than enough");
    }

    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 1;
    }
}
