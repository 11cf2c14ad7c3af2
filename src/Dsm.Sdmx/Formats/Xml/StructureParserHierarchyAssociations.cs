using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>What hierarchies are used for.</summary>
internal sealed partial class StructureParser
{
    private HierarchyAssociation HierarchyAssociation(Header header)
    {
        StructureReference? hierarchy = null, linked = null, context = null;
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "LinkedHierarchy":
                    hierarchy = Reference("Hierarchy");
                    break;
                case "LinkedObject":
                    linked = Reference("Codelist");
                    break;
                case "ContextObject":
                    context = Reference("Dataflow");
                    break;
                default:
                    Other(header, name);
                    break;
            }
        }

        if (hierarchy is null || linked is null)
        {
            Missing(header, hierarchy is null ? "LinkedHierarchy" : "LinkedObject");
        }

        return Complete(new HierarchyAssociation
        {
            AgencyId = header.AgencyId,
            Id = header.Id,
            LinkedHierarchy = hierarchy,
            LinkedObject = linked,
            ContextObject = context,
        }, header);
    }
}
