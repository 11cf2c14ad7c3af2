using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Writes the list of values of a component: codes with names and parents, periods with their limits, texts.</summary>
internal sealed class JsonValuesWriter(Utf8Output output, JsonVersion version, ImmutableArray<string> languages)
{
    /// <summary>Writes the member with the comma before it; nothing when the component has no list, or an empty one that need not be there.</summary>
    public void Write(JsonWrittenComponent written)
    {
        if (written.List is not { } list || (list.Values.Count == 0 && !version.Is1))
        {
            return;
        }

        output.Raw(",\"values\":["u8);
        for (int i = 0; i < list.Values.Count; i++)
        {
            output.Raw(i > 0 ? ",{"u8 : "{"u8);
            if (written.Component.Role == ComponentRole.TimeDimension)
            {
                Period(list.Values[i], list.PeriodOf(i));
            }
            else if (written.Component.IsCoded || written.Component.Role == ComponentRole.Dimension)
            {
                Code(written, list.Values[i]);
            }
            else
            {
                Text(written, list.Values[i]);
            }

            output.Raw("}"u8);
        }

        output.Raw("]"u8);
    }

    private void Period(string text, TimePeriod period)
    {
        Id(text, default);
        if (period.Kind is not (TimePeriodKind.None or TimePeriodKind.DateTime or TimePeriodKind.Range))
        {
            DateTime end = period.End;
            output.Raw(",\"start\":"u8);
            JsonText.Instant(output, period.Start);
            output.Raw(",\"end\":"u8);
            JsonText.Instant(output, end.Ticks > TimeSpan.TicksPerSecond ? end.AddSeconds(-1) : end);
        }
    }

    private void Code(JsonWrittenComponent written, string value)
    {
        Code? code = written.Component.Codelist?.Find(value);
        if (version.Is1 && written.Component.IsMultiValued)
        {
            if (ComplexValue.Items(written.Component, value) is not [{ } only])
            {
                // Several codes as one text: 1.0 knows one code an attribute.
                Text(written, value);
                return;
            }

            (value, code) = (only, written.Component.Codelist?.Find(only));
        }

        Id(value, code?.Name ?? default, isDimension: written.Component.Role == ComponentRole.Dimension);
        if (code?.ParentId is { } parent && JsonText.IsId(parent) && JsonText.IsId(value) && !(version.Is1 && written.Component.Role != ComponentRole.Dimension))
        {
            output.Raw(",\"parent\":"u8);
            JsonText.String(output, parent);
        }
    }

    /// <summary>An id with its name; what is no id by the schemas is a value (2.x), or in lists of attributes of 1.0 a name.</summary>
    private void Id(string value, LocalisedText name, bool isDimension = true)
    {
        if (JsonText.IsId(value) || (version.Is1 && isDimension))
        {
            output.Raw("\"id\":"u8);
            JsonText.String(output, value);
            JsonText.Names(output, name, value, languages);
            return;
        }

        output.Raw(version.Is1 ? "\"name\":"u8 : "\"value\":"u8);
        JsonText.String(output, value);
        if (!version.Is1)
        {
            JsonText.Names(output, name, null, languages);
        }
    }

    private void Text(JsonWrittenComponent written, string cell)
    {
        SchemaComponent component = written.Component;
        if (version.Is1)
        {
            ComplexValue value = ComplexValue.Parse(component, cell);
            value = value.Values.Length > 1 ? ComplexValue.Of(cell) : value;
            bool isLocalised = value.Values[0].Texts is not [{ Key: ComplexValue.NoLanguage }];
            output.Raw("\"name\":"u8);
            JsonText.String(output, value.Values[0].Best([.. languages]) ?? "");
            if (isLocalised)
            {
                output.Raw(",\"names\":"u8);
                JsonText.Texts(output, value.Values[0].Texts);
            }

            return;
        }

        output.Raw(component.IsMultiValued ? "\"values\":"u8 : "\"value\":"u8);
        if (version == JsonVersion.V20 && !component.IsComplex)
        {
            // The schema of 2.0 takes whole numbers for two types at once, and so for none.
            JsonText.String(output, cell);
        }
        else
        {
            written.Direct(output, cell);
        }
    }
}
