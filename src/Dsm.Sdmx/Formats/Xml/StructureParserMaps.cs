using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Structure maps and representation maps of SDMX 3.0.</summary>
internal sealed partial class StructureParser
{
    private StructureMap? StructureMap(Header header)
    {
        StructureReference? source = null, target = null;
        List<(TimePatternMap Map, ImmutableArray<string> Formats)> times = [];
        Dictionary<string, (string Frequency, string Pattern)> formats = [];
        ImmutableArray<ComponentMap>.Builder components = ImmutableArray.CreateBuilder<ComponentMap>();
        ImmutableArray<FixedValueMap>.Builder fixedValues = ImmutableArray.CreateBuilder<FixedValueMap>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Source":
                    source = Reference("DataStructure");
                    break;
                case "Target":
                    target = Reference("DataStructure");
                    break;
                case "EpochMap" or "DatePatternMap":
                    times.AddRange(TimeMaps(name));
                    break;
                case "FrequencyFormatMapping":
                    FrequencyFormat(formats);
                    break;
                case "ComponentMap":
                    components.Add(ComponentMap());
                    break;
                case "FixedValueMap":
                    fixedValues.Add(FixedValue());
                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        if (source is null || target is null)
        {
            Incomplete(header, source is null ? "Source" : "Target", empty: false);
            return null;
        }

        return Complete(new StructureMap
        {
            AgencyId = header.AgencyId,
            Id = header.Id,
            Source = source,
            Target = target,
            ComponentMaps = components.ToImmutable(),
            FixedValues = fixedValues.ToImmutable(),
            TimeMaps = [.. times.Select(t => t.Map with { FrequencyFormats = Formats(t.Formats, formats, header) })],
        }, header);
    }

    private ImmutableDictionary<string, string> Formats(
        ImmutableArray<string> ids, Dictionary<string, (string Frequency, string Pattern)> formats, Header header)
    {
        ImmutableDictionary<string, string>.Builder byFrequency = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (string id in ids)
        {
            if (formats.TryGetValue(id, out (string Frequency, string Pattern) format))
            {
                byFrequency[format.Frequency] = format.Pattern;
            }
            else
            {
                cursor.Issues.Add(IssueCodes.UnresolvedReference, header.Location, $"FrequencyFormatMapping {id}", $"{header.AgencyId}:{header.Id}");
            }
        }

        return byFrequency.ToImmutable();
    }

