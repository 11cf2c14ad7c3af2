using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>One thing a submission asks for.</summary>
public sealed record StructureTask
{
    private StructureTask(StructureAction action, StructureReference reference, Maintainable? artefact) => (Action, Reference, Artefact) = (action, reference, artefact);

    /// <summary>What is to be done.</summary>
    public StructureAction Action { get; }

    /// <summary>Which artefact; without wildcards and without an item.</summary>
    public StructureReference Reference { get; }

    /// <summary>The artefact as it shall be; null for a deletion.</summary>
    public Maintainable? Artefact { get; }

    /// <summary>The item that is deleted; null when the task is about the whole artefact.</summary>
    public string? ItemId { get; private init; }

    /// <summary>True for an artefact that is put back as it was.</summary>
    internal bool IsRestored { get; private init; }

    /// <summary>Adds an artefact that is not there yet.</summary>
    public static StructureTask Append(Maintainable artefact) => Of(StructureAction.Append, artefact);

    /// <summary>Adds an artefact or puts it in the place of the one that is there.</summary>
    public static StructureTask Replace(Maintainable artefact) => Of(StructureAction.Replace, artefact);

    /// <summary>Adds the items of an artefact to the one that is there.</summary>
    public static StructureTask Merge(Maintainable artefact) => Of(StructureAction.Merge, artefact);

    /// <summary>Puts an artefact back as it was: unlike <see cref="Replace"/> it is never merged.</summary>
    internal static StructureTask Restore(Maintainable artefact) => new(StructureAction.Replace, artefact.Reference, artefact) { IsRestored = true };

    /// <summary>Deletes an artefact.</summary>
    public static StructureTask Delete(StructureReference reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return new StructureTask(StructureAction.Delete, reference.Maintainable, null);
    }

    /// <summary>Deletes an item of a scheme, and of a scheme of categories what stands below it; the rest stays.</summary>
    /// <param name="item">The item; its path when items are nested.</param>
    public static StructureTask DeleteItem(StructureReference item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(item.ItemId);
        return new StructureTask(StructureAction.Delete, item.Maintainable, null) { ItemId = item.ItemId };
    }

    /// <summary>An action on an artefact; of a deletion only its identity is kept.</summary>
    public static StructureTask Of(StructureAction action, Maintainable artefact)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        return new StructureTask(action, artefact.Reference, action == StructureAction.Delete ? null : artefact);
    }
}
