using System.Collections.Immutable;
using System.Net.Mail;
using Dsm.Exchange.Harvesting;
using Dsm.Exchange.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>What became of the wish to subscribe.</summary>
public enum SubscribeOutcome
{
    /// <summary>The address is being asked; also when it is subscribed already, which is nobody else's business.</summary>
    Asked,

    /// <summary>The address is none that can be written to.</summary>
    InvalidAddress,

    /// <summary>The address is inside the network, or is not protected by https.</summary>
    AddressNotAllowed,

    /// <summary>Too many questions were sent lately.</summary>
    TooMany,
}

/// <summary>Where subscriptions are made, confirmed and ended. Everything is confirmed by the address itself before anything is sent to it.</summary>
public sealed class SubscriptionDesk(HubDatabase database, ChangesOptions options, ChangeSecrets secrets, ChangePoster poster, TimeProvider clock)
{
    /// <summary>True when letters can be sent; otherwise they wait.</summary>
    public bool SendsLetters => options.Smtp.IsConfigured;

    /// <summary>Subscribes an e-mail address, which is asked by a letter.</summary>
    /// <param name="address">The address.</param>
    /// <param name="filter">Which changes.</param>
    /// <param name="language">Language of letters.</param>
    /// <param name="owner">User who asks; null for a reader without an account.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<SubscribeOutcome> SubscribeAddressAsync(string address, ChangeFilter filter, string language, string? owner, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(filter);
        if (!IsMailAddress(address))
        {
            return SubscribeOutcome.InvalidAddress;
        }

        // Without an account there is nobody whose proposals they could be.
        filter = filter with { WithProposals = filter.WithProposals && owner is not null };
        DateTimeOffset now = clock.GetUtcNow();
        await using HubDbContext db = database.CreateContext();
        await using IDbContextTransaction turn = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        await LockAsync(db, ct).ConfigureAwait(false);
        bool IsSame(ChangeSubscription other) => other.Filter == filter && (!filter.WithProposals || other.Owner == owner);
        List<ChangeSubscription> there = await db.ChangeSubscriptions.Where(s => s.Channel == ChangeChannel.Email && s.Address == address).ToListAsync(ct).ConfigureAwait(false);
        if (there.Any(s => s.Status is SubscriptionStatus.Active or SubscriptionStatus.Suspended && IsSame(s)))
        {
            return SubscribeOutcome.Asked;
        }

        DateTimeOffset day = now.AddDays(-1), hour = now.AddHours(-1);
        int asked = there.Count(s => s.CreatedAt > day);
        bool tooMany = owner is null
            ? await db.ChangeSubscriptions.CountAsync(s => s.Owner == null && s.CreatedAt > hour, ct).ConfigureAwait(false) >= options.QuestionsPerHour
            : await db.ChangeSubscriptions.CountAsync(s => s.Owner == owner && s.CreatedAt > day, ct).ConfigureAwait(false) >= options.QuestionsPerUser;
        if (asked >= options.QuestionsPerAddress || tooMany)
        {
            return SubscribeOutcome.TooMany;
        }

        // A question that was not answered gives way to the new one.
        foreach (ChangeSubscription old in there.Where(s => s.Status == SubscriptionStatus.Pending && IsSame(s)))
        {
            (old.Status, old.EndedAt) = (SubscriptionStatus.Ended, now);
        }

