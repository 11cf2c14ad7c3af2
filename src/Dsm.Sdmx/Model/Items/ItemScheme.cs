using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>One item of an item scheme: a code, concept, category or organisation.</summary>
public record Item
{
    /// <summary>Id, unique in the scheme (for categories: among its siblings).</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public LocalisedText Name { get; init; }

    /// <summary>Description.</summary>
    public LocalisedText Description { get; init; }

    /// <summary>Id of the parent item in the same scheme, or null.</summary>
    public string? ParentId { get; init; }

    /// <summary>Further link about the item.</summary>
    public string? Uri { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];

    /// <summary>The first annotation of a type, or null.</summary>
    public Annotation? AnnotationOf(string type) => Annotations.FirstOrDefault(a => a.Type == type);
}

/// <summary>A maintained list of items (ItemScheme).</summary>
public abstract record ItemScheme : Maintainable
{
    /// <summary>True when only some of the items are here.</summary>
    public bool IsPartial { get; init; }

    /// <summary>All items in the order of the source, whatever their type.</summary>
    public abstract IEnumerable<Item> AllItems { get; }
}

/// <summary>A code of a codelist.</summary>
public sealed record Code : Item;

/// <summary>A codelist (SDMX information model, Codelist).</summary>
public sealed record Codelist : ItemScheme
{
    // Built at the first look-up; a copy made by `with` carries it along, hence the array it was made from.
    private (ImmutableArray<Code> Of, Dictionary<string, Code> Map)? _byId;

    /// <inheritdoc/>
    public override StructureType Type => StructureType.Codelist;

    /// <summary>The codes in order.</summary>
    public ImmutableArray<Code> Codes { get; init; } = [];

    /// <summary>Codelists whose codes this one takes in (SDMX 3.0), in order.</summary>
    public ImmutableArray<CodelistExtension> Extensions { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Codes;

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => Extensions.Select(e => e.Codelist);

    /// <summary>The code with an id; null when there is none. The first wins when an id occurs twice.</summary>
    public Code? Find(string id)
    {
        if (_byId is not { } index || index.Of != Codes)
        {
            Dictionary<string, Code> map = new(Codes.Length, StringComparer.Ordinal);
            foreach (Code code in Codes)
            {
                map.TryAdd(code.Id, code);
            }

            _byId = index = (Codes, map);
        }

        return index.Map.GetValueOrDefault(id);
    }
}

/// <summary>Takes codes of another codelist in (SDMX 3.0 CodelistExtension).</summary>
/// <param name="Codelist">The codelist taken in.</param>
/// <param name="Prefix">Put before each code taken in, or null.</param>
/// <param name="Codes">Codes or patterns with <c>%</c>; empty for all.</param>
/// <param name="IsExclusive">True when the codes named are left out instead of taken in.</param>
public sealed record CodelistExtension(StructureReference Codelist, string? Prefix, ImmutableArray<MemberValue> Codes, bool IsExclusive);

/// <summary>A value of a selection, optionally with its descendants (MemberValue, <c>cascadeValues</c>).</summary>
/// <param name="Value">The value; <c>%</c> is a wildcard in SDMX 3.0 selections.</param>
/// <param name="Cascade">How descendants are treated.</param>
public readonly record struct MemberValue(string Value, CascadeValues Cascade = CascadeValues.None);

/// <summary>How the descendants of a selected code are treated.</summary>
public enum CascadeValues
{
    /// <summary>Only the code itself.</summary>
    None,

    /// <summary>The code and its descendants.</summary>
    WithRoot,

    /// <summary>The descendants without the code.</summary>
    ExcludeRoot,
}

/// <summary>An item of a value list: an id of free form (SDMX 3.0 ValueItem).</summary>
public sealed record ValueItem : Item;

/// <summary>A list of values that need not be identifiers (SDMX 3.0 ValueList).</summary>
public sealed record ValueList : ItemScheme
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.ValueList;

    /// <summary>The values in order.</summary>
    public ImmutableArray<ValueItem> Values { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Values;
}

/// <summary>A concept with its default representation.</summary>
public sealed record Concept : Item
{
    /// <summary>Representation used where a component does not give its own; null for none.</summary>
    public Representation? CoreRepresentation { get; init; }

    /// <summary>ISO 11179 concept: agency, as written.</summary>
    public string? IsoConceptAgency { get; init; }

    /// <summary>ISO 11179 concept: id, as written.</summary>
    public string? IsoConceptId { get; init; }

    /// <summary>ISO 11179 concept: scheme id, as written.</summary>
    public string? IsoConceptSchemeId { get; init; }
}

/// <summary>A concept scheme.</summary>
public sealed record ConceptScheme : ItemScheme
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.ConceptScheme;

    /// <summary>The concepts in order.</summary>
    public ImmutableArray<Concept> Concepts { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Concepts;

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References
        => Concepts.Select(c => c.CoreRepresentation?.Enumeration).OfType<StructureReference>().Distinct();
}

/// <summary>A category; its children are nested.</summary>
public sealed record Category : Item
{
    /// <summary>Categories below this one.</summary>
    public ImmutableArray<Category> Children { get; init; } = [];
}

/// <summary>A category scheme.</summary>
public sealed record CategoryScheme : ItemScheme
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.CategoryScheme;

    /// <summary>Top categories in order.</summary>
    public ImmutableArray<Category> Categories { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Flatten(Categories);

    private static IEnumerable<Category> Flatten(IEnumerable<Category> categories)
        => categories.SelectMany(c => Flatten(c.Children).Prepend(c));
}

/// <summary>Somebody to turn to.</summary>
public sealed record Contact
{
    /// <summary>Id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>Name of the person or office.</summary>
    public LocalisedText Name { get; init; }

    /// <summary>Department.</summary>
    public LocalisedText Department { get; init; }

    /// <summary>Role.</summary>
    public LocalisedText Role { get; init; }

    /// <summary>Telephone numbers, fax numbers, X.400 addresses, URIs and e-mail addresses: kind (element name) and text.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Details { get; init; } = [];
}

/// <summary>An agency, data provider, data consumer or organisation unit.</summary>
public sealed record Organisation : Item
{
    /// <summary>Contacts.</summary>
    public ImmutableArray<Contact> Contacts { get; init; } = [];
}

/// <summary>
/// A scheme of organisations: agencies, data providers, data consumers, metadata providers or units; <see cref="SchemeType"/> says which.
/// Agency and provider schemes have fixed ids and version 1.0 (information model, OrganisationScheme).
/// </summary>
public sealed record OrganisationScheme : ItemScheme
{
    /// <summary>Which of the organisation schemes.</summary>
    public required StructureType SchemeType { get; init; }

    /// <inheritdoc/>
    public override StructureType Type => SchemeType;

    /// <summary>The organisations in order.</summary>
    public ImmutableArray<Organisation> Organisations { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Organisations;
}
