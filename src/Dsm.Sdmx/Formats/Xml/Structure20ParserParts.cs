using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>What components have in common: concept, representation, roles, attachments.</summary>
internal sealed partial class Structure20Parser
{
    /// <summary>Roles of 2.0 and the concepts that stand for them in the role scheme of the Global Registry.</summary>
    private static readonly (string Attribute, string Role)[] Roles =
    [
        ("isFrequency", "FREQ"), ("isEntity", "ENTITY"), ("isCount", "COUNT"), ("isNonObservationTime", "NON_OBS_TIME"), ("isNonObservationalTime", "NON_OBS_TIME"),
        ("isIdentity", "IDENTITY"), ("isMeasure", "MEASURE"),
    ];

    /// <summary>Reads a component; null with an issue when it names no concept.</summary>
    private Structure20Part? Part(string element)
    {
        Location location = cursor.Location;
        StructureReference? concept = ConceptOf();
        StructureReference? codelist = CodelistOf("codelist");
        ImmutableArray<StructureReference> roles = RolesOf(element == "Attribute" ? "Attribute" : "Dimension");
        TextFormat? format = null;
        List<string> groups = [], measures = [];
        StructureParser.NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "TextFormat":
                    format = ReadTextFormat();
                    break;
                case "AttachmentGroup" when element == "Attribute":
                    groups.Add(cursor.Token());
                    break;
                case "AttachmentMeasure" when element == "Attribute":
                    measures.Add(cursor.Token());
                    break;
                default:
                    OtherPart(parts, name, element);
                    break;
            }
        }

        return concept is null ? null
            : new Structure20Part(location, concept, RepresentationOf(codelist, format), roles, parts.Annotations, groups, measures);
    }

    private ImmutableArray<StructureReference> RolesOf(string kind)
    {
        ImmutableArray<StructureReference>.Builder roles = ImmutableArray.CreateBuilder<StructureReference>();
        foreach ((string attribute, string role) in Roles)
        {
            if (cursor.Attribute(attribute + kind) is "true" or "1")
            {
                roles.Add(Role(role));
            }
        }

        if (cursor.Attribute("isTimeFormat") is "true" or "1")
        {
            roles.Add(Role("TIME_FORMAT"));
        }

        return roles.ToImmutable();

        static StructureReference Role(string id) => new(StructureType.ConceptScheme, "SDMX", "SDMX_CONCEPT_ROLES", "1.0", id);
    }

    private static Representation? RepresentationOf(StructureReference? codelist, TextFormat? format)
        => codelist is null && format is null ? null : new Representation { Enumeration = codelist, TextFormat = format };

    private TextFormat ReadTextFormat()
    {
        SdmxDataType type = DataTypeOf(cursor.Attribute("textType") ?? cursor.Attribute("TextType"));
        bool isRange = type is SdmxDataType.InclusiveValueRange or SdmxDataType.ExclusiveValueRange;
        (decimal? start, decimal? end) = (cursor.Number("startValue"), cursor.Number("endValue"));
        TextFormat format = new()
        {
            DataType = type,
            IsSequence = cursor.Flag("isSequence") ?? false,
            MinLength = cursor.Whole("minLength"),
            MaxLength = cursor.Whole("maxLength") ?? cursor.Whole("length"), // 1.0 has length
            StartValue = isRange ? null : start,
            EndValue = isRange ? null : end,
            MinValue = isRange ? start : null,
            MaxValue = isRange ? end : null,
            Interval = cursor.Number("interval"),
            TimeInterval = cursor.Attribute("timeInterval"),
            Decimals = cursor.Whole("decimals"),
            Pattern = cursor.RawAttribute("pattern"),
        };
        foreach (string _ in cursor.Children())
        {
            cursor.Unexpected("TextFormat");
        }

        return format;
    }

    /// <summary>The data type of later versions that means the same as one of 2.0 or 1.0.</summary>
    private SdmxDataType DataTypeOf(string? type)
    {
        switch (type)
        {
            case null:
                return SdmxDataType.String;
            case "Date":
                return SdmxDataType.GregorianDay;
            case "Year":
                return SdmxDataType.GregorianYear;
            case "YearMonth":
                return SdmxDataType.GregorianYearMonth;
            case "Timespan":
                return SdmxDataType.TimeRange;
            case "Alpha" or "AlphaFixed":
                return SdmxDataType.Alpha;
            case "AlphaNum" or "AlphaNumFixed":
                return SdmxDataType.AlphaNumeric;
            case "Num" or "NumFixed":
                return SdmxDataType.Numeric;
        }

        if (type.All(char.IsAsciiLetter) && Enum.TryParse(type, ignoreCase: false, out SdmxDataType known))
        {
            return known;
        }

        cursor.Report(IssueCodes.InvalidText, type, "textType", "a data type of SDMX");
        return SdmxDataType.String;
    }
}
