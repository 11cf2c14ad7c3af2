using System.Text;
using System.Text.Json.Nodes;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>Schemas of messages of reference metadata, of the region's own metadata structure.</summary>
public sealed class MetadataSchemaWriterTests
{
    private static readonly StructureSet Structures = StructureSelectionSpecimens.Structures.Value;
    private static readonly MetadataStructure Notes = Structures.Of<MetadataStructure>().Single(s => s.Id == "MSD_MIG_NOTES");

    [Theory]
    [InlineData("2.0.0")]
    [InlineData("2.1.0")]
    public void Json_names_every_attribute_where_it_belongs_and_what_must_be_there(string version)
    {
        using MemoryStream output = new();
        JsonMetadataSchemaWriter.Write(Structures, Notes, Notes.Reference, version == "2.0.0" ? MediaTypes.SchemaJson20 : MediaTypes.SchemaJson21, output);
        JsonNode set = JsonNode.Parse(output.ToArray())!["properties"]!["data"]!["properties"]!["metadataSets"]!["items"]!;
        JsonNode attributes = set["properties"]!["attributes"]!;
        Strings(attributes["items"]!["properties"]!["id"]!["enum"]!).Should().Equal(Notes.Attributes.Select(a => a.Id));
        set["else"]!["properties"]!["attributes"]!["allOf"]!.AsArray().Should().HaveCount(Notes.Attributes.Count(a => a.MinOccurs > 0));
        JsonNode contact = attributes["items"]!["allOf"]!.AsArray().Single(r => (string?)r!["if"]!["properties"]!["id"]!["const"] == "CONTACT")!["then"]!;
        Strings(contact["properties"]!["attributes"]!["items"]!["properties"]!["id"]!["enum"]!).Should().Contain("CONTACT_EMAIL").And.NotContain("META_UPDATE");
        contact["not"].Should().NotBeNull("it only groups others");
    }

    [Fact]
    public void Xml_has_an_element_for_every_attribute()
    {
        using MemoryStream output = new();
        MetadataSchemaWriter21.Write(Structures, Notes, Notes.Reference, output);
        string schema = Encoding.UTF8.GetString(output.ToArray());
        schema.Should().Contain($"targetNamespace=\"{Notes.Urn}\"").And.Contain("<xs:complexType name=\"MSD_MIG_NOTES\">").And.Contain("name=\"MSD_MIG_NOTES.TARGET\"");
        foreach (MetadataAttribute attribute in Notes.Attributes.SelectMany(a => a.Children.Prepend(a)))
        {
            schema.Should().Contain($"<xs:element name=\"{attribute.Id}\" form=\"unqualified\" minOccurs=\"{attribute.MinOccurs}\"");
        }
    }

    [Fact]
    public void Other_formats_are_refused()
        => FluentActions.Invoking(() => JsonMetadataSchemaWriter.Write(Structures, Notes, Notes.Reference, MediaTypes.MetadataJson21, Stream.Null)).Should().Throw<ArgumentException>();

    private static IEnumerable<string?> Strings(JsonNode list) => list.AsArray().Select(n => (string?)n);
}
