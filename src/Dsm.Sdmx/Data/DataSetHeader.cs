using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Data;

/// <summary>What a data set asks to be done with its observations.</summary>
public enum DataSetAction
{
    /// <summary>Add or change what is given, leave the rest (SDMX 3.x Merge; 2.1 Append and Information mean the same on receipt).</summary>
    Merge,

    /// <summary>Replace whole observations; what an observation no longer has is removed.</summary>
    Replace,

    /// <summary>Delete the observations (or, with dimensions left out, all that match).</summary>
    Delete,

    /// <summary>SDMX 2.1 Append.</summary>
    Append,

    /// <summary>SDMX 2.1 Information: no action is asked for.</summary>
    Information,
}

/// <summary>What is known of a data set before its observations.</summary>
public sealed record DataSetHeader
{
    /// <summary>Dataflow, data structure or provision agreement it follows.</summary>
    public required StructureReference Structure { get; init; }

    /// <summary>The action.</summary>
    public DataSetAction Action { get; init; } = DataSetAction.Information;

    /// <summary>Dimension at observation level: a dimension id (usually TIME_PERIOD) or <c>AllDimensions</c>.</summary>
    public string DimensionAtObservation { get; init; } = "TIME_PERIOD";

    /// <summary>Provision agreement, when named; else null.</summary>
    public StructureReference? ProvisionAgreement { get; init; }

    /// <summary>Data provider, when named; else null.</summary>
    public StructureReference? DataProvider { get; init; }

    /// <summary>Id of the data set, or null.</summary>
    public string? SetId { get; init; }

    /// <summary>First instant for which the data were current, as written; null when not said.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last instant for which the data were current, as written; null when not said.</summary>
    public string? ValidTo { get; init; }

    /// <summary>First period that the data are about, as written; null when not said.</summary>
    public string? ReportingBegin { get; init; }

    /// <summary>Last period that the data are about, as written; null when not said.</summary>
    public string? ReportingEnd { get; init; }

    /// <summary>Year of publication, as written; null when not said.</summary>
    public string? PublicationYear { get; init; }

    /// <summary>Period of publication, in which the data are to be published first, as written; null when not said.</summary>
    public string? PublicationPeriod { get; init; }

    /// <summary>Annotations of the data set.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];

    /// <summary>Line on which the data set starts; 0 when unknown.</summary>
    public int Line { get; init; }
}
