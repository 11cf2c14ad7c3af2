using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;

namespace Dsm.Web.Rest;

/// <summary>Reads an address of a line of the REST specification.</summary>
internal delegate RestOutcome RestParser(string path, string? queryString, IssueList issues, out RestQuery? query);

/// <summary>One line of the SDMX REST specification: where it is served, how its addresses are read.</summary>
internal sealed class RestLine
{
    /// <summary>REST 1.5 (SDMX 2.1).</summary>
    public static readonly RestLine V1 = new("/sdmx/v1", Rest15.Parse);

    /// <summary>REST 2.2 (SDMX 3.x).</summary>
    public static readonly RestLine V2 = new("/sdmx/v2", Rest2.Parse);

    private RestLine(string prefix, RestParser parse)
    {
        Prefix = prefix;
        Parse = parse;
    }

    /// <summary>Path before the resources.</summary>
    public string Prefix { get; }

    /// <summary>Reads addresses.</summary>
    public RestParser Parse { get; }
}
