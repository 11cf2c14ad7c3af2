using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>What stands in the start tag of an artefact of SDMX-ML 2.0; its names, descriptions and annotations accumulate while its children are read.</summary>
internal sealed class Structure20Head
{
    public required Location Location { get; init; }

    public required StructureType Type { get; init; }

    public required string Id { get; init; }

    public required string AgencyId { get; init; }

    public SdmxVersion Version { get; init; }

    public string? ValidFrom { get; init; }

    public string? ValidTo { get; init; }

    public bool? IsFinal { get; init; }

    public bool IsExternalReference { get; init; }

    public string? Uri { get; init; }

    public StructureParser.NameParts Parts { get; } = new();

    /// <summary>Puts what the head says into an artefact made with its own content.</summary>
    public T Complete<T>(T artefact)
        where T : Maintainable => artefact with
        {
            Version = Version,
            Name = Parts.Name,
            Description = Parts.Description,
            ValidFrom = ValidFrom,
            ValidTo = ValidTo,
            IsFinal = IsFinal,
            IsExternalReference = IsExternalReference,
            StructureUrl = IsExternalReference ? Uri : null, // in 2.0 the same attribute says where the artefact is
            Uri = IsExternalReference ? null : Uri,
            Annotations = Parts.Annotations,
        };
}
