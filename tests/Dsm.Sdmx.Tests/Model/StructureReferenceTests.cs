using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Model;

public class StructureReferenceTests
{
    public static TheoryData<string> Urns
    {
        get
        {
            TheoryData<string> urns = [];
            foreach (StructureType type in StructureType.All)
            {
                foreach (string identity in new[] { "DSM:ID(1.0)", "A.B.C:CL_$@-x(1.2.3-draft)", "SDMX:X(1.0+.0)", "SDMX:X(*)" })
                {
                    urns.Add($"urn:sdmx:org.sdmx.infomodel.{type.Package}.{type.Class}={identity}");
                    if (type.ItemClass is not null)
                    {
                        urns.Add($"urn:sdmx:org.sdmx.infomodel.{type.Package}.{type.ItemClass}={identity}.A.B_1");
                    }
                }
            }

            urns.Add("urn:sdmx:org.sdmx.infomodel.datastructure.Dimension=A:D(1.0).X");
            urns.Add("urn:sdmx:org.sdmx.infomodel.datastructure.TimeDimension=A:D(1.0).TIME_PERIOD");
            urns.Add("urn:sdmx:org.sdmx.infomodel.datastructure.DataAttribute=A:D(1.0).X");
            urns.Add("urn:sdmx:org.sdmx.infomodel.datastructure.Measure=A:D(1.0).X");
            urns.Add("urn:sdmx:org.sdmx.infomodel.datastructure.GroupDimensionDescriptor=A:D(1.0).G");
            urns.Add("urn:sdmx:org.sdmx.infomodel.metadatastructure.MetadataAttribute=A:M(1.0).X.Y");
            urns.Add("urn:sdmx:org.sdmx.infomodel.codelist.HierarchicalCode=A:H(1.0).X.Y");
            return urns;
        }
    }

    [Theory]
    [MemberData(nameof(Urns))]
    public void A_urn_is_printed_as_it_was_read(string urn) => StructureReference.ParseUrn(urn).Urn.Should().Be(urn);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=DSM")]
    [InlineData("urn:sdmx:org.sdmx.infomodel.codelist.Nonsense=DSM:C(1.0)")]
    [InlineData("urn:other:codelist.Codelist=DSM:C(1.0)")]
    [InlineData("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=DSM:C(1.0")]
    [InlineData("xurn:sdmx:org.sdmx.infomodel.codelist.Codelist=DSM:C(1.0)")]
    public void What_is_no_urn_is_refused(string? urn) => StructureReference.TryParseUrn(urn, out _).Should().BeFalse();

    [Fact]
    public void Names_of_2_1_are_understood()
    {
        StructureReference.ParseUrn("urn:sdmx:org.sdmx.infomodel.registry.ContentConstraint=A:C(1.0)").Type.Should().Be(StructureType.DataConstraint);
        StructureReference.ParseUrn("urn:sdmx:org.sdmx.infomodel.codelist.HierarchicalCodelist=A:C(1.0)").Type.Should().Be(StructureType.Hierarchy);
    }

    [Fact]
    public void The_maintainable_part_leaves_the_item_out()
    {
        StructureReference code = StructureReference.ParseUrn("urn:sdmx:org.sdmx.infomodel.codelist.Code=A:C(1.0).X");
        code.Maintainable.Urn.Should().Be("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:C(1.0)");
        code.ToString().Should().Be("A:C(1.0).X");
    }

    [Fact]
    public void Every_type_is_found_by_its_names()
    {
        foreach (StructureType type in StructureType.All)
        {
            StructureType.FromClass(type.Class).Should().Be(type);
            (type.Rest1 is null ? null : StructureType.FromRest1(type.Rest1)).Should().Be(type.Rest1 is null ? null : type);
            (type.Rest2 is null ? null : StructureType.FromRest2(type.Rest2)).Should().Be(type.Rest2 is null ? null : type);
        }
    }
}
