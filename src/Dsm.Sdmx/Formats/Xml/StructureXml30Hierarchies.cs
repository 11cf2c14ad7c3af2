using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Hierarchies and what they are used for.</summary>
internal sealed partial class StructureXml30
{
    private void Hierarchy(Hierarchy hierarchy)
    {
        bool content = Begin(hierarchy);
        Xml.WriteAttributeString("hasFormalLevels", hierarchy.HasFormalLevels ? "true" : "false");
        if (hierarchy.Container is not null)
        {
            NotCarried("Hierarchy.Container", hierarchy.Reference);
        }

        Names(hierarchy);
        if (!content)
        {
            // The schema wants one code even in a stub.
            foreach (HierarchicalCode first in hierarchy.Codes.Take(1))
            {
                HierarchicalCode(first with { Children = [], Level = null }, hierarchy, "", []);
            }
        }
        else
        {
            foreach (HierarchyLevel level in hierarchy.Levels)
            {
                BeginLevel(level);
            }

            foreach (HierarchyLevel _ in hierarchy.Levels)
            {
                End();
            }

            HashSet<string> taken = new(StringComparer.Ordinal);
            foreach (HierarchicalCode code in hierarchy.Codes)
            {
                HierarchicalCode(code, hierarchy, "", taken);
            }
        }

        End();
    }

    private void HierarchicalCode(HierarchicalCode code, Hierarchy hierarchy, string parent, HashSet<string> taken)
    {
        // In 2.1 the id is unique among siblings, in 3.0 in the whole hierarchy.
        string id = code.Id;
        if (!taken.Add(id))
        {
            NotCarried("HierarchicalCode.Id", hierarchy.Reference);
            string path = id = $"{parent}_{code.Id}";
            for (int n = 2; !taken.Add(id); n++)
            {
                id = $"{path}_{n}";
            }
        }

        Start("HierarchicalCode");
        Attribute("id", id);
        Attribute("uri", code.Uri);
        Attribute("validFrom", code.ValidFrom);
        Attribute("validTo", code.ValidTo);
        Annotations(code.Annotations);
        Links(code.Links, "HierarchicalCode", id);
        if (code.Version is not null)
        {
            NotCarried("HierarchicalCode.Version", hierarchy.Reference);
        }

        Reference("Code", code.Code);
        foreach (HierarchicalCode child in code.Children)
        {
            HierarchicalCode(child, hierarchy, id, taken);
        }

        // Named by its own id; 2.1 has the ids of the levels above it before it.
        Element("Level", code.Level is { } level ? level[(level.LastIndexOf('.') + 1)..] : null);
        End();
    }

    private void HierarchyAssociation(HierarchyAssociation association)
    {
        bool content = Begin(association);
        Names(association);
        if (content || association is { LinkedHierarchy: not null, LinkedObject: not null })
        {
            Reference("LinkedHierarchy", association.LinkedHierarchy);
            Reference("LinkedObject", association.LinkedObject);
            Reference("ContextObject", association.ContextObject);
        }

        End();
    }
}
