using Dsm.Exchange;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Overview;
using Dsm.Exchange.Registry.Subscriptions;

namespace Dsm.Web.Hosting;

/// <summary>Settings of an installation, section <c>Hub</c>. The database is <c>ConnectionStrings:Hub</c>.</summary>
public sealed record HubOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Hub";

    /// <summary>TCP port of pages and SDMX REST; 0 for any free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Folder of the private database, of account files and of received files on their way.</summary>
    public string Data { get; init; } = "data";

    /// <summary>True for an installation without the demonstration.</summary>
    public bool Empty { get; init; }

    /// <summary>Addresses to listen on, separated by semicolons; empty for loopback with <see cref="Port"/>.</summary>
    public string Urls { get; init; } = "";

    /// <summary>Folder of the structures; empty for <c>structures</c> beside the program or the solution.</summary>
    public string StructuresPath { get; init; } = "";

    /// <summary>Folder of the demonstration's national systems; empty for <c>samples</c> beside the program or the solution.</summary>
    public string SamplesPath { get; init; } = "";

    /// <summary>Jobs that run at the same time on this node.</summary>
    public int JobWorkers { get; init; } = 3;

    /// <summary>True when the hub stands behind a reverse proxy that sets X-Forwarded-For and X-Forwarded-Proto.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>The region served: normally from <c>structures/region.json</c>.</summary>
    public RegionOptions Region { get; init; } = new();

    /// <summary>Limits of harvests.</summary>
    public HarvestOptions Harvest { get; init; } = new();

    /// <summary>When figures are due.</summary>
    public FreshnessOptions Freshness { get; init; } = new();

    /// <summary>How subscribers are told of changes of structures.</summary>
    public ChangesOptions Changes { get; init; } = new();

    /// <summary>Largest file that a person may send, in bytes.</summary>
    public long MaxUploadBytes { get; init; } = 500_000_000;

    /// <summary>Sign-in with an OpenID Connect provider; off without an authority.</summary>
    public OidcOptions Oidc { get; init; } = new();

    /// <summary>The addresses Kestrel binds. Port 0 cannot be had on both loopback addresses at once.</summary>
    public string ListenOn => Urls.Length > 0 ? Urls : Port == 0 ? "http://127.0.0.1:0" : $"http://localhost:{Port}";

    /// <summary>How subscribers are told, with the address that links begin with: of this machine unless another is set.</summary>
    public ChangesOptions ChangesOf() => Changes with
    {
        PublicAddress = (Changes.PublicAddress.Length > 0 ? Changes.PublicAddress : ListenOn.Split(';')[0]).TrimEnd('/'),
    };

    /// <summary>The same settings with every path absolute.</summary>
    public HubOptions WithFullPaths() => this with
    {
        Data = Path.GetFullPath(Data),
        StructuresPath = HubFolders.Find(StructuresPath, "structures"),
        SamplesPath = HubFolders.Find(SamplesPath, "samples"),
    };
}

/// <summary>Sign-in with an OpenID Connect provider, section <c>Hub:Oidc</c>.</summary>
public sealed record OidcOptions
{
    /// <summary>Address of the provider; empty for none.</summary>
    public string Authority { get; init; } = "";

    /// <summary>Our client id there.</summary>
    public string ClientId { get; init; } = "dsm-hub";

    /// <summary>Our client secret there; empty for a public client with PKCE.</summary>
    public string ClientSecret { get; init; } = "";

    /// <summary>Name shown on the sign-in button.</summary>
    public string DisplayName { get; init; } = "OpenID Connect";

    /// <summary>Scopes asked for besides openid, profile and email, separated by blanks: some providers tell roles only then.</summary>
    public string Scopes { get; init; } = "";

    /// <summary>Claim that holds the provider's roles.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>Claim that holds the code of the user's state, one of <see cref="RegionOptions.States"/>; empty when accounts here say it.</summary>
    public string CountryClaim { get; init; } = "";

    /// <summary>Our role by the provider's value, e.g. <c>Hub__Oidc__Roles__stat-coordinators=coordinator</c>.</summary>
    public Dictionary<string, string> Roles { get; init; } = [];

    /// <summary>True when an unknown person with a mapped role gets an account at the first sign-in.</summary>
    public bool CreateAccounts { get; init; }

    /// <summary>True when a provider is configured.</summary>
    public bool IsConfigured => Authority.Length > 0;
}
