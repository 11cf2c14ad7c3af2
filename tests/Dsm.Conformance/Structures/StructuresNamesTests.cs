using System.Xml.Linq;

namespace Dsm.Conformance.Structures;

public class StructuresNamesTests
{
    private static readonly XName Lang = XNamespace.Xml + "lang";

    [Fact]
    public void Everything_named_has_an_English_and_a_Russian_name()
    {
        List<string> missing = [];
        int named = 0;
        foreach (string file in StructureFiles.All())
        {
            IEnumerable<XElement> owners = XDocument.Load(file).Descendants(StructureFiles.Common + "Name")
                .Select(name => name.Parent!)
                .Distinct();
            foreach (XElement owner in owners)
            {
                named++;
                foreach (string language in (string[])["en", "ru"])
                {
                    XElement? name = owner.Elements(StructureFiles.Common + "Name").FirstOrDefault(e => (string?)e.Attribute(Lang) == language);
                    if (string.IsNullOrWhiteSpace(name?.Value))
                    {
                        missing.Add($"{StructureFiles.Relative(file)}: {(string?)owner.Attribute("id")} has no name in {language}");
                    }
                }
            }
        }

        missing.Should().BeEmpty();
        named.Should().BeGreaterThan(1000);
    }

    [Fact]
    public void Russian_names_of_regional_codes_are_written_in_Cyrillic()
    {
        IEnumerable<string> latin = StructureFiles.Artefacts()
            .Where(a => a.Artefact.Name.LocalName == "Codelist" && (string?)a.Artefact.Attribute("agencyID") == "EECA")
            .SelectMany(a => a.Artefact.Elements(StructureFiles.Structure + "Code"))
            .Where(code => !code.Elements(StructureFiles.Common + "Name")
                .Single(e => (string?)e.Attribute(Lang) == "ru").Value.Any(c => c is >= 'А' and <= 'я'))
            .Select(code => (string)code.Attribute("id")!);

        latin.Should().BeEmpty();
    }

    [Theory]
    [InlineData("MDA", "Республика Молдова")]
    [InlineData("KGZ", "Кыргызстан")]
    [InlineData("TKM", "Туркменистан")]
    [InlineData("BLR", "Беларусь")]
    public void The_states_of_the_region_are_named_as_they_name_themselves(string code, string expected)
    {
        XElement list = StructureFiles.Artefacts().Single(a => (string?)a.Artefact.Attribute("id") == "CL_CITIZENSHIP").Artefact;
        XElement element = list.Elements(StructureFiles.Structure + "Code").Single(e => (string?)e.Attribute("id") == code);

        element.Elements(StructureFiles.Common + "Name").Single(e => (string?)e.Attribute(Lang) == "ru").Value.Should().Be(expected);
    }
}
