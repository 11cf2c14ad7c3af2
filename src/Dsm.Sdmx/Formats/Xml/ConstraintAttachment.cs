using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>What of a constraint's attachments a version carries: the schemas admit one kind at a time, and one provider only.</summary>
/// <param name="Artefacts">Artefacts.</param>
/// <param name="DataSets">Data sets.</param>
/// <param name="MetadataSets">Metadata sets by provider and id.</param>
/// <param name="SimpleSources">URLs of files.</param>
/// <param name="QueryableSources">Services, beside artefacts only.</param>
internal sealed record ConstraintAttachment(
    ImmutableArray<StructureReference> Artefacts,
    ImmutableArray<SetReference> DataSets,
    ImmutableArray<SetReference> MetadataSets,
    ImmutableArray<string> SimpleSources,
    ImmutableArray<QueryableDataSource> QueryableSources)
{
    /// <summary>True when nothing is carried.</summary>
    public bool IsEmpty => Artefacts.IsEmpty && DataSets.IsEmpty && MetadataSets.IsEmpty && SimpleSources.IsEmpty && QueryableSources.IsEmpty;

    /// <summary>What is carried of a constraint's attachments.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="version3">True for 3.0 and 3.1.</param>
    /// <param name="sources">True where files and services can be named (up to 3.0).</param>
    public static ConstraintAttachment Of(Constraint constraint, bool version3, bool sources = true)
    {
        ImmutableArray<StructureReference> artefacts = Carried(constraint, version3);
        if (!artefacts.IsEmpty)
        {
            bool queryable = sources && !Element(artefacts[0]).EndsWith("Provider", StringComparison.Ordinal)
                && constraint.Role != ConstraintRole.Attachment;
            return new ConstraintAttachment(artefacts, [], [], [], queryable ? constraint.QueryableDataSources : []);
        }

        // One of each in a constraint on content, several only in an attachment constraint.
        ImmutableArray<T> Some<T>(ImmutableArray<T> all) => constraint.Role == ConstraintRole.Attachment || version3 ? all : [.. all.Take(1)];
        return version3 ? new([], [], [], sources ? constraint.SimpleDataSources : [], [])
            : !constraint.DataSets.IsEmpty ? new([], Some(constraint.DataSets), [], [], [])
            : !constraint.MetadataSets.IsEmpty ? new([], [], Some(constraint.MetadataSets), [], [])
            : new([], [], [], Some(constraint.SimpleDataSources), []);
    }

    /// <summary>The element for an attached artefact; empty when there is none.</summary>
    public static string Element(StructureReference reference) => reference.Type.Class switch
    {
        "DataProviderScheme" => "DataProvider",
        "MetadataProviderScheme" => "MetadataProvider",
        "DataStructure" or "Dataflow" or "ProvisionAgreement" or "MetadataStructure" or "Metadataflow" or "MetadataProvisionAgreement" or "MetadataSet" => reference.Type.Class,
        _ => "",
    };

    private static ImmutableArray<StructureReference> Carried(Constraint constraint, bool version3)
    {
        StructureReference? first = constraint.Attachments.FirstOrDefault(a => IsCarried(a, constraint, version3));
        return first is null ? []
            : Element(first).EndsWith("Provider", StringComparison.Ordinal) ? [first]
            : [.. constraint.Attachments.Where(a => a.Type == first.Type)];
    }

    private static bool IsCarried(StructureReference reference, Constraint constraint, bool version3) => Element(reference) switch
    {
        "" => false,
        "DataProvider" => (constraint is DataConstraint || !version3) && constraint.Role != ConstraintRole.Attachment,
        "DataStructure" or "Dataflow" or "ProvisionAgreement" => constraint is DataConstraint || !version3,
        "MetadataStructure" or "Metadataflow" => constraint is MetadataConstraint || !version3,
        // 3.0 has the element, but its schema admits no value there.
        "MetadataSet" => false,
        _ => constraint is MetadataConstraint && version3,
    };
}
