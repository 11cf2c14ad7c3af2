using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>What a data set says beside its data: short members, and where the longer ones are that were passed over.</summary>
internal sealed class JsonDataSetPart
{
    public Location Location { get; init; }

    /// <summary>Index among the structures; null when not said.</summary>
    public int? Structure { get; set; }

    public string? Action { get; set; }

    public Location ActionLocation { get; set; }

    public string? Id { get; set; }

    public string? ValidFrom { get; set; }

    public string? ValidTo { get; set; }

    public string? ReportingBegin { get; set; }

    public string? ReportingEnd { get; set; }

    public string? PublicationYear { get; set; }

    public string? PublicationPeriod { get; set; }

    /// <summary>Artefacts that its links name.</summary>
    public List<StructureReference> References { get; } = [];

    /// <summary>The member <c>attributes</c>, when it was passed over.</summary>
    public JsonBookmark? Attributes { get; set; }

    /// <summary>The member <c>dimensionGroupAttributes</c>, when it was passed over.</summary>
    public JsonBookmark? Groups { get; set; }

    /// <summary>True when its data are series, false when they are observations; null when not known yet.</summary>
    public bool? HasSeries { get; set; }

    /// <summary>True when the whole data set was looked through.</summary>
    public bool IsComplete { get; set; }
}
