namespace Dsm.Exchange.Queries;

/// <summary>A line of the SDMX REST specification that an address belongs to.</summary>
public enum QueryLine
{
    /// <summary>REST 1.5 (SDMX 2.1), below <c>/sdmx/v1</c>.</summary>
    V1,

    /// <summary>REST 2.2 (SDMX 3.x), below <c>/sdmx/v2</c>.</summary>
    V2,
}

/// <summary>A query for data that a person keeps under a name. Only he sees it.</summary>
public sealed class SavedQuery
{
    /// <summary>Most queries a person keeps.</summary>
    public const int MostOfOne = 200;

    /// <summary>Most characters of a name.</summary>
    public const int MaxName = 200;

    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>Id of the account it belongs to; with the account the query goes.</summary>
    public required string OwnerId { get; set; }

    /// <summary>Its name, as the owner calls it.</summary>
    public required string Name { get; set; }

    /// <summary>The line of REST.</summary>
    public QueryLine Line { get; set; }

    /// <summary>Path after the prefix of the line, as in a request.</summary>
    public required string Path { get; set; }

    /// <summary>Parameters as in a request, without the question mark; empty for none.</summary>
    public required string Parameters { get; set; }

    /// <summary>When it was kept.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Its address on this hub, from <c>/sdmx</c> on.</summary>
    public string Address => new QueryAddress(Line, Path, Parameters).ToString();
}
