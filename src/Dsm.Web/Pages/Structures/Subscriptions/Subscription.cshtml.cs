using System.Collections.Immutable;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures.Subscriptions;

/// <summary>A subscription of the reader: how it fares, what was sent, resume and end. Those of others are not there.</summary>
[Authorize]
public sealed class SubscriptionModel(SubscriptionDesk desk, ChangeLetters words, PageTexts texts) : PageModel
{
    private const int Shown = 50;

    /// <summary>Number.</summary>
    [BindProperty(SupportsGet = true), FromRoute]
    public long Id { get; set; }

    /// <summary>The subscription.</summary>
    public ChangeSubscription Subscription { get; private set; } = null!;

    /// <summary>What was sent last, newest first.</summary>
    public ImmutableArray<ChangeDelivery> Deliveries { get; private set; } = [];

    /// <summary>Which changes are wanted, in words.</summary>
    public IEnumerable<string> Wanted => words.Wanted(Subscription.Filter, texts.Language);

    /// <summary>What was just done.</summary>
    [TempData]
    public string? Message { get; set; }

    private string Me => User.Identity!.Name!;

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (await desk.FindAsync(Id, Me, Shown, ct) is not { } found)
        {
            return NotFound();
        }

        (Subscription, Deliveries) = found;
        return Page();
    }

    /// <summary>Ends it.</summary>
    public async Task<IActionResult> OnPostEndAsync(CancellationToken ct)
        => await desk.EndAsync(Id, Me, ct) ? Done("subscribe.end.done") : NotFound();

    /// <summary>Sends again.</summary>
    public async Task<IActionResult> OnPostResumeAsync(CancellationToken ct)
        => await desk.ResumeAsync(Id, Me, ct) ? Done("subscribe.resume.done") : NotFound();

    /// <summary>Style of the state of a delivery.</summary>
    public static string Style(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Delivered => "good",
        DeliveryStatus.Failed => "bad",
        DeliveryStatus.Queued => "busy",
        _ => "idle",
    };

    private LocalRedirectResult Done(string key)
    {
        Message = texts[key];
        return LocalRedirect($"~/{texts.Language}/structures/subscriptions/{Id}");
    }
}
