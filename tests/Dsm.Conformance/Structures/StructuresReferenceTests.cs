using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Dsm.Conformance.Structures;

public partial class StructuresReferenceTests
{
    private static readonly string[] Flows = ["FSTOCK", "WPERMIT", "ENTRY", "EXIT", "ASYLAPP", "RSD"];
    private static readonly string[] States = ["ARM", "AZE", "BLR", "GEO", "KAZ", "KGZ", "MDA", "RUS", "TJK", "TKM", "UKR", "UZB"];

    [Fact]
    public void No_reference_dangles()
    {
        HashSet<string> known = KnownUrns();
        List<string> dangling = [];
        int references = 0;
        foreach (string file in StructureFiles.All())
        {
            foreach (XElement element in XDocument.Load(file).Descendants().Where(e => !e.HasElements && e.Value.StartsWith("urn:sdmx:", StringComparison.Ordinal)))
            {
                if (element.Value.Contains('*', StringComparison.Ordinal))
                {
                    continue; // a metadata target names a set of artefacts, not one
                }

                references++;
                // A wildcard (1.0+.0) is met by the version it starts from.
                if (!known.Contains(Tail(element.Value).Replace("+", "", StringComparison.Ordinal)))
                {
                    dangling.Add($"{StructureFiles.Relative(file)}: {element.Value}");
                }
            }
        }

        dangling.Should().BeEmpty();
        references.Should().BeGreaterThan(500);
    }

    [Fact]
    public void Every_artefact_belongs_to_a_declared_agency()
    {
        HashSet<string> agencies = StructureFiles.Artefacts()
            .Where(a => a.Artefact.Name.LocalName == "AgencyScheme")
            .SelectMany(a => a.Artefact.Elements(StructureFiles.Structure + "Agency").Select(agency =>
            {
                string owner = (string)a.Artefact.Attribute("agencyID")!;
                string id = (string)agency.Attribute("id")!;
                return owner == "SDMX" ? id : $"{owner}.{id}";
            }))
            .ToHashSet();

        StructureFiles.Artefacts().Select(a => (string)a.Artefact.Attribute("agencyID")!).Distinct()
            .Should().OnlyContain(agency => agencies.Contains(agency));
    }

    [Fact]
    public void Every_parent_code_exists_in_its_list()
    {
        foreach ((string file, XElement list) in StructureFiles.Artefacts().Where(a => a.Artefact.Name.LocalName == "Codelist"))
        {
            HashSet<string> codes = list.Elements(StructureFiles.Structure + "Code").Select(e => (string)e.Attribute("id")!).ToHashSet();
            list.Descendants(StructureFiles.Structure + "Parent").Select(e => e.Value).Except(codes)
                .Should().BeEmpty(StructureFiles.Relative(file));
        }
    }

    [Fact]
    public void Every_state_has_an_agreement_for_each_of_the_six_flows()
    {
        string[] agreements = StructureFiles.Artefacts()
            .Where(a => a.Artefact.Name.LocalName == "ProvisionAgreement")
            .Select(a => (string)a.Artefact.Attribute("id")!)
            .ToArray();

        agreements.Should().HaveCountGreaterOrEqualTo(72);
        foreach (string state in States)
        {
            foreach (string flow in Flows)
            {
                agreements.Should().Contain(id => id.StartsWith($"PA_{flow}_{state}_", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void The_list_of_compiling_organisations_is_the_list_of_data_providers()
    {
        IEnumerable<string> Ids(string artefact, string item) => StructureFiles.Artefacts()
            .Single(a => (string?)a.Artefact.Attribute("id") == artefact).Artefact
            .Elements(StructureFiles.Structure + item).Select(e => (string)e.Attribute("id")!);

        Ids("CL_COMPILING_ORG", "Code").Should().Equal(Ids("DATA_PROVIDERS", "DataProvider"));
    }

    private static HashSet<string> KnownUrns()
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach ((string _, XElement artefact) in StructureFiles.Artefacts())
        {
            string own = $"{artefact.Name.LocalName}={(string?)artefact.Attribute("agencyID")}:{(string?)artefact.Attribute("id")}({(string?)artefact.Attribute("version") ?? "1.0"})";
            known.Add(own).Should().BeTrue($"{own} is defined twice");
            foreach (XElement item in artefact.Elements().Where(e => ItemNames().IsMatch(e.Name.LocalName)))
            {
                string prefix = own[(own.IndexOf('=', StringComparison.Ordinal) + 1)..];
                known.Add($"{item.Name.LocalName}={prefix}.{(string?)item.Attribute("id")}");
            }
        }

        return known;
    }

    private static string Tail(string urn)
    {
        return urn[(urn.LastIndexOf('.', urn.IndexOf('=', StringComparison.Ordinal)) + 1)..];
    }

    [GeneratedRegex("^(Code|Concept|Category|Agency|DataProvider)$")]
    private static partial Regex ItemNames();
}
