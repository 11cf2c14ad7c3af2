using System.Security.Claims;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Exchange.Storage;
using Microsoft.EntityFrameworkCore;

namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>
/// Who is told by letter what is new about a proposal: its author, and those who maintain the agency, where they subscribed to it. What
/// people of offices say stays among them: the rights of the account are asked when a letter is queued and again when it is sent.
/// </summary>
internal static class ProposalAudience
{
    /// <summary>Queues a letter for everybody who wants to be told; part of the transaction that makes the news, so that none is lost or doubled.</summary>
    public static async Task QueueAsync(HubDbContext db, ProposalNews news, AgencySpaces spaces, DateTimeOffset now, CancellationToken ct)
    {
        List<ChangeSubscription> all = await db.ChangeSubscriptions.AsNoTracking()
            .Where(s => s.WithProposals && s.Owner != null && s.Channel == ChangeChannel.Email && (s.Status == SubscriptionStatus.Active || s.Status == SubscriptionStatus.Suspended))
            .OrderBy(s => s.Id).ToListAsync(ct).ConfigureAwait(false);
        foreach (ChangeSubscription subscription in all)
        {
            if (await WantsAsync(db, subscription, news, spaces, ct).ConfigureAwait(false))
            {
                db.ChangeDeliveries.Add(new ChangeDelivery
                {
                    SubscriptionId = subscription.Id, ProposalId = news.Proposal.Id, ProposalEntryId = news.Entry?.Id, Status = DeliveryStatus.Queued, DueAt = now, CreatedAt = now,
                });
            }
        }

        await db.SaveChangesAsync(ct).ConfigureAwait(false);
    }

    /// <summary>True when a subscriber is to be told. Nobody is told what he said himself.</summary>
    public static async Task<bool> WantsAsync(HubDbContext db, ChangeSubscription subscription, ProposalNews news, AgencySpaces spaces, CancellationToken ct)
    {
        Proposal proposal = news.Proposal;
        if (subscription.Owner is not { } owner || owner == news.By || !subscription.Filter.Fits(proposal, spaces) || await AccountAsync(db, owner, ct).ConfigureAwait(false) is not { } account)
        {
            return false;
        }

        return HubRights.Participant(account) is { MayPropose: true } reader && reader.Sees(proposal, spaces)
            && (proposal.ProposedBy == owner || HubRights.Maintainer(account, spaces).MayMaintain(proposal.AgencyId));
    }

    // The account as it would be if its owner signed in now.
    private static async Task<ClaimsPrincipal?> AccountAsync(HubDbContext db, string name, CancellationToken ct)
    {
        HubUser? user = await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.UserName == name, ct).ConfigureAwait(false);
        if (user is null)
        {
            return null;
        }

        List<string?> roles = await db.UserRoles.Where(r => r.UserId == user.Id).Join(db.Roles, r => r.RoleId, r => r.Id, (_, r) => r.Name).ToListAsync(ct).ConfigureAwait(false);
        List<Claim> claims = [new(ClaimTypes.Name, name), .. roles.OfType<string>().Select(r => new Claim(ClaimTypes.Role, r))];
        if (user.Country is { Length: > 0 } country)
        {
            claims.Add(new Claim(HubRights.CountryClaim, country));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, "subscription"));
    }
}
