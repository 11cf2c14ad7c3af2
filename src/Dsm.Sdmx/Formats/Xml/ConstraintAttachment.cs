using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>What a constraint is attached to: the schemas admit one kind at a time, and one data provider only.</summary>
internal static class ConstraintAttachment
{
    /// <summary>The attachments of the first kind.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="left">How many attachments are left out.</param>
    public static ImmutableArray<StructureReference> Carried(DataConstraint constraint, out int left)
    {
        StructureReference? first = constraint.Attachments.FirstOrDefault(a => Element(a) != "");
        ImmutableArray<StructureReference> carried = first is null ? []
            : Element(first) == "DataProvider" ? [first]
            : [.. constraint.Attachments.Where(a => a.Type == first.Type)];
        left = constraint.Attachments.Length - carried.Length;
        return carried;
    }

    /// <summary>The element for an attachment; empty when there is none.</summary>
    public static string Element(StructureReference reference)
        => reference.Type == StructureType.DataProviderScheme ? "DataProvider"
            : reference.Type == StructureType.DataStructure || reference.Type == StructureType.Dataflow || reference.Type == StructureType.ProvisionAgreement
                ? reference.Type.Class : "";
}
