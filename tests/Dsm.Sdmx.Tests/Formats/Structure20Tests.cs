using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Tests.Specimens;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>How structures of SDMX-ML 2.0 and 1.0 come into the model of the later versions.</summary>
public class Structure20Tests
{
    private static readonly IssueList Issues = new();
    private static readonly StructureMessage Message = StructureMessageReader.ReadMessage(Specimen.Open("structures-2.0.xml"), Issues);

    private static StructureSet Set => Message.Structures;

    private static DataStructure KeyFamily => Set.Of<DataStructure>().Single();

    [Fact]
    public void The_header_is_read_and_the_format_is_told()
    {
        Message.Format.Should().Be(MediaTypes.StructureXml20);
        Message.Header!.Id.Should().Be("SPECIMEN20");
        Message.Header.SenderId.Should().Be("NSO");
    }

    [Fact]
    public void What_has_no_place_in_the_model_is_named()
        => Issues.Kept.Select(i => i.ToString()[..(i.ToString().IndexOf(' ', StringComparison.Ordinal) + 1)] + i.Arguments[0]).Should().BeEquivalentTo(
            "S0006 id of organisation scheme NSO:ORGS(2.0) for its Agencies",
            "S0006 id of organisation scheme NSO:ORGS(2.0) for its DataProviders",
            "S0006 parentOrganisation of DataProvider POLICE",
            "S0006 AttachmentMeasure of attribute NOTE");

    [Fact]
    public void Codes_have_their_description_as_name()
    {
        Codelist areas = Set.Of<Codelist>().First();
        areas.Codes.Select(c => (c.Id, c.ParentId, c.Name.ToString())).Should().Equal(("W", null, "World"), ("AM", "W", "Armenia"));
        areas.Codes[0].Name["ru"].Should().Be("Мир");
        areas.Codes[1].AnnotationOf("ORDER")!.Text.ToString().Should().Be("1");
    }

    [Fact]
    public void Standalone_concepts_become_a_scheme_of_their_agency()
    {
        ConceptScheme standalone = Set.Of<ConceptScheme>().Single(s => s.Id == "STANDALONE_CONCEPT_SCHEME");
        standalone.Concepts.Select(c => c.Id).Should().Equal("FREQ", "AREA", "TIME");
        standalone.Concepts[1].CoreRepresentation!.Enumeration!.ToString().Should().Be("NSO:CL_AREA(2.0)", "the latest of the message is meant");
        ConceptScheme scheme = Set.Of<ConceptScheme>().Single(s => s.Id == "CS");
        scheme.Concepts.Single(c => c.Id == "NOTE").ParentId.Should().Be("VALUE");
        scheme.Concepts.Single(c => c.Id == "VALUE").CoreRepresentation!.TextFormat!.Decimals.Should().Be(2);
    }

    [Fact]
    public void Key_families_become_data_structures()
    {
        KeyFamily.Dimensions.Select(d => (d.Id, d.Concept.ToString(), d.Representation?.Enumeration?.ToString())).Should().Equal(
            ("FREQ", "NSO:STANDALONE_CONCEPT_SCHEME(1.0).FREQ", "SDMX:CL_FREQ(1.0)"),
            ("AREA", "NSO:STANDALONE_CONCEPT_SCHEME(1.0).AREA", "NSO:CL_AREA(1.0)"),
            ("TYPE", "NSO:CS(1.0).TYPE", "NSO:CL_TYPE(1.0)"),
            ("TIME_PERIOD", "NSO:STANDALONE_CONCEPT_SCHEME(1.0).TIME", null));
        KeyFamily.TimeDimension!.Id.Should().Be("TIME_PERIOD");
        KeyFamily.Dimensions[0].ConceptRoles.Single().ItemId.Should().Be("FREQ");
        KeyFamily.Groups.Single().Dimensions.Should().Equal("AREA", "TYPE");
        KeyFamily.Measures.Single().Should().Match<Measure>(m => m.Id == "OBS_VALUE" && m.Representation!.TextFormat!.MinValue == 0 && m.Representation.TextFormat.MaxValue == 100);
        KeyFamily.CrossSectionalMeasures.Select(m => (m.Id, m.DimensionId, m.Code)).Should().Equal(("STOCKS", "TYPE", "P"), ("FLOWS", "TYPE", "Q"));
        KeyFamily.Version.ToString().Should().Be("1.2");
        KeyFamily.IsFinal.Should().BeTrue();
    }

