using Dsm.Exchange.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Account;

/// <summary>Signs out.</summary>
public sealed class SignOutModel(SignInManager<HubUser> signIn) : PageModel
{
    /// <summary>Ends the session and goes home.</summary>
    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync();
        return LocalRedirect($"~/{RouteData.Values["language"]}/");
    }
}
