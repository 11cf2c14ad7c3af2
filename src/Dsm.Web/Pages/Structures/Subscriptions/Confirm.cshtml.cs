using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Structures.Subscriptions;

/// <summary>Confirms a subscription by the word of a letter.</summary>
public sealed class ConfirmModel(SubscriptionDesk desk, ChangeLetters words, PageTexts texts) : WordPage(words, texts)
{
    /// <summary>Shows what would be confirmed.</summary>
    public async Task OnGetAsync(CancellationToken ct) => Subscription = await desk.AboutAsync(Word, ending: false, ct);

    /// <summary>Confirms.</summary>
    public async Task OnPostAsync(CancellationToken ct) => IsDone = await desk.ConfirmAsync(Word, ct);
}
