using System.Text;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Tests.Specimens;

namespace Dsm.Sdmx.Tests.Formats;

public class StructureMessageReaderTests
{
    private static readonly StructureMessage Message21 = Read("structures-2.1.xml", out Issues21);
    private static readonly StructureMessage Message30 = Read("structures-3.0.xml", out Issues30);
    private static readonly IssueList Issues21, Issues30;

    private static StructureSet Set21 => Message21.Structures;

    private static StructureSet Set30 => Message30.Structures;

    [Fact]
    public void Reads_the_header()
    {
        Message21.Format.Should().Be(MediaTypes.StructureXml21);
        Message21.Header!.Id.Should().Be("SPECIMEN21");
        Message21.Header.IsTest.Should().BeTrue();
        Message21.Header.SenderId.Should().Be("NSO");
        Message21.Header.ReceiverIds.Should().Equal("DSM");
    }

    [Fact]
    public void Skips_nothing()
    {
        Issues21.Count.Should().Be(0);
        Issues30.Count.Should().Be(0);
    }

    [Fact]
    public void Fills_in_the_defaults_of_2_1_references()
    {
        Dataflow flow = Set21.Of<Dataflow>().First();
        flow.Structure!.ToString().Should().Be("DSM:DSD(1.0)");
        flow.Structure.Type.Should().Be(StructureType.DataStructure);
        Set21.Of<Dataflow>().Single(f => f.Id == "BY_URN").Structure.Should().Be(flow.Structure);
        Set21.Of<Categorisation>().Single().Target.Urn.Should().Be("urn:sdmx:org.sdmx.infomodel.categoryscheme.Category=DSM:CAT(1.0).MIG.STOCK");
    }

    [Fact]
    public void A_text_without_language_is_english()
        => Set21.Of<Dataflow>().Single(f => f.Id == "BY_URN").Name["en"].Should().Be("No language said");

    [Fact]
    public void Reads_stubs_as_external_references()
    {
        Dataflow stub = Set21.Of<Dataflow>().Single(f => f.Id == "STUB");
        stub.IsExternalReference.Should().BeTrue();
        stub.StructureUrl.Should().Be("http://example.org/STUB");
        stub.Structure.Should().BeNull();
    }

    [Fact]
    public void Orders_dimensions_by_position_with_time_last()
    {
        DataStructure dsd = Set21.Of<DataStructure>().Single();
        dsd.Dimensions.Select(d => d.Id).Should().Equal("AREA", "SECOND", "TIME_PERIOD");
        dsd.Dimensions[2].Representation!.TextFormat!.DataType.Should().Be(SdmxDataType.ObservationalTimePeriod);
        dsd.Dimensions[0].Representation!.TextFormat!.MaxLength.Should().Be(6);
        dsd.Measures.Single().Id.Should().Be("OBS_VALUE");
    }

    [Fact]
    public void Reads_every_attribute_relationship()
    {
        DataStructure dsd = Set21.Of<DataStructure>().Single();
        dsd.Attributes.Select(a => a.Relationship).Should().Equal(
            AttributeRelationship.Observation, AttributeRelationship.Group, AttributeRelationship.Dimensions, AttributeRelationship.Dataflow);
        dsd.Attributes[0].IsMandatory.Should().BeTrue();
        dsd.Attributes[1].Group.Should().Be("G");
        dsd.Attributes[2].Dimensions.Should().Equal("AREA", "SECOND");
        dsd.Attributes[2].Group.Should().Be("G");
    }

    [Fact]
    public void A_2_1_constraint_that_says_nothing_is_actual()
    {
        DataConstraint constraint = Set21.Of<DataConstraint>().Single();
        constraint.Role.Should().Be(ConstraintRole.Actual);
        constraint.ReferencePeriodEnd.Should().Be("2024-12-31T23:59:59");
        CubeRegion region = constraint.Regions.Single();
        region.Selections[0].Values.Should().Equal(new MemberValue("REGION", CascadeValues.WithRoot), new MemberValue("ARM"));
        region.Selections[1].EndInclusive.Should().BeFalse();
        region.Selections[1].StartPeriod.Should().Be("2010");
        region.Selections[2].Should().Match<MemberSelection>(s => s.IsAttribute && !s.IsIncluded);
        constraint.KeySets.Single().IsIncluded.Should().BeFalse();
        constraint.KeySets.Single().Keys.Single()["SECOND"].Should().Be("REGION");
    }

