using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Dsm.Sdmx.Issues;
using Microsoft.AspNetCore.DataProtection;

namespace Dsm.Exchange.Harvesting;

/// <summary>Protects the passwords and tokens of sources with the keys all nodes share.</summary>
public sealed class SourceSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Dsm.Exchange.Harvesting.SourceSecrets");

    /// <summary>The form in which a secret is kept.</summary>
    public string Protect(string secret) => protector.Protect(secret);

    /// <summary>What a request to the source carries: basic with a name, bearer without; null without a secret.</summary>
    /// <exception cref="SourceException">The secret was protected with keys that are gone.</exception>
    public AuthenticationHeaderValue? AuthorizationOf(Source source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (string.IsNullOrEmpty(source.CredentialSecret))
        {
            return null;
        }

        string secret;
        try
        {
            secret = protector.Unprotect(source.CredentialSecret);
        }
        catch (CryptographicException e)
        {
            throw new SourceException(new Issue(ExchangeIssues.SourceSecretLost, Location.None), isTransient: false, inner: e);
        }

        return string.IsNullOrEmpty(source.CredentialName)
            ? new AuthenticationHeaderValue("Bearer", secret)
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{source.CredentialName}:{secret}")));
    }
}
