using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>What any component of a key family of SDMX-ML 2.0 says.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Concept">The concept; its id is that of the component.</param>
/// <param name="Representation">Own representation, or null.</param>
/// <param name="Roles">Roles.</param>
/// <param name="Annotations">Annotations.</param>
/// <param name="Groups">Groups an attribute is attached to.</param>
/// <param name="Measures">Measures an attribute speaks of: codes of the measure dimension, or concepts.</param>
internal sealed record Structure20Part(
    Location Location,
    StructureReference Concept,
    Representation? Representation,
    ImmutableArray<StructureReference> Roles,
    ImmutableArray<Annotation> Annotations,
    List<string> Groups,
    List<string> Measures);

/// <summary>The components of a key family. Accumulates while they are read, in any order.</summary>
internal sealed class Structure20Components
{
    public List<Dimension> Dimensions { get; } = [];

    public Dimension? Time { get; set; }

    public List<DimensionGroup> Groups { get; } = [];

    public Measure? Measure { get; set; }

    public List<CrossSectionalMeasure> CrossSectional { get; } = [];

    public List<(DataAttribute Attribute, List<string> Measures, Location Location)> Attributes { get; } = [];

    /// <summary>The data structure: attributes of the series belong to all dimensions but time.</summary>
    public DataStructure ToStructure(string agency, string id)
    {
        ImmutableArray<string> series = [.. Dimensions.Select(d => d.Id)];
        return new DataStructure
        {
            AgencyId = agency,
            Id = id,
            Dimensions = Time is null ? [.. Dimensions] : [.. Dimensions, Time],
            Groups = [.. Groups.Select(g => g with { Dimensions = [.. g.Dimensions.Select(NameOf)] })],
            Attributes = [.. Attributes.Select(a => a.Attribute.Relationship == AttributeRelationship.Dimensions ? a.Attribute with { Dimensions = series } : a.Attribute)],
            Measures = Measure is null ? [] : [Measure],
            CrossSectionalMeasures = [.. CrossSectional],
        };
    }

    /// <summary>Groups name dimensions by their concepts; the time dimension has another id.</summary>
    private string NameOf(string concept) => Time?.Concept.ItemId == concept ? Time.Id : concept;
}