    [Fact]
    public void A_hierarchical_codelist_gives_its_hierarchies()
    {
        Hierarchy[] hierarchies = [.. Set21.Of<Hierarchy>()];
        hierarchies.Select(h => h.Id).Should().Equal("HCL-H1", "HCL-H2");
        hierarchies[0].Container!.Id.Should().Be("HCL");
        hierarchies[0].Levels.Select(l => l.Id).Should().Equal("L1", "L2");
        HierarchicalCode child = hierarchies[0].Codes.Single().Children.Single();
        child.Code.ToString().Should().Be("DSM:CL_AREA(1.0).ARM", "the alias names the codelist");
        child.Level.Should().Be("L2");
    }

    [Fact]
    public void Reads_organisations_with_contacts()
    {
        Organisation provider = Set21.Of<OrganisationScheme>().Single().Organisations.Single();
        provider.Name["ru"].Should().Be("Статистический комитет");
        provider.Contacts.Single().Details.Select(d => d.Key).Should().Equal("Telephone", "Email", "Email");
    }

    [Fact]
    public void Reads_maps()
    {
        StructureMap map = Set30.Of<StructureMap>().Single();
        map.ComponentMaps[0].Sources.Should().Equal("AGE", "SEX");
        map.FixedValues[1].IsTarget.Should().BeFalse();
        map.TimeMaps[0].EpochPeriod.Should().Be("second");
        map.TimeMaps[1].FrequencyFormats["M"].Should().Be("yyyy-MM");
        map.TimeMaps[1].ResolvePeriod.Should().Be("endOfPeriod");

        RepresentationMap values = Set30.Of<RepresentationMap>().Single();
        values.Sources[1].DataType.Should().Be(SdmxDataType.String);
        values.Targets[0].List!.Type.Should().Be(StructureType.ValueList);
        values.Mappings[0].Sources[0].Should().Be(new MappedValue("([0-9]+)-.*", true, 0, 3));
        values.Mappings[0].Sources[1].Value.Should().Be(" x ", "blanks are part of a value");
        values.Mappings[0].ValidTo.Should().Be("2024-12-31");
        values.Mappings[1].Sources[1].Value.Should().BeEmpty();
        values.Mappings[1].Targets.Should().BeEmpty();
    }

    [Fact]
    public void Reads_what_3_0_has_beyond_2_1()
    {
        Codelist list = Set30.Of<Codelist>().Single();
        list.Extensions.Single().Codelist.HasWildcard.Should().BeTrue();
        list.Extensions.Single().Codes.Should().Equal(new MemberValue("P%", CascadeValues.WithRoot), new MemberValue("Q", CascadeValues.ExcludeRoot));
        list.Annotations.Single().Value.Should().Be("7");
        DataStructure dsd = Set30.Of<DataStructure>().Single();
        dsd.Version.Extension.Should().Be("draft");
        dsd.Measures.Select(m => m.Id).Should().Equal("M1", "M2");
        dsd.Measures[0].Representation!.TextFormat!.SentinelValues.Single().Value.Should().Be("-1");
        dsd.Attributes.Single().Representation!.MaxOccurs.Should().BeNull();
        dsd.Attributes.Single().Representation!.TextFormat!.IsMultilingual.Should().BeTrue("that is the default of the schema");
        dsd.Attributes.Single().Measures.Should().Equal("M2");
        dsd.MetadataStructure!.Id.Should().Be("MSD");
        Set30.Of<HierarchyAssociation>().Single().LinkedObject!.ItemId.Should().Be("D1");
        Set30.Of<ValueList>().Single().Values.Single().Id.Should().Be("$ <");
        Set30.Of<Metadataflow>().Single().Targets.Single().Should().EndWith("DSM:*(*)");
        Set30.Of<DataConstraint>().Single().Regions.Single().Selections[1].Should().Match<MemberSelection>(s => s.StartPeriod == "2015" && !s.StartInclusive);
    }

