using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>What SDMX-CSV has no column for in a metadata set.</summary>
internal static class CsvMetadataLosses
{
    /// <summary>Says what is lost of a set, each property once.</summary>
    public static void Report(SdmxFormat format, MetadataSet set, DataWriterOptions options, bool hasActions)
    {
        if (options.Issues is not { } issues)
        {
            return;
        }

        foreach (string property in Of(format, set, options, hasActions).Distinct())
        {
            issues.Add(IssueCodes.NotCarried, Location.None, $"{property} of {set.Reference}", format.Name);
        }
    }

    private static IEnumerable<string> Of(SdmxFormat format, MetadataSet set, DataWriterOptions options, bool hasActions)
    {
        (string Property, bool IsLost)[] all =
        [
            ("MetadataSet.Name", !IsCarried(set, options)),
            ("MetadataSet.Description", !set.Description.IsEmpty),
            ("MetadataSet.Action", hasActions ? set.Action is null : set.Action is not null),
            ("Maintainable.Annotations", !set.Annotations.IsEmpty),
            ("Maintainable.Links", !set.Links.IsEmpty),
            ("Maintainable.IsExternalReference", set.IsExternalReference),
            ("Maintainable.IsPartialLanguage", set.IsPartialLanguage && format.Standard == "3.0"),
            ("MetadataSet.Addresses", set.Uri is not null || set.StructureUrl is not null || set.ServiceUrl is not null),
            ("MetadataSet.Dates", set.ReportingBeginDate is not null || set.ReportingEndDate is not null || set.PublicationYear is not null
                || set.PublicationPeriod is not null || set.ValidFrom is not null || set.ValidTo is not null),
            ("MetadataSet.Metadataflow", set.Metadataflow is not null && set.MetadataProvisionAgreement is not null),
            ("MetadataSet.MetadataStructure", set.MetadataStructure is not null || (set.Metadataflow is null && set.MetadataProvisionAgreement is null)),
            ("MetadataSet.Provider", set.Provider is not null),
            ("MetadataSet.SetId", set.SetId is not null),
            ("MetadataSet.ReportId", set.ReportId is not null),
            ("MetadataSet.ReportTarget", set.ReportTarget is not null),
            ("MetadataSet.ReportAnnotations", !set.ReportAnnotations.IsEmpty),
        ];
        return all.Where(p => p.IsLost).Select(p => p.Property).Concat(Of(set.Attributes));
    }

    /// <summary>One name in the language that is read, when names are asked for.</summary>
    private static bool IsCarried(MetadataSet set, DataWriterOptions options)
        => set.Name.IsEmpty || (options.Labels != CsvLabels.Id && set.Name.Texts is [{ Key: "en" }]);

    private static IEnumerable<string> Of(ImmutableArray<ReportedAttribute> attributes)
    {
        // Those of one id stand in one column, whatever stood between them.
        if (!attributes.Select(a => a.Id).SequenceEqual(attributes.GroupBy(a => a.Id).SelectMany(g => g).Select(a => a.Id)))
        {
            yield return "ReportedAttribute.Order";
        }

        foreach (ReportedAttribute attribute in attributes)
        {
            if (!attribute.Annotations.IsEmpty)
            {
                yield return "ReportedAttribute.Annotations";
            }

            if (attribute.Value is not null && !attribute.Text.IsEmpty)
            {
                yield return "ReportedAttribute.Value";
            }
            else if (attribute.IsStructured != ReportedAttribute.LooksStructured(attribute.Text))
            {
                yield return "ReportedAttribute.IsStructured";
            }

            if (attribute is { Value: null or "", Text.IsEmpty: true, Children.IsEmpty: true })
            {
                yield return "ReportedAttribute.Empty";
            }

            foreach (string below in Of(attribute.Children))
            {
                yield return below;
            }
        }
    }
}
