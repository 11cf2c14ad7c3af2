using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Tests.Specimens;
using Dsm.Tests;

namespace Dsm.Sdmx.Tests.Formats;

public class StructureMessageWriterTests
{
    private static readonly MessageHeader Header = new()
    {
        Id = "M1",
        IsTest = true,
        Prepared = "2026-05-01T10:00:00Z",
        SenderId = "DSM",
        ReceiverIds = ["A", "B"],
        Name = LocalisedText.Of("Message"),
        Source = LocalisedText.Of("Here"),
    };

    [Theory]
    [InlineData("structures-2.1.xml", false)]
    [InlineData("structures-2.1.xml", true)]
    [InlineData("structures-3.0.xml", false)]
    [InlineData("structures-3.0.xml", true)]
    public void What_was_written_is_read_back_the_same(string name, bool indented)
    {
        bool version2 = name.Contains("2.1", StringComparison.Ordinal);
        StructureSet before = StructureMessageReader.Read(Specimen.Open(name), new IssueList());
        IssueList lost = new();
        StructureMessage after = Again(before.All, version2, lost, indented);
        lost.Kept.Should().BeEmpty();
        ModelText.Of(Sorted(after.Structures.All)).Should().Be(ModelText.Of(Sorted(before.All)));
        after.Header.Should().BeEquivalentTo(Header);
    }

    [Fact]
    public void What_2_1_cannot_carry_is_said_and_left_out()
    {
        StructureSet set = StructureMessageReader.Read(Specimen.Open("structures-3.0.xml"), new IssueList());
        IssueList lost = new();
        StructureMessage after = Again(set.All, version2: true, lost);
        after.Structures.All.Select(a => a.Id).Should().BeEquivalentTo("CL_A", "CON", "MDF");
        lost.Kept.Should().OnlyContain(i => i.Code == IssueCodes.NotCarried);
        lost.Kept.Select(i => i.Arguments[0]).Should().BeEquivalentTo(
            "DataStructure DSM:DSD(1.0.0-draft)", "HierarchyAssociation DSM:HA(1.0.0)", "MetadataProvisionAgreement DSM:MPA(1.0.0)",
            "RepresentationMap DSM:RM(1.0.0)", "StructureMap DSM:SM(1.0.0)", "ValueList DSM:VL(1.0.0)",
            "Codelist.Extensions of DSM:CL_A(1.2.0)", "Annotation.Value of ORDER", "Metadataflow.Targets of DSM:MDF(1.0.0)", "MemberSelection.RemovePrefix of DSM:CON(1.0.0)");
    }

    [Fact]
    public void What_3_0_cannot_carry_is_said()
    {
        StructureSet set = StructureMessageReader.Read(Specimen.Open("structures-2.1.xml"), new IssueList());
        IssueList lost = new();
        StructureMessage after = Again(set.All, version2: false, lost);
        after.Structures.All.Should().HaveCount(set.All.Length - 1);
        lost.Kept.Select(i => i.Arguments[0]).Should().BeEquivalentTo(
            "Constraint.ReferencePeriodStart of DSM:CON(1.0)", "Constraint.ReferencePeriodEnd of DSM:CON(1.0)", "DataAttribute.Group of ON_DIMS",
            "MetadataStructure.Targets of DSM:MSD(1.0)", "MetadataStructure.Reports of DSM:MSD(1.0)", "Hierarchy.Container of DSM:HCL-H1(1.0)",
            "Hierarchy.Container of DSM:HCL-H2(1.0)", "HierarchicalCode.Id of DSM:HCL-H1(1.0)", "RepresentationMap DSM:SET(1.0)",
            "Maintainable.IsFinal of DSM:FLOW(1.0)");
    }

    [Fact]
    public void References_of_2_1_are_written_as_ref_elements_and_never_as_urns()
    {
        StructureSet set = StructureMessageReader.Read(Specimen.Open("structures-2.1.xml"), new IssueList());
        XDocument written = XDocument.Load(Write(set.All, version2: true, new IssueList()));
        written.Descendants("URN").Should().BeEmpty();
        written.ToString().Should().NotContain("urn:sdmx");
        XElement structure = written.Descendants().First(e => e.Name.LocalName == "Structure" && e.Parent?.Name.LocalName == "Dataflow");
        structure.Elements().Single().Attributes().Select(a => $"{a.Name}={a.Value}")
            .Should().BeEquivalentTo("id=DSD", "version=1.0", "agencyID=DSM", "package=datastructure", "class=DataStructure");
    }

