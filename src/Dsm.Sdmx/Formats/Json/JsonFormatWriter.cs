using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Writes the member <c>format</c> of an uncoded component (2.x): data type, limits, how many values.</summary>
internal sealed class JsonFormatWriter(Utf8Output output)
{
    /// <summary>Writes the member with the comma before it.</summary>
    public void Write(SchemaComponent component)
    {
        bool isDimension = component.Role is ComponentRole.Dimension or ComponentRole.TimeDimension;
        TextFormat? format = component.Format;
        SdmxDataType type = format?.DataType ?? (component.Role == ComponentRole.TimeDimension ? SdmxDataType.ObservationalTimePeriod : SdmxDataType.String);
        bool isKnown = type is not (SdmxDataType.KeyValues or SdmxDataType.IdentifiableReference or SdmxDataType.DataSetReference or SdmxDataType.AttachmentConstraintReference)
            && !(isDimension && type == SdmxDataType.XHTML);
        output.Text($",\"format\":{{\"dataType\":\"{(isKnown ? type : SdmxDataType.String)}\"");
        if (format is not null)
        {
            Number("minLength", format.MinLength is > 0 ? format.MinLength : null);
            Number("maxLength", format.MaxLength is > 0 ? format.MaxLength : null);
            Number("minValue", format.MinValue);
            Number("maxValue", format.MaxValue);
            Number("decimals", format.Decimals is > 0 ? format.Decimals : null);
            if (format.Pattern is { } pattern)
            {
                output.Raw(",\"pattern\":"u8);
                JsonText.String(output, pattern);
            }
        }

        if (!isDimension)
        {
            output.Raw(component.IsMultilingual ? ",\"isMultiLingual\":true"u8 : ""u8);
            if (component.IsMultiValued)
            {
                output.Text(",\"maxOccurs\":" + Occurs(component.Representation.MaxOccurs));
            }
        }

        output.Raw("}"u8);
    }

    /// <summary>How many values there may be.</summary>
    public static string Occurs(int? most) => most is { } number ? Math.Max(1, number).ToString(CultureInfo.InvariantCulture) : "\"unbounded\"";

    private void Number(string name, decimal? number)
    {
        if (number is { } value)
        {
            output.Text(string.Create(CultureInfo.InvariantCulture, $",\"{name}\":{value}"));
        }
    }
}