    [Fact]
    public void Reports_faults_with_line_and_column_and_reads_on()
    {
        string text = Encoding.UTF8.GetString(Specimen.Bytes("structures-3.0.xml"))
            .Replace("DSM:CL_A(1.2.0)", "DSM:CL_A", StringComparison.Ordinal)
            .Replace("Codelist=DSM:CL_B(1.0+.0)", "Nonsense", StringComparison.Ordinal)
            .Replace("textType=\"Decimal\"", "textType=\"Dezimal\"", StringComparison.Ordinal)
            .Replace("id=\"MDF\" agencyID=\"DSM\" version=\"1.0.0\"", "id=\"MDF\" agencyID=\"DSM\" version=\"one\"", StringComparison.Ordinal)
            .Replace("<str:Code id=\"Y\">", "<str:Code id=\"X\">", StringComparison.Ordinal)
            .Replace("id=\"HA\"", "id=\"H A\"", StringComparison.Ordinal)
            .Replace("<str:FixedValueMap><str:Source>", "<str:Nonsense/><str:FixedValueMap><str:Source>", StringComparison.Ordinal);
        IssueList issues = new();
        StructureSet set = StructureMessageReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), issues);
        issues.Kept.Select(i => i.Code.Id).Should().BeEquivalentTo(new[] {
            IssueCodes.InvalidUrn, IssueCodes.InvalidText, IssueCodes.InvalidVersion, IssueCodes.DuplicateId, IssueCodes.InvalidId,
            IssueCodes.UnexpectedElement, IssueCodes.OwnParent }.Select(c => c.Id)); // the code that is now called as its parent
        issues.Kept.Should().OnlyContain(i => i.Location.Line > 0 && i.Location.Column > 0);
        set.All.Should().HaveCount(Set30.All.Length);
    }

    [Fact]
    public void Parents_that_form_a_circle_are_reported_once()
    {
        string text = Encoding.UTF8.GetString(Specimen.Bytes("structures-3.0.xml"))
            .Replace("<str:Code id=\"X\"><com:Name xml:lang=\"en\">Ex</com:Name>", "<str:Code id=\"X\"><com:Name xml:lang=\"en\">Ex</com:Name><str:Parent>Y</str:Parent>", StringComparison.Ordinal);
        IssueList issues = new();
        StructureMessageReader.Read(Text(text), issues);
        issues.Kept.Single().Code.Should().Be(IssueCodes.CircularParents);
    }

    [Fact]
    public void Reports_the_text_of_an_sdmx_error_message()
    {
        IssueList issues = new();
        StructureMessageReader.Read(Text("<m:Error xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message' xmlns:c='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common'>"
            + "<m:ErrorMessage code='100'><c:Text>No results found.</c:Text></m:ErrorMessage></m:Error>"), issues);
        issues.Kept.Single().Code.Should().Be(IssueCodes.SdmxErrorMessage);
        issues.Kept.Single().Arguments.Should().Equal("100", "No results found.");
    }

    [Fact]
    public void Reads_structures_inside_a_soap_envelope_and_a_registry_message()
    {
        string codelist = "<s:Structures xmlns:s='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure'><s:Codelists><s:Codelist id='C' agencyID='A'/></s:Codelists></s:Structures>";
        IssueList issues = new();
        StructureSet set = StructureMessageReader.Read(Text("<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>"
            + "<RegistryInterface xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'><SubmitStructureRequest>" + codelist
            + "</SubmitStructureRequest></RegistryInterface></e:Body></e:Envelope>"), issues);
        set.All.Single().Urn.Should().Be("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=A:C(1.0)");
    }

    [Fact]
    public void Keeps_the_notes_of_the_footer()
    {
        StructureMessage message = StructureMessageReader.ReadMessage(Text("<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'>"
            + "<f:Footer xmlns:f='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message/footer'><f:Message code='413' severity='Information'><Text>Later</Text></f:Message></f:Footer></m:Structure>"), new IssueList());
        message.Footer.Single().Should().Be(new FooterNote("413", "Information", LocalisedText.Of("Later")));
    }

    internal static MemoryStream Text(string text) => new(Encoding.UTF8.GetBytes(text));

    private static StructureMessage Read(string name, out IssueList issues)
    {
        issues = new IssueList();
        return StructureMessageReader.ReadMessage(Specimen.Open(name), issues);
    }
}
