using System.Collections.Immutable;
using System.Diagnostics;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;
using static Dsm.Sdmx.Tests.Validation.TestStructures;

namespace Dsm.Sdmx.Tests.Validation;

public class ConstraintTests
{
    private readonly IssueList _issues = new();

    [Fact]
    public void A_combination_that_is_in_no_region_is_named_as_such()
    {
        DataConstraint constraint = Constraint(Region(true, ("FREQ", "A"), ("AREA", "ARM")), Region(true, ("FREQ", "Q"), ("AREA", "GEO")));
        Validate([constraint], "A.ARM | 2024=1\nQ.ARM | 2024-Q1=1\nA.EST | 2024=1\nM.EST | 2024-01=1");
        _issues.Kept.Select(i => (i.Code.Id, i.Location.Line, i.Location.Component)).Should().BeEquivalentTo(
            [("D0308", 2, null), ("D0302", 3, "AREA"), ("D0302", 4, "FREQ"), ("D0302", 4, (string?)"AREA")]);
    }

    [Fact]
    public void Excluded_regions_forbid_codes_and_combinations()
    {
        Validate([Constraint(Region(false, ("AREA", "EST")), Region(false, ("FREQ", "Q"), ("AREA", "ARM")))], "A.EST | 2024=1\nQ.ARM | 2024-Q1=1\nA.ARM | 2024=1");
        _issues.Kept.Select(i => (i.Code.Id, i.Location.Line)).Should().Equal(("D0302", 1), ("D0308", 2));
    }

    [Fact]
    public void Attributes_of_the_observation_are_judged_one_by_one_in_the_region_of_their_series()
    {
        DataConstraint constraint = Constraint(Region(true, ("FREQ", "A"), ("OBS_STATUS", "A")), Region(true, ("FREQ", "Q"), ("OBS_STATUS", "M")));
        ObservationBatch batch = Validate([constraint], "A.ARM | 2023=1 OBS_STATUS=A | 2024=1 OBS_STATUS=K | 2025=1 OBS_STATUS=M | 2026=1\nQ.ARM | 2024-Q1=1 OBS_STATUS=M");
        _issues.Kept.Select(i => (i.Code.Id, i.Location.Column, i.Location.Component)).Should().Equal(("D0302", 3, "OBS_STATUS"), ("D0308", 4, null));
        batch.Refused[..5].Should().Equal(false, true, true, false, false);
    }

    [Fact]
    public void Time_ranges_include_their_ends()
    {
        DataConstraint constraint = Constraint(new CubeRegion(true, [new MemberSelection { ComponentId = "TIME_PERIOD", StartPeriod = "2020", EndPeriod = "2021-06" }]));
        Validate([constraint], "Q.ARM | 2019-Q4=1 | 2020-Q1=1 | 2021-Q2=1 | 2021-Q3=1");
        _issues.Kept.Select(i => (i.Code.Id, i.Location.Period, i.Location.Component)).Should().Equal(("D0302", "2019-Q4", "TIME_PERIOD"), ("D0302", "2021-Q3", "TIME_PERIOD"));
    }

    [Fact]
    public void Time_ranges_may_be_open_to_the_end_of_all_times_or_left_out()
    {
        CubeRegion open = new(true, [new MemberSelection { ComponentId = "TIME_PERIOD", StartPeriod = "2020", EndPeriod = "9999-12-31" }]);
        CubeRegion without = new(true, [new MemberSelection { ComponentId = "TIME_PERIOD", IsIncluded = false, StartPeriod = "2021", EndPeriod = "2022" }]);
        CubeRegion named = new(true, [Selection("TIME_PERIOD", "2020", "2021", "2023", "9999")]);
        Validate([Constraint(open), Constraint(without) with { Id = "C2" }, Constraint(named) with { Id = "C3" }], "A.ARM | 2019=1 | 2020=1 | 2021=1 | 2023=1 | 9999=1");
        _issues.Kept.Select(i => (i.Code.Id, i.Location.Period)).Should().Equal(("D0302", "2019"), ("D0302", "2019"), ("D0302", "2021"));
    }

