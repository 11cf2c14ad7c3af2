using System.Collections.Immutable;

namespace Dsm.Sdmx.Data;

/// <summary>An attribute of the metadata structure that a data structure names, resolved: values of it may be reported inside data sets.</summary>
/// <param name="Component">Id, representation and codes.</param>
/// <param name="Path">Ids from the top, joined by dots, as SDMX-CSV and SDMX-JSON name it: <c>CONTACT.NAME</c>.</param>
/// <param name="IsPresentational">True when it only groups its children and has no value of its own.</param>
/// <param name="MinOccurs">Fewest occurrences below its parent.</param>
/// <param name="MaxOccurs">Most occurrences; null for unbounded.</param>
/// <param name="Children">Attributes below it.</param>
public sealed record SchemaMetadataAttribute(
    SchemaComponent Component,
    string Path,
    bool IsPresentational,
    int MinOccurs,
    int? MaxOccurs,
    ImmutableArray<SchemaMetadataAttribute> Children)
{
    /// <summary>It and all attributes below it, in document order.</summary>
    public IEnumerable<SchemaMetadataAttribute> All => Children.SelectMany(c => c.All).Prepend(this);
}
