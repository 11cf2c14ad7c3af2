using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Tests.Registry.Editing;

public sealed class ShutOutTests
{
    private static readonly Codelist Before = new() { AgencyId = "T", Id = "CL", Version = SdmxVersion.Parse("1.0.0"), Codes = [new Code { Id = "A" }, new Code { Id = "B", ParentId = "A" }] };
    private static readonly Codelist After = Before with { Version = SdmxVersion.Parse("1.1.0"), Codes = [.. Before.Codes, new Code { Id = "B1", ParentId = "B" }, new Code { Id = "C" }] };
    private static readonly DataStructure Structure = new()
    {
        AgencyId = "T", Id = "DSD", Version = SdmxVersion.Parse("1.0.0"),
        Dimensions = [new Dimension { Id = "D", Concept = new StructureReference(StructureType.ConceptScheme, "T", "CS", "1.0.0", "D"), Representation = Representation.Coded(Before.Reference) }],
    };

    [Fact]
    public void Names_the_new_codes_that_a_constraint_does_not_list()
    {
        ShutOut found = ShutOut.Of(With(new MemberValue("A")), Before, After).Should().ContainSingle().Subject;

        (found.Component, found.Constraint.Id).Should().Be(("D", "DC"));
        found.Codes.Should().Equal("B1", "C");
    }

    [Fact]
    public void Knows_codes_below_one_that_is_allowed_with_all_below_it_and_patterns()
    {
        ShutOut.Of(With(new MemberValue("A", CascadeValues.WithRoot)), Before, After).Should().ContainSingle().Which.Codes.Should().Equal("C");
        ShutOut.Of(With(new MemberValue("A"), new MemberValue("B%"), new MemberValue("C")), Before, After).Should().BeEmpty();
    }

    [Fact]
    public void Says_nothing_without_a_restriction_or_without_new_codes()
    {
        ShutOut.Of(With(), Before, After).Should().BeEmpty();
        ShutOut.Of(With(new MemberValue("A")), Before, Before).Should().BeEmpty();
        ShutOut.Of(With(new MemberValue("A")), null, After).Should().BeEmpty();
    }

    private static StructureSet With(params MemberValue[] values) => new([Before, Structure, new DataConstraint
    {
        AgencyId = "T", Id = "DC", Version = SdmxVersion.Parse("1.0.0"), Attachments = [Structure.Reference],
        Regions = [new CubeRegion(true, [new MemberSelection { ComponentId = "D", Values = [.. values] }])],
    }]);
}