    [Fact]
    public void A_code_that_is_allowed_for_a_time_is_not_allowed_at_others()
    {
        MemberSelection areas = new()
        {
            ComponentId = "AREA",
            Values = [new MemberValue("ARM") { ValidFrom = "2020", ValidTo = "2021" }, new MemberValue("ARM") { ValidFrom = "2024" }, new MemberValue("GEO")],
        };

        Validate([Constraint(new CubeRegion(true, [areas]))], "A.ARM | 2019=1 | 2020=1 | 2021=1 | 2022=1 | 2024=1\nA.GEO | 1999=1\nA.EST | 2020=1");

        _issues.Kept.Select(i => (i.Code.Id, i.Location.Line, i.Location.Period, i.Location.Component)).Should().BeEquivalentTo(
            [("D0302", 1, "2019", "AREA"), ("D0302", 1, "2022", "AREA"), ("D0302", 3, (string?)"2020", "AREA")]);
    }

    [Fact]
    public void A_code_that_is_left_out_for_a_time_is_allowed_at_others()
    {
        MemberSelection areas = new() { ComponentId = "AREA", IsIncluded = false, ValidFrom = "2020", ValidTo = "2021", Values = [new MemberValue("ARM")] };

        Validate([Constraint(new CubeRegion(true, [areas]))], "A.ARM | 2019=1 | 2020=1 | 2022=1\nA.GEO | 2020=1");

        _issues.Kept.Select(i => (i.Code.Id, i.Location.Period)).Should().Equal(("D0302", "2020"));
    }

    [Fact]
    public void A_component_without_values_is_in_the_region_whatever_its_value()
    {
        Validate([Constraint(new CubeRegion(true, [Selection("OBS_STATUS")]))], "A.ARM | 2024=1 OBS_STATUS=A");
        _issues.Count.Should().Be(0);
    }

    [Fact]
    public void An_excluded_region_of_unknown_components_or_no_values_leaves_nothing_out()
    {
        CubeRegion unknown = new(false, [Selection("FREQ", "A"), Selection("ELSEWHERE", "X")]);
        CubeRegion empty = new(false, [Selection("OBS_STATUS")]);
        Validate([Constraint(unknown, empty)], "A.ARM | 2024=1");
        _issues.Count.Should().Be(0);
    }

    [Fact]
    public void Values_of_uncoded_components_are_judged_too()
    {
        DataStructure structure = Dsd("D", [Dimension("FREQ", Coded("CL_FREQ")), Dimension("REGION", Text()), Time()], Measure(Text(SdmxDataType.Double)));
        foreach ((bool included, int[] lines) in new[] { (true, new[] { 2, 3 }), (false, [1]) })
        {
            DataConstraint constraint = new()
            {
                AgencyId = Agency,
                Id = "C",
                Version = SdmxVersion.Default,
                Role = ConstraintRole.Allowed,
                Attachments = [Structure("D")],
                Regions = [new CubeRegion(included, [Selection("FREQ", "A"), Selection("REGION", "Erevan")])],
            };
            DataSchema schema = Resolve(new StructureSet([structure, Codes("CL_FREQ", "A Q"), constraint]), Structure("D"));
            IssueList issues = new();
            DataSetSpace space = Space(schema);
            new DataValidator(space, issues).Validate(Batch(space, "A.Erevan | 2024=1\nA.Shirak | 2024=1\nQ.Shirak | 2024-Q1=1"));
            issues.Kept.Select(i => i.Location.Line).Distinct().Should().Equal(lines);
        }
    }

    [Fact]
    public void A_deletion_that_leaves_dimensions_out_is_no_key_that_is_not_allowed()
    {
        DataConstraint constraint = Constraint() with { KeySets = [new DataKeySet(true, [Key(("FREQ", "A"), ("AREA", "ARM"))])] };
        Validate([constraint], DataSetAction.Delete, "A | 2024");
        _issues.Count.Should().Be(0);
    }

