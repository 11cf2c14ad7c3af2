using System.Collections.Immutable;
using System.Text;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Data;

/// <summary>
/// The value of a component that may have several values (representation with maxOccurs above 1) or texts by language
/// (text format isMultiLingual), SDMX 3.0. In batches, in storage and in mappings such a value is one text, its <em>cell text</em>:
/// <list type="bullet">
/// <item>several values are joined by semicolons, <c>A;B</c>; a value with a semicolon, and one that starts
/// with a quotation mark stand in quotation marks, doubled inside: <c>"x;y";z</c>;</item>
/// <item>texts by language are <c>en:Late;ru:Поздно</c>; a text with a semicolon, or one that starts with a quotation mark, stands in
/// quotation marks behind its language, <c>en:"late; again"</c>; a text of no language is just itself, in quotation marks when it
/// starts as if it named one: <c>"eu: members"</c>;</item>
/// <item>several values in several languages are both, one inside the other: <c>"en:a;fr:b";en:c</c>.</item>
/// </list>
/// Cell texts of all other components are their values as sent.
/// </summary>
public sealed class ComplexValue : IEquatable<ComplexValue>
{
    /// <summary>Language of a text that was sent without one.</summary>
    public const string NoLanguage = "";

    /// <summary>Makes a value of its values in order.</summary>
    public ComplexValue(params IEnumerable<LocalisedText> values) => Values = [.. values];

    /// <summary>The values in order; each with a text for each language, or one text of <see cref="NoLanguage"/>.</summary>
    public ImmutableArray<LocalisedText> Values { get; }

    /// <summary>Values without languages: codes, numbers, texts.</summary>
    public static ComplexValue Of(params IEnumerable<string> values) => new(values.Select(v => LocalisedText.Of(v, NoLanguage)));

    /// <summary>Takes the cell text of a component apart. Any text can be taken apart; that of a component with one value and no languages is the value.</summary>
    public static ComplexValue Parse(SchemaComponent component, string cell)
    {
        ArgumentNullException.ThrowIfNull(component);
        ArgumentNullException.ThrowIfNull(cell);
        bool multilingual = component.IsMultilingual;
        return component.IsMultiValued
            ? new ComplexValue(CellText.Split(cell).Select(v => multilingual ? CellText.Texts(v) : LocalisedText.Of(v, NoLanguage)))
            : new ComplexValue(multilingual ? CellText.Texts(cell) : LocalisedText.Of(cell, NoLanguage));
    }

    /// <summary>The values of a cell of a component without languages; of multilingual ones the texts of each value as one cell text.</summary>
    public static IReadOnlyList<string> Items(SchemaComponent component, string cell)
    {
        ArgumentNullException.ThrowIfNull(component);
        return component.IsMultiValued ? CellText.Split(cell) : [cell];
    }

    /// <summary>The cell text of one value that was sent without a language.</summary>
    public static string Cell(SchemaComponent component, ReadOnlySpan<char> value)
    {
        ArgumentNullException.ThrowIfNull(component);
        bool quoted = component.IsMultilingual && CellText.LooksLabelled(value);
        if (component.IsMultiValued && (quoted || CellText.NeedsMarks(value)))
        {
            return CellText.Quote(quoted ? CellText.Quote(value) : value);
        }

        return quoted ? CellText.Quote(value) : value.ToString();
    }

    /// <summary>
    /// The cell text for a component. A component with one value takes the first, one without languages the text in the first of
    /// the languages (or English, or any): see <see cref="Fits"/>.
    /// </summary>
    public string ToCell(SchemaComponent component, params ReadOnlySpan<string> languages)
    {
        ArgumentNullException.ThrowIfNull(component);
        List<string> items = new(Values.Length);
        foreach (LocalisedText value in Values)
        {
            items.Add(component.IsMultilingual ? CellText.Of(value) : value.Best(languages) ?? "");
        }

        return component.IsMultiValued ? CellText.Join(items) : items.Count > 0 ? items[0] : "";
    }

    /// <summary>True when a component can hold all values and languages.</summary>
    public bool Fits(SchemaComponent component)
    {
        ArgumentNullException.ThrowIfNull(component);
        return (component.IsMultiValued || Values.Length <= 1)
            && (component.IsMultilingual || Values.All(v => v.Texts is [{ Key: NoLanguage }]));
    }

    /// <summary>For people: each value in the best language, joined by a separator.</summary>
    public string ToDisplay(string separator, params ReadOnlySpan<string> languages)
    {
        StringBuilder text = new();
        for (int i = 0; i < Values.Length; i++)
        {
            text.Append(i > 0 ? separator : "").Append(Values[i].Best(languages));
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public bool Equals(ComplexValue? other) => other is not null && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ComplexValue);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Length == 0 ? 0 : HashCode.Combine(Values.Length, Values[0]);

    /// <summary>For people, values joined by <c>; </c>.</summary>
    public override string ToString() => ToDisplay("; ");
}
