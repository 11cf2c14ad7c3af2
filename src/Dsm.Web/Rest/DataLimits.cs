namespace Dsm.Web.Rest;

/// <summary>How large answers may be; settings below <c>Hub:Data</c>.</summary>
internal sealed record DataLimits
{
    /// <summary>Section of the settings.</summary>
    public const string Section = "Hub:Data";

    /// <summary>
    /// Most observations of one answer; what is more is counted and refused with its number (413). Null, the default, for any: answers
    /// stream, however large they are.
    /// </summary>
    public long? MostObservations { get; init; }
}
