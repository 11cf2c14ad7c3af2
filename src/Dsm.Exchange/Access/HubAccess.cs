using Dsm.Exchange.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dsm.Exchange.Access;

/// <summary>Accounts, passwords, lockout and cookies of the hub.</summary>
public static class HubAccess
{
    /// <summary>Fewest characters of a password. Length is asked for, not kinds of characters (NIST SP 800-63B, 5.1.1.2).</summary>
    public const int PasswordLength = 12;

    /// <summary>Wrong passwords after which an account is locked.</summary>
    public const int LockoutAttempts = 5;

    /// <summary>How long it is locked.</summary>
    public static readonly TimeSpan LockoutTime = TimeSpan.FromMinutes(10);

    /// <summary>Registers ASP.NET Core Identity over <see cref="HubDbContext"/> and the keys that all nodes share.</summary>
    public static IdentityBuilder AddHubAccess(this IServiceCollection services)
    {
        services.AddSingleton<SharedKeyRepository>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = provider.GetRequiredService<SharedKeyRepository>()));
        services.AddScoped<AccountIssuer>().AddScoped<FirstAdministrator>();
        services.AddDataProtection().SetApplicationName("dsm-hub");

        // A changed role or a locked account takes effect on every page within this time, on every node.
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.FromMinutes(1));
        return services.AddIdentity<HubUser, IdentityRole>(Configure)
            .AddEntityFrameworkStores<HubDbContext>()
            .AddClaimsPrincipalFactory<HubClaims>()
            .AddDefaultTokenProviders();
    }

    /// <summary>Gives the sign-in cookie its rules and sends the signed-out to the sign-in page in the language of the address.</summary>
    public static IServiceCollection ConfigureHubCookie(this IServiceCollection services) => services.ConfigureApplicationCookie(cookie =>
    {
        cookie.Cookie.Name = "dsm-hub";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
        cookie.SlidingExpiration = true;
        cookie.Events.OnRedirectToLogin = context => Answer(context.HttpContext, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = context => Answer(context.HttpContext, StatusCodes.Status403Forbidden);
    });

    /// <summary>Address of the sign-in page.</summary>
    public static string SignInPath(string language, string returnUrl)
        => $"/{language}/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}";

    private static void Configure(IdentityOptions options)
    {
        options.Password.RequiredLength = PasswordLength;
        options.Password.RequiredUniqueChars = 5;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Lockout.AllowedForNewUsers = true;
        options.Lockout.MaxFailedAccessAttempts = LockoutAttempts;
        options.Lockout.DefaultLockoutTimeSpan = LockoutTime;
        options.User.RequireUniqueEmail = false;
    }

    // People are led to the sign-in page; programs get the bare status.
    private static Task Answer(HttpContext context, int status)
    {
        string path = context.Request.Path.Value ?? "/";
        string language = path.Length >= 3 && path[0] == '/' && (path.Length == 3 || path[3] == '/') ? path[1..3] : "";
        if (status == StatusCodes.Status401Unauthorized && language.Length > 0)
        {
            string back = HttpMethods.IsGet(context.Request.Method) ? path + context.Request.QueryString : $"/{language}";
            context.Response.Redirect(SignInPath(language, context.Request.PathBase + back));
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }
}
