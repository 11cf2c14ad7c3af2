using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>Hands letters to the configured server (MailKit). Thread-safe: a connection a letter.</summary>
public sealed class ChangeMailer(ChangesOptions options)
{
    /// <summary>Sends a letter; returns when the server has taken it.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="to">Address.</param>
    /// <param name="endLink">Address that ends the subscription with one click (RFC 8058); null for none.</param>
    /// <param name="number">Number of the delivery: the same letter sent twice has the same Message-Id.</param>
    /// <param name="ct">Cancels.</param>
    public async Task SendAsync(ChangeLetter letter, string to, string? endLink, long number, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(letter);
        using MimeMessage message = new();
        MailboxAddress from = MailboxAddress.Parse(options.Smtp.From);
        message.From.Add(from);
        message.To.Add(new MailboxAddress("", to));
        message.Subject = letter.Subject;
        message.Body = new TextPart("plain") { Text = letter.Text };
        message.MessageId = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"change-{number}@{from.Domain}");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (endLink is not null)
        {
            message.Headers.Add("List-Unsubscribe", $"<{endLink}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }

        using SmtpClient smtp = new() { Timeout = (int)options.Patience.TotalMilliseconds };
        await smtp.ConnectAsync(options.Smtp.Host, options.Smtp.Port, options.Smtp.Security switch
        {
            SmtpSecurity.Ssl => SecureSocketOptions.SslOnConnect,
            SmtpSecurity.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        }, ct).ConfigureAwait(false);
        if (options.Smtp.User.Length > 0)
        {
            await smtp.AuthenticateAsync(options.Smtp.User, options.Smtp.Password, ct).ConfigureAwait(false);
        }

        await smtp.SendAsync(message, ct).ConfigureAwait(false);
        await smtp.DisconnectAsync(quit: true, ct).ConfigureAwait(false);
    }
}
