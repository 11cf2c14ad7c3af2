using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Validation;

/// <summary>
/// Judges the cells of one component that may have several values or texts by language: number of values, each value against
/// codelist or format, each text for its own language.
/// </summary>
internal sealed class CellCheck
{
    private readonly SchemaComponent _component;
    private readonly ValueCheck? _value;
    private readonly bool _isMultiValued, _isMultilingual;

    private CellCheck(SchemaComponent component)
    {
        _component = component;
        _value = ValueCheck.For(component);
        (_isMultiValued, _isMultilingual) = (component.IsMultiValued, component.IsMultilingual);
    }

    /// <summary>The check of a component; null for one whose cells are plain values.</summary>
    public static CellCheck? For(SchemaComponent component) => component.IsComplex ? new CellCheck(component) : null;

    /// <summary>True when nothing is wrong with a cell.</summary>
    public bool IsRight(string cell) => IsOneText(cell) ? IsRightText(cell) : Find(cell, Location.None).Count == 0;

    /// <summary>What is wrong with a cell; empty when nothing is.</summary>
    public IReadOnlyList<Issue> Find(string cell, Location location)
    {
        if (IsOneText(cell))
        {
            return FaultOf(cell, location) is { } fault ? [fault] : [];
        }

        ComplexValue value = ComplexValue.Parse(_component, cell);
        List<Issue> found = [];
        if (CountFault(value.Values.Length) is { } expected)
        {
            found.Add(new Issue(IssueCodes.ValueCount, location, _component.Id, value.Values.Length, expected));
        }

        foreach (LocalisedText texts in value.Values)
        {
            HashSet<string>? languages = texts.Texts.Length > 1 ? new(StringComparer.OrdinalIgnoreCase) : null;
            foreach ((string language, string text) in texts.Texts)
            {
                if (languages?.Add(language) == false)
                {
                    found.Add(new Issue(IssueCodes.DuplicateLanguage, location, _component.Id, language));
                }

                if (FaultOf(text, location) is { } fault)
                {
                    found.Add(fault);
                }
            }
        }

        return found;
    }

    /// <summary>True for a cell that is its text: nearly all texts of multilingual components come without a language.</summary>
    private bool IsOneText(string cell) => !_isMultiValued && (!_isMultilingual || !CellText.LooksLabelled(cell));

    private bool IsRightText(string text)
        => _value is not null ? _value.AcceptsEverything || _value.Find(text) is null : _component.Codes!.IndexOf(text) >= 0 || text == MissingValues.Other;

    private Issue? FaultOf(string text, Location location)
        => IsRightText(text) ? null
            : _value is null ? new Issue(IssueCodes.UnknownCode, location, text, _component.Id, _component.CodelistName)
            : _value.Find(text)!.At(location, _component, text);

    /// <summary>The limit that a number of values misses. Fewest values are asked for only where there is a value at all.</summary>
    private string? CountFault(int count)
    {
        Representation representation = _component.Representation;
        return count < representation.MinOccurs ? string.Create(CultureInfo.InvariantCulture, $"≥ {representation.MinOccurs}")
            : count > representation.MaxOccurs ? string.Create(CultureInfo.InvariantCulture, $"≤ {representation.MaxOccurs}")
            : null;
    }
}