    [Fact]
    public void Attributes_are_attached_as_they_were()
    {
        KeyFamily.Attributes.Select(a => (a.Id, a.Relationship, a.IsMandatory)).Should().Equal(
            ("TITLE", AttributeRelationship.Group, true),
            ("UNIT", AttributeRelationship.Dimensions, false),
            ("NOTE", AttributeRelationship.Observation, false),
            ("SOURCE", AttributeRelationship.Dataflow, true));
        KeyFamily.Attributes[0].Group.Should().Be("Sibling");
        KeyFamily.Attributes[1].Dimensions.Should().Equal("FREQ", "AREA", "TYPE");
        KeyFamily.Attributes[1].Representation!.TextFormat!.DataType.Should().Be(SdmxDataType.GregorianYearMonth);
        KeyFamily.Attributes[0].Concept.Id.Should().Be("CS", "only that scheme of the message has the concept");
    }

    [Fact]
    public void A_key_family_resolves_to_a_schema()
    {
        IssueList issues = new();
        DataSchema schema = DataSchema.Resolve(Set, Set.Of<Dataflow>().First().Reference, issues)!;
        issues.Kept.Should().BeEmpty();
        schema.Frequency!.Id.Should().Be("FREQ");
        schema.Structure.Should().BeSameAs(KeyFamily);
    }

    [Fact]
    public void Dataflows_find_key_families_without_version_and_by_old_urns()
    {
        Set.Of<Dataflow>().Select(f => f.Structure?.ToString()).Should().Equal("NSO:MIG(1.2)", "NSO:MIG(1.2)", null);
        Dataflow stub = Set.Of<Dataflow>().Last();
        (stub.IsExternalReference, stub.StructureUrl).Should().Be((true, "http://example.org/stub"));
        Set.Of<Dataflow>().First().Should().Match<Dataflow>(f => f.ValidFrom == "2009-01-01T00:00:00" && f.ValidTo == "2019-12-31T23:59:59" && f.Name["ru"] == "Миграция");
        Set.Of<Metadataflow>().Single().Structure!.ToString().Should().Be("NSO:MSD(1.0)");
    }

    [Fact]
    public void Flows_in_categories_become_categorisations_each_once()
        => Set.Of<Categorisation>().Select(c => (c.Source.ToString(), c.Target.ToString())).Should().BeEquivalentTo(
            [("NSO:DF_MIG(1.1)", "NSO:CAT(1.0).POP.MIG"), ("NSO:MDF(1.0)", "NSO:CAT(1.0).POP.MIG")]);

    [Fact]
    public void Organisations_go_into_the_schemes_of_their_kinds()
    {
        Set.Of<OrganisationScheme>().Select(s => $"{s.Reference} {string.Join(',', s.Organisations.Select(o => o.Id))}").Should().BeEquivalentTo(
            "NSO:AGENCIES(1.0) NSO", "NSO:DATA_PROVIDERS(1.0) BORDER,POLICE");
        Contact contact = Set.Of<OrganisationScheme>().First().Organisations[0].Contacts.Single();
        (contact.Name.ToString(), contact.Role.ToString(), contact.Details.Single().Value).Should().Be(("A. Person", "Maintenance", "a@example.org"));
    }

    [Fact]
    public void Hierarchies_remember_their_codelist_and_order_their_levels()
    {
        Hierarchy hierarchy = Set.Of<Hierarchy>().Single();
        (hierarchy.Id, hierarchy.Container!.Id, hierarchy.Container.HierarchyId).Should().Be(("HCL-H1", "HCL", "H1"));
        hierarchy.Levels.Select(l => l.Id).Should().Equal("L1", "L2");
        HierarchicalCode world = hierarchy.Codes.Single();
        (world.Code.ToString(), world.Level, world.Children.Single().Id, world.Children[0].Code.ItemId).Should().Be(("NSO:CL_AREA(1.0).W", "L1", "N1", "AM"));
    }

    [Fact]
    public void Target_identifiers_become_metadata_targets()
    {
        MetadataStructure structure = Set.Of<MetadataStructure>().Single();
        structure.Targets.Select(t => $"{t.Id}: {string.Join(',', t.Objects.Select(o => $"{o.Id} {o.ObjectType} {o.Enumeration}"))}").Should().Equal(
            "FULL: FLOW Dataflow ,AREA Code NSO:CL_AREA(2.0)", "PART: FLOW Dataflow ");
        MetadataReportStructure report = structure.Reports.Single();
        report.TargetIds.Should().Equal("PART");
        (report.Attributes.Single().Id, report.Attributes[0].MinOccurs, report.Attributes[0].Children.Single().Id, report.Attributes[0].Children[0].MinOccurs).Should().Be(("SOURCE", 1, "NOTE", 0));
    }

