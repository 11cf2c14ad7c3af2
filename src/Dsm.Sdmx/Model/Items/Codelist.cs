using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>A code of a codelist.</summary>
public sealed record Code : Item
{
    /// <summary>
    /// Geometry of a code of a geospatial codelist: the feature set of a GeographicCodelist (<c>value</c>), the cell of a GeoGridCodelist
    /// (<c>GeoCell</c>), as written (SDMX 3.0). Null in other codelists.
    /// </summary>
    public string? Geometry { get; init; }
}

/// <summary>What the codes of a codelist stand for in space (SDMX 3.0 geoType).</summary>
public enum GeoCodelistType
{
    /// <summary>Nothing: an ordinary codelist.</summary>
    None,

    /// <summary>Features, each given by its outline (GeographicCodelist).</summary>
    Geographic,

    /// <summary>Cells of a grid (GeoGridCodelist).</summary>
    Grid,
}

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

    /// <summary>Whether it is a geospatial codelist, and which (SDMX 3.0). Its references and URN are those of a codelist.</summary>
    public GeoCodelistType GeoType { get; init; }

    /// <summary>Definition of the grid, for <see cref="GeoCodelistType.Grid"/>; null otherwise.</summary>
    public string? GridDefinition { get; init; }

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
public readonly record struct MemberValue(string Value, CascadeValues Cascade = CascadeValues.None)
{
    /// <summary>First period in which the value is allowed, as written (SDMX 3.0 constraints); null for no limit.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last period in which the value is allowed, as written; null for no limit.</summary>
    public string? ValidTo { get; init; }

    /// <summary>Language of a text, of a selection of multilingual attributes; null for none.</summary>
    public string? Language { get; init; }
}

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
