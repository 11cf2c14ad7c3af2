namespace Dsm.Sdmx.Rest;

/// <summary>What became of a request's address.</summary>
public enum RestOutcome
{
    /// <summary>It was understood.</summary>
    Understood,

    /// <summary>It breaks the syntax; the issues say where (HTTP 400, SDMX 140).</summary>
    Malformed,

    /// <summary>It asks for a resource of the standard that is not offered (HTTP 501).</summary>
    NotImplemented,

    /// <summary>It asks for nothing that the standard knows (HTTP 404).</summary>
    NoSuchResource,
}