    [Fact]
    public void Cascades_through_large_codelists_are_resolved_in_one_pass()
    {
        Codelist large = new() { AgencyId = Agency, Id = "CL_LARGE", Version = SdmxVersion.Default, Codes = [.. Enumerable.Range(0, 100_000).Select(i => new Code { Id = $"C{i}", ParentId = i == 0 ? null : $"C{i / 10}" })] };
        Codelist extended = new()
        {
            AgencyId = Agency,
            Id = "CL_EXTENDED",
            Version = SdmxVersion.Default,
            Extensions = [new CodelistExtension(large.Reference, null, [new MemberValue("C1", CascadeValues.WithRoot), new MemberValue("C2", CascadeValues.ExcludeRoot), new MemberValue("%7")], false)],
        };
        Stopwatch watch = Stopwatch.StartNew();
        string[] codes = [.. CodelistExtensions.Resolve(new StructureSet([large, extended]), extended).Codes.Select(c => c.Id)];
        codes.Should().BeEquivalentTo(large.Codes.Select(c => c.Id).Where(id => id[1] == '1' || (id[1] == '2' && id != "C2") || id.EndsWith('7')));
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20), "it took minutes when each code looked through the list again");
    }

    [Fact]
    public void Key_sets_are_gone_through_in_order_with_wildcards()
    {
        DataConstraint constraint = Constraint() with
        {
            KeySets =
            [
                new DataKeySet(true, [Key(("FREQ", "A"))]),
                new DataKeySet(false, [Key(("FREQ", "A"), ("AREA", "EST"))]),
                new DataKeySet(true, [Key(("FREQ", "Q"), ("AREA", "GEO")), Key(("FREQ", "Q"), ("AREA", "NOWHERE"))]),
            ],
        };
        Validate([constraint], "A.ARM | 2024=1\nA.EST | 2024=1\nQ.GEO | 2024-Q1=1\nQ.ARM | 2024-Q1=1");
        _issues.Kept.Select(i => (i.Code.Id, i.Location.Line)).Should().Equal(("D0308", 2), ("D0308", 4));
    }

    [Fact]
    public void All_constraints_must_hold_and_each_names_itself()
    {
        Validate([Constraint(Region(true, ("AREA", "ARM"))), Constraint(Region(true, ("FREQ", "A"))) with { Id = "DC2" }], "Q.GEO | 2024-Q1=1");
        _issues.Kept.Select(i => i.Arguments[2]).Should().Equal("T:DC(1.0)", "T:DC2(1.0)");
    }

    [Fact]
    public void Allowed_gives_what_some_allowed_key_can_have()
    {
        DataSchema schema = Schema(
            Constraint(Region(true, ("FREQ", "A"), ("AREA", "ARM GEO")), Region(true, ("FREQ", "Q"))),
            Constraint(Region(false, ("AREA", "EST")), Region(false, ("AREA", "GEO"), ("FREQ", "A"))) with { Id = "DC2" });
        Allowed("FREQ").Should().Equal("A", "Q");
        Allowed("AREA").Should().Equal("ARM", "GEO");
        Allowed("OBS_STATUS").Should().Equal("A", "M", "K");

        string[] Allowed(string id)
        {
            SchemaComponent component = schema.Find(id)!;
            System.Collections.BitArray bits = schema.Allowed(component);
            return [.. component.Codes!.Codes.Where((_, i) => bits[i])];
        }
    }

    private static DataKey Key(params (string Id, string Code)[] parts) => DataKey.Of(parts.Select(p => KeyValuePair.Create(p.Id, p.Code)));

    private static CubeRegion Region(bool included, params (string Id, string Codes)[] selections)
        => new(included, [.. selections.Select(s => new MemberSelection { ComponentId = s.Id, Values = [.. s.Codes.Split(' ').Select(c => new MemberValue(c))] })]);

    private static DataConstraint Constraint(params CubeRegion[] regions)
        => new() { AgencyId = Agency, Id = "DC", Version = SdmxVersion.Default, Attachments = [Structure("D")], Regions = [.. regions] };

    private static DataSchema Schema(params DataConstraint[] constraints) => Resolve(new StructureSet(
    [
        Codes("CL_FREQ", "A Q M"), Codes("CL_AREA", "ARM GEO EST"), Codes("CL_STATUS", "A M K"),
        Dsd("D", [Dimension("FREQ", Coded("CL_FREQ")), Dimension("AREA", Coded("CL_AREA")), Time()], Measure(Text(SdmxDataType.Integer)),
            Attribute("OBS_STATUS", Coded("CL_STATUS"), false, AttributeRelationship.Observation)),
        .. constraints,
    ]), Structure("D"));

    private static MemberSelection Selection(string id, params string[] values) => new() { ComponentId = id, Values = [.. values.Select(v => new MemberValue(v))] };

    private ObservationBatch Validate(DataConstraint[] constraints, string text) => Validate(constraints, DataSetAction.Replace, text);

    private ObservationBatch Validate(DataConstraint[] constraints, DataSetAction action, string text)
    {
        DataSetSpace space = Space(Schema(constraints), action);
        ObservationBatch batch = Batch(space, text);
        new DataValidator(space, _issues).Validate(batch);
        return batch;
    }
}
