using System.Collections.Immutable;
using Dsm.Sdmx.Issues;

namespace Dsm.Exchange.Submissions;

/// <summary>A group of findings about a submission, as kept in the database (see <see cref="IssueGroup"/>).</summary>
public sealed class Finding
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>The submission.</summary>
    public long SubmissionId { get; set; }

    /// <summary>Place in the report.</summary>
    public int Ordinal { get; set; }

    /// <summary>Stage of the pipeline that made it: read, validate, map, check, merge.</summary>
    public required string Stage { get; set; }

    /// <summary>Id of the issue code.</summary>
    public required string Code { get; set; }

    /// <summary>Severity.</summary>
    public Severity Severity { get; set; }

    /// <summary>Component concerned, or null.</summary>
    public string? Component { get; set; }

    /// <summary>Arguments of the message by name.</summary>
    public Dictionary<string, string> Arguments { get; set; } = [];

    /// <summary>Number of findings in the group.</summary>
    public long Total { get; set; }

    /// <summary>Number of observations they stand for.</summary>
    public long Observations { get; set; }

    /// <summary>The first findings with their locations.</summary>
    public ImmutableArray<Location> Samples { get; set; } = [];
}