        await AddAsync(db, New(ChangeChannel.Email, address, filter, language, owner, null), ct).ConfigureAwait(false);
        await turn.CommitAsync(ct).ConfigureAwait(false);
        return SubscribeOutcome.Asked;
    }

    /// <summary>True for what can be the address of a mailbox, without a name beside it.</summary>
    public static bool IsMailAddress(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Length <= 254 && !address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) && MailAddress.TryCreate(address, out MailAddress? parsed) && parsed.Address == address;
    }

    /// <summary>Subscribes a URL, which is asked by a first message; it confirms by answering with success.</summary>
    /// <returns>The outcome and the secret that messages will be signed with: it is shown this once and never again.</returns>
    public async Task<(SubscribeOutcome Outcome, long? Id, string? Secret)> SubscribeUrlAsync(string url, ChangeFilter filter, string language, string owner, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        if (url.Length > 2000 || !Uri.TryCreate(url, UriKind.Absolute, out Uri? target) || target.Fragment.Length > 0)
        {
            return (SubscribeOutcome.InvalidAddress, null, null);
        }

        try
        {
            poster.Check(target);
        }
        catch (SourceException)
        {
            return (SubscribeOutcome.AddressNotAllowed, null, null);
        }

        await using HubDbContext db = database.CreateContext();
        await using IDbContextTransaction turn = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        await LockAsync(db, ct).ConfigureAwait(false);
        DateTimeOffset day = clock.GetUtcNow().AddDays(-1);
        if (await db.ChangeSubscriptions.CountAsync(s => s.Owner == owner && s.CreatedAt > day, ct).ConfigureAwait(false) >= options.QuestionsPerUser)
        {
            return (SubscribeOutcome.TooMany, null, null);
        }

        (string secret, string kept) = secrets.New();
        ChangeSubscription subscription = New(ChangeChannel.Post, target.AbsoluteUri, filter, language, owner, kept);
        await AddAsync(db, subscription, ct).ConfigureAwait(false);
        await turn.CommitAsync(ct).ConfigureAwait(false);
        return (SubscribeOutcome.Asked, subscription.Id, secret);
    }

    /// <summary>What a word in a letter is about; null when it is none of ours, too old, or about a subscription that is over.</summary>
    public async Task<ChangeSubscription?> AboutAsync(string? word, bool ending, CancellationToken ct)
    {
        if ((ending ? secrets.Ended(word) : secrets.Confirmed(word)) is not { } id)
        {
            return null;
        }

        await using HubDbContext db = database.CreateContext();
        return await db.ChangeSubscriptions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id && s.Status != SubscriptionStatus.Ended, ct).ConfigureAwait(false);
    }

    /// <summary>Confirms the subscription of a word in a letter; repeating does no harm.</summary>
    public async Task<bool> ConfirmAsync(string? word, CancellationToken ct)
        => secrets.Confirmed(word) is { } id && await ActivateAsync(database, id, clock.GetUtcNow(), ct).ConfigureAwait(false);

    /// <summary>Ends the subscription of a word in a letter; repeating does no harm.</summary>
    public async Task<bool> EndAsync(string? word, CancellationToken ct)
        => secrets.Ended(word) is { } id && await EndOfAsync(id, null, ct).ConfigureAwait(false);

    /// <summary>Ends a subscription of a user.</summary>
    public Task<bool> EndAsync(long id, string owner, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        return EndOfAsync(id, owner, ct);
    }

    /// <summary>Sends again to an address that did not take what was sent; what waits for it goes first.</summary>
    public async Task<bool> ResumeAsync(long id, string owner, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        await using IDbContextTransaction turn = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        int resumed = await db.ChangeSubscriptions.Where(s => s.Id == id && s.Owner == owner && s.Status == SubscriptionStatus.Suspended)
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.Status, s => s.ConfirmedAt == null ? SubscriptionStatus.Pending : SubscriptionStatus.Active), ct).ConfigureAwait(false);
        if (resumed > 0)
        {
            DateTimeOffset now = clock.GetUtcNow();
            await db.ChangeDeliveries.Where(d => d.SubscriptionId == id && d.Status == DeliveryStatus.Failed).ExecuteUpdateAsync(
                u => u.SetProperty(d => d.Status, DeliveryStatus.Queued).SetProperty(d => d.Attempts, 0).SetProperty(d => d.DueAt, now), ct).ConfigureAwait(false);
            await turn.CommitAsync(ct).ConfigureAwait(false);
        }

        return resumed > 0;
    }

    /// <summary>The subscriptions of a user, newest first; those that ended are left out.</summary>
    public async Task<ImmutableArray<ChangeSubscription>> ListAsync(string owner, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        return [.. await db.ChangeSubscriptions.AsNoTracking().Where(s => s.Owner == owner && s.Status != SubscriptionStatus.Ended).OrderByDescending(s => s.Id).ToListAsync(ct).ConfigureAwait(false)];
    }

    /// <summary>A subscription of a user with what was sent last; null when it is not his.</summary>
    public async Task<(ChangeSubscription Subscription, ImmutableArray<ChangeDelivery> Deliveries)?> FindAsync(long id, string owner, int count, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        ChangeSubscription? found = await db.ChangeSubscriptions.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id && s.Owner == owner, ct).ConfigureAwait(false);
        return found is null ? null
            : (found, [.. await db.ChangeDeliveries.AsNoTracking().Where(d => d.SubscriptionId == id).OrderByDescending(d => d.Id).Take(count).ToListAsync(ct).ConfigureAwait(false)]);
    }

    /// <summary>Number of letters that wait because there is no server to take them.</summary>
    public async Task<int> WaitingLettersAsync(CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        return SendsLetters ? 0 : await db.ChangeDeliveries.CountAsync(d => d.Status == DeliveryStatus.Queued
            && db.ChangeSubscriptions.Any(s => s.Id == d.SubscriptionId && s.Channel == ChangeChannel.Email), ct).ConfigureAwait(false);
    }

    /// <summary>
    /// Forgets the addresses of those who ended their subscription or never answered, and what was sent long ago.
    /// </summary>
    /// <returns>Number of subscriptions forgotten.</returns>
    public async Task<int> ForgetAsync(CancellationToken ct)
    {
        DateTimeOffset before = clock.GetUtcNow() - options.KeepFor, logBefore = clock.GetUtcNow() - options.KeepLogFor;
        await using HubDbContext db = database.CreateContext();
        await using IDbContextTransaction turn = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        IQueryable<ChangeSubscription> over = db.ChangeSubscriptions.Where(s => (s.Status == SubscriptionStatus.Ended && s.EndedAt < before) || (s.Status == SubscriptionStatus.Pending && s.CreatedAt < before));
        await db.ChangeDeliveries.Where(d => over.Any(s => s.Id == d.SubscriptionId)
            || (d.CreatedAt < logBefore && (d.Status == DeliveryStatus.Delivered || d.Status == DeliveryStatus.Dropped))).ExecuteDeleteAsync(ct).ConfigureAwait(false);
        int forgotten = await over.ExecuteDeleteAsync(ct).ConfigureAwait(false);
        await turn.CommitAsync(ct).ConfigureAwait(false);
        return forgotten;
    }

    /// <summary>
    /// Makes a subscription active. Changes from now on are sent, exactly: nobody follows the log meanwhile.
    /// </summary>
    internal static async Task<bool> ActivateAsync(HubDatabase database, long id, DateTimeOffset now, CancellationToken ct)
    {
        await using HubDbContext db = database.CreateContext();
        await using IDbContextTransaction turn = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        await LockAsync(db, ct).ConfigureAwait(false);
        ChangeSubscription? subscription = await db.ChangeSubscriptions.FirstOrDefaultAsync(s => s.Id == id && s.Status != SubscriptionStatus.Ended, ct).ConfigureAwait(false);
        if (subscription is { Status: SubscriptionStatus.Pending })
        {
            long last = await db.Database.SqlQuery<long>($"SELECT coalesce(max(id), 0) AS \"Value\" FROM structure_transaction WHERE status = 'Applied'").SingleAsync(ct).ConfigureAwait(false);
            (subscription.Status, subscription.ConfirmedAt, subscription.Since) = (SubscriptionStatus.Active, now, last);
            await db.SaveChangesAsync(ct).ConfigureAwait(false);
            await turn.CommitAsync(ct).ConfigureAwait(false);
        }

        return subscription is not null;
    }

    private async Task<bool> EndOfAsync(long id, string? owner, CancellationToken ct)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await using HubDbContext db = database.CreateContext();
        await using IDbContextTransaction turn = await db.Database.BeginTransactionAsync(ct).ConfigureAwait(false);
        int ended = await db.ChangeSubscriptions.Where(s => s.Id == id && (owner == null || s.Owner == owner))
            .ExecuteUpdateAsync(u => u.SetProperty(s => s.Status, SubscriptionStatus.Ended).SetProperty(s => s.EndedAt, now).SetProperty(s => s.Secret, (string?)null), ct).ConfigureAwait(false);
        if (ended > 0)
        {
            await db.ChangeDeliveries.Where(d => d.SubscriptionId == id && d.Status == DeliveryStatus.Queued)
                .ExecuteUpdateAsync(u => u.SetProperty(d => d.Status, DeliveryStatus.Dropped), ct).ConfigureAwait(false);
            await turn.CommitAsync(ct).ConfigureAwait(false);
        }

        return ended > 0;
    }

    private static Task LockAsync(HubDbContext db, CancellationToken ct) => db.Database.ExecuteSqlAsync($"SELECT 1 FROM change_follower WHERE id = 1 FOR UPDATE", ct);

    private ChangeSubscription New(ChangeChannel channel, string address, ChangeFilter filter, string language, string? owner, string? secret) => new()
    {
        Channel = channel,
        Address = address,
        Language = language,
        AgencyId = filter.AgencyId,
        Class = filter.Class,
        ArtefactId = filter.ArtefactId,
        WithDrafts = filter.WithDrafts,
        WithProposals = filter.WithProposals && channel == ChangeChannel.Email,
        Owner = owner,
        Secret = secret,
        Status = SubscriptionStatus.Pending,
        CreatedAt = clock.GetUtcNow(),
    };

    private async Task AddAsync(HubDbContext db, ChangeSubscription subscription, CancellationToken ct)
    {
        db.ChangeSubscriptions.Add(subscription);
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
        DateTimeOffset now = clock.GetUtcNow();
        db.ChangeDeliveries.Add(new ChangeDelivery { SubscriptionId = subscription.Id, Status = DeliveryStatus.Queued, DueAt = now, CreatedAt = now });
        await db.SaveChangesAsync(ct).ConfigureAwait(false);
    }
}
