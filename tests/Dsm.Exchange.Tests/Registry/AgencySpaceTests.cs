using System.Security.Claims;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Model;
using static Dsm.Exchange.Tests.Registry.StructureMaintenanceTests;

namespace Dsm.Exchange.Tests.Registry;

/// <summary>Whose artefacts they are, and who sees them.</summary>
public sealed class AgencySpaceTests : IAsyncLifetime
{
    private static readonly Codelist Secret = new() { AgencyId = "EECA.ARM", Id = "CL_SECRET", Version = SdmxVersion.Parse("1.0.0-draft"), Name = LocalisedText.Of("x"), Codes = [Code("A")] };
    private static readonly AgencySpace Restricted = new() { AgencyId = "EECA.ARM.SECRET", State = "ARM", IsRestricted = true };
    private Exchange hub = null!;

    public async Task InitializeAsync()
    {
        hub = await Exchange.StartAsync();
        OrganisationScheme agencies = hub.Registry.Current.Structures.Of<OrganisationScheme>().Single(s => s is { Id: "AGENCIES", AgencyId: "EECA" });
        (await ApplyAsync(
            Maintainer.Hub,
            StructureTask.Replace(agencies with { Organisations = [.. agencies.Organisations, Agency("ARMY")] }),
            StructureTask.Append(agencies with { AgencyId = "EECA.ARM", Organisations = [Agency("SUB"), Agency("SECRET")] }))).IsApplied.Should().BeTrue();
    }

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Theory]
    [InlineData(HubRoles.SystemAdministrator, null, true, true, true)]
    [InlineData(HubRoles.StructureMaintainer, null, true, false, false)]
    [InlineData(HubRoles.CountryAdministrator, "ARM", false, true, false)]
    [InlineData(HubRoles.CountryAdministrator, null, false, false, false)]
    [InlineData(HubRoles.FocalPoint, "ARM", false, false, false)]
    [InlineData(HubRoles.Coordinator, null, false, false, false)]
    public async Task Each_role_maintains_its_agencies(string role, string? country, bool region, bool armenia, bool georgia)
    {
        Maintainer by = HubRights.Maintainer(User(role, country), hub.Registry.Current.Spaces);

        foreach ((string agency, bool may) in new[] { ("EECA", region), ("SDMX", region), ("EECA.ARM", armenia), ("EECA.ARM.SUB", armenia), ("EECA.ARMY", region), ("EECA.GEO", georgia) })
        {
            by.MayMaintain(agency).Should().Be(may, agency);
            StructureReceipt receipt = await ApplyAsync(by, StructureTask.Append(Secret with { AgencyId = agency }));
            receipt.IsApplied.Should().Be(may, agency);
            if (!may)
            {
                Codes(receipt).Should().Equal("X0301");
            }
        }
    }

    [Fact]
    public void Nobody_without_a_name_maintains_anything()
        => HubRights.Maintainer(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, HubRoles.SystemAdministrator)])), hub.Registry.Current.Spaces)
            .Should().Match<Maintainer>(m => m.MaintainsNothing && !m.MayMaintain("EECA"));

    [Fact]
    public async Task A_restricted_space_is_seen_by_its_state_and_those_who_see_everything()
    {
        Maintainer armenia = HubRights.Maintainer(User(HubRoles.CountryAdministrator, "ARM"), hub.Registry.Current.Spaces);
        (await hub.Maintenance.SetSpaceAsync(Restricted, armenia, "ours", CancellationToken.None)).IsApplied.Should().BeTrue();
        Codelist secret = Secret with { AgencyId = Restricted.AgencyId };
        (await ApplyAsync(armenia, StructureTask.Append(secret))).IsApplied.Should().BeTrue();

        foreach ((ReaderAccess access, bool sees) in new[] { (ReaderAccess.Public, false), (ReaderAccess.Everything, true), (new ReaderAccess(false, ["ARM"]), true), (new ReaderAccess(false, ["GEO"]), false) })
        {
            RegistrySnapshot snapshot = hub.Registry.For(access);
            (snapshot.Structures.Find(secret.Reference) is not null).Should().Be(sees);
            ((await hub.Registry.AsOfAsync(DateTimeOffset.UtcNow, access, CancellationToken.None)).Structures.Find(secret.Reference) is not null).Should().Be(sees);
            ((await hub.Log.HistoryAsync(secret.Reference, access, CancellationToken.None)).Length == 1).Should().Be(sees);
            (snapshot.Version == hub.Registry.Current.Version).Should().Be(sees, "a cached answer must not be shown to others");
        }

        hub.Registry.For(ReaderAccess.Public).Should().BeSameAs(hub.Registry.For(ReaderAccess.Public));
    }

    [Fact]
    public async Task Versions_and_instants_tell_nothing_of_what_is_restricted()
    {
        Codelist common = Secret with { AgencyId = "EECA", Id = "CL_COMMON" }, secret = Secret with { AgencyId = Restricted.AgencyId };
        await ApplyAsync(Maintainer.Hub, StructureTask.Append(common));
        await hub.Maintenance.SetSpaceAsync(Restricted, Maintainer.Hub, null, CancellationToken.None);
        ReaderAccess georgia = new(false, ["GEO"]), armenia = new(false, ["ARM"]);
        (string, DateTimeOffset) Seen(ReaderAccess access) => (hub.Registry.For(access).Version, hub.Registry.For(access).ChangedAt);
        List<(string, DateTimeOffset)> own = [], foreign = [];
        foreach (StructureTask task in new[] { StructureTask.Append(secret), StructureTask.Replace(secret with { Name = LocalisedText.Of("Two") }), StructureTask.Delete(secret.Reference) })
        {
            (await ApplyAsync(Maintainer.Hub, task)).IsApplied.Should().BeTrue();
            own.Add(Seen(armenia));
            foreign.Add(Seen(georgia));
            Seen(ReaderAccess.Public).Should().Be(foreign[^1]);
        }

        own.Should().OnlyHaveUniqueItems();
        foreign.Distinct().Should().ContainSingle();
        await ApplyAsync(Maintainer.Hub, StructureTask.Delete(common.Reference));
        Seen(georgia).Should().NotBe(foreign[0], "what he sees has changed");
        (string Version, DateTimeOffset At) closed = Seen(georgia);
        await hub.Maintenance.SetSpaceAsync(new AgencySpace { AgencyId = Restricted.AgencyId, State = "ARM" }, Maintainer.Hub, null, CancellationToken.None);
        Seen(georgia).Should().NotBe(closed, "he sees more").And.Be(Seen(ReaderAccess.Everything));
    }

    [Fact]
    public async Task What_all_see_does_not_refer_to_what_few_see()
    {
        await hub.Maintenance.SetSpaceAsync(Restricted, Maintainer.Hub, null, CancellationToken.None);
        Codelist secret = Secret with { AgencyId = Restricted.AgencyId };
        Codelist user = Secret with { AgencyId = "EECA.ARM", Id = "CL_USER", Codes = [], Extensions = [new CodelistExtension(secret.Reference, null, [], false)] };
        Maintainer armenia = HubRights.Maintainer(User(HubRoles.CountryAdministrator, "ARM"), hub.Registry.Current.Spaces);
        await ApplyAsync(armenia, StructureTask.Append(secret));

        Codes(await ApplyAsync(armenia, StructureTask.Append(user))).Should().Equal("X0308");
        (await ApplyAsync(armenia, StructureTask.Append(user with { AgencyId = Restricted.AgencyId }))).IsApplied.Should().BeTrue();

        // Who may not see it learns nothing of it, whatever he asks.
        Maintainer region = HubRights.Maintainer(User(HubRoles.StructureMaintainer, null), hub.Registry.Current.Spaces);
        Codes(await ApplyAsync(region, StructureTask.Append(user with { AgencyId = "EECA" }))).Should().Equal("X0306");
        StructureReceipt refused = await ApplyAsync(region, StructureTask.Replace(secret));
        Codes(refused).Should().Equal("X0301");
        refused.Plan.Changes.Single().Before.Should().BeNull();
    }

    [Fact]
    public async Task A_space_in_public_use_is_not_restricted()
    {
        Codelist list = Secret with { AgencyId = "EECA.ARM" };
        Codelist user = Secret with { AgencyId = "EECA", Id = "CL_USER", Codes = [], Extensions = [new CodelistExtension(list.Reference, null, [], false)] };
        await ApplyAsync(Maintainer.Hub, StructureTask.Append(list), StructureTask.Append(user));

        StructureReceipt refused = await hub.Maintenance.SetSpaceAsync(new AgencySpace { AgencyId = "EECA.ARM", State = "ARM", IsRestricted = true }, Maintainer.Hub, null, CancellationToken.None);

        Codes(refused).Should().Contain("X0308");
        hub.Registry.Current.Spaces.Of("EECA.ARM")!.IsRestricted.Should().BeFalse();
    }

    [Fact]
    public async Task A_state_has_only_its_own_spaces_to_give()
    {
        Maintainer armenia = HubRights.Maintainer(User(HubRoles.CountryAdministrator, "ARM"), hub.Registry.Current.Spaces);

        Codes(await hub.Maintenance.SetSpaceAsync(new AgencySpace { AgencyId = "EECA.GEO", State = "GEO", IsRestricted = true }, armenia, null, CancellationToken.None)).Should().Equal("X0301");
        Codes(await hub.Maintenance.SetSpaceAsync(new AgencySpace { AgencyId = "EECA.ARM", State = "GEO" }, armenia, null, CancellationToken.None)).Should().Equal("X0301");
    }

    [Fact]
    public async Task Users_of_an_artefact_in_restricted_spaces_are_counted_and_not_named()
    {
        await hub.Maintenance.SetSpaceAsync(Restricted, Maintainer.Hub, null, CancellationToken.None);
        Codelist list = Secret with { AgencyId = "EECA", Id = "CL_COMMON" };
        Codelist user = Secret with { AgencyId = Restricted.AgencyId, Id = "CL_USER", Codes = [], Extensions = [new CodelistExtension(list.Reference, null, [], false)] };
        await ApplyAsync(Maintainer.Hub, StructureTask.Append(list), StructureTask.Append(user));

        StructureReceipt refused = await ApplyAsync(HubRights.Maintainer(User(HubRoles.StructureMaintainer, null), hub.Registry.Current.Spaces), StructureTask.Delete(list.Reference));

        Codes(refused).Should().Equal("X0310");
        refused.Plan.Changes.Single().Referrers.Should().BeEmpty();
    }

    [Fact]
    public async Task Whoever_may_not_see_an_artefact_learns_nothing_from_refusals_and_the_log()
    {
        await hub.Maintenance.SetSpaceAsync(Restricted, Maintainer.Hub, "for EECA.ARM.SECRET", CancellationToken.None);
        Codelist secret = Secret with { AgencyId = Restricted.AgencyId }, absent = secret with { Id = "CL_ABSENT" };
        Codelist common = Secret with { AgencyId = "EECA", Id = "CL_COMMON" };
        Codelist user = Secret with { AgencyId = Restricted.AgencyId, Id = "CL_USER", Codes = [], Extensions = [new CodelistExtension(common.Reference, null, [], false)] };
        long before = hub.Registry.Current.Transaction;
        long number = (await ApplyAsync(Maintainer.Hub, StructureTask.Append(common), StructureTask.Append(secret), StructureTask.Append(user))).Transaction!.Value;
        await ApplyAsync(Maintainer.Hub, StructureTask.Delete(common.Reference));
        await ApplyAsync(Maintainer.Hub, StructureTask.Replace(secret with { Name = LocalisedText.Of("Two") }));
        Maintainer region = HubRights.Maintainer(User(HubRoles.StructureMaintainer, null), hub.Registry.Current.Spaces);

        foreach (Func<Codelist, StructureTask> task in new Func<Codelist, StructureTask>[] { StructureTask.Append, StructureTask.Replace, c => StructureTask.Delete(c.Reference), StructureTask.Merge })
        {
            StructurePlan[] plans = [.. await Task.WhenAll(new[] { secret, absent }.Select(c => hub.Maintenance.PlanAsync(
                new StructureSubmission { Tasks = [task(c)], By = region, Origin = "test", BasedOn = before }, CancellationToken.None)))];
            Codes(plans[0]).Should().Equal("X0301");
            (plans[0].Changes[0].Kind, plans[0].Changes[0].Before, plans[0].Changes[0].Comparison).Should().Be((plans[1].Changes[0].Kind, plans[1].Changes[0].Before, plans[1].Changes[0].Comparison));
        }

        StructureReceipt back = await hub.Maintenance.RollBackAsync(number, region, null, CancellationToken.None);
        back.Plan.Issues.Should().OnlyContain(i => i.Code == ExchangeIssues.NotMaintainer && i.Arguments[1] == "?");
        foreach (StructureTransaction entry in await hub.Log.RecentAsync(20, null, ReaderAccess.Public, CancellationToken.None))
        {
            string.Join(' ', entry.Findings.SelectMany(f => f.Arguments.Add(f.Artefact ?? "")).Append(entry.Origin).Append(entry.Comment)).Should().NotContain("SECRET");
        }

        (await hub.Log.ChangesAsync(number, ReaderAccess.Public, CancellationToken.None)).Select(c => c.Reference.Id).Should().Equal("CL_COMMON");
    }

    private static Organisation Agency(string id) => new() { Id = id, Name = LocalisedText.Of(id) };

    private static ClaimsPrincipal User(string role, string? country) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, "user"), new Claim(ClaimTypes.Role, role), .. country is null ? Array.Empty<Claim>() : [new Claim(HubRights.CountryClaim, country)]], "test"));

    private Task<StructureReceipt> ApplyAsync(Maintainer by, params StructureTask[] tasks)
        => hub.Maintenance.ApplyAsync(new StructureSubmission { Tasks = [.. tasks], By = by, Origin = "test" }, CancellationToken.None);
}
