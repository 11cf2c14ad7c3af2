using System.Collections.Immutable;
using System.Xml.Linq;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Corpus;

/// <summary>A schema for a message of SDMX-ML 2.0 or 1.0 whose key family is not in the corpus, made from what the message uses.</summary>
internal static class GuessedSchema20
{
    private static readonly string[] NoComponents = ["value", "action", "datasetID", "keyFamilyURI", "TIME_PERIOD", "OBS_VALUE"];

    public static DataSchema Of(Stream stream)
    {
        XElement[] all = [.. XDocument.Load(stream).Descendants()];
        XElement[] dataSets = [.. all.Where(e => e.Name.LocalName == "DataSet")];
        bool isCross = all.Any(e => e.Name.LocalName == "Section");
        HashSet<string> dimensions = [], attributes = [], shared = [];
        foreach (XElement element in dataSets.SelectMany(d => d.DescendantsAndSelf()))
        {
            string? concept = (string?)element.Attribute("concept");
            if (concept is not null)
            {
                XElement parent = element.Parent!;
                (parent.Name.LocalName != "Attributes" ? dimensions : parent.Parent!.Name.LocalName == "Obs" ? attributes : shared).Add(concept);
                continue;
            }

            bool isKey = element.Name.LocalName == "Series" && !element.Elements().Any(e => e.Name.LocalName is "Key" or "SeriesKey");
            IEnumerable<string> named = element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.NamespaceName.Length == 0).Select(a => a.Name.LocalName);
            (isKey ? dimensions : element.Name.LocalName == "Obs" || isCross ? attributes : shared).UnionWith(named);
            if (element.Parent!.Name.LocalName == "Key")
            {
                dimensions.Add(element.Name.LocalName);
            }
        }

        dimensions.ExceptWith(NoComponents);
        return Make([.. dimensions], [.. shared.Except(dimensions).Except(NoComponents)], [.. attributes.Except(shared).Except(dimensions).Except(NoComponents)], isCross);
    }

    private static DataSchema Make(string[] dimensions, string[] shared, string[] attributes, bool isCross)
    {
        static StructureReference Concept(string id) => new(StructureType.ConceptScheme, "TEST", "CS", "1.0", id);
        ImmutableArray<Dimension> measure = isCross ? [new Dimension { Id = "MEASURE_CODE", Concept = Concept("MEASURE_CODE"), IsMeasureDimension = true }] : [];
        DataStructure structure = new()
        {
            Id = "GUESSED",
            AgencyId = "TEST",
            Dimensions = [.. dimensions.Select(d => new Dimension { Id = d, Concept = Concept(d) }), .. measure, new Dimension { Id = "TIME_PERIOD", Concept = Concept("TIME"), IsTime = true }],
            Measures = [new Measure { Id = "OBS_VALUE", Concept = Concept("OBS_VALUE") }],
            Attributes = [.. shared.Select(a => new DataAttribute { Id = a, Concept = Concept(a), Relationship = AttributeRelationship.Dimensions, Dimensions = [.. dimensions] }),
                .. attributes.Select(a => new DataAttribute { Id = a, Concept = Concept(a), Relationship = AttributeRelationship.Observation })],
        };
        return DataSchema.Resolve(new StructureSet([structure]), structure.Reference, new IssueList())!;
    }
}
