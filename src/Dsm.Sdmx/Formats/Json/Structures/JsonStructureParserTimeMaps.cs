using System.Collections.Immutable;
using System.Text.Json;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Epoch and date pattern maps.</summary>
internal sealed partial class JsonStructureParser
{
    private ImmutableDictionary<string, string> Formats(
        ImmutableArray<string> ids, Dictionary<string, (string Frequency, string Pattern)> formats, Parts parts)
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
                cursor.Issues.Add(IssueCodes.UnresolvedReference, parts.Location, $"FrequencyFormatMapping {id}", $"{parts.AgencyId}:{parts.Id}");
            }
        }

        return byFrequency.ToImmutable();
    }

    private void FrequencyFormat(Dictionary<string, (string Frequency, string Pattern)> formats)
    {
        (string? id, string frequency, string pattern) = (null, "", "");
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "id":
                    id = cursor.Text();
                    break;
                case "frequencyId":
                    frequency = cursor.Text() ?? "";
                    break;
                case "datePattern":
                    pattern = cursor.Text() ?? "";
                    break;
            }
        }

        formats[id ?? frequency] = (frequency, pattern);
    }

    /// <summary>Reads an epoch or date pattern map: one for each pair of source and target.</summary>
    private List<(TimePatternMap Map, ImmutableArray<string> Formats)> TimeMaps()
    {
        Parts parts = Begin();
        TimePatternMap map = new() { Source = "", Target = "" };
        ImmutableArray<string> formats = [];
        List<(string Source, string Target)> pairs = [];
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "mappedComponents":
                    foreach (int _ in cursor.Elements())
                    {
                        pairs.Add(Pair());
                    }

                    break;
                case "mappedFrequencies":
                    formats = Texts();
                    break;
                case "sourcePattern":
                    map = map with { SourcePattern = cursor.Text() ?? "" };
                    break;
                case "locale":
                    map = map with { Locale = cursor.Text() ?? "en" };
                    break;
                case "basePeriod":
                    map = map with { BasePeriod = cursor.Text() };
                    break;
                case "epochPeriod":
                    map = map with { EpochPeriod = cursor.Text() };
                    break;
                case "resolvePeriod":
                    map = map with { ResolvePeriod = cursor.Text() };
                    break;
                case "frequencyDimension":
                    map = map with { FrequencyDimension = cursor.Text() };
                    break;
                case "targetFrequencyID":
                    map = map with { TargetFrequencyId = cursor.Text() };
                    break;
                default:
                    Common(parts, member);
                    break;
            }
        }

        map = map with { Id = parts.Id, Uri = parts.Uri, Links = [.. parts.Links], Annotations = parts.Annotations };
        return [.. pairs.Select(p => (map with { Source = p.Source, Target = p.Target }, formats))];
    }

    private (string Source, string Target) Pair()
    {
        (string source, string target) = ("", "");
        foreach (string member in cursor.Members())
        {
            if (member == "source")
            {
                source = cursor.Text() ?? "";
            }
            else if (member == "target")
            {
                target = cursor.Text() ?? "";
            }
        }

        return (source, target);
    }
}
