namespace Dsm.Sdmx.Data;

/// <summary>
/// Words of the standard for a value of a measure or attribute that is missing on purpose (SDMX 3.0, technical notes, "Intentionally
/// missing values"). They stand for no value of the codelist or type, and satisfy "mandatory".
/// </summary>
public static class MissingValues
{
    /// <summary>Of numbers.</summary>
    public const string Number = "NaN";

    /// <summary>Of codes, texts and all else.</summary>
    public const string Other = "#N/A";

    /// <summary>Of a dimension that a dataflow does not use, in data of the data structure as a whole (SDMX 3.1, DimensionConstraint).</summary>
    public const string SwitchedOff = "~";
}
