using System.Globalization;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry;

/// <summary>The rules of the one door, on the region's structures.</summary>
public sealed class StructureMaintenanceTests : IAsyncLifetime
{
    private Exchange hub = null!;

    private static Maintainer Anna { get; } = new("Anna") { MaintainsAll = true, Reading = ReaderAccess.Everything };

    private Codelist Direction => hub.Registry.Current.Structures.Of<Codelist>().Single(c => c.Id == "CL_DIRECTION" && c.Version.ToString() == "1.0.0");

    public async Task InitializeAsync() => hub = await Exchange.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Says_which_version_a_change_of_a_stable_one_needs()
    {
        Codelist added = Direction with { Codes = Direction.Codes.Add(Code("MORE")) };
        Codelist gone = Direction with { Codes = Direction.Codes.RemoveAt(0) };
        Codelist renamed = Direction with { Codes = Direction.Codes.SetItem(0, Direction.Codes[0] with { Name = LocalisedText.Of("Other") }) };

        foreach ((Codelist changed, string version) in new[] { (added, "1.1.0"), (gone, "2.0.0"), (renamed, "1.0.1") })
        {
            StructureReceipt receipt = await ApplyAsync(StructureTask.Replace(changed));
            receipt.IsApplied.Should().BeFalse();
            receipt.Plan.Changes.Single().RequiredVersion.Should().Be(SdmxVersion.Parse(version));
            Texts(receipt.Plan).Should().ContainSingle(t => t.Contains(version, StringComparison.Ordinal) && t.Contains("finished", StringComparison.Ordinal));
            (await ApplyAsync(StructureTask.Append(changed with { Version = SdmxVersion.Parse(version + "-draft") }))).IsApplied.Should().BeTrue();
        }

        (await hub.ScalarAsync("SELECT count(*) FROM structure_transaction WHERE status = 'Refused' AND added + changed + deleted = 0")).Should().Be(3);
        hub.Registry.Current.Structures.Find(Direction.Reference).Should().BeSameAs(Direction);
    }

    [Fact]
    public async Task Refuses_a_new_version_whose_number_hides_what_changed()
    {
        Codelist gone = Direction with { Version = SdmxVersion.Parse("1.0.1"), Codes = Direction.Codes.RemoveAt(0) };

        Codes(await ApplyAsync(StructureTask.Append(gone))).Should().Equal("X0304");
        StructureReceipt right = await ApplyAsync(StructureTask.Append(gone with { Version = SdmxVersion.Parse("2.0.0") }));
        right.IsApplied.Should().BeTrue();
        right.Plan.Changes.Single().Comparison!.Impact.Should().Be(ChangeImpact.Major);
    }

    [Fact]
    public async Task Warns_that_a_new_version_of_a_flow_has_no_data_while_agreements_name_the_former_one()
    {
        StructureSet now = hub.Registry.Current.Structures;
        ProvisionAgreement agreement = now.Of<ProvisionAgreement>().First(a => now.Find<Dataflow>(a.Dataflow) is { Version.IsStable: true });
        Dataflow former = now.Find<Dataflow>(agreement.Dataflow)!;
        Dataflow next = former with { Version = SdmxVersion.Parse("1.0.1"), Name = LocalisedText.Of("Another name") };

        StructurePlan alone = await PlanAsync(StructureTask.Append(next));
        (alone.CanBeApplied, alone.Changes.Single().Issues.Single().Code).Should().Be((true, ExchangeIssues.AgreementsStay));
        Texts(alone).Single().Should().Contain(agreement.Id).And.Contain(former.Version.ToString());

        ProvisionAgreement following = agreement with { Version = SdmxVersion.Parse("7.0.0"), Dataflow = next.Reference };
        (await PlanAsync(StructureTask.Append(next), StructureTask.Append(following))).Changes.SelectMany(c => c.Issues).Should().NotContain(i => i.Code == ExchangeIssues.AgreementsStay);
    }

    [Fact]
    public async Task Compares_a_new_draft_with_what_it_goes_on_from()
    {
        PlannedChange change = (await PlanAsync(StructureTask.Append(Direction with { Version = SdmxVersion.Parse("3.0.0-draft"), Codes = Direction.Codes.Add(Code("MORE")) }))).Changes.Single();

        (change.Kind, change.Comparison!.Before!.Urn, change.RequiredVersion).Should().Be((PlannedKind.Add, Direction.Urn, SdmxVersion.Parse("1.1.0")));
    }

