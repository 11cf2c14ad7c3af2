using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Metadata messages of SDMX-JSON 2.0 and 2.1.</summary>
internal sealed partial class StructureJson20
{
    /// <summary>Writes a whole metadata message.</summary>
    public void MetadataMessage(ImmutableArray<MetadataSet> sets, MessageHeader header)
    {
        Json.WriteStartObject();
        JsonMeta.Write(Json, header, "metadata", Is21 ? "2.1" : "2.0");
        Json.WriteStartObject("data");
        Array("metadataSets", sets.Where(HasForm), SetMembers);
        Json.WriteEndObject();
        Json.WriteEndObject();
        Json.Flush();
        foreach (MetadataSet lost in sets.Where(s => !HasForm(s)))
        {
            Lost("MetadataSet", lost, true);
        }
    }

    /// <summary>The schemas require targets and attributes even of what is to be deleted.</summary>
    internal static bool HasForm(MetadataSet set) => set.Targets.Any(IsTarget) && !set.Attributes.IsEmpty;

    /// <summary>True for what the schemas allow as a target: an object, not a wildcard for some.</summary>
    private static bool IsTarget(string urn) => !urn.Contains('*', StringComparison.Ordinal);

    private void Lost(string property, MetadataSet set, bool isLost)
    {
        if (isLost)
        {
            NotCarried(property, set.Reference);
        }
    }

    private void SetMembers(MetadataSet set)
    {
        Losses(set);
        Json.WriteString("id", set.Id);
        Json.WriteString("agencyID", set.AgencyId);

        // The schemas allow versions of three parts only.
        if (HasVersionOfThreeParts(set))
        {
            Json.WriteString("version", set.Version.ToString());
        }

        Flag("isExternalReference", set.IsExternalReference);
        Flag("isPartialLanguage", set.IsPartialLanguage && Is21);
        Text("action", set.Action == "Merge" ? null : set.Action);
        Text("reportingBegin", set.ReportingBeginDate);
        Text("reportingEnd", set.ReportingEndDate);
        Text("publicationYear", set.PublicationYear);
        Text("publicationPeriod", set.PublicationPeriod);
        Instant("validFrom", set.ValidFrom, "Maintainable.ValidFrom", set.Reference);
        Instant("validTo", set.ValidTo, "Maintainable.ValidTo", set.Reference);
        Localised("name", "names", set.Name.IsEmpty ? LocalisedText.Of(set.Id) : set.Name);
        if (!set.Description.IsEmpty)
        {
            Object("descriptions", () => Languages(set.Description));
        }

        MetadataAnnotations(set.Annotations, set);
        Links(set);
        Reference(set.MetadataProvisionAgreement is null ? "metadataflow" : "metadataProvisionAgreement", set.MetadataProvisionAgreement ?? Flow(set));
        Texts("targets", set.Targets.Where(IsTarget));
        Array("attributes", set.Attributes, a => ReportedAttribute(a, set));
    }

    private static bool HasVersionOfThreeParts(MetadataSet set) => SemanticVersion().IsMatch(set.Version.ToString());

    /// <summary>Writes links: the schemas have no URN of metadata sets, which stands in the address where the version has no other place.</summary>
    private void Links(MetadataSet set)
    {
        string? self = set.StructureUrl ?? (HasVersionOfThreeParts(set) || set.Version == SdmxVersion.Default ? null : set.Urn);
        Link[] links = [.. Own(), .. set.Links];
        if (links.Length == 0 && set.MetadataStructure is null && set.Uri is null && self is null)
        {
            return;
        }

        Json.WriteStartArray("links");
        if (self is not null || set.Uri is not null)
        {
            Json.WriteStartObject();
            Json.WriteString("rel", self is null ? "describedby" : "self");
            Json.WriteString("href", self ?? set.Uri);
            Text("type", self is null ? null : JsonStructureParser.SelfType);
            Text("uri", self is null ? null : set.Uri);
            Json.WriteEndObject();
        }

        // The first link to a structure says the structure.
        if (set.MetadataStructure is { } structure && set.Links.FirstOrDefault(l => l.Rel == "metadatastructure" && l.Urn is not null)?.Urn != structure.Urn)
        {
            Json.WriteStartObject();
            Json.WriteString("rel", "metadatastructure");
            Json.WriteString("urn", structure.Urn);
            Json.WriteEndObject();
        }

        foreach (Link link in links)
        {
            Json.WriteStartObject();
            LinkMembers(link);
            Json.WriteEndObject();
        }

        Json.WriteEndArray();

        IEnumerable<Link> Own() => set.ServiceUrl is null ? [] : [new Link("service", set.ServiceUrl)];
    }

    private static StructureReference Flow(MetadataSet set) => set.Metadataflow ?? (set.MetadataStructure ?? set.Reference) with { Type = StructureType.Metadataflow };

    private void ReportedAttribute(ReportedAttribute attribute, MetadataSet set)
    {
        Json.WriteString("id", attribute.Id);
        Lost("ReportedAttribute.IsStructured", set, attribute.IsStructured != (attribute.Value is null && Model.ReportedAttribute.LooksStructured(attribute.Text)));
        if (attribute.Value is { } value)
        {
            Json.WriteString("value", value);
            Lost("ReportedAttribute.Text", set, !attribute.Text.IsEmpty);
        }
        else if (!attribute.Text.IsEmpty)
        {
            Lost("ReportedAttribute.Text", set, attribute.Text.Texts.DistinctBy(t => t.Key, StringComparer.OrdinalIgnoreCase).Count() < attribute.Text.Texts.Length);
            Object("value", () => Languages(attribute.Text));
        }

        MetadataAnnotations(attribute.Annotations, set);
        Array("attributes", attribute.Children, c => ReportedAttribute(c, set));
    }

    private void Languages(LocalisedText text)
    {
        foreach ((string language, string value) in text.Texts.DistinctBy(t => t.Key, StringComparer.OrdinalIgnoreCase))
        {
            Json.WriteString(language.Length == 0 ? "und" : language, value);
        }
    }

    /// <summary>Annotations, which have no title here.</summary>
    private void MetadataAnnotations(ImmutableArray<Annotation> annotations, MetadataSet set)
    {
        Lost("Annotation.Title", set, annotations.Any(a => a.Title is not null));
        Annotations([.. annotations.Select(a => a.Title is null ? a : a with { Title = null })]);
    }

    private void Losses(MetadataSet set)
    {
        Lost("Maintainable.IsPartialLanguage", set, set.IsPartialLanguage && !Is21);
        Lost("Maintainable.Version", set, !HasVersionOfThreeParts(set) && set.Version != SdmxVersion.Default && set.StructureUrl is not null);
        Lost("MetadataSet.Action", set, set.Action == "Merge");
        Lost("MetadataSet.Metadataflow", set, set.Metadataflow is not null && set.MetadataProvisionAgreement is not null);
        Lost("MetadataSet.MetadataStructure", set, set.Metadataflow is null && set.MetadataProvisionAgreement is null);
        Lost("MetadataSet.Targets", set, !set.Targets.All(IsTarget));
        Lost("MetadataSet.Provider", set, set.Provider is not null);
        Lost("MetadataSet.SetId", set, set.SetId is not null);
        Lost("MetadataSet.ReportId", set, set.ReportId is not null);
        Lost("MetadataSet.ReportTarget", set, set.ReportTarget is not null);
        Lost("MetadataSet.ReportAnnotations", set, !set.ReportAnnotations.IsEmpty);
    }

    [GeneratedRegex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex SemanticVersion();
}
