using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Regions of constraints and the selections in them.</summary>
internal sealed partial class StructureXml30
{
    /// <inheritdoc/>
    protected internal override void Region(CubeRegion region, object owner)
    {
        StartRegion("CubeRegion");
        Flag("include", region.IsIncluded, fallback: true);
        Annotations(region.Annotations);
        foreach (MemberSelection selection in region.Selections.OrderBy(s => s.IsAttribute))
        {
            bool range = selection.StartPeriod is not null || selection.EndPeriod is not null;
            if (!selection.IsAttribute && !range && selection.Values.IsEmpty)
            {
                NotCarried("CubeRegion.Selections", owner);
                continue;
            }

            Selection(selection);
        }

        End();
    }

    /// <inheritdoc/>
    protected internal override void TargetRegion(MetadataTargetRegion region, object owner)
    {
        if (region.Report is not null)
        {
            NotCarried("MetadataTargetRegion.Report", owner);
        }

        if (region.MetadataTarget is not null)
        {
            NotCarried("MetadataTargetRegion.MetadataTarget", owner);
        }

        StartRegion("MetadataTargetRegion");
        Flag("include", region.IsIncluded, fallback: true);
        Attribute("validFrom", region.ValidFrom);
        Attribute("validTo", region.ValidTo);
        ImmutableArray<MemberSelection> selections = [.. region.Selections.Where(s => s.IsAttribute)];
        if (selections.Length < region.Selections.Length)
        {
            NotCarried("MetadataTargetRegion.Selections", owner);
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
