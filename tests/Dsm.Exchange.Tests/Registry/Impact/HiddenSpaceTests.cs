using Dsm.Exchange.Access;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.ReferenceMetadata;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Impact;
using Dsm.Sdmx.Model;
using Hangfire;
using Hangfire.PostgreSql;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dsm.Exchange.Tests.Registry.Impact;

/// <summary>Artefacts of a restricted national space are not named in reports for those who may not see them.</summary>
public sealed class HiddenSpaceTests : IAsyncLifetime
{
    private Exchange hub = null!;
    private ChangeSimulator simulator = null!;
    private StructureMaintenance maintenance = null!;

    public async Task InitializeAsync()
    {
        hub = await Exchange.StartAsync();
        RegionOptions region = new() { Agency = "EECA", States = ["ARM", "AZE"] };
        PostgreSqlStorage storage = new(new Connections(hub.Database.ConnectionString), new PostgreSqlStorageOptions { PrepareSchemaIfNecessary = true });
        HarvestSchedule schedule = new(hub.Database, storage, new RecurringJobManager(storage), new BackgroundJobClient(storage), new SourceSecrets(new EphemeralDataProtectionProvider()));
        simulator = new ChangeSimulator(hub.Reader, schedule, hub.Contents, new MetadataLibrary(hub.Database, TimeProvider.System), hub.Database, hub.Registry, region);
        maintenance = new StructureMaintenance(hub.Database, hub.Registry, region, TimeProvider.System, NullLogger<StructureMaintenance>.Instance);
        StructureReceipt receipt = await maintenance.SetSpaceAsync(new AgencySpace { AgencyId = "EECA.ARM", State = "ARM", IsRestricted = true }, Maintainer.Hub, null, CancellationToken.None);
        receipt.IsApplied.Should().BeTrue();
    }

    public async Task DisposeAsync()
    {
        simulator.Dispose();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task Maps_of_a_restricted_space_are_named_to_its_state_only()
    {
        Codelist list = hub.Registry.Current.Structures.Of<Codelist>().Single(l => l.AgencyId == "EECA" && l.Id == "CL_CITIZENSHIP");
        (Maintainable?, Maintainable?) change = (list, list with { Codes = [.. list.Codes.Where(c => c.Id != "AFG")] });

        ImpactReport own = await simulator.SimulateAsync([change], new ReaderAccess(false, ["ARM"]), CancellationToken.None);
        ImpactReport other = await simulator.SimulateAsync([change], new ReaderAccess(false, ["AZE"]), CancellationToken.None);

        Named(own).Should().Contain("EECA.ARM");
        Named(other).Should().NotContain("EECA.ARM").And.Contain("EECA.BLR");
        own.Countries.Single(c => c.State == "ARM").MapRows.Should().BeGreaterThan(other.Countries.Where(c => c.State == "ARM").Sum(c => c.MapRows));
    }

    [Fact]
    public async Task A_message_about_a_hidden_list_shows_nothing_of_what_is_in_it()
    {
        Codelist hidden = hub.Registry.Current.Structures.Of<Codelist>().First(l => l.AgencyId == "EECA.ARM" && l.Codes.Length > 1);
        Codelist guess = hidden with { Codes = [new Code { Id = "GUESS" }] };
        ReaderAccess access = new(false, ["AZE"]);
        StructurePlan plan = await maintenance.PlanAsync(
            new StructureSubmission { Tasks = [StructureTask.Replace(guess)], By = new Maintainer("somebody") { Reading = access }, Origin = "test" }, CancellationToken.None);

        ImpactReport report = await simulator.SimulateAsync(plan, access, CancellationToken.None);

        report.Artefacts.SelectMany(a => a.Items).Should().BeEmpty();
        report.Artefacts.SelectMany(a => a.Touched).Should().BeEmpty();
        report.Artefacts.Should().OnlyContain(a => a.Step.Before == null && a.CodeMap == null);
    }

    private static IEnumerable<string> Named(ImpactReport report) => report.Artefacts.SelectMany(a => a.Touched).Select(t => t.Artefact.AgencyId).Distinct();

    private sealed class Connections(string connectionString) : IConnectionFactory
    {
        public Npgsql.NpgsqlConnection GetOrCreateConnection() => new(connectionString);
    }
}
