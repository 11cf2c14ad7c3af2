using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Conformance.DataMessages;

/// <summary>Something that differs between a message and what was read of it.</summary>
/// <param name="Row">The row.</param>
/// <param name="Property">Property or component; null when the whole row is missing.</param>
/// <param name="Before">What was there; null for nothing.</param>
/// <param name="After">What is there; null for nothing.</param>
internal sealed record DataDifference(DataRow Row, string? Property, string? Before, string? After)
{
    public static List<DataDifference> Between(DataRows before, DataRows after, Func<string, bool> isCompared)
    {
        List<DataDifference> differences = [];
        foreach (DataRow row in before.All)
        {
            if (after.Find(row) is not { } other)
            {
                differences.Add(new DataDifference(row, null, row.Key, null));
                continue;
            }

            differences.AddRange(row.Cells.Keys.Union(other.Cells.Keys)
                .Where(p => isCompared(p) && row.Cells.GetValueOrDefault(p) != other.Cells.GetValueOrDefault(p))
                .Select(p => new DataDifference(row, p, row.Cells.GetValueOrDefault(p), other.Cells.GetValueOrDefault(p))));
        }

        differences.AddRange(after.All.Where(row => before.Find(row) is null).Select(row => new DataDifference(row, null, null, row.Key)));
        return differences;
    }

    /// <summary>What kind of difference it is, for the report of a failure.</summary>
    public string Kind => $"{Row.Kind}{(Row.Of?.Header.Action == DataSetAction.Delete ? " to delete" : "")} "
        + (Row.Of?.Schema.Find(Property ?? "") is { } component ? $"{component.Role}{(component.IsMultiValued ? " of several values" : "")}{(component.IsMultilingual ? " by language" : "")}"
            : Property ?? (After is null ? "missing" : "too many"));

    /// <summary>True when what was said explains it.</summary>
    /// <param name="said">First argument of S0006: a property of <see cref="Sdmx.Formats.KnownLosses.Data"/>, and what it concerns.</param>
    /// <param name="inChain">True when other conversions went before, so that structure and action may have been lost already.</param>
    public bool IsExplainedBy(string said, bool inChain = false)
    {
        string[] parts = said.Split(' ', 2);
        string? what = parts.ElementAtOrDefault(1);
        return parts[0] switch
        {
            "DataSet" => Property is null && Before is not null && Row.Of is { } of && (inChain || what == $"{of.Header.Action} {of.Header.ProvisionAgreement ?? of.Header.Structure}"),
            "MetadataReport" => Row.Kind == DataRowKind.Report && Property is null && Before is not null,
            "ObservationBatch.Series" => Row.Kind == DataRowKind.Series && Property is null && Before is not null,
            "Deletion.PartialKeys" => Row.Of?.Header.Action == DataSetAction.Delete && Property is null && Before is not null,
            "Deletion.Parts" => Row.Of?.Header.Action == DataSetAction.Delete && Property == what && After is null,
            "ObservationBatch.Measures" => Property == what && After is null,
            "ValueColumn.EmptyTexts" => Property == what && Before is "" && After is null,
            "ComplexValue.Values" => Property == what && Values(what).Length > 1,
            "LocalisedText.Texts" => Property == what && Values(what).Any(v => v.Texts is not [{ Key: ComplexValue.NoLanguage }]),
            "DataSetHeader.Annotations" => Property?.StartsWith("DataSetHeader.Annotations ", StringComparison.Ordinal) == true,
            { } property => Property == property || Property?.EndsWith(" " + property, StringComparison.Ordinal) == true,
        };
    }

    /// <summary>True when a row is missing for another reason that had what was said to be lost of it.</summary>
    public bool IsWithRowOf(string said) => Property is null && Before is not null && Row.Cells.ContainsKey(said[(said.IndexOf(' ', StringComparison.Ordinal) + 1)..]);

    public override string ToString() => $"{Row.Kind} {Row.Key} {Property}: {Before ?? "nothing"} -> {After ?? "nothing"}";

    private System.Collections.Immutable.ImmutableArray<Sdmx.Model.LocalisedText> Values(string? component)
        => Before is null || Row.Of?.Schema.Find(component ?? "") is not { } schema ? [] : ComplexValue.Parse(schema, Before).Values;
}