    [Fact]
    public async Task Lets_be_said_about_a_stable_version_what_is_not_its_content()
    {
        Codelist noted = Direction with { ValidTo = "2030-12-31", Annotations = [new Annotation { Type = "NOTE", Title = "Reviewed" }] };

        (await ApplyAsync(StructureTask.Replace(noted))).IsApplied.Should().BeTrue();

        Direction.ValidTo.Should().Be("2030-12-31");
        Codes(await ApplyAsync(StructureTask.Replace(Direction with { Name = LocalisedText.Of("Another") }))).Should().Equal("X0302");
    }

    [Fact]
    public async Task Keeps_final_legacy_versions_but_for_their_texts_and_lets_others_change()
    {
        Codelist legacy = new() { AgencyId = "EECA", Id = "CL_OLD", Version = SdmxVersion.Parse("1.2"), Name = LocalisedText.Of("Old"), Codes = [Code("A")] };
        (await ApplyAsync(StructureTask.Append(legacy))).IsApplied.Should().BeTrue();
        Codelist more = legacy with { Codes = legacy.Codes.Add(Code("B")) };
        (await ApplyAsync(StructureTask.Replace(more))).IsApplied.Should().BeTrue();
        more = more with { IsFinal = true };
        (await ApplyAsync(StructureTask.Replace(more))).Plan.Changes.Single().Kind.Should().Be(PlannedKind.Change, "it becomes final");
        (await ApplyAsync(StructureTask.Replace(more with { IsFinal = null }))).Plan.Changes.Single().Kind.Should().Be(PlannedKind.Same, "3.x does not say it");

        Codes(await ApplyAsync(StructureTask.Replace(more with { Codes = more.Codes.Add(Code("C")) }))).Should().Equal("X0302");
        Codes(await ApplyAsync(StructureTask.Replace(more with { IsFinal = false }))).Should().Equal("X0303");
        Codes(await ApplyAsync(StructureTask.Delete(more.Reference))).Should().Equal("X0325");
        (await ApplyAsync(StructureTask.Replace(more with { Name = LocalisedText.Of("Older") }))).IsApplied.Should().BeTrue();
        hub.Registry.Current.Structures.Find<Codelist>(legacy.Reference)!.Version.ToString().Should().Be("1.2");
    }

    [Fact]
    public async Task Promotes_a_draft_with_all_that_it_needs_in_one_message()
    {
        Codelist draft = Direction with { Id = "CL_NEW", Version = SdmxVersion.Parse("1.0.0-draft") };
        DataStructure structure = hub.Registry.Current.Structures.Of<DataStructure>().First(d => d.Version.IsStable);
        Codelist extending = new()
        {
            AgencyId = "EECA", Id = "CL_EXTENDING", Version = SdmxVersion.Parse("1.0.0"), Name = LocalisedText.Of("x"), Extensions = [new CodelistExtension(draft.Reference, null, [], false)],
        };
        (await ApplyAsync(StructureTask.Append(draft))).IsApplied.Should().BeTrue();

        Codes(await ApplyAsync(StructureTask.Append(extending))).Should().Equal("X0307");
        Codelist stable = draft with { Version = SdmxVersion.Parse("1.0.0") };
        StructureReceipt promoted = await ApplyAsync(
            StructureTask.Append(stable), StructureTask.Delete(draft.Reference), StructureTask.Append(extending with { Extensions = [new CodelistExtension(stable.Reference, null, [], false)] }));

        promoted.IsApplied.Should().BeTrue();
        promoted.Plan.Changes.Select(c => c.Kind).Should().Equal(PlannedKind.Add, PlannedKind.Delete, PlannedKind.Add);
        structure.Should().NotBeNull();
    }

