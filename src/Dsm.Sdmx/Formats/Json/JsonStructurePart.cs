using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Where a component is presented in a JSON data set (field guide, "dimensions, measures, attributes").</summary>
internal enum JsonLevel
{
    DataSet,
    DimensionGroup,
    Series,
    Observation,
}

/// <summary>
/// What a data message says about its structure: which components stand at which level, and the values that the indices of the data
/// sets mean (SDMX-JSON, object <c>structure</c>).
/// </summary>
internal sealed class JsonStructurePart
{
    /// <summary>Artefacts that the links name, in their order.</summary>
    public List<StructureReference> References { get; } = [];

    public List<JsonComponentPart>[] Dimensions { get; } = [[], [], [], []];

    public List<JsonComponentPart>[] Attributes { get; } = [[], [], [], []];

    /// <summary>The measures; null when the message does not say, and the values are those of the only measure.</summary>
    public List<JsonComponentPart>? Measures { get; set; }

    /// <summary>Data sets that follow it; empty when not said.</summary>
    public List<int> DataSets { get; } = [];

    /// <summary>Where it stands in the message.</summary>
    public Location Location { get; init; }

    /// <summary>All dimensions in the order in which they are presented: data set, series, observation.</summary>
    public IEnumerable<JsonComponentPart> AllDimensions => Dimensions.SelectMany(d => d);
}

/// <summary>A dimension, measure or attribute as a data message presents it.</summary>
internal sealed class JsonComponentPart
{
    public string Id { get; set; } = "";

    /// <summary>Zero-based position in the key; null when not said.</summary>
    public int? KeyPosition { get; set; }

    /// <summary>Value that holds where none is sent; null for none.</summary>
    public string? Default { get; set; }

    /// <summary>The values that indices mean; null when the data sets hold the values themselves.</summary>
    public List<ComplexValue?>? Values { get; set; }

    /// <summary>Dimensions that an attribute depends on; empty when not said.</summary>
    public ImmutableArray<string> Relationship { get; set; } = [];

    public Location Location { get; init; }
}
