using System.Collections.Immutable;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// Reads metadata sets in SDMX-CSV 2.0 and 2.1 (field guide "metadata message"): a record each. Values of attributes below an
/// attribute that occurs several times stand in one field, in the order of their parents, nested in quotation marks.
/// </summary>
public static class CsvMetadataReader
{
    private const int MaxRecord = 16 * 1024 * 1024;

    /// <summary>Reads all metadata sets of a message, not compressed. Records that cannot be read are reported with their line.</summary>
    /// <param name="stream">The message; not closed.</param>
    /// <param name="issues">Where findings go.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    public static ImmutableArray<MetadataSet> Read(Stream stream, IssueList issues, DataReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(issues);
        return Read(stream, issues, new MetadataLocations(), options ?? DataReaderOptions.Default);
    }

    /// <summary>Reads all metadata sets and keeps the line of each.</summary>
    internal static ImmutableArray<MetadataSet> Read(Stream stream, IssueList issues, MetadataLocations locations, DataReaderOptions options)
    {
        ImmutableArray<MetadataSet>.Builder sets = ImmutableArray.CreateBuilder<MetadataSet>();
        CsvBuffer buffer = new(new GuardedStream(stream, options.MaxBytes), MaxRecord);
        CsvTokenizer tokens = new(buffer, MaxRecord);
        try
        {
            if (CsvMessageHeader.Read(buffer, tokens, issues) is { } names && CsvMetadataHeader.Parse(names, issues) is { } header)
            {
                tokens.Plan([new CsvSegment(0, names.Length, isStable: false)]);
                ReadRecords(tokens, header, names.Length, sets, locations, issues);
            }
        }
        catch (MessageException e)
        {
            issues.Add(e.Issue with { Location = e.Issue.Location.Line > 0 ? e.Issue.Location : new Location(tokens.Line) });
        }

        return sets.DrainToImmutable();
    }

    private static void ReadRecords(CsvTokenizer tokens, CsvMetadataHeader header, int columns, ImmutableArray<MetadataSet>.Builder sets, MetadataLocations locations, IssueList issues)
    {
        CsvText text = new();
        for (; tokens.Look(); tokens.Take())
        {
            if (tokens.FieldCount == 1 && tokens.IsEmpty(0))
            {
                continue;
            }

            if (tokens.FieldCount < columns || tokens.HasSurplus)
            {
                issues.Add(IssueCodes.CsvFieldCount, new Location(tokens.Line), tokens.FieldCount, columns);
                continue;
            }

            string[] fields = [.. Enumerable.Range(0, columns).Select(c => text.Of(tokens.Raw(c, out bool hasEscapes), hasEscapes).ToString())];
            if (SetOf(fields, header, tokens.Line, issues) is { } set)
            {
                sets.Add(locations.Keep(set, new Location(tokens.Line)));
            }
        }
    }

    private static MetadataSet? SetOf(string[] fields, CsvMetadataHeader header, int line, IssueList issues)
    {
        StructureType? type = fields[0].ToLowerInvariant() switch
        {
            "metadataflow" => StructureType.Metadataflow,
            "metadataprovision" or "metadataprovisionagreement" => StructureType.MetadataProvisionAgreement,
            _ => null,
        };
        if (type is null || !CsvStructureField.TryParse(type, fields[header.Structure], out StructureReference? structure))
        {
            issues.Add(IssueCodes.UnknownStructure, new Location(line, header.Structure + 1), $"{fields[0]} {fields[header.Structure]}".Trim());
            return null;
        }

        // Without a set all sets of the structure are meant: only a deletion can say that.
        string id = fields[header.Set];
        string? action = Action(fields, header);
        bool isSet = CsvStructureField.TryParse(StructureType.MetadataSet, id, out StructureReference? set);
        if (isSet ? set!.Id == "*" && action != "Delete" : id.Length > 0 || action != "Delete")
        {
            issues.Add(IssueCodes.InvalidText, new Location(line, header.Set + 1), id, "METADATASET_ID", "AGENCY:ID(VERSION)");
            return null;
        }

        return new MetadataSet
        {
            AgencyId = set?.AgencyId ?? structure.AgencyId,
            Id = set?.Id ?? "*",
            Version = SdmxVersion.TryParse(set?.Version ?? "1.0", out SdmxVersion version) ? version : SdmxVersion.Parse("1.0"),
            Name = NameOf(fields, header),
            Metadataflow = type == StructureType.Metadataflow ? structure : null,
            MetadataProvisionAgreement = type == StructureType.MetadataProvisionAgreement ? structure : null,
            Action = action,
            IsPartialLanguage = header.IsPartialLanguage >= 0 && fields[header.IsPartialLanguage] == "1",
            Targets = TargetsOf(fields, header, line, issues),
            Attributes = CsvMetadataValues.Read(fields, header),
        };
    }

    private static string? Action(string[] fields, CsvMetadataHeader header) => (header.Action < 0 ? "" : fields[header.Action]) switch
    {
        "I" => "Information",
        "A" => "Append",
        "M" => "Merge",
        "R" => "Replace",
        "D" => "Delete",
        _ => null,
    };

    private static LocalisedText NameOf(string[] fields, CsvMetadataHeader header)
    {
        int label = fields[header.Set].IndexOf("): ", StringComparison.Ordinal);
        string name = header.SetName >= 0 ? fields[header.SetName] : label < 0 ? "" : fields[header.Set][(label + 3)..];
        return name.Length > 0 ? LocalisedText.Of(name) : default;
    }

    private static ImmutableArray<string> TargetsOf(string[] fields, CsvMetadataHeader header, int line, IssueList issues)
    {
        if (header.Targets < 0 || header.TargetTypes < 0 || fields[header.Targets].Length == 0)
        {
            return [];
        }

        List<string> types = CsvSubFields.Split(fields[header.TargetTypes], header.SubSeparator);
        List<string> ids = CsvSubFields.Split(fields[header.Targets], header.SubSeparator);
        List<string> targets = [];
        for (int t = 0; t < ids.Count; t++)
        {
            StructureType? type = StructureType.FromRest2(types[Math.Min(t, types.Count - 1)].ToLowerInvariant());
            if (type is null || !CsvStructureField.TryParse(type, ids[t], out StructureReference? target))
            {
                issues.Add(IssueCodes.InvalidText, new Location(line, header.Targets + 1), ids[t], "TARGET_IDS", "AGENCY:ID(VERSION)");
                continue;
            }

            targets.Add(target.Urn);
        }

        return [.. targets];
    }
}
