using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// How the values of one component are written. Dimensions, coded values and uncoded ones above the observation are indices of the
/// list of values that the structure gives in the end; other values stand directly in the data (2.x). In 1.0 attributes always have indices.
/// </summary>
internal sealed class JsonWrittenComponent
{
    private readonly JsonVersion _version;

    public JsonWrittenComponent(SchemaComponent component, int column, JsonLevel level, JsonVersion version)
    {
        _version = version;
        Component = component;
        Column = column;
        Level = level;
        bool isIndexed = component.Role switch
        {
            ComponentRole.Dimension or ComponentRole.TimeDimension => true,
            ComponentRole.Measure => component.IsCoded && !component.IsMultiValued && !version.Is1,
            _ when version.Is1 => true,
            _ when component.IsCoded => !component.IsMultiValued || version.HasIndexArrays,
            _ => component.Level != AttachmentLevel.Observation,
        };
        List = isIndexed ? new JsonValueList(component.Role == ComponentRole.TimeDimension) : null;
        HasIndexArrays = isIndexed && component.IsCoded && component.IsMultiValued && !version.Is1;
    }

    public SchemaComponent Component { get; }

    /// <summary>Position among the columns of its kind.</summary>
    public int Column { get; }

    /// <summary>Level at which it is presented.</summary>
    public JsonLevel Level { get; }

    /// <summary>The values that indices mean; null when values stand directly in the data.</summary>
    public JsonValueList? List { get; }

    /// <summary>True when each value of a cell has its own index.</summary>
    public bool HasIndexArrays { get; }

    /// <summary>Writes the value of a row; false, with nothing written, when there is none.</summary>
    public bool Write(Utf8Output output, ValueColumn column, int row)
    {
        if (column.Dictionary is { } dictionary)
        {
            int code = column.Codes[row];
            if (code < 0)
            {
                return false;
            }

            if (List is not null && !HasIndexArrays)
            {
                Integer(output, List.IndexOf(dictionary, code));
                return true;
            }
        }

        if (column[row] is not { } text)
        {
            return false;
        }

        Write(output, text);
        return true;
    }

    /// <summary>Writes a cell.</summary>
    public void Write(Utf8Output output, string cell)
    {
        if (List is null)
        {
            Direct(output, cell);
        }
        else if (!HasIndexArrays)
        {
            Integer(output, List.IndexOf(cell));
        }
        else
        {
            output.Raw((byte)'[');
            IReadOnlyList<string> items = ComplexValue.Items(Component, cell);
            for (int i = 0; i < items.Count; i++)
            {
                output.Raw(i > 0 ? ","u8 : ""u8);
                Integer(output, List.IndexOf(items[i]));
            }

            output.Raw((byte)']');
        }
    }

    /// <summary>Writes a measure; false, with nothing written, when there is none.</summary>
    public bool Write(Utf8Output output, in ObservationValue value)
    {
        switch (value.Kind)
        {
            case ObservationValueKind.Absent:
                return false;
            case ObservationValueKind.NotANumber when List is null:
                output.Raw("\"NaN\""u8);
                return true;
            case ObservationValueKind.Number when List is null && !Component.IsComplex:
                output.TryNumber(value);
                return true;
            default:
                Write(output, value.ToString());
                return true;
        }
    }

    /// <summary>Writes a cell with its values themselves, as JSON of the data type.</summary>
    public void Direct(Utf8Output output, string cell)
    {
        if (!Component.IsComplex)
        {
            Scalar(output, cell, allowsNumbers: true);
            return;
        }

        ComplexValue value = ComplexValue.Parse(Component, cell);
        if (_version.Is1)
        {
            // The measure of 1.0 is one number or text.
            bool isText = Component.Format?.DataType is SdmxDataType.String or SdmxDataType.XHTML;
            Scalar(output, isText ? value.ToDisplay("; ") : value.Values[0].Best() ?? "", allowsNumbers: true);
            return;
        }

        if (!Component.IsMultiValued)
        {
            One(output, value.Values[0], allowsNumbers: true, isLocalised: false);
            return;
        }

        // All elements of an array must be of one kind; in 2.0 only strings and texts by language are valid.
        bool isLocalised = value.Values.Any(v => v.Texts is not [{ Key: ComplexValue.NoLanguage }]);
        bool allowsNumbers = _version.HasIndexArrays && value.Values.All(v => v.Texts is [{ } text] && JsonText.IsNumber(text.Value));
        output.Raw((byte)'[');
        for (int i = 0; i < value.Values.Length; i++)
        {
            output.Raw(i > 0 ? ","u8 : ""u8);
            One(output, value.Values[i], allowsNumbers, isLocalised);
        }

        output.Raw((byte)']');
    }

    /// <summary>Writes a whole number from 0 on.</summary>
    public static void Integer(Utf8Output output, int number)
    {
        if (number < 10)
        {
            output.Raw((byte)('0' + number));
            return;
        }

        System.Buffers.Text.Utf8Formatter.TryFormat(number, output.Ask(16), out int length);
        output.Take(length);
    }

    private void One(Utf8Output output, LocalisedText value, bool allowsNumbers, bool isLocalised)
    {
        if (!isLocalised && value.Texts is [{ Key: ComplexValue.NoLanguage } text])
        {
            Scalar(output, text.Value, allowsNumbers);
        }
        else
        {
            JsonText.Texts(output, value.Texts.Select(t => t.Key == ComplexValue.NoLanguage ? new("und", t.Value) : t));
        }
    }

    private void Scalar(Utf8Output output, string text, bool allowsNumbers)
    {
        bool isRaw = Component.Format?.DataType switch
        {
            SdmxDataType.Boolean => allowsNumbers && text is "true" or "false",
            SdmxDataType.Numeric or SdmxDataType.Integer or SdmxDataType.BigInteger or SdmxDataType.Long or SdmxDataType.Short or SdmxDataType.Decimal
                or SdmxDataType.Float or SdmxDataType.Double or SdmxDataType.Count => allowsNumbers && JsonText.IsNumber(text),
            _ => false,
        };
        if (isRaw)
        {
            output.Text(text);
        }
        else
        {
            JsonText.String(output, text);
        }
    }
}
