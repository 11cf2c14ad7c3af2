using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using static Dsm.Sdmx.Tests.Validation.TestStructures;

namespace Dsm.Sdmx.Tests.Data;

public class DataSchemaTests
{
    [Fact]
    public void Reports_a_component_id_that_occurs_twice_and_keeps_the_first()
    {
        DataStructure structure = Dsd(
            "D",
            [Dimension("FREQ", Coded("CL_FREQ")), Dimension("FREQ", Text()), Time()],
            Measure(Text(SdmxDataType.Double)),
            Attribute("FREQ", Text(), false, AttributeRelationship.Observation));
        IssueList issues = new();
        DataSchema schema = DataSchema.Resolve(new StructureSet([structure, Codes("CL_FREQ", "A"), Concepts("FREQ", "TIME_PERIOD", "OBS_VALUE")]), structure.Reference, issues)!;
        issues.Kept.Select(i => (i.Code, i.Location.Component)).Should().Equal((IssueCodes.DuplicateId, "FREQ"), (IssueCodes.DuplicateId, "FREQ"));
        schema.Dimensions.Should().ContainSingle().Which.IsCoded.Should().BeTrue();
        schema.ObservationAttributes.Should().BeEmpty();
    }

    [Fact]
    public void Of_a_constraint_the_latest_finished_version_holds_and_no_draft()
    {
        DataStructure structure = Dsd("D", [Dimension("FREQ", Coded("CL_FREQ")), Time()], Measure(Text(SdmxDataType.Double)));
        DataConstraint Only(string version, params string[] codes) => new()
        {
            AgencyId = structure.AgencyId, Id = "DC", Version = SdmxVersion.Parse(version), Attachments = [structure.Reference],
            Regions = [new CubeRegion(true, [new MemberSelection { ComponentId = "FREQ", Values = [.. codes.Select(c => new MemberValue(c))] }])],
        };
        StructureSet all = new([structure, Codes("CL_FREQ", "A M Q"), Concepts("FREQ", "TIME_PERIOD", "OBS_VALUE"), Only("1.0.0", "A"), Only("1.1.0", "A", "M"), Only("1.2.0-draft", "Q")]);

        DataSchema schema = DataSchema.Resolve(all, structure.Reference, new IssueList())!;

        schema.Constraints.Should().ContainSingle().Which.Name.Should().Contain("1.1.0");
        schema.Allowed(schema.Find("FREQ")!).Cast<bool>().Should().Equal(true, true, false);
    }
}