    private void FrequencyFormat(Dictionary<string, (string Frequency, string Pattern)> formats)
    {
        (string? id, string frequency, string pattern) = (cursor.Attribute("id"), "", "");
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "FrequencyId":
                    frequency = cursor.Token();
                    break;
                case "DatePattern":
                    pattern = cursor.Text();
                    break;
                default:
                    ListPart("FrequencyFormatMapping", name);
                    break;
            }
        }

        formats[id ?? frequency] = (frequency, pattern);
    }

    /// <summary>Reads an epoch or date pattern map: one for each pair of source and target.</summary>
    private IEnumerable<(TimePatternMap Map, ImmutableArray<string> Formats)> TimeMaps(string element)
    {
        TimePatternMap map = new()
        {
            Source = "",
            Target = "",
            Id = cursor.Attribute("id"),
            Uri = cursor.Attribute("uri"),
            SourcePattern = element == "DatePatternMap" ? cursor.RawAttribute("sourcePattern") ?? "" : null,
            Locale = cursor.Attribute("locale") ?? "en",
            EpochPeriod = element == "EpochMap" ? cursor.Attribute("epochPeriod") : null,
            BasePeriod = cursor.Attribute("basePeriod"),
            ResolvePeriod = cursor.Attribute("resolvePeriod"),
        };
        if (element == "EpochMap" && (map.EpochPeriod is null || map.BasePeriod is null))
        {
            cursor.Report(IssueCodes.MissingElement, map.EpochPeriod is null ? "epochPeriod" : "basePeriod", element);
        }

        NameParts about = new();
        List<string> sources = [], targets = [];
        ImmutableArray<string>.Builder formats = ImmutableArray.CreateBuilder<string>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Source":
                    sources.Add(cursor.Token());
                    break;
                case "Target":
                    targets.Add(cursor.Token());
                    break;
                case "FrequencyDimension":
                    map = map with { FrequencyDimension = cursor.Token() };
                    break;
                case "TargetFrequencyID":
                    map = map with { TargetFrequencyId = cursor.Token() };
                    break;
                case "MappedFrequencies":
                    formats.Add(cursor.Token());
                    break;
                default:
                    OtherPart(about, name, element);
                    break;
            }
        }

        if (sources.Count != targets.Count || sources.Count == 0)
        {
            cursor.Report(IssueCodes.MissingElement, sources.Count < targets.Count ? "Source" : "Target", element);
        }

        map = map with { Annotations = about.Annotations, Links = about.Links };
        return sources.Zip(targets).Select(p => (map with { Source = p.First, Target = p.Second }, formats.ToImmutable())).ToList();
    }

    private ComponentMap ComponentMap()
    {
        ImmutableArray<string>.Builder sources = ImmutableArray.CreateBuilder<string>(), targets = ImmutableArray.CreateBuilder<string>();
        StructureReference? map = null;
        NameParts about = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Source":
                    sources.Add(cursor.Token());
                    break;
                case "Target":
                    targets.Add(cursor.Token());
                    break;
                case "RepresentationMap":
                    map = Reference("RepresentationMap");
                    break;
                default:
                    OtherPart(about, name, "ComponentMap");
                    break;
            }
        }

        return new ComponentMap { Sources = sources.ToImmutable(), Targets = targets.ToImmutable(), RepresentationMap = map, Annotations = about.Annotations };
    }

    private FixedValueMap FixedValue()
    {
        (string component, bool isTarget) = ("", true);
        NameParts about = new();
        ImmutableArray<string>.Builder values = ImmutableArray.CreateBuilder<string>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Source" or "Target":
                    (component, isTarget) = (cursor.Token(), name == "Target");
                    break;
                case "Value":
                    values.Add(cursor.Text());
                    break;
                default:
                    OtherPart(about, name, "FixedValueMap");
                    break;
            }
        }

        return new FixedValueMap(component, values.ToImmutable(), isTarget) { Annotations = about.Annotations };
    }

    private RepresentationMap RepresentationMap(Header header)
    {
        ImmutableArray<RepresentationSide>.Builder sources = ImmutableArray.CreateBuilder<RepresentationSide>(), targets = ImmutableArray.CreateBuilder<RepresentationSide>();
        ImmutableArray<RepresentationMapping>.Builder rows = ImmutableArray.CreateBuilder<RepresentationMapping>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "SourceCodelist" or "TargetCodelist":
                    if (Reference("Codelist") is { } list)
                    {
                        (name[0] == 'S' ? sources : targets).Add(new RepresentationSide(list, null));
                    }

                    break;
                case "SourceDataType" or "TargetDataType":
                    (name[0] == 'S' ? sources : targets).Add(new RepresentationSide(null, ReadDataType(cursor.Token(), SdmxDataType.String)));
                    break;
                case "RepresentationMapping":
                    rows.Add(MappingRow());
                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        return Complete(new RepresentationMap
        {
            AgencyId = header.AgencyId,
            Id = header.Id,
            Sources = sources.ToImmutable(),
            Targets = targets.ToImmutable(),
            Mappings = rows.ToImmutable(),
        }, header);
    }

    private RepresentationMapping MappingRow()
    {
        NameParts about = new();
        (string? from, string? to) = (cursor.Attribute("validFrom"), cursor.Attribute("validTo"));
        ImmutableArray<MappedValue>.Builder sources = ImmutableArray.CreateBuilder<MappedValue>();
        ImmutableArray<string>.Builder targets = ImmutableArray.CreateBuilder<string>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "SourceValue":
                    sources.Add(MappedValue());
                    break;
                case "TargetValue":
                    targets.Add(cursor.Text());
                    break;
                default:
                    OtherPart(about, name, "RepresentationMapping");
                    break;
            }
        }

        return new RepresentationMapping(sources.ToImmutable(), targets.ToImmutable(), from, to) { Annotations = about.Annotations };
    }
}