    [Fact]
    public async Task Names_what_refers_to_what_is_to_be_deleted()
    {
        Codelist list = new() { AgencyId = "EECA", Id = "CL_BASE", Version = SdmxVersion.Parse("1.0"), Name = LocalisedText.Of("x"), Codes = [Code("A"), Code("B", "A")] };
        Codelist user = new() { AgencyId = "EECA", Id = "CL_USER", Version = SdmxVersion.Parse("1.0"), Name = LocalisedText.Of("x"), Extensions = [new CodelistExtension(list.Reference, null, [], false)] };
        Hierarchy hierarchy = new()
        {
            AgencyId = "EECA", Id = "H", Version = SdmxVersion.Parse("1.0"), Name = LocalisedText.Of("x"), Codes = [new HierarchicalCode { Id = "A", Code = list.Reference with { ItemId = "B" } }],
        };
        (await ApplyAsync(StructureTask.Append(list), StructureTask.Append(user), StructureTask.Append(hierarchy))).IsApplied.Should().BeTrue();

        StructureReceipt refused = await ApplyAsync(StructureTask.Delete(list.Reference));

        Codes(refused).Should().OnlyContain(c => c == "X0309");
        Texts(refused.Plan).Should().Contain(t => t.Contains(user.Urn, StringComparison.Ordinal)).And.Contain(t => t.Contains(hierarchy.Urn, StringComparison.Ordinal));
        refused.Plan.Changes.Single().Referrers.Select(r => r.Urn).Should().BeEquivalentTo(user.Urn, hierarchy.Urn);
        Codes(await ApplyAsync(StructureTask.DeleteItem(list.Reference with { ItemId = "B" }))).Should().Equal("X0309");
        (await ApplyAsync(StructureTask.DeleteItem(list.Reference with { ItemId = "A" }))).IsApplied.Should().BeTrue();
        hub.Registry.Current.Structures.Find<Codelist>(list.Reference)!.Codes.Should().ContainSingle().Which.ParentId.Should().BeNull();
        (await ApplyAsync(StructureTask.Delete(hierarchy.Reference), StructureTask.Delete(user.Reference), StructureTask.Delete(list.Reference))).IsApplied.Should().BeTrue();
    }

    [Fact]
    public async Task Refuses_references_that_lead_nowhere_and_takes_them_with_what_they_mean()
    {
        Codelist list = new() { AgencyId = "EECA", Id = "CL_LATER", Version = SdmxVersion.Parse("1.0.0-draft"), Name = LocalisedText.Of("x"), Codes = [Code("A")] };
        Hierarchy hierarchy = new()
        {
            AgencyId = "EECA", Id = "H", Version = SdmxVersion.Parse("1.0.0-draft"), Name = LocalisedText.Of("x"), Codes = [new HierarchicalCode { Id = "A", Code = list.Reference with { ItemId = "A" } }],
        };

        Codes(await ApplyAsync(StructureTask.Append(hierarchy))).Should().Equal("X0306");
        Codes(await ApplyAsync(StructureTask.Append(hierarchy), StructureTask.Append(list with { Codes = [Code("B")] }))).Should().Equal("X0306");
        (await ApplyAsync(StructureTask.Append(hierarchy), StructureTask.Append(list))).IsApplied.Should().BeTrue();
    }

    [Fact]
    public async Task Does_not_delete_what_holds_data_and_says_how_much()
    {
        await hub.SendAsync(Exchange.Csv("AFG 2020 5", "AFG 2021 6"));
        StructureReference agreement = StructureReference.ParseUrn(Exchange.Armenia);
        ProvisionAgreement stable = hub.Registry.Current.Structures.Find<ProvisionAgreement>(agreement)!;

        StructurePlan plan = await PlanAsync(StructureTask.Delete(stable.Reference));

        plan.Issues.Should().Contain(i => i.Code == ExchangeIssues.HoldsData).Which.Arguments.Should().Equal(Exchange.Armenia, "2");
    }

    [Fact]
    public async Task Does_not_give_a_flow_with_data_other_dimensions()
    {
        await hub.SendAsync(Exchange.Csv("AFG 2020 5"));
        Dataflow flow = hub.Registry.Current.Structures.Find<Dataflow>(StructureReference.ParseUrn(Exchange.Flow))!;
        DataStructure structure = hub.Registry.Current.Structures.Find<DataStructure>(flow.Structure)!;
        Dimension extra = structure.Dimensions[1] with { Id = "EXTRA" };
        DataStructure next = structure with { Version = SdmxVersion.Parse("1.1.0"), IsEvolving = true, Dimensions = structure.Dimensions.Insert(2, extra) };

        StructurePlan plan = await PlanAsync(StructureTask.Append(next));

        if (flow.Structure!.HasWildcard)
        {
            plan.Issues.Should().Contain(i => i.Code == ExchangeIssues.DataWouldNotFit).Which.Arguments[1].Should().Be("1");
        }

        Codes(await PlanAsync(StructureTask.Replace(flow with { Structure = next.Reference }), StructureTask.Append(next with { Version = SdmxVersion.Parse("2.0.0") }))).Should().Contain("X0306");
    }

