using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>What a constraint is about: the data structure behind it, its components and their codes.</summary>
public static class ConstraintParts
{
    /// <summary>The data structure of the first attachment that leads to one; null when none does.</summary>
    public static DataStructure? StructureOf(DataConstraint constraint, StructureSet structures)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        return constraint.Attachments.Select(a => StructureOf(structures.Find(a), structures)).FirstOrDefault(s => s is not null);
    }

    /// <summary>The data structure of an artefact that has data; null when there is none.</summary>
    public static DataStructure? StructureOf(Maintainable? artefact, StructureSet structures)
    {
        ArgumentNullException.ThrowIfNull(structures);
        return artefact switch
        {
            DataStructure structure => structure,
            Dataflow flow => structures.FindFrom<DataStructure>(flow, flow.Structure),
            ProvisionAgreement agreement => StructureOf(structures.Find<Dataflow>(agreement.Dataflow), structures),
            _ => null,
        };
    }

    /// <summary>The components that may be restricted: those of the structure, and those the region names besides.</summary>
    public static IEnumerable<(string Id, bool IsAttribute)> Components(DataStructure? structure, CubeRegion region)
    {
        ArgumentNullException.ThrowIfNull(region);
        IEnumerable<(string Id, bool IsAttribute)> known = structure is null ? []
            : structure.Dimensions.Select(d => (d.Id, false)).Concat(structure.Measures.Cast<Component>().Concat(structure.Attributes).Select(c => (c.Id, true)));
        return known.Concat(region.Selections.Select(s => (s.ComponentId, s.IsAttribute))).DistinctBy(c => c.Item1);
    }

    /// <summary>The codes a component may have; null when its values are no codes.</summary>
    public static ItemScheme? CodesOf(DataStructure? structure, string component, StructureSet structures)
    {
        ArgumentNullException.ThrowIfNull(structures);
        Component? found = structure?.Dimensions.Cast<Component>().Concat(structure.Attributes).Concat(structure.Measures).FirstOrDefault(c => c.Id == component);
        if (found?.Representation is { } own)
        {
            return ExtensionEdits.Whole(structures.FindFrom<ItemScheme>(structure!, own.Enumeration), structures);
        }

        return found is not null && structures.FindConceptFrom(structure!, found.Concept) is ({ } scheme, { } concept)
            ? ExtensionEdits.Whole(structures.FindFrom<ItemScheme>(scheme, concept.CoreRepresentation?.Enumeration), structures)
            : null;
    }
}
