using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry.Impact;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Impact;

[Collection(RegionLoad.Name)]
public sealed class ChangeSimulatorTests(RegionLoad region)
{
    private static readonly string[] Flows = ["DF_ASYLAPP", "DF_RSD", "DF_WPERMIT", "DF_FSTOCK", "DF_ENTRY", "DF_EXIT"];

    [Fact]
    public async Task A_code_taken_out_in_place_costs_exactly_the_observations_that_carry_it_by_state()
    {
        Codelist list = region.Find<Codelist>("CL_CITIZENSHIP");
        Dictionary<string, long> carried = await TotalsAsync((batch, run, _) => batch.Dimensions[batch.Schema.Find("CITIZENSHIP")!.Index][run] == "AFG");
        carried.Should().HaveCountGreaterThan(3).And.OnlyContain(c => c.Value > 0);

        ImpactReport report = await region.SimulateAsync(list, Without(list, "AFG"));

        report.NotLookedAt.Should().BeEmpty();
        report.SeesEverything.Should().BeTrue();
        Invalid(report, ImpactTiming.AtOnce).Should().BeEquivalentTo(carried);
        report.Codes.GroupBy(c => c.State!).ToDictionary(g => g.Key, g => g.Sum(c => c.Count.Observations)).Should().BeEquivalentTo(carried);
        report.Codes.Should().OnlyContain(c => c.Code == "AFG" && c.Component == "CITIZENSHIP" && c.Change == SchemaChange.CodesRemoved && c.Count.First != null);
        report.Read.Should().Be(carried.Values.Sum(), "series without the code are not read");
        report.Flows.Where(f => f.Timing == ImpactTiming.AtOnce).Select(f => f.Flow.Id).Should().BeEquivalentTo(Flows, "flows without data change too");
        report.Flows.SelectMany(f => f.Differences).Should().OnlyContain(d => d.Change == SchemaChange.CodesRemoved && d.Component == "CITIZENSHIP" && d.Codes.Single() == "AFG" && d.MayInvalidate);
        report.Countries.Where(c => c.InvalidAtOnce > 0).ToDictionary(c => c.State!, c => c.InvalidAtOnce).Should().BeEquivalentTo(carried);
        report.Data.Where(d => d.Invalid > 0).Should().OnlyContain(d => d.Causes.Any(c => c.Text("en").Contains("AFG", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_next_version_without_the_code_hurts_nothing_until_references_move()
    {
        Codelist list = region.Find<Codelist>("CL_CITIZENSHIP");
        Dictionary<string, long> carried = await TotalsAsync((batch, run, _) => batch.Dimensions[batch.Schema.Find("CITIZENSHIP")!.Index][run] == "AFG");

        ImpactReport report = await region.SimulateAsync(null, Without(list, "AFG") with { Version = SdmxVersion.Parse("2.0.0") });

        Invalid(report, ImpactTiming.AtOnce).Should().BeEmpty();
        Invalid(report, ImpactTiming.WhenReferencesMove).Should().BeEquivalentTo(carried);
        report.Artefacts.Single().Step.Before.Should().BeSameAs(list);
        report.Artefacts.Single().CodeMap!.Unmatched.Single().Code.Id.Should().Be("AFG");
        report.Artefacts.Single().CodeMap!.Pairs.Should().HaveCount(list.Codes.Length - 1).And.OnlyContain(p => p.Reason == PairReason.SameCode && !p.NeedsReview);
        report.Artefacts.Single().Touched.Should().Contain(t => t.Artefact is DataStructure && t.Timing == ImpactTiming.WhenReferencesMove);
        report.Sources.Should().NotBeEmpty().And.OnlyContain(s => s.Timing == ImpactTiming.WhenReferencesMove && s.NextRunAt != null);
    }

    [Fact]
    public async Task Names_the_rows_of_national_maps_that_lead_to_a_code_taken_out_and_tries_the_last_messages()
    {
        Codelist list = region.Find<Codelist>("CL_CITIZENSHIP");

        ImpactReport report = await region.SimulateAsync(list, Without(list, "AFG"));

        TouchedArtefact[] maps = [.. report.Artefacts.Single().Touched.Where(t => t.Artefact is RepresentationMap && t.Parts.Length > 0)];
        maps.Should().NotBeEmpty();
        maps.SelectMany(m => m.Parts).Should().OnlyContain(p => p.Code == "AFG");
        int rows = region.Structures.Of<RepresentationMap>()
            .Where(m => m.Targets.Length == 1 && m.Targets[0].List?.Id == "CL_CITIZENSHIP").Sum(m => m.Mappings.Count(r => r.Targets[0] == "AFG"));
        maps.SelectMany(m => m.Parts).Count(p => p.Kind == TouchedPartKind.RowToRemovedCode).Should().BeGreaterThanOrEqualTo(rows).And.BePositive();

        report.Trials.Should().NotBeEmpty();
        report.Trials.Should().OnlyContain(t => !t.Before.IsRejected && t.Before.Read > 0 && t.Timing == ImpactTiming.AtOnce);
        foreach (MessageTrial trial in report.Trials)
        {
            long carried = report.Codes.Where(c => c.AgreementUrn == trial.AgreementUrn).Sum(c => c.Count.Observations);
            if (trial.After.IsRejected)
            {
                trial.MapUrn.Should().BeNull("a message that follows the regional structure is the sender's to repair");
                trial.Findings.Should().Contain(f => f.Stage == "validate" && f.Group.Text("en").Contains("AFG", StringComparison.Ordinal));
            }
            else
            {
                // Several rows of a message may be summed into one observation of the region.
                trial.Lost.Should().BeGreaterThanOrEqualTo(carried, trial.AgreementUrn + " would lose what carries the code");
                trial.Lost.Should().Be(trial.Findings.Sum(f => f.MoreObservations), trial.AgreementUrn);
            }

            (trial.Findings.IsEmpty == (carried == 0)).Should().BeTrue(trial.AgreementUrn);
        }

        report.Trials.Should().Contain(t => t.After.IsRejected).And.Contain(t => !t.After.IsRejected && t.Lost > 0);
    }

    [Fact]
    public async Task A_narrower_constraint_costs_exactly_what_lies_outside()
    {
        DataConstraint constraint = region.Find<DataConstraint>("DC_ASYLAPP");
        Dictionary<string, long> outside = await region.CountAsync("DF_ASYLAPP", (batch, run, _) => batch.Dimensions[batch.Schema.Find("APPL_TYPE")!.Index][run] is "R" or "A");
        outside.Should().HaveCountGreaterThan(1);
        MemberSelection types = new() { ComponentId = "APPL_TYPE", Values = [.. new[] { "_T", "N", "_O", "_U" }.Select(v => new MemberValue(v))] };

        ImpactReport report = await region.SimulateAsync(constraint, constraint with { Regions = [.. constraint.Regions.Select(r => r with { Selections = [.. r.Selections.Where(s => s.ComponentId != "APPL_TYPE"), types] })] });

        Invalid(report, ImpactTiming.AtOnce).Should().BeEquivalentTo(outside);
        report.Data.Should().OnlyContain(d => d.FlowUrn.Contains("DF_ASYLAPP", StringComparison.Ordinal));
        report.Data.SelectMany(d => d.Differences).Should().OnlyContain(d => d.Change == SchemaChange.ConstraintChanged);
        report.Artefacts.Single().Touched.Should().Contain(t => t.Artefact is ProvisionAgreement);
    }

    [Fact]
    public async Task A_new_dimension_without_which_no_key_is_whole_costs_every_observation_of_the_flows()
    {
        DataStructure structure = region.Find<DataStructure>("DSD_RSD");
        Dimension dimension = structure.Dimensions.First(d => d.Id == "SEX") with { Id = "SEX_AT_BIRTH" };
        Dictionary<string, long> all = await region.CountAsync("DF_RSD", (_, _, _) => true);

        ImpactReport report = await region.SimulateAsync(structure, structure with { Dimensions = structure.Dimensions.Insert(structure.Dimensions.Length - 1, dimension) });

        Invalid(report, ImpactTiming.AtOnce).Should().BeEquivalentTo(all);
        report.Data.Should().OnlyContain(d => d.Differences.Any(c => c.Change == SchemaChange.ComponentAdded && c.Component == "SEX_AT_BIRTH"));
        report.Artefacts.Single().Touched.Where(t => t.Artefact is StructureMap).SelectMany(t => t.Parts)
            .Should().Contain(p => p.Kind == TouchedPartKind.UnfilledComponent && p.Code == "SEX_AT_BIRTH");
        report.Trials.Should().NotBeEmpty().And.OnlyContain(t => t.After.Accepted == 0 && t.Before.Accepted > 0);
    }

    [Fact]
    public async Task A_map_row_taken_out_shows_in_the_trial_of_the_message_that_needs_it()
    {
        StructureMap map = region.Structures.Of<StructureMap>().Single(m => m.Id == "SM_RUS_UBEZH_ASYLAPP");
        RepresentationMap citizens = map.ComponentMaps.Where(m => m.Targets.Contains("CITIZENSHIP")).Select(m => region.Structures.Find<RepresentationMap>(m.RepresentationMap)).Single(m => m is not null)!;
        long carried = (await region.CountAsync("DF_ASYLAPP", (batch, run, _) => batch.Dimensions[batch.Schema.Find("CITIZENSHIP")!.Index][run] == "AFG"))["RUS"];

        ImpactReport report = await region.SimulateAsync(citizens, citizens with { Mappings = [.. citizens.Mappings.Where(m => m.Targets[0] != "AFG")] });

        Invalid(report, ImpactTiming.AtOnce).Should().BeEmpty("what is stored stays");
        MessageTrial trial = report.Trials.Single(t => t.MapUrn == map.Urn);
        trial.Lost.Should().BeGreaterThanOrEqualTo(carried).And.BePositive("rows of the message are summed");
        trial.State.Should().Be("RUS");
        TrialFinding finding = trial.Findings.Should().ContainSingle().Subject;
        (finding.Stage, finding.MoreObservations).Should().Be(("map", trial.Lost));
        report.Trials.Should().OnlyContain(t => t.State == "RUS");
    }

    [Fact]
    public async Task A_new_code_costs_nothing_and_is_missed_in_the_maps_from_its_list()
    {
        Codelist list = region.Find<Codelist>("CL_CITIZENSHIP");
        Codelist grown = list with { Codes = list.Codes.Add(new Code { Id = "ZZQ", Name = LocalisedText.Of("New land"), ParentId = "FOR" }) };

        ImpactReport report = await region.SimulateAsync(list, grown);

        Invalid(report, ImpactTiming.AtOnce).Should().BeEmpty();
        report.Artefacts.Single().Items.Should().ContainSingle().Which.Change.Should().Be(SchemaChange.CodesAdded);
        report.Trials.Should().OnlyContain(t => t.Lost == 0 && t.Findings.IsEmpty);
        report.Artefacts.Single().Touched.SelectMany(t => t.Parts).Should().OnlyContain(p => p.Kind == TouchedPartKind.UnmappedCode && p.Code == "ZZQ");
    }

    [Fact]
    public async Task A_code_with_another_id_costs_what_carries_it_and_can_be_recoded_by_the_drafted_map()
    {
        Codelist list = region.Find<Codelist>("CL_CITIZENSHIP");
        Codelist next = list with { Version = SdmxVersion.Parse("2.0.0"), Codes = [.. list.Codes.Select(c => c.Id == "SYR" ? c with { Id = "SYX" } : c).Where(c => c.Id != "AFG")] };

        ImpactReport report = await region.SimulateAsync(null, next);

        report.Codes.Where(c => c.Code == "SYR").Should().NotBeEmpty().And.OnlyContain(c => c.Becomes == "SYX");
        report.Codes.Where(c => c.Code == "AFG").Should().NotBeEmpty().And.OnlyContain(c => c.Becomes == null);
        report.Countries.Sum(c => c.Recodable).Should().Be((await TotalsAsync((batch, run, _) => batch.Dimensions[batch.Schema.Find("CITIZENSHIP")!.Index][run] == "SYR")).Values.Sum()).And.BePositive();
    }

    [Fact]
    public async Task A_structure_deleted_leaves_all_its_data_without_one()
    {
        DataStructure structure = region.Find<DataStructure>("DSD_WPERMIT");
        Dictionary<string, long> all = await region.CountAsync("DF_WPERMIT", (_, _, _) => true);

        ImpactReport report = await region.SimulateAsync(structure, null);

        Invalid(report, ImpactTiming.AtOnce).Should().BeEquivalentTo(all);
        report.Flows.Should().Contain(f => f.Flow.Id == "DF_WPERMIT" && f.Differences.Single().Change == SchemaChange.StructureGone);
        report.Trials.Should().NotBeEmpty().And.OnlyContain(t => t.After.IsRejected && t.After.Read == t.Before.Read);
    }

    [Fact]
    public async Task A_mandatory_attribute_that_stored_data_lack_is_counted_one_by_one()
    {
        DataStructure structure = region.Find<DataStructure>("DSD_ASYLAPP");
        DataAttribute comment = structure.Attributes.Single(a => a.Id == "COMMENT_OBS");
        Dictionary<string, long> without = await region.CountAsync("DF_ASYLAPP", (batch, _, row) => Text(batch, "COMMENT_OBS", row) is null);
        Dictionary<string, long> all = await region.CountAsync("DF_ASYLAPP", (_, _, _) => true);
        without.Values.Sum().Should().BePositive();

        ImpactReport report = await region.SimulateAsync(structure, structure with { Attributes = [.. structure.Attributes.Select(a => a == comment ? a with { IsMandatory = true } : a)] });

        report.Data.SelectMany(d => d.Differences).Should().OnlyContain(d => d.Change == SchemaChange.BecameMandatory && d.Component == "COMMENT_OBS");
        Invalid(report, ImpactTiming.AtOnce).Should().BeEquivalentTo(without);
        report.Data.SelectMany(d => d.States).GroupBy(s => s.State!).ToDictionary(g => g.Key, g => g.Sum(s => s.Stored)).Should().BeEquivalentTo(all);
    }

    [Theory]
    [InlineData("OBS_STATUS")]
    [InlineData("SOURCE_TYPE")]
    public async Task A_code_of_an_attribute_taken_out_costs_the_observations_that_carry_it(string attribute)
    {
        DataSchema schema = region.Hub.Registry.Current.Schema(region.Find<Dataflow>("DF_ASYLAPP").Reference)!;
        Codelist list = region.Structures.Find<Codelist>(schema.Find(attribute)!.Representation.Enumeration)!;
        Dictionary<string, long> uses = [];
        await region.CountAsync("DF_ASYLAPP", (batch, _, row) => Text(batch, attribute, row) is { } code && (uses[code] = uses.GetValueOrDefault(code) + 1) > 0);
        string used = uses.MinBy(u => u.Value).Key;
        Dictionary<string, long> carried = await TotalsAsync((batch, _, row) => batch.Schema.Find(attribute) is not null && Text(batch, attribute, row) == used);

        ImpactReport report = await region.SimulateAsync(list, Without(list, used));

        report.Codes.Where(c => c.Component == attribute).GroupBy(c => c.State!).ToDictionary(g => g.Key, g => g.Sum(c => c.Count.Observations)).Should().BeEquivalentTo(carried);
        Invalid(report, ImpactTiming.AtOnce).Should().BeEquivalentTo(carried);
    }

    [Fact]
    public async Task A_dimension_taken_out_costs_the_observations_that_fall_on_one_key()
    {
        DataStructure structure = region.Find<DataStructure>("DSD_ASYLAPP");
        HashSet<string> keys = [];
        Dictionary<string, long> doubled = await region.CountAsync("DF_ASYLAPP", (batch, run, row) =>
            !keys.Add(string.Join('.', batch.Dimensions.Where(d => d.Component.Id != "CITIZENSHIP").Select(d => d[run])) + " " + batch.Periods[row]));

        ImpactReport report = await region.SimulateAsync(structure, structure with { Dimensions = [.. structure.Dimensions.Where(d => d.Id != "CITIZENSHIP")] });

        report.Data.Should().OnlyContain(d => d.Differences.Any(c => c.Change == SchemaChange.ComponentRemoved && c.Component == "CITIZENSHIP"));
        Invalid(report, ImpactTiming.AtOnce).Should().BeEquivalentTo(doubled);
    }

    [Fact]
    public async Task An_attribute_that_moves_up_to_the_series_and_a_text_that_becomes_shorter_are_told()
    {
        DataStructure structure = region.Find<DataStructure>("DSD_ASYLAPP");
        DataAttribute comment = structure.Attributes.Single(a => a.Id == "COMMENT_OBS");
        DataAttribute above = comment with { Relationship = AttributeRelationship.Dimensions, Dimensions = [.. structure.Dimensions.Where(d => !d.IsTime).Select(d => d.Id)] };
        DataAttribute brief = comment with { Representation = new Representation { TextFormat = new TextFormat { DataType = SdmxDataType.String, MaxLength = 12 } } };
        Dictionary<string, long> tooLong = await region.CountAsync("DF_ASYLAPP", (batch, _, row) => Text(batch, "COMMENT_OBS", row)?.Length > 12);
        tooLong.Should().NotBeEmpty();

        ImpactReport moved = await region.SimulateAsync(structure, structure with { Attributes = [.. structure.Attributes.Select(a => a == comment ? above : a)] });
        ImpactReport shorter = await region.SimulateAsync(structure, structure with { Attributes = [.. structure.Attributes.Select(a => a == comment ? brief : a)] });

        moved.Data.SelectMany(d => d.Differences).Should().OnlyContain(d => d.Change == SchemaChange.RoleChanged && d.Component == "COMMENT_OBS");
        shorter.Data.SelectMany(d => d.Differences).Should().OnlyContain(d => d.Change == SchemaChange.FormatChanged && d.Component == "COMMENT_OBS");
        Invalid(shorter, ImpactTiming.AtOnce).Should().BeEquivalentTo(tooLong);
    }

    [Fact]
    public async Task An_agreement_deleted_is_counted_for_its_state_with_its_harvest()
    {
        ProvisionAgreement agreement = region.Find<ProvisionAgreement>("PA_ASYLAPP_ARM_MCS");

        ImpactReport report = await region.SimulateAsync(agreement, null);

        report.Sources.Should().ContainSingle().Which.AgreementUrn.Should().Be(agreement.Urn);
        report.Trials.Should().ContainSingle().Which.After.IsRejected.Should().BeTrue();
        CountryImpact country = report.Countries.Should().ContainSingle().Subject;
        (country.State, country.Agreements, country.Sources, country.MessagesThatLose).Should().Be(("ARM", 1, 1, 1));
    }

    [Fact]
    public async Task Changes_nothing()
    {
        long before = await region.Hub.ScalarAsync("SELECT (SELECT count(*) FROM series_chunk) + (SELECT count(*) FROM submission) + (SELECT count(*) FROM structure) + (SELECT count(*) FROM finding)");
        Codelist list = region.Find<Codelist>("CL_SEX", "SDMX");

        ImpactReport report = await region.SimulateAsync(list, list with { Codes = [.. list.Codes.Where(c => c.Id != "F")] });

        report.Data.Sum(d => d.Invalid).Should().BePositive();
        report.Trials.Should().NotBeEmpty();
        (await region.Hub.ScalarAsync("SELECT (SELECT count(*) FROM series_chunk) + (SELECT count(*) FROM submission) + (SELECT count(*) FROM structure) + (SELECT count(*) FROM finding)")).Should().Be(before);
    }

    [Fact]
    public async Task Counts_only_what_the_reader_may_see()
    {
        Codelist list = region.Find<Codelist>("CL_CITIZENSHIP");
        ReaderAccess armenian = new(false, ["ARM"]);
        Func<ObservationBatch, int, int, bool> afghan = (batch, run, _) => batch.Dimensions[batch.Schema.Find("CITIZENSHIP")!.Index][run] == "AFG";

        ImpactReport everybody = await region.SimulateAsync(list, Without(list, "AFG"), ReaderAccess.Public);
        ImpactReport own = await region.SimulateAsync(list, Without(list, "AFG"), armenian);

        Invalid(everybody, ImpactTiming.AtOnce).Should().BeEquivalentTo(await TotalsAsync(afghan, ReaderAccess.Public));
        Invalid(own, ImpactTiming.AtOnce).Should().BeEquivalentTo(await TotalsAsync(afghan, armenian));
        everybody.SeesEverything.Should().BeFalse();
        everybody.Trials.Should().BeEmpty("messages hold what is not for everybody");
        own.Trials.Should().NotBeEmpty().And.OnlyContain(t => t.State == "ARM");
    }

    [Fact]
    public async Task Says_what_there_was_no_time_for()
    {
        Codelist list = region.Find<Codelist>("CL_CITIZENSHIP");
        PlannedStructures planned = PlannedStructures.Of(region.Structures, [(list, Without(list, "AFG"))]);

        ImpactReport report = await region.Simulator.SimulateAsync(planned, ReaderAccess.Everything, TimeSpan.Zero, CancellationToken.None);

        report.Data.Should().BeEmpty();
        report.NotLookedAt.Should().Contain(Exchange.Armenia);
        report.Artefacts.Single().Touched.Should().NotBeEmpty("structures cost no time");
    }

    private static string? Text(ObservationBatch batch, string attribute, int row)
    {
        ValueColumn? ofObservation = batch.ObservationAttributes.FirstOrDefault(c => c.Component.Id == attribute);
        return ofObservation is not null ? ofObservation[row] : batch.SeriesAttributes.First(c => c.Component.Id == attribute)[batch.SeriesOf[row]];
    }

    private static Codelist Without(Codelist list, string code) => list with { Codes = [.. list.Codes.Where(c => c.Id != code)] };

    private static Dictionary<string, long> Invalid(ImpactReport report, ImpactTiming timing) => report.Data.Where(d => d.Timing == timing)
        .SelectMany(d => d.States).Where(s => s.Invalid.Observations > 0).GroupBy(s => s.State!).ToDictionary(g => g.Key, g => g.Sum(s => s.Invalid.Observations));

    private async Task<Dictionary<string, long>> TotalsAsync(Func<ObservationBatch, int, int, bool> isMeant, ReaderAccess? access = null)
    {
        Dictionary<string, long> totals = [];
        foreach (string flow in Flows)
        {
            foreach ((string state, long count) in await region.CountAsync(flow, isMeant, access))
            {
                totals[state] = totals.GetValueOrDefault(state) + count;
            }
        }

        return totals;
    }
}
