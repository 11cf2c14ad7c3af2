using System.Net;
using System.Security.Cryptography;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Exchange.Storage;
using MailKit;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>Sends what is queued: hands it out to workers, tries it, and writes down what became of it.</summary>
public sealed class ChangeDeliverer(
    HubDatabase database, StructureRegistry registry, StructureChanges changes, ChangesOptions options, ChangeSecrets secrets, ChangePoster poster, ChangeMailer mailer,
    ComposeLetter compose, ComposeProposalLetter composeNews, TimeProvider clock, ILogger<ChangeDeliverer> log)
{
    private const int Batch = 100;

    // Longer than a batch takes; after that a delivery in the hands of a dead worker goes to another.
    private static readonly TimeSpan InHands = TimeSpan.FromMinutes(5);

    /// <summary>True when something may be due.</summary>
    public async Task<bool> IsAnythingDueAsync(CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await using HubDbContext db = database.CreateContext();
        return await db.ChangeDeliveries.AnyAsync(d => d.Status == DeliveryStatus.Queued && d.DueAt <= now, ct).ConfigureAwait(false);
    }

    /// <summary>Takes what is due into hand. Letters wait as long as there is no server for them.</summary>
    /// <returns>The numbers of the deliveries, each with the number of its next attempt.</returns>
    public async Task<IReadOnlyList<(long Id, int Attempt)>> ClaimAsync(CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow(), until = now + InHands;
        bool letters = options.Smtp.IsConfigured;
        await using HubDbContext db = database.CreateContext();
        List<ChangeDelivery> claimed = await db.ChangeDeliveries.FromSql(
            $"""
            UPDATE change_delivery SET claimed_until = {until} WHERE id IN (
                SELECT d.id FROM change_delivery d JOIN change_subscription s ON s.id = d.subscription_id
                WHERE d.status = 'Queued' AND d.due_at <= {now} AND (d.claimed_until IS NULL OR d.claimed_until < {now})
                    AND s.status IN ('Pending', 'Active') AND (s.channel <> 'Email' OR {letters})
                ORDER BY d.id LIMIT {Batch} FOR UPDATE OF d SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(ct).ConfigureAwait(false);
        return [.. claimed.OrderBy(d => d.Id).Select(d => (d.Id, d.Attempts + 1))];
    }

    /// <summary>Tries one delivery. An attempt that was made already, by this job started twice, is left alone.</summary>
    public async Task DeliverAsync(long id, int attempt, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        DateTimeOffset until = clock.GetUtcNow() + InHands;
        if (await db.ChangeDeliveries.Where(d => d.Id == id && d.Status == DeliveryStatus.Queued && d.Attempts == attempt - 1)
            .ExecuteUpdateAsync(u => u.SetProperty(d => d.Attempts, attempt).SetProperty(d => d.ClaimedUntil, until), ct).ConfigureAwait(false) == 0)
        {
            return;
        }

        ChangeDelivery delivery = await db.ChangeDeliveries.SingleAsync(d => d.Id == id, ct).ConfigureAwait(false);
        ChangeSubscription subscription = await db.ChangeSubscriptions.SingleAsync(s => s.Id == delivery.SubscriptionId, ct).ConfigureAwait(false);

        // What became restricted on another node a moment ago is not told of any more.
        await registry.RefreshAsync(ct).ConfigureAwait(false);
        StructureChangeSet? found = delivery.TransactionNumber is { } number ? await changes.FindAsync(number, ct).ConfigureAwait(false) : null;
        StructureChangeSet? wanted = found is null ? null : subscription.Filter.Of(found, registry.Current.Spaces);
        ProposalNews? news = delivery.ProposalId is { } proposal ? await NewsAsync(db, proposal, delivery.ProposalEntryId, subscription, ct).ConfigureAwait(false) : null;
        bool isQuestion = delivery.IsQuestion;
        if (subscription.Status is not (SubscriptionStatus.Active or SubscriptionStatus.Pending) || (!isQuestion && wanted is null && news is null) || (isQuestion && subscription.Status != SubscriptionStatus.Pending))
        {
            delivery.Status = DeliveryStatus.Dropped;
        }
        else
        {
            await SendAsync(delivery, subscription, wanted, news, ct).ConfigureAwait(false);
        }

        delivery.ClaimedUntil = null;
        bool isConfirmed = isQuestion && subscription.Channel == ChangeChannel.Post && delivery.Status == DeliveryStatus.Delivered;
        if (delivery.Status == DeliveryStatus.Failed)
        {
            subscription.Status = SubscriptionStatus.Suspended;
        }

        // Sent is sent, whether or not this node is being stopped.
        await db.SaveChangesAsync(CancellationToken.None).ConfigureAwait(false);
        if (isConfirmed)
        {
            await SubscriptionDesk.ActivateAsync(database, subscription.Id, clock.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        }
    }

    // Who lost his role, or what became restricted since, is not written of any more.
    private async Task<ProposalNews?> NewsAsync(HubDbContext db, long proposalId, long? entryId, ChangeSubscription subscription, CancellationToken ct)
    {
        Proposal? proposal = await db.Proposals.AsNoTracking().FirstOrDefaultAsync(p => p.Id == proposalId, ct).ConfigureAwait(false);
        ProposalEntry? entry = entryId is null ? null : await db.ProposalEntries.AsNoTracking().FirstOrDefaultAsync(e => e.Id == entryId, ct).ConfigureAwait(false);
        if (proposal is null || (entryId is not null && entry is null))
        {
            return null;
        }

        ProposalNews news = new(proposal, entry);
        return await ProposalAudience.WantsAsync(db, subscription, news, registry.Current.Spaces, ct).ConfigureAwait(false) ? news : null;
    }

    private async Task SendAsync(ChangeDelivery delivery, ChangeSubscription subscription, StructureChangeSet? wanted, ProposalNews? news, CancellationToken ct)
    {
        bool isFinal = false;
        try
        {
            HttpStatusCode? status = subscription.Channel == ChangeChannel.Post
                ? await poster.PostAsync(new Uri(subscription.Address), secrets.SecretOf(subscription), delivery.Id, ChangeMessage.Of(subscription, wanted, options.PublicAddress), ct).ConfigureAwait(false)
                : await WriteAsync(delivery, subscription, wanted, news, ct).ConfigureAwait(false);
            delivery.HttpStatus = (int?)status;
            if (status is null || (int)status is >= 200 and < 300)
            {
                (delivery.Status, delivery.DeliveredAt, delivery.LastError) = (DeliveryStatus.Delivered, clock.GetUtcNow(), null);
                return;
            }

            delivery.LastError = $"The answer was {(int)status}.";
            isFinal = status == HttpStatusCode.Gone;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException or ProtocolException or CommandException or AuthenticationException or SslHandshakeException or NotSupportedException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            (delivery.HttpStatus, delivery.LastError) = (null, Sentence(e));
            isFinal = Gate(e) is not null;
        }
        catch (Exception e) when (e is SourceException or CryptographicException or FormatException)
        {
            // The address must not be asked, the secret is lost, or the sender's address is none: trying again does not help.
            (delivery.HttpStatus, delivery.LastError, isFinal) = (null, Sentence(e), true);
        }

        bool isLast = isFinal || delivery.Attempts >= options.MaxAttempts;
        delivery.Status = isLast ? DeliveryStatus.Failed : DeliveryStatus.Queued;
        delivery.DueAt = clock.GetUtcNow() + Pause(delivery.Attempts);
        log.LogWarning("Delivery {Delivery} to subscription {Subscription}, attempt {Attempt}: {Error}", delivery.Id, subscription.Id, delivery.Attempts, delivery.LastError);
    }

    private async Task<HttpStatusCode?> WriteAsync(ChangeDelivery delivery, ChangeSubscription subscription, StructureChangeSet? wanted, ProposalNews? news, CancellationToken ct)
    {
        string word = delivery.IsQuestion ? "confirm?word=" + Uri.EscapeDataString(secrets.ConfirmWord(subscription.Id)) : "end?word=" + Uri.EscapeDataString(secrets.EndWord(subscription.Id));
        string link = $"{options.PublicAddress}/{subscription.Language}/structures/subscriptions/{word}";
        ChangeLetter letter = news is null ? compose(subscription, wanted, link) : composeNews(subscription, news, link);
        await mailer.SendAsync(letter, subscription.Address, delivery.IsQuestion ? null : link, delivery.Id, ct).ConfigureAwait(false);
        return null;
    }

    private TimeSpan Pause(int attempts) => options.BackOff * Math.Pow(2, Math.Min(attempts - 1, 12)) * (1 + (Random.Shared.NextDouble() / 4));

    private static SourceException? Gate(Exception e) => e as SourceException ?? (e.InnerException is { } inner ? Gate(inner) : null);

    private static string Sentence(Exception e)
    {
        string text = Gate(e)?.Message ?? (e is OperationCanceledException ? "There was no answer in time." : e.Message);
        return text.Length > 500 ? text[..500] : text;
    }
}