    [Fact]
    public void Structure_sets_become_maps_that_refer_to_each_other()
    {
        StructureMap map = Set.Of<StructureMap>().Single();
        (map.Id, map.Source.ToString(), map.Target.ToString(), map.Container!.Id).Should().Be(("SET-SM", "NSO:MIG(1.2)", "DSM:MIG2(1.0)", "SET"));
        Set.Find<RepresentationMap>(map.ComponentMaps.Single().RepresentationMap)!.Mappings.Single().Targets.Should().Equal("ARM");
        Set.Of<ItemSchemeMap>().Select(m => (m.Type, m.Source!.ToString(), m.Items.Single().Source.Value, m.Items[0].Target)).Should().BeEquivalentTo(
            [(StructureType.CategorySchemeMap, "NSO:CAT(1.0)", "POP.MIG", "M"), (StructureType.ConceptSchemeMap, "NSO:CS(1.0)", "NOTE", "COMMENT")]);
    }

    [Fact]
    public void Cross_sectional_measures_are_said_to_be_lost_when_written()
    {
        Action<Stream, IEnumerable<Maintainable>, MessageHeader, IssueList, bool>[] writers = [StructureMessageWriter21.Write, StructureMessageWriter30.Write, StructureMessageWriter31.Write];
        foreach (Action<Stream, IEnumerable<Maintainable>, MessageHeader, IssueList, bool> write in writers)
        {
            IssueList issues = new();
            write(new MemoryStream(), [KeyFamily], Message.Header!, issues, false);
            issues.Kept.Should().Contain(i => i.Code == IssueCodes.NotCarried && i.Arguments[0] == "DataStructure.CrossSectionalMeasures of NSO:MIG(1.2)");
        }
    }

    [Fact]
    public void Reporting_taxonomies_and_processes_are_read()
    {
        Set.Of<ReportingTaxonomy>().Single().Categories.Single().ProvisioningMetadata.Single().ToString().Should().Be("NSO:DF_MIG(1.1)");
        Process process = Set.Of<Process>().Single();
        process.Steps.Select(s => s.Id).Should().Equal("COLLECT", "PUBLISH");
        process.Steps[0].Should().Match<ProcessStep>(s => s.Computation!.SoftwarePackage == "R" && s.Transitions[0].TargetStep == "PUBLISH" && s.Children[0].Id == "ASK");
    }

    [Fact]
    public void Key_families_of_1_0_have_other_names_of_attributes()
    {
        StructureSet set = Read("""
            <Structure xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v1_0/message" xmlns:s="http://www.SDMX.org/resources/SDMXML/schemas/v1_0/structure">
            <Agencies><s:Agency id="BIS"><s:Name>Bank</s:Name></s:Agency></Agencies>
            <CodeLists><s:CodeList id="CL_FREQ" agency="BIS"><s:Name>F</s:Name><s:Code value="A"><s:Description>Annual</s:Description></s:Code></s:CodeList></CodeLists>
            <Concepts><s:Concept agency="BIS" id="FREQ"><s:Name>F</s:Name></s:Concept></Concepts>
            <KeyFamilies><s:KeyFamily id="KF" agency="BIS"><s:Name>K</s:Name><s:Components>
            <s:Dimension concept="FREQ" codelist="CL_FREQ"/><s:TimeDimension concept="TIME"/><s:PrimaryMeasure concept="OBS"><s:TextFormat TextType="Num" length="5"/></s:PrimaryMeasure>
            </s:Components></s:KeyFamily></KeyFamilies></Structure>
            """, out IssueList issues);
        issues.Kept.Should().BeEmpty();
        set.Of<DataStructure>().Single().Measures.Single().Representation!.TextFormat.Should().Match<TextFormat>(f => f.DataType == SdmxDataType.Numeric && f.MaxLength == 5);
        set.Of<OrganisationScheme>().Single().Reference.ToString().Should().Be("SDMX:AGENCIES(1.0)");
        set.Of<DataStructure>().Single().Dimensions[0].Representation!.Enumeration!.ToString().Should().Be("BIS:CL_FREQ(1.0)");
    }

