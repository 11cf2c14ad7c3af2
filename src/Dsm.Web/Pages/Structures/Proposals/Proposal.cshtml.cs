using System.Collections.Immutable;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;
using Dsm.Web.Pages.Structures.Editing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dsm.Web.Pages.Structures.Proposals;

/// <summary>One proposal: its words, what was said about it, what was decided; for those who may, to speak and to decide.</summary>
public sealed class ProposalModel(ProposalDesk desk, ChangeFollower follower, ProposalView view, StructureRegistry registry, Editors editors, PageTexts texts) : PageModel
{
    private (string Handler, string Text) _said;

    /// <summary>Number.</summary>
    [BindProperty(SupportsGet = true), FromRoute]
    public long Id { get; set; }

    /// <summary>The proposal.</summary>
    public Proposal Proposal { get; private set; } = null!;

    /// <summary>What was said and done.</summary>
    public ImmutableArray<ProposalEntry> Entries { get; private set; } = [];

    /// <summary>Who reads.</summary>
    public Participant Reader { get; private set; } = null!;

    /// <summary>Problems as field id and text.</summary>
    public List<(string Field, string Text)> Problems { get; } = [];

    /// <summary>What was just done.</summary>
    [TempData]
    public string? Message { get; set; }

    /// <summary>Titles and offices.</summary>
    public ProposalView View => view;

    /// <summary>True for those who maintain something: they see the log.</summary>
    public bool Maintains => !By.MaintainsNothing;

    /// <summary>True when the reader may decide now.</summary>
    public bool MayDecide => Proposal.IsPending && By.MayMaintain(Proposal.AgencyId);

    /// <summary>True when the reader may take it back now.</summary>
    public bool MayWithdraw => Proposal.IsPending && Reader.Name == Proposal.ProposedBy;

    private Maintainer By => HubRights.Maintainer(User, registry.Current.Spaces);

    /// <summary>Shows it.</summary>
    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await FindAsync(ct) ? Page() : NotFound();

    /// <summary>Says something.</summary>
    public Task<IActionResult> OnPostDiscussAsync(string? text, CancellationToken ct)
        => StepAsync("Discuss", text, "text", async (reader, said) => new ProposalDecision(await desk.DiscussAsync(Id, reader, said, ct)), ct);

    /// <summary>Takes it back.</summary>
    public Task<IActionResult> OnPostWithdrawAsync(CancellationToken ct)
        => StepAsync("Withdraw", "", "", async (reader, said) => new ProposalDecision(await desk.WithdrawAsync(Id, reader, said, ct)), ct);

    /// <summary>Says yes: it goes into the draft of the next version.</summary>
    public Task<IActionResult> OnPostAcceptAsync(string? text, CancellationToken ct)
        => StepAsync("Accept", text, "decision", (reader, said) => desk.AcceptAsync(Id, reader, By, said, ct), ct);

    /// <summary>Says no.</summary>
    public Task<IActionResult> OnPostRejectAsync(string? text, CancellationToken ct)
        => StepAsync("Reject", text, "decision", async (reader, said) => new ProposalDecision(await desk.RejectAsync(Id, reader, By, said, ct)), ct);

    /// <summary>What was typed into a form that was refused.</summary>
    public string Said(string handler) => _said.Handler == handler || (_said.Handler == "Reject" && handler == "Accept") ? _said.Text : "";

    private async Task<bool> FindAsync(CancellationToken ct)
    {
        Reader = HubRights.Participant(User);
        if (await desk.FindAsync(Id, Reader, ct) is not { } found)
        {
            return false;
        }

        // Publications are followed every few seconds: who comes from publishing sees what he did.
        if (IsBehind(found.Proposal) && await follower.FollowAsync(ct) > 0 && await desk.FindAsync(Id, Reader, ct) is { } newer)
        {
            found = newer;
        }

        (Proposal, Entries) = found;
        return true;
    }

    private bool IsBehind(Proposal proposal)
    {
        string? urn = proposal.Status switch { ProposalStatus.Accepted => proposal.DraftUrn, ProposalStatus.Published => proposal.PublishedUrn, _ => null };
        return StructureReference.TryParseUrn(urn, out StructureReference? reference)
            && registry.Current.Structures.Versions(reference.Type, reference.AgencyId, reference.Id).All(v => v.Urn != urn);
    }

    private async Task<IActionResult> StepAsync(string handler, string? text, string field, Func<Participant, string, Task<ProposalDecision>> step, CancellationToken ct)
    {
        string said = (text ?? "").Trim().ReplaceLineEndings("\n");
        ProposalDecision decision = await step(HubRights.Participant(User), said);
        switch (decision.Outcome)
        {
            case ProposalOutcome.Done:
                Message = texts["proposal.done." + handler];
                return LocalRedirect($"~/{texts.Language}/structures/proposals/{Id}");
            case ProposalOutcome.Unknown:
                return NotFound();
            case ProposalOutcome.Forbidden:
                return Forbid();
        }

        _said = (handler, said);
        Problems.Add((decision.Outcome == ProposalOutcome.Text ? field : "", decision.Fault is { } fault ? texts["proposal.fault." + fault] : texts["proposal.outcome." + decision.Outcome]));
        Problems.AddRange(editors.Sentences((decision.Plan?.Issues ?? []).Where(i => i.Severity >= Severity.Error)).Select(s => ("", s)));
        return await FindAsync(ct) ? Page() : NotFound();
    }
}
