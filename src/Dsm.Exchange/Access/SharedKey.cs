namespace Dsm.Exchange.Access;

/// <summary>
/// A key of ASP.NET Core data protection. Kept in the database so that every node reads the same sign-in cookies and the same
/// protected credentials of sources.
/// </summary>
public sealed class SharedKey
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>Name given by data protection, e.g. <c>key-1b3c…</c>.</summary>
    public required string FriendlyName { get; set; }

    /// <summary>The key as XML.</summary>
    public required string Xml { get; set; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset CreatedAt { get; set; }
}