    [Fact]
    public async Task Merges_a_partial_scheme_and_never_lets_it_take_the_place_of_the_whole()
    {
        Codelist whole = new() { AgencyId = "EECA", Id = "CL_PART", Version = SdmxVersion.Parse("1.0"), Name = new(new("en", "Whole"), new("ru", "Целое")), Codes = [Code("A"), Code("B"), Code("C")] };
        (await ApplyAsync(StructureTask.Append(whole))).IsApplied.Should().BeTrue();
        Codelist part = whole with { IsPartial = true, Name = LocalisedText.Of("New"), Codes = [Code("B") with { Name = LocalisedText.Of("Bee") }, Code("BB")] };

        (await ApplyAsync(StructureTask.Replace(part))).IsApplied.Should().BeTrue();

        Codelist merged = hub.Registry.Current.Structures.Find<Codelist>(whole.Reference)!;
        merged.Codes.Select(c => c.Id).Should().Equal("A", "B", "BB", "C");
        merged.Codes[1].Name["en"].Should().Be("Bee");
        merged.IsPartial.Should().BeFalse();
        merged.Name["en"].Should().Be("New");
        merged.Name["ru"].Should().Be("Целое");
        Codes(await ApplyAsync(StructureTask.Replace(whole with { IsExternalReference = true, Codes = [] }))).Should().Equal("X0317");
        Codes(await ApplyAsync(StructureTask.Replace(whole with { IsPartialLanguage = true }))).Should().Equal("X0318");
    }

    [Theory]
    [InlineData("D", "ABCD")]
    [InlineData("D A", "DABC")]
    [InlineData("A D E B", "ADEBC")]
    [InlineData("D C E A F", "AFBDCE")]
    public void Places_new_items_as_the_part_has_them(string part, string expected)
    {
        Codelist whole = new() { AgencyId = "X", Id = "L", Codes = [Code("A"), Code("B"), Code("C")] };

        Codelist merged = (Codelist)ItemMerge.Merge(whole, whole with { IsPartial = true, Codes = [.. part.Split(' ').Select(c => Code(c))] });

        string.Concat(merged.Codes.Select(c => c.Id)).Should().Be(expected);
    }

