using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>What dimensions, attributes, measures and metadata attributes have in common; metadata structures and flows.</summary>
internal sealed partial class JsonStructureParser
{
    private sealed class ComponentParts
    {
        public required Parts Names { get; init; }

        public StructureReference? Concept { get; set; }

        public Representation? Representation { get; set; }

        public ImmutableArray<StructureReference> Roles { get; set; } = [];
    }

    private ComponentParts ComponentBegin() => new() { Names = Begin() };

    private void Component(ComponentParts parts, string member, SdmxDataType fallback)
    {
        switch (member)
        {
            case "conceptIdentity":
                parts.Concept = Reference();
                break;
            case "conceptRoles":
                parts.Roles = References();
                break;
            case "localRepresentation":
                parts.Representation = Representation(fallback);
                break;
            default:
                Common(parts.Names, member);
                break;
        }
    }

    /// <summary>Puts what the members said into a component; null with a finding when it has no concept or id.</summary>
    private T? Complete<T>(ComponentParts parts, T component)
        where T : Component
    {
        string? id = string.IsNullOrEmpty(parts.Names.Id) ? component.Id.Length > 0 ? component.Id : parts.Concept?.ItemId : parts.Names.Id;
        if (parts.Concept is null || string.IsNullOrEmpty(id))
        {
            cursor.Issues.Add(IssueCodes.MissingElement, parts.Names.Location, parts.Concept is null ? "conceptIdentity" : "id", $"{typeof(T).Name} {id}".Trim());
            return null;
        }

        return component with
        {
            Id = id,
            Concept = parts.Concept,
            ConceptRoles = parts.Roles,
            Representation = parts.Representation,
            Annotations = parts.Names.Annotations,
            Links = [.. parts.Names.Links],
            Uri = parts.Names.Uri,
        };
    }

    private ListNotes Notes(ListNotes notes, string member)
    {
        Parts parts = Begin();
        Common(parts, member);
        return member switch
        {
            "annotations" => notes with { Annotations = parts.Annotations },
            "links" => notes with { Links = [.. parts.Links], Uri = parts.Uri },
            _ => notes,
        };
    }

    private static ListNotes? Said(ListNotes notes) => notes.Annotations.IsEmpty && notes.Links.IsEmpty && notes.Uri is null ? null : notes;
}
