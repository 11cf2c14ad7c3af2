using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>Secrets of subscriptions: those that sign messages, and the words in the links of letters. All made with the keys all nodes share.</summary>
public sealed class ChangeSecrets(IDataProtectionProvider protection)
{
    private static readonly TimeSpan QuestionStands = TimeSpan.FromDays(7);
    private readonly IDataProtector _signing = protection.CreateProtector("Dsm.Exchange.Registry.Subscriptions.Signing");
    private readonly ITimeLimitedDataProtector _confirming = protection.CreateProtector("Dsm.Exchange.Registry.Subscriptions.Confirming").ToTimeLimitedDataProtector();
    private readonly IDataProtector _ending = protection.CreateProtector("Dsm.Exchange.Registry.Subscriptions.Ending");

    /// <summary>A new secret of 256 bits, and the form in which it is kept.</summary>
    public (string Secret, string Protected) New()
    {
        string secret = "dsm_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (secret, _signing.Protect(secret));
    }

    /// <summary>
    /// The signature of a message: HMAC-SHA256 with the secret over the seconds since 1970, a full stop and the bytes of the body; <c>v1=</c>
    /// and lower-case hexadecimal.
    /// </summary>
    public static string Sign(string secret, long timestamp, ReadOnlySpan<byte> body)
    {
        byte[] head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestamp}."));
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(head);
        hash.AppendData(body);
        return "v1=" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The secret of a subscription.</summary>
    /// <exception cref="CryptographicException">It was protected with keys that are gone.</exception>
    internal string SecretOf(ChangeSubscription subscription) => _signing.Unprotect(subscription.Secret!);

    /// <summary>The word that confirms a subscription; good for seven days.</summary>
    internal string ConfirmWord(long subscription) => _confirming.Protect(Text(subscription), QuestionStands);

    /// <summary>The word that ends a subscription.</summary>
    internal string EndWord(long subscription) => _ending.Protect(Text(subscription));

    /// <summary>The subscription that a word confirms; null when it is none of ours, or too old.</summary>
    internal long? Confirmed(string? word) => Read(_confirming.Unprotect, word);

    /// <summary>The subscription that a word ends; null when it is none of ours.</summary>
    internal long? Ended(string? word) => Read(_ending.Unprotect, word);

    private static string Text(long subscription) => subscription.ToString(CultureInfo.InvariantCulture);

    private static long? Read(Func<string, string> unprotect, string? word)
    {
        if (string.IsNullOrEmpty(word) || word.Length > 1000)
        {
            return null;
        }

        try
        {
            return long.Parse(unprotect(word), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