    // What looks at each code once takes seconds; what looks for each among all others would take many minutes.
    [Fact]
    public async Task Takes_a_codelist_of_a_hundred_thousand()
    {
        Codelist large = new() { AgencyId = "EECA", Id = "CL_LARGE", Version = SdmxVersion.Parse("1.0.0-draft"), Name = LocalisedText.Of("x"), Codes = [.. Enumerable.Range(0, 100_000).Select(i => Code($"C{i}", i == 0 ? null : $"C{i / 10}"))] };
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();

        (await ApplyAsync(StructureTask.Append(large))).IsApplied.Should().BeTrue();
        (await ApplyAsync(StructureTask.Merge(large with { IsPartial = true, Codes = [.. Enumerable.Range(50_000, 100_000).Select(i => Code($"C{i}"))] }))).IsApplied.Should().BeTrue();

        hub.Registry.Current.Structures.Find<Codelist>(large.Reference)!.Codes.Length.Should().Be(150_000);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task Finds_items_that_stand_twice_or_below_nothing()
    {
        Codelist list = new() { AgencyId = "EECA", Id = "CL_BAD", Version = SdmxVersion.Parse("1.0"), Name = LocalisedText.Of("x"), Codes = [Code("A"), Code("A"), Code("B", "Z"), Code("C", "D"), Code("D", "C")] };

        Codes(await PlanAsync(StructureTask.Append(list))).Should().BeEquivalentTo("X0322", "X0323", "X0323", "X0323");
    }

    [Fact]
    public async Task Tells_append_from_replace_and_does_nothing_for_what_is_as_asked()
    {
        Codes(await ApplyAsync(StructureTask.Append(Direction))).Should().Equal("X0311");
        Codes(await ApplyAsync(StructureTask.Delete(Direction.Reference with { Version = "7.0.0" }))).Should().Equal("X0312");
        StructureReceipt same = await ApplyAsync(StructureTask.Replace(Direction));
        same.Should().Match<StructureReceipt>(r => r.IsApplied && r.Transaction == null);
        same.Plan.Changes.Single().Kind.Should().Be(PlannedKind.Same);
    }

    [Fact]
    public async Task Refuses_what_is_based_on_a_state_that_somebody_else_changed()
    {
        Codelist draft = Direction with { Id = "CL_TWO", Version = SdmxVersion.Parse("1.0.0-draft") };
        await ApplyAsync(StructureTask.Append(draft));
        long seen = hub.Registry.Current.Transaction;
        (await ApplyAsync(StructureTask.Replace(draft with { Name = LocalisedText.Of("By Anna") }))).IsApplied.Should().BeTrue();

        StructureReceipt late = await hub.Maintenance.ApplyAsync(
            new StructureSubmission { Tasks = [StructureTask.Replace(draft with { Name = LocalisedText.Of("By Boris") })], By = Anna, Origin = "page", BasedOn = seen }, CancellationToken.None);
        StructureReceipt other = await hub.Maintenance.ApplyAsync(
            new StructureSubmission { Tasks = [StructureTask.Append(draft with { Id = "CL_THREE" })], By = Anna, Origin = "page", BasedOn = seen }, CancellationToken.None);

        Codes(late).Should().Equal("X0313");
        Texts(late.Plan).Single().Should().Contain("Anna");
        other.IsApplied.Should().BeTrue();
    }

    [Fact]
    public async Task A_plan_changes_nothing_and_is_not_logged()
    {
        long before = await hub.ScalarAsync("SELECT count(*) FROM structure_transaction");

        (await PlanAsync(StructureTask.Append(Direction with { Version = SdmxVersion.Parse("1.1.0") }))).CanBeApplied.Should().BeTrue();

        (await hub.ScalarAsync("SELECT count(*) FROM structure_transaction")).Should().Be(before);
        hub.Registry.Current.Structures.Versions(StructureType.Codelist, "EECA", "CL_DIRECTION").Should().HaveCount(1);
    }

    [Fact]
    public async Task Every_message_is_kept_as_received_refused_ones_too()
    {
        byte[] message = [1, 2, 3];
        StructureSubmission submission = new() { Tasks = [StructureTask.Append(Direction)], By = Anna, Origin = "rest", Comment = "why", Message = message, MediaType = "application/xml" };

        StructureReceipt receipt = await hub.Maintenance.ApplyAsync(submission, CancellationToken.None);

        StructureTransaction entry = (await hub.Log.FindAsync(receipt.Transaction!.Value, ReaderAccess.Everything, CancellationToken.None))!;
        entry.Status.Should().Be(TransactionStatus.Refused);
        (entry.Who, entry.Origin, entry.Comment, entry.MediaType).Should().Be(("Anna", "rest", "why", "application/xml"));
        entry.MessageHash.Should().Be("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
        entry.Findings.Single().Code.Should().Be("X0311");
        (await hub.Log.MessageAsync(entry.Id, ReaderAccess.Everything, CancellationToken.None))!.Value.Message.Should().Equal(message);
        (await hub.Log.MessageAsync(entry.Id, ReaderAccess.Public, CancellationToken.None)).Should().BeNull();
    }

    internal static Code Code(string id, string? parent = null) => new() { Id = id, ParentId = parent, Name = LocalisedText.Of(id.ToLower(CultureInfo.InvariantCulture)) };

    internal static string[] Codes(StructureReceipt receipt) => Codes(receipt.Plan);

    internal static string[] Codes(StructurePlan plan) => [.. plan.Issues.Select(i => i.Code.Id)];

    private static IEnumerable<string> Texts(StructurePlan plan) => plan.Issues.Select(i => IssueText.For(i, "en"));

    private Task<StructureReceipt> ApplyAsync(params StructureTask[] tasks)
        => hub.Maintenance.ApplyAsync(new StructureSubmission { Tasks = [.. tasks], By = Anna, Origin = "test" }, CancellationToken.None);

    private Task<StructurePlan> PlanAsync(params StructureTask[] tasks)
        => hub.Maintenance.PlanAsync(new StructureSubmission { Tasks = [.. tasks], By = Anna, Origin = "test" }, CancellationToken.None);
}
