using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Regions of constraints and the selections in them.</summary>
internal sealed partial class StructureXml30
{
    private void Region(CubeRegion region, Constraint constraint)
    {
        Start("CubeRegion");
        Flag("include", region.IsIncluded, fallback: true);
        Annotations(region.Annotations);
        foreach (MemberSelection selection in region.Selections.OrderBy(s => s.IsAttribute))
        {
            bool range = selection.StartPeriod is not null || selection.EndPeriod is not null;
            if (!selection.IsAttribute && !range && selection.Values.IsEmpty)
            {
                NotCarried("CubeRegion.Selections", constraint.Reference);
                continue;
            }

            Selection(selection);
        }

        End();
    }

    private void TargetRegion(MetadataTargetRegion region, Constraint constraint)
    {
        if (region.Report is not null)
        {
            NotCarried("MetadataTargetRegion.Report", constraint.Reference);
        }

        if (region.MetadataTarget is not null)
        {
            NotCarried("MetadataTargetRegion.MetadataTarget", constraint.Reference);
        }

        Start("MetadataTargetRegion");
        Flag("include", region.IsIncluded, fallback: true);
        Attribute("validFrom", region.ValidFrom);
        Attribute("validTo", region.ValidTo);
        ImmutableArray<MemberSelection> selections = [.. region.Selections.Where(s => s.IsAttribute)];
        if (selections.Length < region.Selections.Length)
        {
            NotCarried("MetadataTargetRegion.Selections", constraint.Reference);
        }

        foreach (MemberSelection selection in selections)
        {
            Selection(selection);
        }

        End();
    }

    private void Selection(MemberSelection selection)
    {
        bool range = selection.StartPeriod is not null || selection.EndPeriod is not null;
        Start(selection.IsAttribute ? "Component" : "KeyValue");
        Attribute("id", selection.ComponentId);
        Flag("include", selection.IsIncluded, fallback: true);
        Flag("removePrefix", selection.RemovePrefix);
        Attribute("validFrom", selection.ValidFrom);
        Attribute("validTo", selection.ValidTo);
        if (range)
        {
            TimeRangeXml.Write(Xml, Namespaces.Structure, selection, validity: true);
        }

        foreach (MemberValue value in range ? [] : selection.Values)
        {
            Value("Value", value);
        }

        End();
    }
}