    [Fact]
    public void What_there_is_becomes_an_availability_constraint_in_3_1()
    {
        DataConstraint constraint = StructureMessageReader.Read(Specimen.Open("structures-2.1.xml"), new IssueList()).Of<DataConstraint>().Single() with
        {
            SeriesCount = 12,
        };
        MemoryStream stream = new();
        IssueList lost = new();
        StructureMessageWriter31.Write(stream, [constraint], Header, lost);
        stream.Position = 0;
        XElement written = XDocument.Load(stream).Descendants().Single(e => e.Name.LocalName == "AvailabilityConstraint");
        written.Attributes().Select(a => $"{a.Name}={a.Value}").Should().Equal("seriesCount=12");
        written.Elements().Select(e => e.Name.LocalName).Should().Equal("ConstraintAttachment", "CubeRegion");
        lost.Kept.Select(i => i.Arguments[0]).Should().BeEquivalentTo(
            "DataConstraint.Identity of DSM:CON(1.0)", "DataConstraint.Names of DSM:CON(1.0)", "Constraint.ReferencePeriodStart of DSM:CON(1.0)",
            "Constraint.ReferencePeriodEnd of DSM:CON(1.0)", "DataConstraint.KeySets of DSM:CON(1.0)");
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ru-RU")]
    public void Culture_makes_no_difference(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        StructureSet set = StructureMessageReader.Read(Specimen.Open("structures-2.1.xml"), new IssueList());
        byte[] expected = Write(set.All, version2: true, new IssueList()).ToArray();
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            StructureSet again = StructureMessageReader.Read(Specimen.Open("structures-2.1.xml"), new IssueList());
            Write(again.All, version2: true, new IssueList()).ToArray().Should().Equal(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_stub_has_only_what_the_schemas_demand(bool version2)
    {
        StructureSet set = StructureMessageReader.Read(Specimen.Open(version2 ? "structures-2.1.xml" : "structures-3.0.xml"), new IssueList());
        IEnumerable<Maintainable> stubs = set.All.Where(a => a is not ItemScheme { IsPartial: true }).Select(a => a with { IsExternalReference = true, StructureUrl = "http://example.org/" });
        XDocument written = XDocument.Load(Write(stubs, version2, new IssueList()));
        foreach (XElement artefact in written.Descendants().Where(e => e.Attribute("isExternalReference") is not null))
        {
            string[] demanded = artefact.Name.LocalName switch
            {
                "ProvisionAgreement" => ["StructureUsage", "Dataflow", "DataProvider"],
                "MetadataProvisionAgreement" => ["Metadataflow", "MetadataProvider", "Target"],
                "HierarchyAssociation" => ["LinkedHierarchy", "LinkedObject", "ContextObject"],
                "Metadataflow" => ["Structure", "Target"],
                "StructureMap" => ["Source", "Target"],
                "RepresentationMap" => ["SourceCodelist", "SourceDataType", "TargetCodelist", "TargetDataType"],
                "Hierarchy" => ["HierarchicalCode"],
                _ => [],
            };
            artefact.Elements().Select(e => e.Name.LocalName).Should().BeSubsetOf(["Annotations", "Name", "Description", .. demanded], artefact.Name.LocalName);
            artefact.Elements().Count(e => e.Name.LocalName == "HierarchicalCode").Should().BeLessThan(2);
        }
    }

    [Theory]
    [InlineData("1.0.0", "1.0.0", 0)]
    [InlineData("2.1.0-draft.1", "2.1.0", 1)]
    [InlineData("1.0", "1.0", 0)]
    public void Versions_lose_their_extension_in_2_1(string version, string expected, int lost)
    {
        IssueList issues = new();
        Codelist list = new() { AgencyId = "A", Id = "C", Version = SdmxVersion.Parse(version) };
        Again([list], version2: true, issues).Structures.All.Single().Version.ToString().Should().Be(expected);
        issues.CountOf(IssueCodes.NotCarried).Should().Be(lost);
    }

    [Fact]
    public void A_reference_to_the_latest_version_names_the_first_that_will_do_in_2_1()
    {
        IssueList issues = new();
        Dataflow flow = new() { AgencyId = "A", Id = "F", Structure = new StructureReference(StructureType.DataStructure, "A", "D", "1.2+.0") };
        ((Dataflow)Again([flow], version2: true, issues).Structures.All.Single()).Structure!.Version.Should().Be("1.2.0");
        issues.CountOf(IssueCodes.NotCarried).Should().Be(1);
    }

    [Fact]
    public void Characters_that_xml_cannot_carry_are_replaced()
    {
        Codelist list = new() { AgencyId = "A", Id = "C", Name = LocalisedText.Of("a\u0001b\uD800c😀d") };
        foreach (bool version2 in new[] { true, false })
        {
            Again([list], version2, new IssueList()).Structures.All.Single().Name["en"].Should().Be("a\uFFFDb\uFFFDc😀d");
        }
    }

    [Fact]
    public void Line_breaks_in_texts_survive()
    {
        Codelist list = new() { AgencyId = "A", Id = "C", Name = LocalisedText.Of(" a\r\nb\n\tc "), Uri = null };
        Again([list], version2: false, new IssueList()).Structures.All.Single().Name["en"].Should().Be(" a\r\nb\n\tc ");
    }

    [Fact]
    public void The_message_is_utf_8_without_a_byte_order_mark()
    {
        byte[] bytes = Write([new Codelist { AgencyId = "A", Id = "C", Name = LocalisedText.Of("Код", "ru") }], version2: true, new IssueList()).ToArray();
        bytes[0].Should().Be((byte)'<');
        Encoding.UTF8.GetString(bytes).Should().Contain("encoding=\"utf-8\"").And.Contain("Код");
    }

    private static IEnumerable<Maintainable> Sorted(IEnumerable<Maintainable> artefacts) => artefacts.OrderBy(a => a.Urn, StringComparer.Ordinal);

    private static StructureMessage Again(IEnumerable<Maintainable> artefacts, bool version2, IssueList lost, bool indented = false)
    {
        IssueList found = new();
        StructureMessage message = StructureMessageReader.ReadMessage(Write(artefacts, version2, lost, indented), found);
        found.Kept.Should().BeEmpty();
        return message;
    }

    private static MemoryStream Write(IEnumerable<Maintainable> artefacts, bool version2, IssueList lost, bool indented = false)
    {
        MemoryStream stream = new();
        if (version2)
        {
            StructureMessageWriter21.Write(stream, artefacts, Header, lost, indented);
        }
        else
        {
            StructureMessageWriter30.Write(stream, artefacts, Header, lost, indented);
        }

        stream.Position = 0;
        return stream;
    }
}
