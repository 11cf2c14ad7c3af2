using System.Security.Claims;
using System.Text;
using Dsm.Exchange.Access;
using Microsoft.AspNetCore.Identity;

namespace Dsm.Web.Rest;

/// <summary>
/// Name and password in the request itself (RFC 7617), for programs on the SDMX interface. Wrong passwords count towards the lock of the
/// account as those typed on the sign-in page do; a name that does not exist, a wrong password and a locked account get one answer, after
/// the same work.
/// </summary>
internal static class BasicSignIn
{
    /// <summary>Name of the scheme.</summary>
    public const string Scheme = "Basic";

    /// <summary>What a caller is asked for.</summary>
    public const string Challenge = "Basic realm=\"DSM Hub\", charset=\"UTF-8\"";

    // Only its cost counts: a name that does not exist is as much work as one that does.
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<HubUser>().HashPassword(new HubUser(), AccountIssuer.NewPassword()));

    /// <summary>Takes names and passwords on the SDMX interface. Who sends one is nobody else, whatever cookies say.</summary>
    public static void UseBasicSignIn(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments("/sdmx", StringComparison.OrdinalIgnoreCase)
            && context.Request.Headers.Authorization.ToString().StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase),
        programs => programs.Use(async (context, next) =>
        {
            ClaimsPrincipal? user = await UserAsync(context);
            context.User = user ?? new ClaimsPrincipal(new ClaimsIdentity());
            if (user is null)
            {
                context.Items[Scheme] = true;
            }

            await next(context);
        }));

    private static async Task<ClaimsPrincipal?> UserAsync(HttpContext context)
    {
        if (Read(context.Request.Headers.Authorization.ToString()[(Scheme.Length + 1)..]) is not { } given)
        {
            return null;
        }

        SignInManager<HubUser> signIn = context.RequestServices.GetRequiredService<SignInManager<HubUser>>();
        HubUser? user = await signIn.UserManager.FindByNameAsync(given.Name);
        if (user?.PasswordHash is null || await signIn.UserManager.IsLockedOutAsync(user))
        {
            signIn.UserManager.PasswordHasher.VerifyHashedPassword(user ?? new HubUser(), NobodysHash.Value, given.Password);
            return null;
        }

        return (await signIn.CheckPasswordSignInAsync(user, given.Password, lockoutOnFailure: true)).Succeeded
            ? Named(await signIn.CreateUserPrincipalAsync(user))
            : null;
    }

    private static ClaimsPrincipal Named(ClaimsPrincipal user)
    {
        ClaimsIdentity identity = (ClaimsIdentity)user.Identity!;
        return new ClaimsPrincipal(new ClaimsIdentity(identity.Claims, Scheme, identity.NameClaimType, identity.RoleClaimType));
    }

    private static (string Name, string Password)? Read(string credentials)
    {
        byte[] bytes = new byte[credentials.Length];
        if (credentials.Length > 1000 || !Convert.TryFromBase64String(credentials.Trim(), bytes, out int length))
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(bytes, 0, length);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon <= 0 ? null : (text[..colon], text[(colon + 1)..]);
    }
}