    [Fact]
    public void A_registry_answers_with_structures_agreements_or_a_failure()
    {
        const string Start = "<RegistryInterface xmlns='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message' xmlns:r='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/registry' xmlns:s='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/structure'>";
        StructureSet set = Read(Start + "<QueryStructureResponse><r:StatusMessage status='Success'/><r:CodeLists><s:CodeList id='C' agencyID='A'><s:Name>N</s:Name></s:CodeList></r:CodeLists></QueryStructureResponse></RegistryInterface>", out IssueList issues);
        set.All.Should().ContainSingle();
        issues.Count.Should().Be(0);
        set = Read(Start + """
            <QueryProvisioningResponse><r:ProvisionAgreement><r:Name>N</r:Name><r:DataflowRef><r:AgencyID>A</r:AgencyID><r:DataflowID>F</r:DataflowID><r:Version>2.0</r:Version></r:DataflowRef>
            <r:DataProviderRef><r:OrganisationSchemeAgencyID>A</r:OrganisationSchemeAgencyID><r:OrganisationSchemeID>X</r:OrganisationSchemeID><r:DataProviderID>P</r:DataProviderID></r:DataProviderRef>
            </r:ProvisionAgreement></QueryProvisioningResponse></RegistryInterface>
            """, out issues);
        issues.Count.Should().Be(0);
        set.Of<ProvisionAgreement>().Single().Should().Match<ProvisionAgreement>(a => a.Id == "P-F" && a.Dataflow!.ToString() == "A:F(2.0)" && a.DataProvider!.ToString() == "A:DATA_PROVIDERS(1.0).P");
        Read(Start + "<QueryStructureResponse>\n<r:StatusMessage status='Failure'><r:MessageText code='100'>nothing found</r:MessageText></r:StatusMessage></QueryStructureResponse></RegistryInterface>", out issues);
        issues.Kept.Single().Should().Match<Issue>(i => i.Code == IssueCodes.SdmxErrorMessage && i.Arguments[1] == "nothing found" && i.Location.Line == 2);
    }

    [Theory]
    [InlineData("<s:KeyFamilies><s:KeyFamily id='K' agencyID='A'><s:Components>\n<s:Dimension codelist='X'/></s:Components></s:KeyFamily></s:KeyFamilies>", "M0009")]
    [InlineData("<KeyFamilies>\n<s:KeyFamily id='K'/></KeyFamilies>", "M0009")]
    [InlineData("<CodeLists>\n<s:CodeList id='K K' agencyID='A'/></CodeLists>", "S0002")]
    [InlineData("<CodeLists>\n<s:CodeList id='K' agencyID='A' version='new'/></CodeLists>", "S0003")]
    [InlineData("<CodeLists>\n<s:CodeList id='K' agencyID='A'><s:Code value='A' parentCode='B'/><s:Code value='B' parentCode='A'/></s:CodeList></CodeLists>", "S0008")]
    [InlineData("<Dataflows><s:Dataflow id='K' agencyID='A'>\n<s:KeyFamilyRef><s:URN>urn:x</s:URN></s:KeyFamilyRef></s:Dataflow></Dataflows>", "S0004")]
    [InlineData("<HierarchicalCodelists><s:HierarchicalCodelist id='K' agencyID='A'><s:Hierarchy id='H'>\n<s:CodeRef><s:CodeID>A</s:CodeID></s:CodeRef></s:Hierarchy></s:HierarchicalCodelist></HierarchicalCodelists>", "S0001")]
    [InlineData("<KeyFamilies><s:KeyFamily id='K' agencyID='A'><s:Components>\n<s:Attribute conceptRef='X' attachmentLevel='World'/></s:Components></s:KeyFamily></KeyFamilies>", "M0010")]
    [InlineData("\n<Elephants/>", "M0008")]
    public void Errors_are_reported_with_their_line(string content, string code)
    {
        Read($"<Structure xmlns='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message' xmlns:s='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/structure'>{content}</Structure>", out IssueList issues);
        issues.Kept.Should().Contain(i => i.Code.Id == code && i.Location.Line == 2, string.Join(" | ", issues.Kept));
    }

    [Theory]
    [InlineData("<CategorySchemes><s:CategoryScheme id='A' agencyID='A'>", "<s:Category id='A'>", "</s:Category>", "</s:CategoryScheme></CategorySchemes>")]
    [InlineData("<HierarchicalCodelists><s:HierarchicalCodelist id='A' agencyID='A'><s:Hierarchy id='A'>", "<s:CodeRef>", "</s:CodeRef>", "</s:Hierarchy></s:HierarchicalCodelist></HierarchicalCodelists>")]
    [InlineData("<Processes><s:Process id='A' agencyID='A'>", "<s:ProcessStep id='A'>", "</s:ProcessStep>", "</s:Process></Processes>")]
    [InlineData("<Dataflows><s:Dataflow id='A' agencyID='A'><s:CategoryRef>", "<s:CategoryID>", "</s:CategoryID>", "</s:CategoryRef></s:Dataflow></Dataflows>")]
    public void Deep_nesting_is_refused(string before, string open, string close, string after)
    {
        StringBuilder text = new($"<Structure xmlns='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message' xmlns:s='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/structure'>{before}");
        text.Insert(text.Length, open, 50_000).Insert(text.Length, close, 50_000).Append(after).Append("</Structure>");
        Read(text.ToString(), out IssueList issues);
        issues.Kept.Select(i => i.Code).Should().Contain(IssueCodes.TooLarge);
    }

    private static StructureSet Read(string message, out IssueList issues)
    {
        issues = new IssueList();
        return StructureMessageReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(message)), issues);
    }
}
