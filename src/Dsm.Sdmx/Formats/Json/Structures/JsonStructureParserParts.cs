using System.Collections.Immutable;
using System.Text.Json;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Lists, references, annotations, links, formats.</summary>
internal sealed partial class JsonStructureParser
{
    private ImmutableArray<T> List<T>(Func<T?> read)
        where T : class
    {
        ImmutableArray<T>.Builder list = ImmutableArray.CreateBuilder<T>();
        foreach (int _ in cursor.Elements())
        {
            if (read() is { } one)
            {
                list.Add(one);
            }
        }

        return list.DrainToImmutable();
    }

    private ImmutableArray<string> Texts() => List(cursor.Text);

    /// <summary>Reads items and reports ids that occur twice.</summary>
    private ImmutableArray<T> Items<T>(Func<T?> read, string scheme)
        where T : Item
    {
        ImmutableArray<T>.Builder list = ImmutableArray.CreateBuilder<T>();
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (int _ in cursor.Elements())
        {
            Location location = cursor.Location;
            if (read() is { } item)
            {
                if (!ids.Add(item.Id))
                {
                    cursor.Issues.Add(IssueCodes.DuplicateId, location, item.Id, scheme);
                }

                list.Add(item);
            }
        }

        return list.DrainToImmutable();
    }

    /// <summary>Reads a URN; null with a finding when it is none.</summary>
    private StructureReference? Reference()
    {
        string? urn = cursor.Text();
        if (urn is null)
        {
            return null;
        }

        if (StructureReference.TryParseUrn(urn, out StructureReference? reference))
        {
            return reference;
        }

        cursor.Report(IssueCodes.InvalidUrn, urn);
        return null;
    }

    private ImmutableArray<StructureReference> References() => List(Reference);

    /// <summary>Id of an item: as written, or the item of a URN (1.0).</summary>
    private static string? ItemOf(string? text)
    {
        if (StructureReference.TryParseUrn(text, out StructureReference? urn))
        {
            return urn.ItemId ?? urn.Id;
        }

        if (text is null)
        {
            return null;
        }

        // Parts of old structures have URNs of classes that the model has not: the item stands behind the version.
        int item = text.StartsWith("urn:sdmx:", StringComparison.Ordinal) ? text.IndexOf(").", StringComparison.Ordinal) : -1;
        return item < 0 ? text : text[(item + 2)..];
    }

