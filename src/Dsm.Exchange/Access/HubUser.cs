using Microsoft.AspNetCore.Identity;

namespace Dsm.Exchange.Access;

/// <summary>A person with an account.</summary>
public sealed class HubUser : IdentityUser
{
    /// <summary>Name shown to others.</summary>
    public string DisplayName { get; set; } = "";

    /// <summary>Code of the state the person works for; null for the region.</summary>
    public string? Country { get; set; }

    /// <summary>Ids of the data providers the person works for; empty for all of the state.</summary>
    public List<string> Providers { get; set; } = [];

    /// <summary>Language of letters and of the first page, two letters.</summary>
    public string Language { get; set; } = "en";
}
