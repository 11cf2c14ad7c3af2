using System.Collections.Immutable;
using Dsm.Sdmx.Formats;

namespace Dsm.Web.Rest.OpenApi;

/// <summary>A parameter of a resource.</summary>
/// <param name="Name">Name, as it stands in the address.</param>
/// <param name="Type">Type of JSON Schema.</param>
/// <param name="Description">What it means.</param>
/// <param name="Example">A value that is understood.</param>
/// <param name="Words">All values there are; default for any.</param>
internal sealed record RestParameter(string Name, string Type, string Description, string Example, ImmutableArray<string> Words = default);

/// <summary>A request with the status that answers it.</summary>
/// <param name="Request">Path and query behind the entry point.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="What">What it shows.</param>
internal sealed record RestExample(string Request, int Status, string What);

/// <summary>A resource of a line, as it can be read.</summary>
/// <param name="Id">Id of the operation.</param>
/// <param name="Summary">What it answers.</param>
/// <param name="Parts">Parts of the path; those in braces are parameters.</param>
/// <param name="Least">How many parts there must be; the rest may be left out from the end.</param>
/// <param name="Parameters">Query parameters besides those of every resource.</param>
/// <param name="Formats">Formats of the answer, the default first.</param>
/// <param name="Examples">Requests with their answers.</param>
internal sealed record RestOperation(
    string Id, string Summary, ImmutableArray<string> Parts, int Least, ImmutableArray<RestParameter> Parameters, ImmutableArray<SdmxFormat> Formats, ImmutableArray<RestExample> Examples)
{
    /// <summary>First part of the path when it is a word; null when it is a parameter (the structures of REST 1.5).</summary>
    public string? Resource => Parts[0].StartsWith('{') ? null : Parts[0];

    /// <summary>All forms of the path, the longest first.</summary>
    public IEnumerable<string> Paths => Enumerable.Range(Least, Parts.Length - Least + 1).Reverse().Select(n => "/" + string.Join('/', Parts.Take(n)));
}
