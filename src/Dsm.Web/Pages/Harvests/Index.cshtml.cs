using Dsm.Exchange.Access;
using Dsm.Exchange.Harvesting;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Harvests;

/// <summary>A source in the list.</summary>
/// <param name="Source">The source.</param>
/// <param name="Last">Its last run; null before the first.</param>
/// <param name="NextRunAt">When it is harvested next by itself.</param>
/// <param name="State">Code of its state.</param>
/// <param name="FlowName">Name of the indicator.</param>
/// <param name="ProviderName">Name of the institution.</param>
/// <param name="MaySeeWork">True when the reader may see counts and reasons.</param>
/// <param name="MayAct">True when the reader may start and stop it.</param>
public sealed record SourceRow(
    Source Source, HarvestRun? Last, DateTimeOffset? NextRunAt, string? State, string FlowName, string ProviderName, bool MaySeeWork, bool MayAct)
{
    /// <summary>True while a run is at work.</summary>
    public bool IsRunning => Last?.Status == RunStatus.Running;
}

/// <summary>The sources: did it work, when next, what failed, who acts; run now and stop for those who may.</summary>
public sealed class IndexModel(HarvestSchedule schedule, RegionView region, PageTexts texts) : PageModel
{
    /// <summary>State chosen; null for all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    /// <summary>Names of the region.</summary>
    public RegionView Region => region;

    /// <summary>The sources in the order of states and indicators.</summary>
    public IReadOnlyList<SourceRow> Sources { get; private set; } = [];

    /// <summary>How many sources are in which state.</summary>
    public IReadOnlyList<(RunStatus? Status, int Count)> Summary { get; private set; } = [];

    /// <summary>True when the reader may see counts of some source.</summary>
    public bool SeesCounts => Sources.Any(s => s.MaySeeWork);

    /// <summary>True while a run is at work: the page renews itself.</summary>
    public bool IsAnyRunning => Sources.Any(s => s.IsRunning);

    /// <summary>What was just done, or null.</summary>
    [TempData]
    public string? Message { get; set; }

    /// <summary>Lists the sources.</summary>
    public async Task OnGetAsync(CancellationToken ct)
    {
        IEnumerable<SourceState> all = (await schedule.ListAsync(1, ct)).Where(s => region.IsSeen(s.Source.AgreementUrn));
        string[] flows = [.. region.Flows.Select(f => f.Urn)];
        Sources = [.. all
            .Select(Row)
            .Where(r => string.IsNullOrEmpty(State) || r.State == State)
            .OrderBy(r => region.States.ToList().IndexOf(r.State ?? ""))
            .ThenBy(r => Array.IndexOf(flows, region.FlowOf(r.Source.AgreementUrn)?.Urn))
            .ThenBy(r => r.Source.Id, StringComparer.Ordinal)];
        Summary = [.. Sources.GroupBy(s => s.Last?.Status).OrderBy(g => g.Key).Select(g => (g.Key, g.Count()))];
    }

    /// <summary>Starts a harvest now.</summary>
    public async Task<IActionResult> OnPostRunAsync(string id, CancellationToken ct)
    {
        if (await SourceToActOn(id, ct) is not { } source)
        {
            return Forbid();
        }

        RunNowResult result = await schedule.RunNowAsync(source.Id, User.Identity!.Name, ct: ct);
        Message = texts.Format("harvests." + result, source.Id);
        return RedirectToPage(new { State });
    }

    /// <summary>Stops the run at work.</summary>
    public async Task<IActionResult> OnPostStopAsync(string id, CancellationToken ct)
    {
        if (await SourceToActOn(id, ct) is not { } source)
        {
            return Forbid();
        }

        bool asked = await schedule.StopAsync(source.Id, User.Identity!.Name!, ct);
        Message = texts.Format(asked ? "harvests.stopping" : "harvests.notrunning", source.Id);
        return RedirectToPage(new { State });
    }

    private SourceRow Row(SourceState state)
    {
        string urn = state.Source.AgreementUrn;
        string? code = region.StateOf(urn);
        bool may = HubRights.MaySeeWorkOf(User, code ?? "");
        return new SourceRow(
            state.Source, state.LastRun, state.NextRunAt, code, region.FlowOf(urn) is { } flow ? region.ShortName(flow) : urn, region.ProviderName(urn),
            may, HubRights.MaySubmitFor(User, code ?? ""));
    }

    // Sources that do not exist and sources of others get one answer.
    private async Task<Source?> SourceToActOn(string id, CancellationToken ct)
        => await schedule.FindAsync(id, 1, ct) is { } state && HubRights.MaySubmitFor(User, region.StateOf(state.Source.AgreementUrn) ?? "")
            ? state.Source : null;
}
