using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Mapping;

/// <summary>
/// Takes the cell of one component over into another that may hold more or less: several values, texts by language
/// (<see cref="ComplexValue"/>). What the target cannot hold is joined, or the English text taken, unless it has codes.
/// </summary>
internal static class CellConversion
{
    /// <summary>The cell for the target; null when the target has codes, one value each, and the source has several.</summary>
    public static string? Convert(SchemaComponent source, SchemaComponent target, string cell)
    {
        if (AreAlike(source, target))
        {
            return cell;
        }

        if (!source.IsComplex)
        {
            return ComplexValue.Cell(target, cell);
        }

        ComplexValue value = ComplexValue.Parse(source, cell);
        return target.IsMultiValued || value.Values.Length == 1 ? value.ToCell(target, "en")
            : target.IsCoded || target.Role == ComponentRole.Dimension ? null
            : ComplexValue.Cell(target, value.ToDisplay("; ", "en"));
    }

    /// <summary>True when cells of both components have one form.</summary>
    public static bool AreAlike(SchemaComponent source, SchemaComponent target)
        => source.IsMultiValued == target.IsMultiValued && source.IsMultilingual == target.IsMultilingual;

    /// <summary>What a cell of one value is matched by in a representation map: the value, without the marks of its cell text.</summary>
    public static string Match(SchemaComponent source, string cell)
        => source is { IsMultilingual: true, IsMultiValued: false } && CellText.LooksLabelled(cell)
            && CellText.Texts(cell).Texts is [{ Key: ComplexValue.NoLanguage } only] ? only.Value : cell;

    /// <summary>The cell for what a representation map gives: of components with several values it gives cells, else values.</summary>
    public static string Result(SchemaComponent target, string text) => target.IsMultilingual && !target.IsMultiValued ? ComplexValue.Cell(target, text) : text;
}
