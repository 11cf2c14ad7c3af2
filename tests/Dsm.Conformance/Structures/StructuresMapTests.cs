using System.Xml.Linq;

namespace Dsm.Conformance.Structures;

/// <summary>What the maps promise: every code they name exists, and every mandatory component of the target gets a value.</summary>
public class StructuresMapTests
{
    private static readonly XNamespace S = StructureFiles.Structure;

    private static readonly Dictionary<string, XElement> Artefacts = StructureFiles.Artefacts()
        .Select(a => a.Artefact)
        .ToDictionary(Urn, StringComparer.Ordinal);

    [Fact]
    public void Every_code_named_by_a_representation_map_exists()
    {
        List<string> unknown = [];
        int checkedValues = 0;
        foreach ((string urn, XElement map) in Artefacts.Where(a => a.Value.Name == S + "RepresentationMap"))
        {
            HashSet<string>?[] sources = Sides(map, "Source");
            HashSet<string>?[] targets = Sides(map, "Target");
            foreach (XElement row in map.Elements(S + "RepresentationMapping"))
            {
                XElement[] sourceValues = row.Elements(S + "SourceValue").ToArray();
                XElement[] targetValues = row.Elements(S + "TargetValue").ToArray();
                sourceValues.Should().HaveSameCount(sources, urn);
                targetValues.Should().HaveSameCount(targets, urn);
                for (int i = 0; i < sources.Length; i++)
                {
                    bool isPattern = (string?)sourceValues[i].Attribute("isRegEx") == "true" || sourceValues[i].Attribute("startIndex") is not null;
                    Check(sources[i], sourceValues[i].Value, isPattern);
                }

                for (int i = 0; i < targets.Length; i++)
                {
                    Check(targets[i], targetValues[i].Value, targetValues[i].Value.Contains('\\', StringComparison.Ordinal));
                }
            }

            void Check(HashSet<string>? codes, string value, bool isPattern)
            {
                if (codes is null || isPattern)
                {
                    return;
                }

                checkedValues++;
                if (!codes.Contains(value))
                {
                    unknown.Add($"{urn}: {value}");
                }
            }
        }

        unknown.Should().BeEmpty();
        checkedValues.Should().BeGreaterThan(3000);
    }

    [Fact]
    public void No_exact_source_value_is_mapped_twice()
    {
        foreach ((string urn, XElement map) in Artefacts.Where(a => a.Value.Name == S + "RepresentationMap"))
        {
            map.Elements(S + "RepresentationMapping")
                .Select(row => string.Join('|', row.Elements(S + "SourceValue").Select(v => v.ToString())))
                .Should().OnlyHaveUniqueItems(urn);
        }
    }

    [Fact]
    public void Every_structure_map_names_components_that_exist_and_fills_what_is_mandatory()
    {
        List<string> findings = [];
        foreach ((string urn, XElement map) in Artefacts.Where(a => a.Value.Name == S + "StructureMap"))
        {
            XElement source = StructureOf(map.Element(S + "Source")!.Value);
            XElement target = StructureOf(map.Element(S + "Target")!.Value);
            HashSet<string> sourceIds = Components(source).Select(Id).ToHashSet();
            HashSet<string> targetIds = Components(target).Select(Id).ToHashSet();
            XElement[] parts = map.Elements().Where(e => e.Name.LocalName.EndsWith("Map", StringComparison.Ordinal)).ToArray();
            string[] used = parts.Elements(S + "Source").Select(e => e.Value).ToArray();
            string[] filled = parts.Elements(S + "Target").Select(e => e.Value).ToArray();

            findings.AddRange(used.Except(sourceIds).Select(id => $"{urn}: source has no {id}"));
            findings.AddRange(filled.Except(targetIds).Select(id => $"{urn}: target has no {id}"));
            findings.AddRange(filled.GroupBy(id => id).Where(g => g.Count() > 1).Select(g => $"{urn}: {g.Key} is filled twice"));
            findings.AddRange(Mandatory(target).Except(filled).Select(id => $"{urn}: {id} stays empty"));
        }

        findings.Should().BeEmpty();
    }

    [Fact]
    public void Fixed_values_are_codes_of_the_target()
    {
        List<string> findings = [];
        foreach ((string urn, XElement map) in Artefacts.Where(a => a.Value.Name == S + "StructureMap"))
        {
            XElement target = StructureOf(map.Element(S + "Target")!.Value);
            Dictionary<string, XElement> components = Components(target).ToDictionary(Id);
            foreach (XElement part in map.Elements(S + "FixedValueMap"))
            {
                string? list = components[part.Element(S + "Target")!.Value].Descendants(S + "Enumeration").SingleOrDefault()?.Value;
                if (list is not null && !Codes(list).Contains(part.Element(S + "Value")!.Value))
                {
                    findings.Add($"{urn}: {part.Element(S + "Target")!.Value}={part.Element(S + "Value")!.Value}");
                }
            }
        }

        findings.Should().BeEmpty();
    }

    [Fact]
    public void At_least_six_national_structures_differ_in_their_dimensions()
    {
        string[] shapes = Artefacts.Values
            .Where(a => a.Name == S + "DataStructure" && ((string)a.Attribute("agencyID")!).StartsWith("EECA.", StringComparison.Ordinal))
            .Select(a => string.Join(' ', a.Descendants(S + "Dimension").Where(d => d.Attribute("id") is not null).Select(Id)))
            .Distinct()
            .ToArray();

        shapes.Should().HaveCountGreaterOrEqualTo(6);
    }

    private static string Urn(XElement artefact)
    {
        return $"{artefact.Name.LocalName}={(string?)artefact.Attribute("agencyID")}:{Id(artefact)}({(string?)artefact.Attribute("version") ?? "1.0"})";
    }

    private static string Id(XElement element)
    {
        return (string)element.Attribute("id")!;
    }

    private static XElement Resolve(string urn)
    {
        return Artefacts[urn[(urn.LastIndexOf('.', urn.IndexOf('=', StringComparison.Ordinal)) + 1)..]];
    }

    private static XElement StructureOf(string dataflowUrn)
    {
        return Resolve(Resolve(dataflowUrn).Element(S + "Structure")!.Value.Replace("+", "", StringComparison.Ordinal));
    }

    private static HashSet<string> Codes(string codelistUrn)
    {
        return Resolve(codelistUrn).Elements(S + "Code").Select(Id).ToHashSet();
    }

    private static HashSet<string>?[] Sides(XElement map, string side)
    {
        return map.Elements()
            .Where(e => e.Name == S + (side + "Codelist") || e.Name == S + (side + "DataType"))
            .Select(e => e.Name == S + (side + "Codelist") ? Codes(e.Value) : null)
            .ToArray();
    }

    private static IEnumerable<XElement> Components(XElement structure)
    {
        return structure.Descendants()
            .Where(e => e.Name.LocalName is "Dimension" or "TimeDimension" or "Attribute" or "Measure" && e.Attribute("id") is not null);
    }

    private static IEnumerable<string> Mandatory(XElement structure)
    {
        return Components(structure)
            .Where(e => e.Name.LocalName is "Dimension" or "TimeDimension" or "Measure" || (string?)e.Attribute("usage") == "mandatory")
            .Select(Id);
    }
}
