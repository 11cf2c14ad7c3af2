using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Corpus;

/// <summary>
/// A schema for a message whose data structure is not in the corpus: everything uncoded; what stands at series (or in keys) is a
/// dimension, what stands at observations an attribute. Enough to count by, not to validate by.
/// </summary>
internal static class GuessedSchema
{
    private const string Base = "http://www.sdmx.org/resources/sdmxml/schemas/";

    private static readonly Representation Complex = new() { MaxOccurs = null, TextFormat = new TextFormat { IsMultilingual = true } };

    public static DataSchema OfXml(Stream stream, bool isFlat)
    {
        HashSet<string> dimensions = [], attributes = [];
        using XmlReader xml = XmlReader.Create(stream);
        string container = "";
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (xml.LocalName)
            {
                case "SeriesKey" or "ObsKey" or "Attributes":
                    container = xml.LocalName;
                    break;
                case "Value" when xml.GetAttribute("id") is { } id:
                    (container == "Attributes" ? attributes : dimensions).Add(id);
                    break;
                case "ObsDimension" when xml.GetAttribute("id") is { } id:
                    dimensions.Add(id);
                    break;
                case "Comp":
                    attributes.Add(xml.GetAttribute("id")!);
                    break;
                case "Series" or "Obs" or "Group" or "DataSet" or "Atts":
                    bool isKey = xml.LocalName == "Series" || (isFlat && xml.LocalName == "Obs");
                    while (xml.MoveToNextAttribute())
                    {
                        if (xml.NamespaceURI.Length == 0 && xml.LocalName is not ("structureRef" or "action" or "type" or "setID" or "validFromDate" or "validToDate"))
                        {
                            (isKey ? dimensions : attributes).Add(xml.LocalName);
                        }
                    }

                    break;
            }
        }

        return Make(dimensions, attributes);
    }

    public static DataSchema OfCsv(string header)
    {
        string[] format = ["DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"];
        string[] columns = [.. header.TrimStart('\uFEFF').Split(',', ';', '\t').Select(c => c.Trim('"').Split(':', '[')[0])];
        return Make([], columns.Where(c => !format.Contains(c)), columns.Contains("TIME_PERIOD"));
    }

    /// <summary>By what an SDMX-JSON message says about its structures; attributes at the series are taken for those of the series.</summary>
    public static DataSchema OfJson(System.Text.Json.JsonElement data)
    {
        System.Text.Json.JsonElement[] structures = data.TryGetProperty("structures", out System.Text.Json.JsonElement all) ? [.. all.EnumerateArray()] : [data.GetProperty("structure")];
        IEnumerable<string> Ids(string kind) => structures.Where(s => s.TryGetProperty(kind, out _)).SelectMany(s => s.GetProperty(kind).EnumerateObject())
            .Where(level => level.Value.ValueKind == System.Text.Json.JsonValueKind.Array)
            .SelectMany(level => level.Value.EnumerateArray()).Select(c => c.GetProperty("id").GetString()!).Distinct();
        return Make(Ids("dimensions"), Ids("attributes"), Ids("dimensions").Contains("TIME_PERIOD"), hasComplexAttributes: true);
    }

    private static DataSchema Make(IEnumerable<string> dimensions, IEnumerable<string> attributes, bool hasTime = true, bool hasComplexAttributes = false)
    {
        static StructureReference Concept(string id) => new(StructureType.ConceptScheme, "TEST", "CS", "1.0", id);
        string[] keys = [.. dimensions.Except(["TIME_PERIOD", "OBS_VALUE"])];
        DataStructure structure = new()
        {
            Id = "GUESSED",
            AgencyId = "TEST",
            Version = SdmxVersion.Parse("1.0"),
            Dimensions = [.. keys.Select(d => new Dimension { Id = d, Concept = Concept(d) }), .. hasTime ? [new Dimension { Id = "TIME_PERIOD", Concept = Concept("TIME_PERIOD"), IsTime = true }] : Array.Empty<Dimension>()],
            Measures = [new Measure { Id = "OBS_VALUE", Concept = Concept("OBS_VALUE") }],
            Attributes = [.. attributes.Distinct().Except(keys).Except(["TIME_PERIOD", "OBS_VALUE"])
                .Select(a => new DataAttribute { Id = a, Concept = Concept(a), Relationship = AttributeRelationship.Observation, Representation = hasComplexAttributes ? Complex : null })],
        };
        return DataSchema.Resolve(new StructureSet([structure]), structure.Reference, new IssueList())!;
    }
}
