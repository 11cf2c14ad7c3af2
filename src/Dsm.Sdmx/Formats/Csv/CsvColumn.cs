using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>A component as a column of a CSV message: its header, and how its values are written.</summary>
internal sealed class CsvColumn
{
    private readonly ValuePieces _values;
    private ValuePieces? _names;
    private readonly CsvEscape _escape;
    private readonly string[] _languages;
    private readonly char _subSeparator;
    private readonly SchemaComponent _form;
    private readonly bool _hasLabels;
    private readonly DataLosses _losses;

    public CsvColumn(IReadOnlyList<SchemaComponent> components, string id, DataWriterOptions options, string[] languages, CsvEscape escape, char subSeparator, DataLosses losses)
    {
        _losses = losses;
        (Component, Id, _escape, _subSeparator) = (components[0], id, escape, subSeparator);
        _languages = languages;
        _hasLabels = options.Labels == CsvLabels.Both;
        _form = FormOf(components);
        Name = (options.Labels == CsvLabels.Id ? null : Component.Name.Best(_languages)) ?? Component.Id;
        string marks = (_form.IsMultiValued ? "[]" : "") + (_form.IsMultilingual ? $"[{string.Join(subSeparator, _languages)}]" : "");
        Header = id + marks + (_hasLabels ? ": " + Name : "");
        _values = new ValuePieces((output, text) => _escape.Write(output, ValueOf(text)), code => _escape.ToBytes(ValueOf(code)));
    }

    /// <summary>The component in the structure of the data set at hand; before the first data set, in the first structure that has it.</summary>
    public SchemaComponent Component { get; private set; }

    /// <summary>True when its fields may hold several values, or texts by language.</summary>
    public bool HasSubFields => _form.IsComplex;

    private bool IsLabelled => _hasLabels && Component.IsCoded;

    /// <summary>Id of the column.</summary>
    public string Id { get; }

    /// <summary>Name of the component; its id where names are not asked for.</summary>
    public string Name { get; }

    /// <summary>Header of the column.</summary>
    public string Header { get; }

    /// <summary>Forgets what it made of numbers: those of the next data set's dictionaries stand for other values.</summary>
    public void StartDataSet(SchemaComponent component)
    {
        Component = component;
        _values.Forget();
        _names?.Forget();
    }

    /// <summary>Writes the value of a row, nothing when there is none.</summary>
    public void WriteValue(Utf8Output output, ValueColumn column, int row) => _values.Write(output, column, row);

    /// <summary>Writes the name of the value of a row, nothing when there is none.</summary>
    public void WriteName(Utf8Output output, ValueColumn column, int row)
    {
        if (Component.IsCoded)
        {
            _names ??= new ValuePieces((to, text) => _escape.Write(to, NamesOf(text)), code => _escape.ToBytes(NamesOf(code)));
            _names.Write(output, column, row);
        }
    }

    /// <summary>Writes a value of a measure.</summary>
    public void WriteMeasure(Utf8Output output, in ObservationValue value)
    {
        if (!output.TryNumber(value) && value.Kind == ObservationValueKind.Text)
        {
            _escape.Write(output, ValueOf(value.ToString()));
        }
    }

    /// <summary>Writes the name of a value of a measure, nothing when there is none.</summary>
    public void WriteMeasureName(Utf8Output output, in ObservationValue value)
    {
        if (Component.IsCoded && value.HasValue)
        {
            _escape.Write(output, NamesOf(value.ToString()));
        }
    }

    /// <summary>Structures share the column of components with one id: what one of them may hold, the fields of all are written as.</summary>
    private static SchemaComponent FormOf(IReadOnlyList<SchemaComponent> components)
    {
        if (components.Count == 1)
        {
            return components[0];
        }

        bool isMultiValued = components.Any(c => c.IsMultiValued), isMultilingual = components.Any(c => c.IsMultilingual);
        if (components.FirstOrDefault(c => c.IsMultiValued == isMultiValued && c.IsMultilingual == isMultilingual) is { } same)
        {
            return same;
        }

        SchemaComponent multilingual = components.First(c => c.IsMultilingual);
        return multilingual with { Representation = multilingual.Representation with { MaxOccurs = null } };
    }

    /// <summary>The field of a cell text.</summary>
    private string ValueOf(string cell)
    {
        if (cell.Length == 0)
        {
            // An empty field is no value.
            _losses.Say("ValueColumn.EmptyTexts", Component);
        }

        if (!_form.IsComplex)
        {
            return IsLabelled ? Labelled(cell) : cell;
        }

        bool isOwnForm = _form.IsMultiValued == Component.IsMultiValued && _form.IsMultilingual == Component.IsMultilingual;
        return _subSeparator == ';' && !IsLabelled && isOwnForm ? cell : Joined(ComplexValue.Parse(Component, cell));
    }

    private string Joined(ComplexValue value)
    {
        IEnumerable<string> values = value.Values.Select(v => _form.IsMultilingual ? Joined(v) : Labelled(v.Texts[0].Value));
        return _form.IsMultiValued ? string.Join(_subSeparator, values.Select(v => CsvSubFields.Quoted(v, _subSeparator))) : values.FirstOrDefault("");
    }

    private string Joined(LocalisedText texts)
    {
        if (texts.Texts is [{ Key: ComplexValue.NoLanguage } only])
        {
            return CellText.LooksLabelled(only.Value) ? CellText.Quote(only.Value) : only.Value;
        }

        return string.Join(_subSeparator, texts.Texts.Select(t => $"{t.Key}:{CsvSubFields.Quoted(t.Value, _subSeparator)}"));
    }

    private string Labelled(string code) => IsLabelled && NameOf(code) is { } name ? $"{code}: {name}" : code;

    private string NamesOf(string cell)
    {
        if (!Component.IsMultiValued)
        {
            return NameOf(cell) ?? "";
        }

        IEnumerable<string> names = ComplexValue.Items(Component, cell).Select(v => NameOf(v) ?? "");
        return string.Join(_subSeparator, names.Select(n => CsvSubFields.Quoted(n, _subSeparator)));
    }

    private string? NameOf(string code) => Component.Codelist?.Find(code)?.Name.Best(_languages);
}
