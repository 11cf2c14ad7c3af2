using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Concepts: in schemes, and standing alone, which only 2.0 and 1.0 know.</summary>
internal sealed partial class Structure20Parser
{
    /// <summary>Id of the concept scheme that standalone concepts of an agency are put into; its version is 1.0.</summary>
    public const string StandaloneScheme = "STANDALONE_CONCEPT_SCHEME";

    private readonly Dictionary<string, (List<Concept> Concepts, Location Location)> _standalone = [];

    /// <summary>Schemes of this message by agency and concept; null when several have it.</summary>
    private readonly Dictionary<(string Agency, string Concept), StructureReference?> _schemes = [];

    private ConceptScheme ConceptScheme(Structure20Head head)
    {
        ImmutableArray<Concept>.Builder concepts = ImmutableArray.CreateBuilder<Concept>();
        StructureReference scheme = new(StructureType.ConceptScheme, head.AgencyId, head.Id, head.Version.ToString());
        foreach (string name in cursor.Children())
        {
            if (name != "Concept")
            {
                Other(head, name);
                continue;
            }

            Concept concept = Concept();
            concepts.Add(concept);
            (string, string) key = (head.AgencyId, concept.Id);
            _schemes[key] = _schemes.ContainsKey(key) ? null : scheme;
        }

        ItemSchemeCheck.Run(concepts, $"{head.AgencyId}:{head.Id}", head.Location, cursor.Issues);
        return head.Complete(new ConceptScheme { AgencyId = head.AgencyId, Id = head.Id, Concepts = concepts.ToImmutable() });
    }

    private void StandaloneConcept()
    {
        Location location = cursor.Location;
        if (ReadHead(StructureType.ConceptScheme) is not { } head)
        {
            return;
        }

        if (!_standalone.TryGetValue(head.AgencyId, out (List<Concept> Concepts, Location Location) scheme))
        {
            _standalone.Add(head.AgencyId, scheme = ([], location));
        }

        scheme.Concepts.Add(Concept());
    }

    private Concept Concept()
    {
        Concept concept = new() { Id = ItemId("id"), Uri = cursor.Attribute("uri"), ParentId = ItemSchemeCheck.Parent(cursor.Attribute("parent"), cursor.Attribute("id"), cursor) };
        StructureReference? codelist = CodelistOf("coreRepresentation");
        TextFormat? format = null;
        StructureParser.NameParts parts = new();
        foreach (string name in cursor.Children())
        {
            if (name == "TextFormat")
            {
                format = ReadTextFormat();
            }
            else
            {
                OtherPart(parts, name, "Concept");
            }
        }

        return concept with
        {
            Name = parts.Name,
            Description = parts.Description,
            Annotations = parts.Annotations,
            CoreRepresentation = RepresentationOf(codelist, format),
        };
    }

    private void TakeStandaloneConcepts()
    {
        foreach ((string agency, (List<Concept> concepts, Location location)) in _standalone)
        {
            ItemSchemeCheck.Run(concepts, $"{agency}:{StandaloneScheme}", location, cursor.Issues);
            Take(new ConceptScheme
            {
                AgencyId = agency,
                Id = StandaloneScheme,
                Name = LocalisedText.Of("Standalone concepts"),
                Concepts = [.. concepts],
            }, location);
        }
    }

    /// <summary>A concept named without its scheme: the one scheme of this message that has it, else the agency's standalone concepts.</summary>
    private StructureReference ConceptWithoutScheme(string agency, string id)
        => (_standalone.TryGetValue(agency, out (List<Concept> Concepts, Location Location) alone) && alone.Concepts.Exists(c => c.Id == id)
                ? null : _schemes.GetValueOrDefault((agency, id)))
            is { } scheme ? scheme with { ItemId = id } : new StructureReference(StructureType.ConceptScheme, agency, StandaloneScheme, "1.0", id);
}