    private Annotation Annotation()
    {
        Annotation annotation = new();
        string? best = null;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "id":
                    annotation = annotation with { Id = cursor.Text() };
                    break;
                case "title":
                    annotation = annotation with { Title = cursor.Text() };
                    break;
                case "type":
                    annotation = annotation with { Type = cursor.Text() };
                    break;
                case "value":
                    annotation = annotation with { Value = cursor.Text() };
                    break;
                case "text":
                    best = cursor.Text();
                    break;
                case "texts":
                    annotation = annotation with { Text = JsonMeta.Languages(cursor) };
                    break;
                case "links":
                    annotation = Urls(annotation);
                    break;
            }
        }

        return annotation.Text.IsEmpty && best is not null ? annotation with { Text = LocalisedText.Of(best) } : annotation;
    }

    /// <summary>Links of an annotation: the first that names no language is its URL, the others are kept by language.</summary>
    private Annotation Urls(Annotation annotation)
    {
        List<KeyValuePair<string, string>> urls = [];
        foreach (int _ in cursor.Elements())
        {
            (string? url, string language) = (null, "");
            foreach (string member in cursor.Members())
            {
                switch (member)
                {
                    case "href" or "uri":
                        url ??= cursor.Text();
                        break;
                    case "hreflang":
                        language = cursor.Text() ?? "";
                        break;
                }
            }

            if (url is not null && language.Length == 0 && annotation.Url is null)
            {
                annotation = annotation with { Url = url };
            }
            else if (url is not null)
            {
                urls.Add(new(language, url));
            }
        }

        return annotation with { Urls = new LocalisedText(urls) };
    }

    private void Links(Parts parts)
    {
        foreach (int _ in cursor.Elements())
        {
            string? rel = null, href = null, uri = null, urn = null, type = null;
            foreach (string member in cursor.Members())
            {
                switch (member)
                {
                    case "rel":
                        rel = cursor.Text();
                        break;
                    case "href":
                        href = cursor.Text();
                        break;
                    case "uri":
                        uri = cursor.Text();
                        break;
                    case "urn":
                        urn = cursor.Text();
                        break;
                    case "type":
                        type = cursor.Text();
                        break;
                }
            }

            if (rel == "describedby" && urn is null && type is null && parts.Uri is null)
            {
                parts.Uri = href ?? uri;
            }
            else if (rel == "service" && urn is null)
            {
                parts.ServiceUrl ??= href ?? uri;
            }
            else if (href is not null || uri is not null || urn is not null)
            {
                Link link = new(rel ?? "related", href ?? (urn is null ? uri! : ""), urn, type);
                parts.Links.Add(link);
                if (uri is not null && link.Url != uri)
                {
                    parts.Uris[link] = uri;
                }
            }
        }
    }

    private Representation? Representation(SdmxDataType fallback = SdmxDataType.String)
    {
        Representation representation = new();
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "enumeration":
                    representation = representation with { Enumeration = Reference() };
                    break;
                case "format" or "textFormat" or "enumerationFormat":
                    representation = representation with { TextFormat = Format(member == "enumerationFormat" ? SdmxDataType.String : fallback) };
                    break;
                case "minOccurs":
                    representation = representation with { MinOccurs = cursor.Whole() ?? 1 };
                    break;
                case "maxOccurs":
                    representation = representation with { MaxOccurs = Most() };
                    break;
            }
        }

        return representation.Enumeration is null && representation.TextFormat is null ? null : representation;
    }

    private int? Most() => cursor.Token == JsonTokenType.String && cursor.Text() == "unbounded" ? null : cursor.Whole() ?? 1;

    private TextFormat Format(SdmxDataType fallback)
    {
        TextFormat format = new() { DataType = fallback };
        foreach (string member in cursor.Members())
        {
            format = member switch
            {
                "dataType" or "textType" => format with { DataType = DataType(fallback) },
                "isSequence" => format with { IsSequence = cursor.Flag() ?? false },
                "interval" => format with { Interval = cursor.Number() },
                "startValue" => format with { StartValue = cursor.Number() },
                "endValue" => format with { EndValue = cursor.Number() },
                "timeInterval" => format with { TimeInterval = cursor.Text() },
                "startTime" => format with { StartTime = cursor.Text() },
                "endTime" => format with { EndTime = cursor.Text() },
                "minLength" => format with { MinLength = cursor.Whole() },
                "maxLength" => format with { MaxLength = cursor.Whole() },
                "minValue" => format with { MinValue = cursor.Number() },
                "maxValue" => format with { MaxValue = cursor.Number() },
                "decimals" => format with { Decimals = cursor.Whole() },
                "pattern" => format with { Pattern = cursor.Text() },
                "isMultiLingual" => format with { IsMultilingual = cursor.Flag() ?? false },
                "sentinelValues" => format with { SentinelValues = List(Sentinel) },
                _ => format,
            };
        }

        return format;
    }

    private SdmxDataType DataType(SdmxDataType fallback)
    {
        string? text = cursor.Text();
        if (text is null)
        {
            return fallback;
        }

        // Enum.TryParse alone would take numbers and lists of names too.
        if (text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: false, out SdmxDataType type))
        {
            return type;
        }

        cursor.Expected("a data type of SDMX");
        return fallback;
    }

    private SentinelValue Sentinel()
    {
        Parts parts = Begin();
        string value = "";
        foreach (string member in cursor.Members())
        {
            if (member == "value")
            {
                value = cursor.Text() ?? "";
            }
            else
            {
                Common(parts, member);
            }
        }

        return new SentinelValue(value, parts.Name, parts.Description);
    }
}
