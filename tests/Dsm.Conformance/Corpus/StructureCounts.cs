using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Corpus;

/// <summary>Counts what was read, by the names of the corpus index.</summary>
public static class StructureCounts
{
    /// <summary>The counts of a set of artefacts; names with zero are left out.</summary>
    /// <param name="artefacts">What was read.</param>
    /// <param name="version2">True for messages of SDMX-ML 2.1, where some elements have other names.</param>
    public static IReadOnlyDictionary<string, int> Of(IReadOnlyCollection<Maintainable> artefacts, bool version2)
    {
        Dictionary<string, int> counts = [];
        void Add(string name, int count)
        {
            if (count > 0)
            {
                counts[name] = counts.GetValueOrDefault(name) + count;
            }
        }

        foreach (Maintainable artefact in artefacts)
        {
            string type = (artefact.Type.Class, version2) switch
            {
                ("DataConstraint", true) => "ContentConstraint",
                ("Hierarchy", true) => "HierarchicalCodelist.Hierarchy",
                ("Codelist", _) when artefact is Codelist { GeoType: GeoCodelistType.Geographic } => "GeographicCodelist",
                ("Codelist", _) when artefact is Codelist { GeoType: GeoCodelistType.Grid } => "GeoGridCodelist",
                ("RepresentationMap", true) => "StructureSet.CodelistMap",
                ("StructureMap", true) => "StructureSet.StructureMap",
                _ => artefact.Type.Class,
            };
            Add(type, 1);
            switch (artefact)
            {
                case ItemScheme scheme:
                    string item = type switch { "GeographicCodelist" => "GeoFeatureSetCode", "GeoGridCodelist" => "GeoGridCode", "VtlMappingScheme" => "VtlMapping", _ => scheme.Type.ItemClass! };
                    Add($"{type}.{item}", scheme.AllItems.Count());
                    break;
                case MetadataConstraint constraint:
                    Add($"{type}.MetadataTargetRegion", constraint.Regions.Length);
                    break;
                case RepresentationMap map when version2:
                    Add("StructureSet.CodeMap", map.Mappings.Length);
                    break;
                case DataStructure dsd:
                    Add("DataStructure.TimeDimension", dsd.Dimensions.Count(d => d.IsTime));
                    Add("DataStructure.MeasureDimension", dsd.Dimensions.Count(d => d.IsMeasureDimension));
                    Add("DataStructure.Dimension", dsd.Dimensions.Count(d => !d.IsTime && !d.IsMeasureDimension));
                    Add("DataStructure.Attribute", dsd.Attributes.Length);
                    Add("DataStructure.Group", dsd.Groups.Length);
                    Add(version2 ? "DataStructure.PrimaryMeasure" : "DataStructure.Measure", dsd.Measures.Length);
                    Add("DataStructure.CrossSectionalMeasure", dsd.CrossSectionalMeasures.Length);
                    break;
                case DataConstraint constraint:
                    Add($"{type}.CubeRegion", constraint.Regions.Length);
                    Add($"{type}.DataKeySet", constraint.KeySets.Length);
                    break;
                case Hierarchy hierarchy:
                    Add(version2 ? "HierarchicalCodelist.HierarchicalCode" : "Hierarchy.HierarchicalCode", Count(hierarchy.Codes));
                    break;
                case MetadataStructure msd:
                    Add("MetadataStructure.MetadataAttribute", msd.Reports.IsEmpty ? Count(msd.Attributes) : msd.Reports.Sum(r => Count(r.Attributes)));
                    Add("MetadataStructure.MetadataTarget", msd.Targets.Length);
                    Add("MetadataStructure.ReportStructure", msd.Reports.Length);
                    break;
            }
        }

        if (version2)
        {
            Add("HierarchicalCodelist", artefacts.OfType<Hierarchy>().Select(h => (h.AgencyId, h.Container?.Id ?? h.Id, h.Version)).Distinct().Count());
        }

        Add("StructureSet", artefacts.Select(a => (a.AgencyId, (a as StructureMap)?.Container?.Id ?? (a as RepresentationMap)?.Container?.Id ?? (a as ItemSchemeMap)?.Container?.Id, a.Version))
            .Where(s => s.Item2 is not null).Distinct().Count());
        return counts;
    }

    private static int Count(IEnumerable<HierarchicalCode> codes) => codes.Sum(c => 1 + Count(c.Children));

    private static int Count(IEnumerable<MetadataAttribute> attributes) => attributes.Sum(a => 1 + Count(a.Children));
}
