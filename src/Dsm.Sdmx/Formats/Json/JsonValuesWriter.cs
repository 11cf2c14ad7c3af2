using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Writes the list of values of a component: codes with names and parents, periods with their limits, texts.</summary>
internal sealed class JsonValuesWriter
{
    private const int FirstYear = 1950, Years = 100, PeriodsOfYear = 1 + 4 + 12;
    private static readonly byte[]?[] ReadyPeriods = new byte[]?[Years * PeriodsOfYear];

    private readonly Utf8Output _output;
    private readonly JsonVersion _version;
    private readonly ImmutableArray<string> _languages;
    private readonly Action<Utf8Output, SchemaComponent, Code> _describe;

    public JsonValuesWriter(Utf8Output output, JsonVersion version, ImmutableArray<string> languages)
    {
        (_output, _version, _languages) = (output, version, languages);
        _describe = Describe;
    }

    /// <summary>Writes the member with the comma before it; nothing when the component has no list, or an empty one that need not be there.</summary>
    /// <param name="written">The component.</param>
    /// <param name="descriptions">What is ready made of its codes.</param>
    public void Write(JsonWrittenComponent written, JsonDescriptions descriptions)
    {
        if (written.List is not { } list || (list.Values.Count == 0 && !_version.Is1))
        {
            return;
        }

        _output.Raw(",\"values\":["u8);
        for (int i = 0; i < list.Values.Count; i++)
        {
            _output.Raw(i > 0 ? ",{"u8 : "{"u8);
            if (written.Component.Role == ComponentRole.TimeDimension)
            {
                Period(list.Values[i], list.PeriodOf(i));
            }
            else if (written.Component.IsCoded || written.Component.Role == ComponentRole.Dimension)
            {
                Code(written, list.Values[i], descriptions);
            }
            else
            {
                Text(written, list.Values[i]);
            }

            _output.Raw((byte)'}');
        }

        _output.Raw((byte)']');
    }

    private void Period(string text, TimePeriod period)
    {
        if (PlaceOf(period) is not (>= 0 and int place))
        {
            Period(_output, text, period);
            return;
        }

        if (ReadyPeriods[place] is not { } ready)
        {
            ArrayBufferWriter<byte> bytes = new();
            Utf8Output output = new(bytes);
            Period(output, text, period);
            output.Flush();
            ReadyPeriods[place] = ready = bytes.WrittenSpan.ToArray();
        }

        _output.Raw(ready);
    }

    // Without names, as periods have none: the same in all versions and languages.
    private void Period(Utf8Output output, string text, TimePeriod period)
    {
        Id(output, text, default);
        if (period.Kind is not (TimePeriodKind.None or TimePeriodKind.DateTime or TimePeriodKind.Range))
        {
            DateTime end = period.End;
            output.Raw(",\"start\":"u8);
            JsonText.Instant(output, period.Start);
            output.Raw(",\"end\":"u8);
            JsonText.Instant(output, end.Ticks > TimeSpan.TicksPerSecond ? end.AddSeconds(-1) : end);
        }
    }

    /// <summary>Place among the periods that are kept ready made: years, quarters and months of some decades; -1 for others.</summary>
    private static int PlaceOf(in TimePeriod period)
    {
        if (period.HasText || period.Year is < FirstYear or >= FirstYear + Years)
        {
            return -1;
        }

        int year = (period.Year - FirstYear) * PeriodsOfYear;
        return period.Kind switch
        {
            TimePeriodKind.GregorianYear => year,
            TimePeriodKind.Quarter => year + period.Sub,
            TimePeriodKind.GregorianMonth => year + 4 + period.Sub,
            _ => -1,
        };
    }

    private void Code(JsonWrittenComponent written, string value, JsonDescriptions descriptions)
    {
        Code? code = written.Component.Codelist?.Find(value);
        if (_version.Is1 && written.Component.IsMultiValued)
        {
            if (ComplexValue.Items(written.Component, value) is not [{ } only])
            {
                // Several codes as one text: 1.0 knows one code an attribute.
                Text(written, value);
                return;
            }

            (value, code) = (only, written.Component.Codelist?.Find(only));
        }

        if (code is null)
        {
            Id(_output, value, default, isDimension: written.Component.Role == ComponentRole.Dimension);
        }
        else if (descriptions.Of(written.Component, code, _describe) is { } ready)
        {
            _output.Raw(ready);
        }
        else
        {
            Describe(_output, written.Component, code);
        }
    }

    // All that is said of a code: it hangs on nothing in the message.
    private void Describe(Utf8Output output, SchemaComponent component, Code code)
    {
        Id(output, code.Id, code.Name, isDimension: component.Role == ComponentRole.Dimension);
        if (code.ParentId is { } parent && JsonText.IsId(parent) && JsonText.IsId(code.Id) && !(_version.Is1 && component.Role != ComponentRole.Dimension))
        {
            output.Raw(",\"parent\":"u8);
            JsonText.String(output, parent);
        }
    }

    /// <summary>An id with its name; what is no id by the schemas is a value (2.x), or in lists of attributes of 1.0 a name.</summary>
    private void Id(Utf8Output output, string value, LocalisedText name, bool isDimension = true)
    {
        if (JsonText.IsId(value) || (_version.Is1 && isDimension))
        {
            output.Raw("\"id\":"u8);
            JsonText.String(output, value);
            JsonText.Names(output, name, value, _languages);
            return;
        }

        output.Raw(_version.Is1 ? "\"name\":"u8 : "\"value\":"u8);
        JsonText.String(output, value);
        if (!_version.Is1)
        {
            JsonText.Names(output, name, null, _languages);
        }
    }

    private void Text(JsonWrittenComponent written, string cell)
    {
        SchemaComponent component = written.Component;
        if (_version.Is1)
        {
            ComplexValue value = ComplexValue.Parse(component, cell);
            value = value.Values.Length > 1 ? ComplexValue.Of(cell) : value;
            bool isLocalised = value.Values[0].Texts is not [{ Key: ComplexValue.NoLanguage }];
            _output.Raw("\"name\":"u8);
            JsonText.String(_output, value.Values[0].Best([.. _languages]) ?? "");
            if (isLocalised)
            {
                _output.Raw(",\"names\":"u8);
                JsonText.Texts(_output, value.Values[0].Texts);
            }

            return;
        }

        _output.Raw(component.IsMultiValued ? "\"values\":"u8 : "\"value\":"u8);
        if (_version == JsonVersion.V20 && !component.IsComplex)
        {
            // The schema of 2.0 takes whole numbers for two types at once, and so for none.
            JsonText.String(_output, cell);
        }
        else
        {
            written.Direct(_output, cell);
        }
    }
}
