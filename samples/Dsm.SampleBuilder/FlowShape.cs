using System.Xml.Linq;

namespace Dsm.SampleBuilder;

/// <summary>Where a structure attaches an attribute.</summary>
public enum AttributeLevel
{
    /// <summary>To each observation.</summary>
    Observation,

    /// <summary>To some dimensions; written at the series.</summary>
    Series,

    /// <summary>To the dataset.</summary>
    DataSet,
}

/// <summary>What a writer needs of a dataflow and its data structure, read from the files under structures/.</summary>
/// <param name="Agency">Agency of the dataflow.</param>
/// <param name="Flow">Id of the dataflow.</param>
/// <param name="Version">Version of the dataflow.</param>
/// <param name="Dimensions">Dimensions in order, without the time dimension.</param>
/// <param name="HasTime">True when the structure has a time dimension.</param>
/// <param name="Attributes">Attributes in order with their level.</param>
public sealed record FlowShape(string Agency, string Flow, string Version, IReadOnlyList<string> Dimensions, bool HasTime, IReadOnlyList<KeyValuePair<string, AttributeLevel>> Attributes)
{
    private static readonly XNamespace S = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure";

    /// <summary>URN of the dataflow.</summary>
    public string Urn => $"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow={Agency}:{Flow}({Version})";

    /// <summary>Reads the dataflow and its structure from <paramref name="folder"/> and the folder <c>datastructure</c> beside it.</summary>
    public static FlowShape Load(string folder, string flowId, string version)
    {
        XElement flow = Artefact(Path.Combine(folder, "dataflow", $"{flowId}.{version}.xml"));
        // A version wildcard (1.0+.0) is met by the version it starts from.
        string structureUrn = flow.Element(S + "Structure")!.Value.Replace("+", "", StringComparison.Ordinal);
        string structureId = structureUrn[(structureUrn.LastIndexOf(':') + 1)..].Replace("(", ".", StringComparison.Ordinal).TrimEnd(')');
        XElement structure = Artefact(Path.Combine(folder, "datastructure", structureId + ".xml"));
        IEnumerable<KeyValuePair<string, AttributeLevel>> attributes = structure.Descendants(S + "Attribute")
            .Select(a => KeyValuePair.Create((string)a.Attribute("id")!, Level(a.Element(S + "AttributeRelationship")!)));
        return new FlowShape(
            (string)flow.Attribute("agencyID")!,
            flowId,
            version,
            structure.Descendants(S + "Dimension").Where(d => d.Attribute("position") is not null).Select(d => (string)d.Attribute("id")!).ToArray(),
            structure.Descendants(S + "TimeDimension").Any(),
            attributes.ToArray());
    }

    private static XElement Artefact(string file)
    {
        return XDocument.Load(file).Root!.Descendants(S + "DataStructures").Concat(XDocument.Load(file).Root!.Descendants(S + "Dataflows")).Elements().Single();
    }

    private static AttributeLevel Level(XElement relationship)
    {
        return relationship.Elements().First().Name.LocalName switch
        {
            "Observation" => AttributeLevel.Observation,
            "Dataflow" => AttributeLevel.DataSet,
            _ => AttributeLevel.Series,
        };
    }
}
