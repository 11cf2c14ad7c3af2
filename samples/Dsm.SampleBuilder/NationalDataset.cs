namespace Dsm.SampleBuilder;

/// <summary>The format a national office publishes in.</summary>
public enum SampleFormat
{
    /// <summary>SDMX-ML 2.1 generic data.</summary>
    Generic21,

    /// <summary>SDMX-ML 2.1 structure-specific data.</summary>
    StructureSpecific21,

    /// <summary>SDMX-ML 3.0 structure-specific data.</summary>
    StructureSpecific30,

    /// <summary>SDMX-CSV 1.0.</summary>
    Csv10,

    /// <summary>SDMX-CSV 2.0.</summary>
    Csv20,
}

/// <summary>One observation in national codes.</summary>
/// <param name="Key">Value per dimension, TIME_PERIOD included where the structure has it.</param>
/// <param name="Value">The figure; null when the office gives none.</param>
/// <param name="Attributes">Value per attribute, at whatever level the structure attaches it.</param>
public sealed record SampleRow(IReadOnlyDictionary<string, string> Key, string? Value, IReadOnlyDictionary<string, string> Attributes);

/// <summary>One file of one national office and how the hub is told to collect it.</summary>
/// <param name="State">ISO 3166-1 alpha-3 code of the state.</param>
/// <param name="Shape">The national structure.</param>
/// <param name="Format">The format of the file.</param>
/// <param name="Agreement">Id of the provision agreement, e.g. <c>PA_RSD_RUS_MVD</c>.</param>
/// <param name="Map">URN of the structure map; null when the file is in the regional structure already.</param>
/// <param name="Rows">The observations.</param>
public sealed record NationalDataset(string State, FlowShape Shape, SampleFormat Format, string Agreement, string? Map, IReadOnlyList<SampleRow> Rows)
{
    /// <summary>True when the figures are made up for the demonstration.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>True when the source answers SDMX REST queries; false for a plain file.</summary>
    public bool IsRest { get; init; }

    /// <summary>True when the source can say what changed since an instant.</summary>
    public bool KnowsUpdates { get; init; }

    /// <summary>Name of the file below samples/data.</summary>
    public string File => $"{State}/{Shape.Flow}{(Format is SampleFormat.Csv10 or SampleFormat.Csv20 ? ".csv" : ".xml")}";
}
