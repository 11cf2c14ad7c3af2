using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>A component as a column of a CSV message: its header, and how its values are written.</summary>
internal sealed class CsvColumn
{
    private readonly ValuePieces _values;
    private readonly ValuePieces _names;

    public CsvColumn(SchemaComponent component, CsvLabels labels, string[] languages)
    {
        Component = component;
        Codelist? codelist = component.Codelist;
        string? NameOf(string code) => codelist?.Find(code)?.Name.Best(languages);
        string Value(string code) => labels == CsvLabels.Both && NameOf(code) is { } name ? $"{code}: {name}" : code;
        _values = new ValuePieces((output, text) => CsvEscape.Write(output, Value(text)), code => CsvEscape.ToBytes(Value(code)));
        _names = new ValuePieces((output, text) => CsvEscape.Write(output, NameOf(text) ?? ""), code => CsvEscape.ToBytes(NameOf(code) ?? ""));
        Name = component.Name.Best(languages) ?? component.Id;
    }

    /// <summary>The component.</summary>
    public SchemaComponent Component { get; }

    /// <summary>Name of the component.</summary>
    public string Name { get; }

    /// <summary>Writes the value of a row, nothing when there is none.</summary>
    public void WriteValue(Utf8Output output, ValueColumn column, int row) => _values.Write(output, column, row);

    /// <summary>Writes the name of the value of a row, nothing when there is none.</summary>
    public void WriteName(Utf8Output output, ValueColumn column, int row)
    {
        if (column.Component.IsCoded)
        {
            _names.Write(output, column, row);
        }
    }
}
