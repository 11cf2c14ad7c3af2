using System.Text;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;

namespace Dsm.Sdmx.Tests.Validation;

/// <summary>Metadata sets are judged against their metadata structure, each finding with its place in the message.</summary>
public class MetadataSetValidatorTests
{
    private const string Root = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/";

    private static readonly Codelist Countries = new()
    {
        AgencyId = "T",
        Id = "CL_GEO",
        Version = SdmxVersion.Parse("1.0"),
        Codes = [new Code { Id = "KZ" }, new Code { Id = "UZ" }],
    };

    private static readonly MetadataStructure Structure = new()
    {
        AgencyId = "T",
        Id = "MSD",
        Version = SdmxVersion.Parse("1.0"),
        Attributes =
        [
            Attribute("CONTACT", null, 1, null) with
            {
                IsPresentational = true,
                Children = [Attribute("NAME", new Representation { TextFormat = new TextFormat { MaxLength = 5 } }), Attribute("COUNTRY", Representation.Coded(Countries.Reference), 0)],
            },
            Attribute("YEAR", Representation.Of(SdmxDataType.Integer), 0),
        ],
    };

    private static readonly Metadataflow Flow = new()
    {
        AgencyId = "T",
        Id = "MDF",
        Version = SdmxVersion.Parse("1.0"),
        Structure = Structure.Reference,
        Targets = ["urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:*(1.0+.0)"],
    };

    private static readonly StructureSet Structures = new([Structure, Flow, Countries]);

    [Fact]
    public void Says_nothing_of_what_is_right() => Check("""
        <g:Target>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:DF(1.2.0)</g:Target>
        <g:Attribute id="CONTACT"><g:Attribute id="NAME"><g:Value>Aida</g:Value></g:Attribute><g:Attribute id="COUNTRY"><g:Value>KZ</g:Value></g:Attribute></g:Attribute>
        <g:Attribute id="CONTACT"><g:Attribute id="NAME"><g:Value>Bek</g:Value></g:Attribute></g:Attribute>
        <g:Attribute id="YEAR"><g:Value>2024</g:Value></g:Attribute>
        """).Should().BeEmpty();

    [Fact]
    public void Says_each_fault_with_its_line_and_attribute() => Check("""
        <g:Target>urn:sdmx:org.sdmx.infomodel.codelist.Codelist=T:CL_GEO(1.0)</g:Target>
        <g:Attribute id="CONTACT"><g:Attribute id="NAME"><g:Value>Alexander</g:Value></g:Attribute></g:Attribute>
        <g:Attribute id="CONTACT"><g:Attribute id="COUNTRY"><g:Value>XX</g:Value></g:Attribute></g:Attribute>
        <g:Attribute id="YEAR"><g:Value>soon</g:Value></g:Attribute>
        <g:Attribute id="YEAR"><g:Value>1999</g:Value></g:Attribute>
        <g:Attribute id="PHONE"><g:Value>1</g:Value></g:Attribute>
        """).Should().Equal("S0032 2 ", "D0310 5 CONTACT.NAME", "D0301 6 CONTACT.COUNTRY", "D0311 6 CONTACT.NAME", "D0305 7 YEAR", "S0030 9 PHONE", "D0311 8 YEAR");

    [Fact]
    public void Wants_the_mandatory_attributes_unless_it_is_an_update()
    {
        const string year = """<g:Target>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:DF(1.2.0)</g:Target><g:Attribute id="YEAR"><g:Value>2024</g:Value></g:Attribute>""";
        Check(year).Should().Equal("D0311 2 CONTACT");
        Check(year, "Append").Should().BeEmpty();
        Check(year, "Delete").Should().BeEmpty();
    }

    [Fact]
    public void Says_that_the_structure_is_not_known()
    {
        IssueList issues = new();
        new MetadataSetValidator(StructureSet.Empty, issues).Check(Read("").Sets[0]);
        issues.Kept.Should().ContainSingle().Which.Code.Should().Be(IssueCodes.UnknownStructure);
    }

    private static string[] Check(string content, string action = "Replace")
    {
        IssueList issues = new();
        new MetadataSetValidator(Structures, issues).Check(Read(content, action));
        return [.. issues.Kept.Select(i => $"{i.Code.Id} {i.Location.Line} {i.Location.Component}").OrderBy(_ => 0)];
    }

    private static MetadataMessage Read(string content, string action = "Replace")
    {
        string message = $"""
            <m:GenericMetadata xmlns:m="{Root}message" xmlns:g="{Root}metadata/generic" xmlns:c="{Root}common">
            <m:MetadataSet agencyID="T" id="SET" version="1.0" action="{action}"><c:Name>Set</c:Name>
            <g:Metadataflow>{Flow.Urn}</g:Metadataflow>
            {content}
            </m:MetadataSet></m:GenericMetadata>
            """;
        IssueList issues = new();
        MetadataMessage read = MetadataMessageReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(message)), issues);
        issues.Kept.Should().BeEmpty();
        return read;
    }

    private static MetadataAttribute Attribute(string id, Representation? representation, int least = 1, int? most = 1) => new()
    {
        Id = id,
        Concept = new StructureReference(StructureType.ConceptScheme, "T", "CS", "1.0", id),
        Representation = representation,
        MinOccurs = least,
        MaxOccurs = most,
    };
}
