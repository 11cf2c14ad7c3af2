using System.Globalization;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Exchange.Registry.Impact;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Mvc;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>
/// The last look before a draft becomes a stable version: its differences, the number they need, what is moved along, what the registry
/// says to all of it; then publishing, in one transaction.
/// </summary>
public sealed class PublishModel(Editors editors, ChangeSimulator simulator) : EditorPage(editors)
{
    /// <summary>What is to be published.</summary>
    public Publication Publication { get; private set; } = null!;

    /// <summary>What the registry says to it.</summary>
    public StructurePlan Plan { get; private set; } = null!;

    /// <summary>What it touches; null when nothing would change.</summary>
    public ImpactView? Impact { get; private set; }

    /// <summary>Constraints that will not let the new codes pass.</summary>
    public IReadOnlyList<ShutOut> ShutOuts => ShutOut.Of(Structures, Publication.Base, Publication.Draft);

    /// <summary>Why, for the log.</summary>
    public string Comment { get; private set; } = "";

    /// <summary>The number as typed; null before.</summary>
    public string? Number { get; private set; }

    /// <summary>True when nothing stands against it.</summary>
    public bool MayPublish => Publication.HasRightVersion && Plan.CanBeApplied && Problems.Count == 0;

    /// <summary>True when another number or choice could be what is missing, so that the button must work.</summary>
    public bool IsRepairable => Problem("number") is not null || !Publication.HasRightVersion || !Publication.Candidates.IsEmpty;

    /// <summary>Users that are usually moved along.</summary>
    public IReadOnlyList<CascadeStep> Usual => [.. Publication.Candidates.Where(c => Publication.IsUsual(Artefact, c.Before))];

    /// <summary>The other users: maps, and artefacts of other agencies.</summary>
    public IReadOnlyList<CascadeStep> Rest => [.. Publication.Candidates.Where(c => !Publication.IsUsual(Artefact, c.Before))];

    /// <summary>Dataflows that will use the new version: those moved, and those that follow by themselves.</summary>
    public IReadOnlyList<Dataflow> Indicators { get; private set; } = [];

    /// <summary>Shows what publishing would do.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        await PrepareAsync(null, null, ct);
        await SimulateAsync(ct);
        return Page();
    }

    /// <summary>Shows it anew for another number or choice.</summary>
    public async Task<IActionResult> OnPostCheckAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        await FromFormAsync(ct);
        await SimulateAsync(ct);
        return Page();
    }

    /// <summary>Publishes.</summary>
    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Find() is { } refusal)
        {
            return refusal;
        }

        await FromFormAsync(ct);
        if (!MayPublish)
        {
            return Page();
        }

        long? basedOn = long.TryParse(Field("basedOn"), NumberStyles.None, CultureInfo.InvariantCulture, out long seen) ? seen : null;
        StructureReceipt receipt = await Editors.Desk.PublishAsync(Publication, By, Comment.Length > 0 ? Comment : null, basedOn, ct);
        if (!receipt.IsApplied)
        {
            Refuse(receipt.Plan);
            return Page();
        }

        return LocalRedirect("~" + StructureLinks.Page(Texts.Language, Publication.Published.Reference) + "?published=" + Publication.Steps.Length.ToString(CultureInfo.InvariantCulture));
    }

    private IActionResult? Find() => Refusal() ?? (DraftVersions.IsDraft(Artefact.Version) ? null : NotFound());

    private Task FromFormAsync(CancellationToken ct)
    {
        Comment = Field("comment");
        HashSet<string> chosen = [.. Request.Form["move"].OfType<string>()];
        string number = Number = Field("number");
        SdmxVersion? wanted = SdmxVersion.TryParse(number, out SdmxVersion parsed) ? parsed : null;
        if (wanted is null && number.Length > 0)
        {
            Problems.Add(("number", Texts.Format("publish.problem.number", number)));
        }

        return PrepareAsync(wanted, chosen, ct);
    }

    private async Task PrepareAsync(SdmxVersion? wanted, HashSet<string>? chosen, CancellationToken ct)
    {
        // What is another agency's is never moved, whatever the form says; what refers to the draft itself always is.
        Publication = Publication.Of(Structures, Artefact, wanted, a => By.MayMaintain(a.AgencyId)
            && (Publication.MustMove(Artefact, a) || (chosen?.Contains(a.Urn) ?? Publication.IsUsual(Artefact, a))));
        if (wanted is not null && !Publication.HasRightVersion)
        {
            // With a number that cannot be, nothing refers to the version before it: what is moved along is shown, and stays chosen,
            // as with the number that is needed.
            Problems.Add(("number", Texts.Format("publish.problem.version", Publication.Published.Version, Publication.Required)));
            await PrepareAsync(null, chosen, ct);
            return;
        }

        Plan = await Editors.Desk.PlanAsync(Publication, By, ct);
        Indicators = IndicatorsOf();
        Refuse(Plan);
    }

    private async Task SimulateAsync(CancellationToken ct)
        => Impact = Plan.ChangesAnything ? new ImpactView(await simulator.SimulateAsync(Plan, HubRights.Reading(User), ct)) : null;

    private Dataflow[] IndicatorsOf()
    {
        Maintainable[] moved = [Publication.Published, .. Publication.Steps.Select(s => s.After)];
        return [.. Structures.Of<Dataflow>().Where(f => !DraftVersions.IsDraft(f.Version) && f.Structure is { HasWildcard: true } structure && !moved.Any(m => m.Urn == f.Urn)
                && moved.OfType<DataStructure>().Any(d => Structures.With([d]).Find<DataStructure>(structure)?.Urn == d.Urn))
            .Concat(moved.OfType<Dataflow>()).DistinctBy(f => f.Urn)];
    }
}
