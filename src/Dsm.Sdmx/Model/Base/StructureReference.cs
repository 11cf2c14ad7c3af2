using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Dsm.Sdmx.Model;

/// <summary>
/// Reference to a maintainable artefact or to one of its items; the version may hold wildcards (<c>1.0+.0</c>, SDMX 3.0).
/// Prints and parses as URN (SDMX registry specification, section "Uniform Resource Names").
/// </summary>
/// <param name="Type">Type of the maintainable artefact.</param>
/// <param name="AgencyId">Maintenance agency, dotted when nested.</param>
/// <param name="Id">Id of the maintainable artefact.</param>
/// <param name="Version">Version as written in the reference, wildcards included; <c>1.0</c> when the source names none.</param>
/// <param name="ItemId">Id path of the item, dotted when nested; null for the artefact itself.</param>
public sealed partial record StructureReference(StructureType Type, string AgencyId, string Id, string Version, string? ItemId = null)
{
    /// <summary>Class written in the URN for the item; null for the type's item class.</summary>
    public string? ItemClassName { get; init; }

    /// <summary>The same reference without its item.</summary>
    public StructureReference Maintainable => ItemId is null ? this : this with { ItemId = null, ItemClassName = null };

    /// <summary>True when the version holds a wildcard.</summary>
    public bool HasWildcard => Version.AsSpan().IndexOfAny('+', '*', '~') >= 0 || Version == "latest";

    /// <summary>The URN.</summary>
    public string Urn => ItemId is null
        ? $"urn:sdmx:org.sdmx.infomodel.{Type.Package}.{Type.Class}={AgencyId}:{Id}({Version})"
        : $"urn:sdmx:org.sdmx.infomodel.{Type.Package}.{ItemClassName ?? Type.ItemClass}={AgencyId}:{Id}({Version}).{ItemId}";

    /// <summary>Reads a URN of a maintainable artefact or an item.</summary>
    /// <exception cref="FormatException">The text is no SDMX URN of a known type.</exception>
    public static StructureReference ParseUrn(string urn)
        => TryParseUrn(urn, out StructureReference? reference) ? reference : throw new FormatException($"'{urn}' is not an SDMX URN.");

    /// <summary>Reads a URN; false when it is none or of a type that is not known.</summary>
    public static bool TryParseUrn(string? urn, [NotNullWhen(true)] out StructureReference? reference)
    {
        reference = null;
        Match match = UrnPattern().Match(urn ?? "");
        if (!match.Success)
        {
            return false;
        }

        string name = match.Groups["class"].Value;
        string? item = match.Groups["item"].Success ? match.Groups["item"].Value : null;
        StructureType? type = item is null ? StructureType.FromClass(name) : StructureType.FromItemClass(name) ?? StructureType.FromClass(OwnerOf(name));
        if (type is null)
        {
            return false;
        }

        string version = match.Groups["version"].Success ? match.Groups["version"].Value : "1.0";
        reference = new StructureReference(type, match.Groups["agency"].Value, match.Groups["id"].Value, version, item)
        {
            ItemClassName = item is null || name == type.ItemClass ? null : name,
        };
        return true;
    }

    /// <summary>Short form: <c>AGENCY:ID(1.0.0)</c>, with the item behind a dot.</summary>
    public override string ToString() => $"{AgencyId}:{Id}({Version}){(ItemId is null ? "" : "." + ItemId)}";

    private static string OwnerOf(string itemClass) => itemClass switch
    {
        "Dimension" or "TimeDimension" or "MeasureDimension" or "DataAttribute" or "Measure" or "PrimaryMeasure" or "GroupDimensionDescriptor"
            or "DimensionDescriptor" or "AttributeDescriptor" or "MeasureDescriptor" => "DataStructure",
        "MetadataAttribute" => "MetadataStructure",
        "HierarchicalCode" or "Level" => "Hierarchy",
        "ProcessStep" or "Transition" => "Process",
        "VtlCodelistMapping" or "VtlConceptMapping" or "VtlMapping" => "VtlMappingScheme",
        "DatePatternMap" or "EpochMap" or "FrequencyFormatMapping" => "StructureMap",
        _ => itemClass,
    };

    [GeneratedRegex(@"^urn:sdmx:org\.sdmx\.infomodel\.(?<package>[a-z]+)\.(?<class>[A-Za-z]+)=(?<agency>[A-Za-z0-9_.\-*]+):(?<id>[A-Za-z0-9_@$\-*]+)(?:\((?<version>[^)]+)\))?(?:\.(?<item>.+))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex UrnPattern();
}
