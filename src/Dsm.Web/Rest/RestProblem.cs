using System.Collections.Immutable;
using Dsm.Sdmx.Issues;

namespace Dsm.Web.Rest;

/// <summary>Why a request is not answered with what it asks for.</summary>
internal enum RestFault
{
    /// <summary>The query is right and nothing fits it.</summary>
    NoResults,

    /// <summary>What is asked for does not exist.</summary>
    UnknownArtefact,

    /// <summary>The address does not belong to the interface.</summary>
    NoSuchResource,

    /// <summary>The request breaks the syntax.</summary>
    Syntax,

    /// <summary>The syntax is right, but the request does not fit the structures.</summary>
    Semantic,

    /// <summary>The caller has not signed in, and must have.</summary>
    Unauthenticated,

    /// <summary>The caller has no right to what he asks for.</summary>
    Forbidden,

    /// <summary>What is sent is not of a kind that is taken.</summary>
    UnsupportedBody,

    /// <summary>None of the formats asked for is offered.</summary>
    NotAcceptable,

    /// <summary>What is sent is not what the address names.</summary>
    Unfitting,

    /// <summary>Part of the standard, or of its extensions, that is not offered.</summary>
    NotImplemented,

    /// <summary>The standard has no such method at this address.</summary>
    MethodNotAllowed,

    /// <summary>The address is too long.</summary>
    AddressTooLong,

    /// <summary>The answer would be larger than is served, or what is sent is larger than is taken.</summary>
    TooLarge,

    /// <summary>Too many answers are being given at once.</summary>
    Busy,

    /// <summary>A fault of the hub.</summary>
    Internal,
}

/// <summary>A request that cannot be served, with its reasons. <see cref="RestErrors"/> turns it into HTTP.</summary>
/// <param name="Fault">Kind.</param>
/// <param name="Issues">The reasons.</param>
internal sealed record RestProblem(RestFault Fault, ImmutableArray<Issue> Issues)
{
    /// <summary>A problem with one reason.</summary>
    public static RestProblem Of(RestFault fault, IssueCode code, params object?[] arguments)
        => new(fault, [new Issue(code, Location.None, arguments)]);

    /// <summary>A problem with the findings of a parser or resolver.</summary>
    public static RestProblem Of(RestFault fault, IssueList issues) => new(fault, [.. issues.Kept]);

    /// <summary>Nothing fits the query.</summary>
    public static RestProblem NoResults() => Of(RestFault.NoResults, IssueCodes.NoResults);

    /// <summary>Part of the standard that is not offered.</summary>
    public static RestProblem NotImplemented(string what) => Of(RestFault.NotImplemented, IssueCodes.NotImplemented, what);
}
