using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>A column of a component, and what its fields mean to one data set.</summary>
internal sealed class CsvDataReaderColumn
{
    private readonly ValueDictionary? _dictionary;
    private readonly CsvCodeCache _numbers;
    private readonly CsvLabelledValue? _labels;
    private readonly bool _hasLabels;
    private readonly bool _isMultiple, _isMultilingual;
    private readonly bool _hasDecimalComma;
    private readonly char _subSeparator;

    public CsvDataReaderColumn(CsvDataReaderHeader header, DataSetSpace space, ComponentSlot slot, int ordinal, char delimiter)
    {
        (Ordinal, Slot, Component) = (ordinal, slot, slot.ComponentIn(space.Schema));
        _dictionary = slot.Kind switch
        {
            SlotKind.Dimension => space.Dimensions[slot.Index],
            SlotKind.SeriesAttribute => space.SeriesAttributes[slot.Index],
            SlotKind.ObservationAttribute => space.ObservationAttributes[slot.Index],
            _ => null,
        };
        _numbers = new CsvCodeCache(_dictionary is null ? 0 : Component.Codes is { } codes ? codes.Count * 2 : 512);
        _hasLabels = header.IsLabelled(ordinal);
        _labels = Component.IsCoded || _hasLabels ? new CsvLabelledValue(Component) : null;
        _subSeparator = header.SubSeparator;
        (_isMultiple, _isMultilingual) = (header.IsMultiple(ordinal), header.IsMultilingual(ordinal));
        bool isNumber = Component.Format?.DataType is SdmxDataType.Decimal or SdmxDataType.Float or SdmxDataType.Double or SdmxDataType.Numeric;
        _hasDecimalComma = delimiter == ';' && slot.Kind == SlotKind.Measure && isNumber;
    }

    /// <summary>Zero-based position.</summary>
    public int Ordinal { get; }

    /// <summary>Column of the batch.</summary>
    public ComponentSlot Slot { get; }

    /// <summary>The component.</summary>
    public SchemaComponent Component { get; }

    /// <summary>True when fields hold several values, or texts by language: with a semicolon between them they are cell texts as they are.</summary>
    public bool IsCell => _isMultiple || _isMultilingual;

    /// <summary>True when values are numbers of a dictionary.</summary>
    public bool HasNumbers => _dictionary is not null;

    /// <summary>Set when a field named a code by its name instead of its id; the caller says so once.</summary>
    public bool HasNamesForCodes { get; private set; }

    /// <summary>The number of the value of a field, which is not empty.</summary>
    public int NumberOf(ReadOnlySpan<byte> field, bool hasEscapes, CsvText text)
    {
        if (!hasEscapes && _numbers.TryFind(field, out int number))
        {
            return number;
        }

        number = _dictionary!.GetOrAdd(ValueOf(text.Of(field, hasEscapes)));
        if (!hasEscapes)
        {
            _numbers.Add(field, number);
        }

        return number;
    }

    /// <summary>The period of a field given with the byte behind it, and with more behind that; false when it is none.</summary>
    public bool TryPeriodOf(ReadOnlySpan<byte> field, ReadOnlySpan<byte> ahead, bool hasEscapes, CsvText text, out TimePeriod period)
    {
        if (PlainValues.TryPeriod(ahead, field[^1], out period, out int length) && length == field.Length - 1)
        {
            return true;
        }

        ReadOnlySpan<char> written = text.Of(field[..^1], hasEscapes);
        int label = _hasLabels ? written.IndexOf(": ", StringComparison.Ordinal) : -1;
        return TimePeriod.TryParse(label > 0 ? written[..label] : written, out period);
    }

    /// <summary>The value of a measure, of a field given with the byte behind it.</summary>
    public ObservationValue MeasureOf(ReadOnlySpan<byte> field, bool hasEscapes, CsvText text)
        => PlainValues.TryNumber(field, field[^1], out ObservationValue value, out int length) && length == field.Length - 1
            ? value
            : ObservationValue.Parse(ValueOf(text.Of(field[..^1], hasEscapes)));

    /// <summary>The value of a field as text, without labels; several values and languages as a cell text (<see cref="ComplexValue"/>).</summary>
    public ReadOnlySpan<char> ValueOf(ReadOnlySpan<char> field)
    {
        if (_hasDecimalComma)
        {
            return WithDecimalPoint(field);
        }

        if (IsCell)
        {
            // A component that has one value, or no languages, may share its column with those of other structures that have.
            bool isWider = (_isMultiple && !Component.IsMultiValued) || (_isMultilingual && !Component.IsMultilingual);
            return _subSeparator == ';' && _labels is null && !isWider ? field : CellOf(field.ToString());
        }

        return _labels is null || (Component.Codes is { } codes && codes.IndexOf(field) >= 0) ? field : Single(field.ToString());
    }

    private string CellOf(string field)
    {
        List<string> values = _isMultiple ? CsvSubFields.Split(field, _subSeparator) : [field];
        ComplexValue cell = _isMultilingual
            ? new ComplexValue(values.Select(v => CsvSubFields.Texts(v, _subSeparator)))
            : ComplexValue.Of(values.Select(Single));

        // What the structure does not allow is shown as it is, so that validation can say so.
        return cell.Fits(Component) ? cell.ToCell(Component) : CsvSubFields.Join([.. values.Select(Single)], ';');
    }

    private string Single(string value)
    {
        if (_labels is null)
        {
            return value;
        }

        string code = _labels.CodeOf(value, _hasLabels, out bool isName);
        HasNamesForCodes |= isName;
        return code;
    }

    /// <summary>Localised CSV has semicolons between its fields and decimal commas in its numbers (field guide, example 4).</summary>
    private static ReadOnlySpan<char> WithDecimalPoint(ReadOnlySpan<char> field)
    {
        if (field.IndexOf(',') <= 0)
        {
            return field;
        }

        string number = field.ToString().Replace(',', '.');
        return ObservationValue.Parse(number).Kind == ObservationValueKind.Number ? number : field;
    }
}
