using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Subscriptions;

/// <summary>
/// Ends a subscription by the word of a letter. Mail programs post here by themselves when their user asks them to (RFC 8058), without
/// having seen a form; the word is what proves the right, and the worst a forged request could do is what the letter offers.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class EndModel(SubscriptionDesk desk, ChangeLetters words, PageTexts texts) : WordPage(words, texts)
{
    /// <summary>Shows what would be ended.</summary>
    public async Task OnGetAsync(CancellationToken ct) => Subscription = await desk.AboutAsync(Word, ending: true, ct);

    /// <summary>Ends.</summary>
    public async Task OnPostAsync(CancellationToken ct) => IsDone = await desk.EndAsync(Word, ct);
}
