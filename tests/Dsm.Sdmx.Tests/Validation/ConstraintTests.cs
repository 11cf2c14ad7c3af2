using System.Collections.Immutable;
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

    private static ImmutableDictionary<string, string> Key(params (string Id, string Code)[] parts) => parts.ToImmutableDictionary(p => p.Id, p => p.Code);

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

    private ObservationBatch Validate(DataConstraint[] constraints, string text)
    {
        DataSetSpace space = Space(Schema(constraints));
        ObservationBatch batch = Batch(space, text);
        new DataValidator(space, _issues).Validate(batch);
        return batch;
    }
}
