using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures.Subscriptions;

/// <summary>Where one asks to be told of changes: by e-mail (everybody), by feed (everybody), by messages to a system (people of offices).</summary>
public sealed class IndexModel(SubscriptionDesk desk, StructureRegistry registry, ChangeLetters words, ChangesOptions options, PageTexts texts) : PageModel
{
    /// <summary>Which changes, as the form shows it.</summary>
    public ChangeFilter Filter { get; private set; } = new();

    /// <summary>Address typed.</summary>
    public string? Email { get; private set; }

    /// <summary>URL typed.</summary>
    public string? Target { get; private set; }

    /// <summary>Id of artefacts as typed.</summary>
    public string? ArtefactId { get; private set; }

    /// <summary>Problems as field id and text.</summary>
    public List<(string Field, string Text)> Problems { get; } = [];

    /// <summary>What was just done.</summary>
    [TempData]
    public string? Message { get; set; }

    /// <summary>The secret of the subscription just made; it is in this answer and nowhere else.</summary>
    public string? Secret { get; private set; }

    /// <summary>Its number.</summary>
    public long? NewId { get; private set; }

    /// <summary>Agencies that can be chosen.</summary>
    public IReadOnlyList<string> Agencies => [.. registry.For(ReaderAccess.Public).Structures.All.Select(a => a.AgencyId).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Classes that can be chosen.</summary>
    public IReadOnlyList<string> Types => [.. registry.For(ReaderAccess.Public).Structures.All.Select(a => a.Type.Class).Distinct().OrderBy(c => texts["type." + c], StringComparer.CurrentCulture)];

    /// <summary>Query of the feed with these changes.</summary>
    public string FeedQuery => FilterQuery.Write(Filter, texts.Language);

    /// <summary>Address of the hub as others see it.</summary>
    public string PublicAddress => options.PublicAddress;

    /// <summary>True when letters can be sent.</summary>
    public bool SendsLetters => desk.SendsLetters;

    /// <summary>Number of letters that wait.</summary>
    public int WaitingLetters { get; private set; }

    /// <summary>True when the reader may have messages posted.</summary>
    public bool MayPost => HubRights.MaySubscribeAddresses(User);

    /// <summary>The reader's own subscriptions.</summary>
    public ImmutableArray<ChangeSubscription> Mine { get; private set; } = [];

    /// <summary>Shows the form.</summary>
    public async Task OnGetAsync(string? agency, string? type, string? id, string? drafts, CancellationToken ct)
    {
        Filter = FilterQuery.Read(agency, type, id, drafts) ?? new ChangeFilter();
        ArtefactId = Filter.ArtefactId;
        await ListAsync(ct);
    }

    /// <summary>The Enter key, which presses no button in particular: what was typed says what is meant.</summary>
    public Task<IActionResult> OnPostAsync(CancellationToken ct)
        => Request.Form["email"].ToString().Trim().Length > 0 ? OnPostEmailAsync(ct)
            : Request.Form["url"].ToString().Trim().Length > 0 ? OnPostPostAsync(ct)
            : OnPostFeedAsync(ct);

    /// <summary>Shows the address of the feed with the changes chosen.</summary>
    public async Task<IActionResult> OnPostFeedAsync(CancellationToken ct)
        => await ReadAsync(ct) ? LocalRedirect($"~/{texts.Language}/structures/subscriptions{FilterQuery.Write(Filter)}") : Page();

    /// <summary>Asks an e-mail address.</summary>
    public async Task<IActionResult> OnPostEmailAsync(CancellationToken ct)
    {
        bool isRead = await ReadAsync(ct);
        if (!SubscriptionDesk.IsMailAddress(Email ?? ""))
        {
            Problems.Add(("email", texts["subscribe.email.bad"]));
        }

        if (!isRead || Problems.Count > 0)
        {
            return Page();
        }

        SubscribeOutcome outcome = await desk.SubscribeAddressAsync(Email ?? "", Filter, texts.Language, User.Identity?.IsAuthenticated == true ? User.Identity.Name : null, ct);
        if (outcome != SubscribeOutcome.Asked)
        {
            Problems.Add(("email", texts[outcome == SubscribeOutcome.InvalidAddress ? "subscribe.email.bad" : "subscribe.outcome." + outcome]));
            return Page();
        }

        Message = texts.Format("subscribe.asked.email", Email);
        return LocalRedirect($"~/{texts.Language}/structures/subscriptions");
    }

    /// <summary>Asks a system; the answer shows the secret.</summary>
    public async Task<IActionResult> OnPostPostAsync(CancellationToken ct)
    {
        if (!MayPost)
        {
            return User.Identity?.IsAuthenticated == true ? Forbid() : Challenge();
        }

        if (!await ReadAsync(ct))
        {
            return Page();
        }

        (SubscribeOutcome outcome, NewId, Secret) = await desk.SubscribeUrlAsync(Target ?? "", Filter, texts.Language, User.Identity!.Name!, ct);
        if (outcome != SubscribeOutcome.Asked)
        {
            Problems.Add(("url", texts["subscribe.outcome." + outcome]));
        }

        Response.Headers.CacheControl = "no-store";
        await ListAsync(ct);
        return Page();
    }

    /// <summary>Which changes a subscription wants, in words.</summary>
    public IEnumerable<string> Wanted(ChangeSubscription subscription)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        return words.Wanted(subscription.Filter, texts.Language);
    }

    /// <summary>Style of a state.</summary>
    public static string Style(SubscriptionStatus status) => status switch
    {
        SubscriptionStatus.Active => "good",
        SubscriptionStatus.Suspended => "bad",
        SubscriptionStatus.Pending => "busy",
        _ => "idle",
    };

    private async Task<bool> ReadAsync(CancellationToken ct)
    {
        IFormCollection form = Request.Form;
        (Email, Target) = (form["email"].ToString().Trim(), form["url"].ToString().Trim());
        ChangeFilter? filter = FilterQuery.Read(form["agency"], form["type"], form["id"], form["drafts"]);
        ArtefactId = form["id"].ToString().Trim();

        // Everything else that was chosen stays.
        Filter = filter ?? FilterQuery.Read(form["agency"], form["type"], null, form["drafts"]) ?? new ChangeFilter();
        Filter = Filter with { WithProposals = form["proposals"] == "true" && HubRights.Participant(User).MayPropose };
        if (filter is null)
        {
            Problems.Add(("id", texts["proposal.fault.InvalidId"]));
        }

        await ListAsync(ct);
        return filter is not null;
    }

    private async Task ListAsync(CancellationToken ct)
    {
        Mine = User.Identity is { IsAuthenticated: true, Name: { } name } ? await desk.ListAsync(name, ct) : [];
        WaitingLetters = await desk.WaitingLettersAsync(ct);
    }
}
