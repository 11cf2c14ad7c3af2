using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>A component as a column of a CSV message: its header, and how its values are written.</summary>
internal sealed class CsvColumn
{
    private ValuePieces _values = null!;
    private ValuePieces _names = null!;
    private readonly CsvEscape _escape;
    private readonly string[] _languages;
    private readonly char _subSeparator;
    private readonly bool _isLabelled;

    public CsvColumn(SchemaComponent component, string id, DataWriterOptions options, CsvEscape escape, char subSeparator)
    {
        (Component, Id, _escape, _subSeparator) = (component, id, escape, subSeparator);
        _languages = [.. options.Languages];
        _isLabelled = options.Labels == CsvLabels.Both && component.IsCoded;
        Name = component.Name.Best(_languages) ?? component.Id;
        string marks = (component.IsMultiValued ? "[]" : "") + (component.IsMultilingual ? $"[{string.Join(subSeparator, _languages)}]" : "");
        Header = id + marks + (options.Labels == CsvLabels.Both ? ": " + Name : "");
        StartDataSet();
    }

    /// <summary>The component, in the first of the structures that have it.</summary>
    public SchemaComponent Component { get; }

    /// <summary>Id of the column.</summary>
    public string Id { get; }

    /// <summary>Name of the component.</summary>
    public string Name { get; }

    /// <summary>Header of the column.</summary>
    public string Header { get; }

    /// <summary>Forgets what it made of numbers: those of the next data set's dictionaries stand for other values.</summary>
    public void StartDataSet()
    {
        _values = new ValuePieces((output, text) => _escape.Write(output, ValueOf(text)), code => _escape.ToBytes(ValueOf(code)));
        _names = new ValuePieces((output, text) => _escape.Write(output, NamesOf(text)), code => _escape.ToBytes(NamesOf(code)));
    }

    /// <summary>Writes the value of a row, nothing when there is none.</summary>
    public void WriteValue(Utf8Output output, ValueColumn column, int row) => _values.Write(output, column, row);

    /// <summary>Writes the name of the value of a row, nothing when there is none.</summary>
    public void WriteName(Utf8Output output, ValueColumn column, int row)
    {
        if (Component.IsCoded)
        {
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

    /// <summary>The field of a cell text.</summary>
    private string ValueOf(string cell)
    {
        if (!Component.IsComplex)
        {
            return _isLabelled ? Labelled(cell) : cell;
        }

        return _subSeparator == ';' && !_isLabelled ? cell : Joined(ComplexValue.Parse(Component, cell));
    }

    private string Joined(ComplexValue value)
    {
        IEnumerable<string> values = value.Values.Select(v => Component.IsMultilingual ? Joined(v) : Labelled(v.Texts[0].Value));
        return Component.IsMultiValued ? string.Join(_subSeparator, values.Select(v => CsvSubFields.Quoted(v, _subSeparator))) : values.FirstOrDefault("");
    }

    private string Joined(LocalisedText texts)
    {
        if (texts.Texts is [{ Key: ComplexValue.NoLanguage } only])
        {
            return CellText.LooksLabelled(only.Value) ? CellText.Quote(only.Value) : only.Value;
        }

        return string.Join(_subSeparator, texts.Texts.Select(t => $"{t.Key}:{CsvSubFields.Quoted(t.Value, _subSeparator)}"));
    }

    private string Labelled(string code) => _isLabelled && NameOf(code) is { } name ? $"{code}: {name}" : code;

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
