using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>A Structure element of a data message's header: what data sets refer to by <c>structureRef</c>.</summary>
internal sealed record XmlDataReaderStructure
{
    public static readonly XmlDataReaderStructure Unknown = new();

    /// <summary>Id within the message.</summary>
    public string? Id { get; init; }

    /// <summary>Namespace of the structure's own schema, as used by <c>xsi:type</c>.</summary>
    public string? Namespace { get; init; }

    /// <summary>Agreement, dataflow or data structure; null when it could not be read.</summary>
    public StructureReference? Reference { get; init; }

    /// <summary>Id of the dimension, or AllDimensions; null when not said.</summary>
    public string? DimensionAtObservation { get; init; }

    /// <summary>True when <c>xsi:type</c> of observations names the value of the measure dimension (2.1).</summary>
    public bool HasExplicitMeasures { get; init; }
}
