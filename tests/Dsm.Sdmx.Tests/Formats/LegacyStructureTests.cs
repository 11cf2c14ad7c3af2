using System.Text;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>What SDMX-ML 2.0 of services in the wild has that the schemas of later versions refuse.</summary>
public sealed class LegacyStructureTests
{
    private const string Message = """
        <Structure xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message" xmlns:s="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/structure">
        <Header><ID>data.fao.org/2020</ID><Test>false</Test><Prepared>2020-01-01T00:00:00</Prepared><Sender id="stat office"/></Header>
        <CodeLists><s:CodeList id="CL" agencyID="XX" version="1.0"><s:Name>L</s:Name>
          <s:Code value="A" parentCode="A"><s:Description>a</s:Description></s:Code><s:Code value="B" parentCode="A"><s:Description>b</s:Description></s:Code>
          <s:Code value="C" parentCode="D"><s:Description>c</s:Description></s:Code><s:Code value="D" parentCode="C"><s:Description>d</s:Description></s:Code>
        </s:CodeList></CodeLists>
        <Concepts><s:ConceptScheme id="CS" agencyID="XX" version="1.0"><s:Name>C</s:Name><s:Concept id="K"><s:Name>K</s:Name></s:Concept>
          <s:Concept id="V"><s:Name>V</s:Name></s:Concept></s:ConceptScheme></Concepts>
        <KeyFamilies><s:KeyFamily id="KF" agencyID="XX" version="1.0"><s:Name>F</s:Name><s:Components>
          <s:Dimension conceptRef="K" conceptSchemeRef="CS" conceptSchemeAgency="XX" codelist="CL" codelistAgency="XX"><s:TextFormat textType="Double" minLength="0" maxLength="9"/></s:Dimension>
          <s:PrimaryMeasure conceptRef="V" conceptSchemeRef="CS" conceptSchemeAgency="XX"/></s:Components></s:KeyFamily></KeyFamilies></Structure>
        """;

    [Fact]
    public void An_item_that_is_its_own_parent_has_none_and_real_circles_stay_errors()
    {
        (StructureMessage message, IssueList issues) = Read();
        message.Structures.Of<Codelist>().Single().Codes.Select(c => c.ParentId).Should().Equal(null, "A", "D", "C");
        Issue own = issues.Kept.Single(i => i.Code == IssueCodes.OwnParent);
        (own.Severity, own.Location.Line).Should().Be((Severity.Warning, 4));
        issues.Kept.Single(i => i.Severity == Severity.Error).Code.Should().Be(IssueCodes.CircularParents);
    }

    [Theory]
    [InlineData("2.1")]
    [InlineData("3.0")]
    [InlineData("3.1")]
    public void Header_ids_lengths_and_types_are_written_as_the_schemas_have_them(string version)
    {
        StructureMessage message = Read().Message;
        SdmxFormat format = version switch { "2.1" => MediaTypes.StructureXml21, "3.0" => MediaTypes.StructureXml30, _ => MediaTypes.StructureXml31 };
        using MemoryStream stream = new();
        IssueList losses = new();
        StructureMessages.Write(format, stream, message.Structures.All, message.Header!, losses);
        string written = Encoding.UTF8.GetString(stream.ToArray());
        written.Should().Contain("ID>data_fao_org_2020<").And.Contain("id=\"stat_office\"");
        written.Should().NotContain("minLength").And.Contain("maxLength=\"9\"").And.NotContain("Double");
        losses.Kept.Should().Contain(i => i.Code == IssueCodes.NotCarried && i.Arguments[0].StartsWith("TextFormat.DataType"));
    }

    private static (StructureMessage Message, IssueList Issues) Read()
    {
        IssueList issues = new();
        return (StructureMessages.Read(new MemoryStream(Encoding.UTF8.GetBytes(Message)), issues), issues);
    }
}
