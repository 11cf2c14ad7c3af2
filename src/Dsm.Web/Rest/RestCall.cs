using Dsm.Exchange.Access;
using Dsm.Sdmx.Issues;

namespace Dsm.Web.Rest;

/// <summary>One request to the SDMX interface: who asks for what, in which line.</summary>
internal sealed class RestCall
{
    /// <summary>Takes up a request and sets the headers that every answer has, errors included.</summary>
    public RestCall(HttpContext http, RestLine line)
    {
        Http = http;
        Line = line;
        Address = RestAddress.Of(http, line);
        Access = HubRights.Reading(http.User);
        Caller = http.Connection.RemoteIpAddress?.ToString() ?? "";
        IsHead = HttpMethods.IsHead(http.Request.Method);
        Announce(http.Response.Headers);
    }

    private const string VaryBy = "Accept, Accept-Encoding, Accept-Language, Authorization, Cookie";

    /// <summary>Sets the headers that every answer has.</summary>
    public static void Announce(IHeaderDictionary headers)
    {
        headers.Vary = VaryBy;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "ETag, Last-Modified, Content-Language, Content-Disposition";
    }

    /// <summary>The request and its answer. Work that is shared with other requests must not touch it: it may go on when this one has ended.</summary>
    public HttpContext Http { get; }

    /// <summary>The line of the specification.</summary>
    public RestLine Line { get; }

    /// <summary>The address as sent.</summary>
    public RestAddress Address { get; }

    /// <summary>Which restricted data the caller may see.</summary>
    public ReaderAccess Access { get; }

    /// <summary>The network address of the caller, for limits.</summary>
    public string Caller { get; }

    /// <summary>True when only the headers are wanted.</summary>
    public bool IsHead { get; }

    /// <summary>True when the caller is signed in; then no shared cache may keep the answer.</summary>
    public bool IsSignedIn => Http.User.Identity?.IsAuthenticated == true;

    /// <summary>True when a name and a password came with the request itself: no browser sends them for another site's page.</summary>
    public bool HasPassword => Http.User.Identity is { IsAuthenticated: true, AuthenticationType: BasicSignIn.Scheme };

    /// <summary>True when a name and a password came with the request and are not right, or the account is locked.</summary>
    public bool HasWrongPassword => Http.Items.ContainsKey(BasicSignIn.Scheme);

    /// <summary>What to answer somebody who must have signed in and has not; null for all others.</summary>
    public RestProblem? SignInNeeded => IsSignedIn ? null : RestProblem.Of(RestFault.Unauthenticated, IssueCodes.SignInNeeded);
}
