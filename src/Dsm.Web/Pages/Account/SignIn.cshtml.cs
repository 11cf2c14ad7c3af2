using Dsm.Exchange.Access;
using Dsm.Web.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Account;

/// <summary>Sign-in with a local account, or on the way to an OpenID Connect provider when one is configured.</summary>
public sealed class SignInModel(SignInManager<HubUser> signIn, HubOptions options, ILogger<SignInModel> log) : PageModel
{
    /// <summary>Name typed.</summary>
    [BindProperty]
    public string? UserName { get; set; }

    /// <summary>Password typed; never shown again.</summary>
    [BindProperty]
    public string? Password { get; set; }

    /// <summary>Local address to go to afterwards.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Text key of what went wrong, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>Name of the OpenID Connect provider, or null when none is configured.</summary>
    public string? Provider => options.Oidc.IsConfigured ? options.Oidc.DisplayName : null;

    /// <summary>Shows the form, with the reason when the provider's answer did not let the reader in.</summary>
    public void OnGet(bool refused, bool failed) => Problem = refused ? "signin.refused" : failed ? "signin.failed" : null;

    /// <summary>Signs in. Wrong names and wrong passwords get one answer, so that names cannot be found out.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(UserName) || string.IsNullOrEmpty(Password))
        {
            Problem = "signin.wrong";
            return Page();
        }

        Microsoft.AspNetCore.Identity.SignInResult result =
            await signIn.PasswordSignInAsync(UserName.Trim(), Password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            return LocalRedirect(SafeReturnUrl());
        }

        Problem = result.IsLockedOut ? "signin.locked" : "signin.wrong";
        return Page();
    }

    /// <summary>Sends the reader to the OpenID Connect provider.</summary>
    public async Task<IActionResult> OnPostProviderAsync()
    {
        if (Provider is null)
        {
            return NotFound();
        }

        string language = RouteData.Values["language"] as string ?? "en";
        string back = $"{Request.PathBase}/{language}/sign-in/return?returnUrl={Uri.EscapeDataString(SafeReturnUrl())}";
        AuthenticationProperties properties = signIn.ConfigureExternalAuthenticationProperties(OpenIdConnectSignIn.Scheme, back);
        try
        {
            await HttpContext.ChallengeAsync(OpenIdConnectSignIn.Scheme, properties);
            return new EmptyResult();
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException)
        {
            // The provider does not tell its addresses.
            log.LogError(e, "The identity provider does not answer.");
            Problem = "signin.unreachable";
            return Page();
        }
    }

    private string SafeReturnUrl() => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : $"~/{RouteData.Values["language"]}/";
}
