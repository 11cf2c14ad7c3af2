using System.Buffers;
using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// Writes metadata sets in SDMX-CSV 2.0 (with ACTION) and 2.1 (with IS_PARTIAL_LANGUAGE), a record each. Columns are those of all
/// attributes that occur, marked by what occurs: several instances, languages.
/// </summary>
public static class CsvMetadataWriter
{
    /// <summary>Writes a message.</summary>
    /// <param name="format"><see cref="MediaTypes.MetadataCsv20"/> or <see cref="MediaTypes.MetadataCsv21"/>.</param>
    /// <param name="sets">The metadata sets.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="options">Delimiter, separator of several values, names of the sets (labels); losses.</param>
    public static void Write(SdmxFormat format, IReadOnlyList<MetadataSet> sets, IBufferWriter<byte> output, DataWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(output);
        options ??= DataWriterOptions.Default;
        char separator = options.CsvSubSeparator ?? (options.CsvDelimiter == ';' ? '|' : ';');
        CsvMetadataTree tree = CsvMetadataTree.Of(sets);
        bool is20 = format.Standard == "3.0";
        bool hasActions = sets.Any(s => is20 ? s.Action is not null : s.Action == "Delete");
        bool hasSubFields = tree.HasSubFields || sets.Any(s => s.Targets.Length > 1);
        CsvEscape escape = new(options.CsvDelimiter);
        Utf8Output utf8 = new(output);
        Record(utf8, escape,
        [
            hasSubFields ? $"MDSTRUCTURE[{separator}]" : "MDSTRUCTURE",
            .. Named("MDSTRUCTURE_ID", "MDSTRUCTURE_NAME", options),
            .. Named("METADATASET_ID", "METADATASET_NAME", options),
            .. hasActions ? ["ACTION"] : Array.Empty<string>(),
            .. is20 ? Array.Empty<string>() : ["IS_PARTIAL_LANGUAGE"],
            "TARGET_TYPES",
            .. Named("TARGET_IDS", "TARGET_NAMES", options),
            .. tree.Headers(separator).SelectMany(h => Named(h, h.Split('[')[0].Split('.')[^1], options)),
        ]);
        foreach (MetadataSet set in sets)
        {
            CsvMetadataLosses.Report(format, set, options, hasActions);
            (string types, string targets) = TargetsOf(set, separator, format, options.Issues);
            Record(utf8, escape,
            [
                set.MetadataProvisionAgreement is null ? "metadataflow" : "metadataprovision",
                .. Named((set.MetadataProvisionAgreement ?? set.Metadataflow ?? set.MetadataStructure ?? set.Reference).ToString(), "", options),
                .. NamesOf(set, options),
                .. hasActions ? [ActionOf(set)] : Array.Empty<string>(),
                .. is20 ? Array.Empty<string>() : [set.IsPartialLanguage ? "1" : "0"],
                types,
                .. Named(targets, "", options),
                .. tree.Fields(set.Attributes, separator).SelectMany(f => Named(f, "", options)),
            ]);
        }

        utf8.Flush();
    }

    private static IEnumerable<string> Named(string value, string name, DataWriterOptions options) => options.Labels == CsvLabels.Name ? [value, name] : [value];

    private static IEnumerable<string> NamesOf(MetadataSet set, DataWriterOptions options)
    {
        // "*" stands for all sets of the structure, which a deletion names by leaving the field empty.
        string id = set.Id == "*" ? "" : set.Reference.ToString();
        string? name = set.Name.Best([.. options.Languages]);
        return Named(options.Labels == CsvLabels.Both && name is not null ? $"{id}: {name}" : id, name ?? "", options);
    }

    private static string ActionOf(MetadataSet set) => set.Action switch
    {
        "Append" => "A",
        "Merge" => "M",
        "Replace" => "R",
        "Delete" => "D",
        _ => "I",
    };

    private static (string Types, string Ids) TargetsOf(MetadataSet set, char separator, SdmxFormat format, IssueList? issues)
    {
        List<StructureReference> targets = [];
        foreach (string urn in set.Targets)
        {
            if (StructureReference.TryParseUrn(urn, out StructureReference? target) && target.Type.Rest2 is not null && target.ItemId is null)
            {
                targets.Add(target);
            }
            else
            {
                issues?.Add(IssueCodes.NotCarried, Location.None, $"MetadataSet.Targets of {set.Reference}: {urn}", format.Name);
            }
        }

        return (string.Join(separator, targets.Select(t => t.Type.Rest2)), string.Join(separator, targets.Select(t => t.ToString())));
    }

    private static void Record(Utf8Output output, CsvEscape escape, ImmutableArray<string> fields)
    {
        for (int f = 0; f < fields.Length; f++)
        {
            if (f > 0)
            {
                output.Raw((byte)escape.Delimiter);
            }

            escape.Write(output, fields[f]);
        }

        output.Raw("\r\n"u8);
    }
}
