using Dsm.Exchange.Access;
using Dsm.Exchange.Harvesting;
using Dsm.Web.Localisation;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Harvests;

/// <summary>One source with its ledger.</summary>
public sealed class SourceModel(HarvestSchedule schedule, RegionView region, PageTexts texts, TimeProvider clock) : PageModel
{
    private const int Runs = 50;

    /// <summary>The source with its last runs.</summary>
    public SourceState State { get; private set; } = null!;

    /// <summary>Name of the indicator.</summary>
    public string FlowName { get; private set; } = "";

    /// <summary>Name of the state.</summary>
    public string StateName { get; private set; } = "";

    /// <summary>Name of the institution.</summary>
    public string ProviderName { get; private set; } = "";

    /// <summary>True when the reader may see addresses, counts and reasons.</summary>
    public bool MaySeeWork { get; private set; }

    /// <summary>True when the reader may start and stop it.</summary>
    public bool MayAct { get; private set; }

    /// <summary>Now.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Shows the source.</summary>
    public async Task<IActionResult> OnGetAsync(string id, CancellationToken ct) => await FindAsync(id, ct) ? Page() : NotFound();

    /// <summary>Starts a harvest now.</summary>
    public async Task<IActionResult> OnPostRunAsync(string id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || !MayAct)
        {
            return Forbid();
        }

        await schedule.RunNowAsync(id, User.Identity!.Name, ct: ct);
        return RedirectToPage(new { id });
    }

    /// <summary>Stops the run at work.</summary>
    public async Task<IActionResult> OnPostStopAsync(string id, CancellationToken ct)
    {
        if (!await FindAsync(id, ct) || !MayAct)
        {
            return Forbid();
        }

        await schedule.StopAsync(id, User.Identity!.Name!, ct);
        return RedirectToPage(new { id });
    }

    private async Task<bool> FindAsync(string id, CancellationToken ct)
    {
        // Sources that do not exist and those nobody here may know of get one answer.
        if (await schedule.FindAsync(id, Runs, ct) is not { } state || !region.IsSeen(state.Source.AgreementUrn))
        {
            return false;
        }

        string urn = state.Source.AgreementUrn;
        string? code = region.StateOf(urn);
        State = state;
        FlowName = texts.Of(region.FlowOf(urn)?.Name ?? default, urn);
        StateName = region.StateName(code);
        ProviderName = region.ProviderName(urn);
        MaySeeWork = HubRights.MaySeeWorkOf(User, code ?? "");
        MayAct = HubRights.MaySubmitFor(User, code ?? "");
        return true;
    }
}
