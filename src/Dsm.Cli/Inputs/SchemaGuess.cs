using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Cli.Inputs;

/// <summary>
/// A schema for comparing data whose data structure is not at hand: everything uncoded; dimensions are what stands in keys, at series, or in
/// CSV before the time and the value. Where two messages are compared a component is a dimension only when it looks like one in both.
/// </summary>
internal static class SchemaGuess
{
    private const string Time = "TIME_PERIOD", Value = "OBS_VALUE";

    private static readonly string[] NoComponents =
    [
        "DATAFLOW", "LAST UPDATE", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY", "structureRef", "action", "type", "setID", "validFromDate", "validToDate", "id",
        "keyFamilyURI", "dataScope",
    ];

    /// <summary>The schema of messages; null when one is of a format that does not show its dimensions.</summary>
    public static DataSchema? Of(IReadOnlyList<MessageInput> inputs)
    {
        (HashSet<string> Dimensions, HashSet<string> Others)?[] guesses = [.. inputs.Select(Guess)];
        if (guesses.Any(g => g is null || g.Value.Dimensions.Count == 0))
        {
            return null;
        }

        string[] dimensions = [.. guesses[0]!.Value.Dimensions.Where(d => guesses.All(g => g!.Value.Dimensions.Contains(d)))];
        return Make(dimensions, guesses.SelectMany(g => g!.Value.Dimensions.Concat(g.Value.Others)).Distinct().Except(dimensions));
    }

    private static (HashSet<string>, HashSet<string>)? Guess(MessageInput input)
    {
        IssueList issues = new();
        SdmxFormat? format = input.Format(issues);
        using Stream content = MessagePacking.Unpack(input.Open(), issues, DataReaderOptions.Default.MaxBytes);
        try
        {
            return format?.Kind switch
            {
                MessageKind.CsvData => Csv(content),
                MessageKind.GenericData or MessageKind.StructureSpecificData => Xml(content),
                _ => null,
            };
        }
        catch (XmlException)
        {
            return null; // the reader of the data says why
        }
    }

    private static (HashSet<string>, HashSet<string>)? Csv(Stream content)
    {
        using StreamReader reader = new(content);
        char[] separators = [',', ';', '\t'];
        string[] columns = [.. (reader.ReadLine() ?? "").Split(separators).Select(c => c.Trim('"', ' ').Split(':', '[')[0])];
        int value = Array.IndexOf(columns, Value);
        return value < 0 ? null : ([.. Components(columns[..value])], [.. Components(columns[value..])]);
    }

    private static (HashSet<string>, HashSet<string>) Xml(Stream content)
    {
        HashSet<string> keys = [], others = [];
        using XmlReader xml = XmlReader.Create(content, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        string container = "";
        bool hasSeries = false;
        HashSet<string> onObservations = [];
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
                case "Value" when (xml.GetAttribute("id") ?? xml.GetAttribute("concept")) is { } id:
                    (container == "Attributes" ? others : keys).Add(id);
                    break;
                case "Comp" when xml.GetAttribute("id") is { } id:
                    others.Add(id);
                    break;
                case "Series" or "Obs" or "Group" or "DataSet" or "Atts":
                    hasSeries |= xml.LocalName == "Series";
                    (xml.LocalName switch { "Series" => keys, "Obs" => onObservations, _ => others }).UnionWith(Attributes(xml));
                    break;
            }
        }

        // In flat data keys and attributes stand side by side.
        (hasSeries ? others : keys).UnionWith(onObservations);
        return ([.. Components(keys)], [.. Components(others)]);
    }

    private static List<string> Attributes(XmlReader xml)
    {
        List<string> names = [];
        while (xml.MoveToNextAttribute())
        {
            if (xml.NamespaceURI.Length == 0)
            {
                names.Add(xml.LocalName);
            }
        }

        xml.MoveToElement();
        return names;
    }

    private static IEnumerable<string> Components(IEnumerable<string> names) => names.Where(n => n is not (Time or Value or "") && !NoComponents.Contains(n));

    private static DataSchema? Make(string[] dimensions, IEnumerable<string> attributes)
    {
        static StructureReference Concept(string id) => new(StructureType.ConceptScheme, "DSM", "GUESS", "1.0", id);
        DataStructure structure = new()
        {
            AgencyId = "DSM",
            Id = "GUESS",
            Version = SdmxVersion.Default,
            Dimensions = [.. dimensions.Select(d => new Dimension { Id = d, Concept = Concept(d) }), new Dimension { Id = Time, Concept = Concept(Time), IsTime = true }],
            Measures = [new Measure { Id = Value, Concept = Concept(Value) }],
            Attributes = [.. attributes.Select(a => new DataAttribute { Id = a, Concept = Concept(a), Relationship = AttributeRelationship.Observation })],
        };
        return DataSchema.Resolve(new StructureSet([structure]), structure.Reference, new IssueList());
    }
}
