using System.Collections.Immutable;

namespace Dsm.Sdmx.Formats;

/// <summary>Losses in metadata messages, whose formats are called as those of structures.</summary>
public static partial class KnownLosses
{
    private const string Csv20 = "SDMX-CSV 2.0", Csv21 = "SDMX-CSV 2.1";

    /// <summary>What each format of metadata messages cannot carry of metadata sets, by property.</summary>
    public static ImmutableArray<KnownLoss> OfMetadata { get; } =
    [
        .. new KnownLoss[]
        {
            new("Annotation.Title", "The schemas of metadata messages have no title.", [Json20, Json21]),
            new("Annotation.Urls", "2.1 has one URL without a language.", [Ml21]),
            new("Annotation.Value", "2.1 has no AnnotationValue.", [Ml21]),
            new("Maintainable.Annotations", "SDMX-CSV has no annotations.", [Csv20, Csv21]),
            new("Maintainable.IsFinal", "The version says it.", [Ml21, Ml30, Ml31, Json20, Json21, Csv20, Csv21]),
            new("Maintainable.IsPartialLanguage", "Only the formats of 3.1 have it.", [Ml21, Ml30, Json20, Csv20]),
            new("Maintainable.Links", "2.1 and SDMX-CSV have no links.", [Ml21, Csv20, Csv21]),
            new("Maintainable.ValidFrom", "The schemas want an instant with its offset.", [Json20, Json21]),
            new("Maintainable.ValidTo", "The schemas want an instant with its offset.", [Json20, Json21]),
            new("Maintainable.Version", "Sets of 2.1 have no version; SDMX-JSON has versions of three parts, others only when no address stands in their place.", [Ml21, Json20, Json21]),
            new("MetadataSet.Action", "SDMX-CSV 2.1 has no actions but deletion.", [Csv21]),
            new("MetadataSet.Addresses", "2.1 and SDMX-CSV have no uri, structureURL and serviceURL of a set.", [Ml21, Csv20, Csv21]),
            new("MetadataSet.AgencyId", "Sets of 2.1 have no agency: that of the provider or of the structure is read.", [Ml21]),
            new("MetadataSet.Attributes", "A set of 3.x without targets has no attributes.", [Ml30, Ml31]),
            new("MetadataSet.Dates", "SDMX-CSV has no dates of reporting, publication and validity.", [Csv20, Csv21]),
            new("MetadataSet.Description", "2.1 and SDMX-CSV have none.", [Ml21, Csv20, Csv21]),
            new("MetadataSet.Id", "Reports of 2.1 that are part of one set have its id with their number.", [Ml21]),
            new("MetadataSet.MetadataProvisionAgreement", "2.1 names one of flow, agreement and structure; sets of 3.x without content name none.", [Ml21, Ml30, Ml31]),
            new("MetadataSet.MetadataStructure", "2.1 names one of flow, agreement and structure; 3.x wants a flow or an agreement: where there is none, the flow of the identity of the structure is written. SDMX-CSV names no structures.", [Ml21, Ml30, Ml31, Json20, Json21, Csv20, Csv21]),
            new("MetadataSet.Metadataflow", "3.x names either a flow or an agreement, and none in a set without content.", [Ml30, Ml31, Json20, Json21, Csv20, Csv21]),
            new("MetadataSet.Name", "SDMX-CSV has one name, when labels are asked for.", [Csv20, Csv21]),
            new("MetadataSet.Provider", "3.x knows the provider by its agreement; SDMX-ML may name one metadata provider for all sets.", [Ml30, Ml31, Json20, Json21, Csv20, Csv21]),
            new("MetadataSet.ReportAnnotations", "Reports of 2.1 only.", [Ml30, Ml31, Json20, Json21, Csv20, Csv21]),
            new("MetadataSet.ReportId", "Reports of 2.1 only.", [Ml30, Ml31, Json20, Json21, Csv20, Csv21]),
            new("MetadataSet.ReportTarget", "Reports of 2.1 only; the objects they are about are targets of 3.x, their periods, keys and data sets are lost.", [Ml30, Ml31, Json20, Json21, Csv20, Csv21]),
            new("MetadataSet.SetId", "Reports of 2.1 only.", [Ml30, Ml31, Json20, Json21, Csv20, Csv21]),
            new("MetadataSet", "SDMX-JSON wants a target without wildcards and an attribute, SDMX-ML 2.1 a target and an attribute.", [Ml21, Json20, Json21]),
            new("MetadataSet.Targets", "SDMX-CSV has artefacts only, no items; SDMX-JSON has no wildcards in targets; a set of 3.x without attributes has none.", [Ml30, Ml31, Json20, Json21, Csv20, Csv21]),
            new("StructureReference.Version", "2.1 has no wildcards and extensions in versions.", [Ml21]),
            new("ReportedAttribute.Annotations", "SDMX-CSV has no annotations.", [Csv20, Csv21]),
            new("ReportedAttribute.Empty", "An attribute of SDMX-CSV without value and children is none.", [Csv20, Csv21]),
        }.OrderBy(l => l.Property, StringComparer.Ordinal),
    ];

    /// <summary>The loss of a property of metadata sets in a format; null when the format carries it.</summary>
    public static KnownLoss? FindOfMetadata(string property, SdmxFormat format) => OfMetadata.FirstOrDefault(l => l.Property == property && l.Formats.Contains(NameOf(format)));

    /// <summary>The name of a format of metadata messages in the table: syntax and version.</summary>
    public static string NameOf(SdmxFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return string.Join(' ', format.Name.Split(' ').Take(2));
    }
}
