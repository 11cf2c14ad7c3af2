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
}
