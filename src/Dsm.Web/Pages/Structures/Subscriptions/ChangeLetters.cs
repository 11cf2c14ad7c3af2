using System.Globalization;
using System.Text;
using Dsm.Exchange;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Exchange.Registry.Proposals;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Structures.Subscriptions;

/// <summary>Words the letters to subscribers in their language; a <see cref="ComposeLetter"/> and a <see cref="ComposeProposalLetter"/>.</summary>
public sealed class ChangeLetters(TextCatalogue texts, StructureRegistry registry, ChangesOptions options, RegionOptions region)
{
    private const int Shown = 100;

    /// <summary>A letter.</summary>
    public ChangeLetter Compose(ChangeSubscription subscription, StructureChangeSet? changes, string link)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        string language = texts.Languages.Contains(subscription.Language) ? subscription.Language : "en";
        return changes is null ? Question(subscription, language, link) : Changes(changes, language, link);
    }

    /// <summary>A letter about a proposal.</summary>
    public ChangeLetter Compose(ChangeSubscription subscription, ProposalNews news, string link)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        ArgumentNullException.ThrowIfNull(news);
        string language = texts.Languages.Contains(subscription.Language) ? subscription.Language : "en";
        string T(string key) => texts.Find(language, key);
        string kind = news.Entry is not { } entry ? "New"
            : entry.Step is not { } step || step == ProposalStatus.Discussed ? "Said"
            : entry.By.Length == 0 && step == ProposalStatus.Accepted ? "TakenBack" : step.ToString();
        string title = OneLine(Title(news.Proposal, language));
        string words = (news.Entry is null ? news.Proposal.Reason : news.Entry.Text).Trim();
        StringBuilder text = new();
        text.Append(T("letter.hello")).Append("\n\n").Append(string.Format(CultureInfo.InvariantCulture, T("letter.proposal." + kind), $"{news.By}, {Office(news.State, language)}")).Append('\n').Append(title).Append("\n\n");
        if (words.Length > 0)
        {
            text.Append(words).Append("\n\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{options.PublicAddress}/{language}/structures/proposals/{news.Proposal.Id}").Append("\n\n");
        text.Append(T("letter.end")).Append('\n').Append(link).Append("\n\n").Append(Signature(language));
        return new ChangeLetter($"{title} – {T("letter.proposal.subject." + kind)}", text.ToString());
    }

    // As everybody sees the structures: news of what is restricted is never written.
    private string Title(Proposal proposal, string language)
    {
        Maintainable? subject = StructureType.FromClass(proposal.Class) is { } type
            ? DraftVersions.Base(registry.For(Dsm.Exchange.Access.ReaderAccess.Public).Structures.Versions(type, proposal.AgencyId, proposal.ArtefactId)) : null;
        string artefact = subject?.Name.Best(language) ?? proposal.ArtefactId;
        string Named(string otherwise) => proposal.Name.TryGetValue(language, out string? own) ? own : proposal.Name.TryGetValue("en", out string? english) ? english : proposal.Name.Values.FirstOrDefault() ?? otherwise;
        string Say(string key, params object[] arguments) => string.Format(CultureInfo.InvariantCulture, texts.Find(language, key), arguments);
        return proposal.Kind switch
        {
            ProposalKind.Code => Say("proposal.title.code", Named(proposal.ItemId!), artefact),
            ProposalKind.Indicator => Say("proposal.title.indicator", Named(proposal.ArtefactId)),
            _ => Say("proposal.title.definition", proposal.ItemId is { } item ? Proposals.ProposalView.Now(subject, item).Name.Best(language) is { } name ? $"{name} ({item})" : item : artefact),
        };
    }

    private string Office(string? state, string language)
        => state is null ? region.Name.TryGetValue(language, out string? own) ? own : region.Name.Values.FirstOrDefault() ?? region.Agency
            : StructureReference.TryParseUrn(region.StatesCodelist, out StructureReference? list) && registry.Current.Structures.Find<Codelist>(list)?.Find(state)?.Name.Best(language) is { } name ? name : state;

    // A subject is one line, whatever stands in a name.
    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim();

    private ChangeLetter Question(ChangeSubscription subscription, string language, string link)
    {
        string T(string key) => texts.Find(language, key);
        StringBuilder text = new();
        text.Append(T("letter.hello")).Append("\n\n").Append(T("letter.question")).Append("\n\n");
        text.Append(string.Join('\n', Wanted(subscription.Filter, language))).Append("\n\n").Append(T("letter.confirm")).Append('\n').Append(link).Append("\n\n");
        text.Append(T("letter.ignore")).Append("\n\n").Append(Signature(language));
        return new ChangeLetter(T("letter.question.subject"), text.ToString());
    }

    private ChangeLetter Changes(StructureChangeSet changes, string language, string link)
    {
        string T(string key) => texts.Find(language, key);
        CultureInfo culture = CultureInfo.GetCultureInfo(language == "en" ? "en-GB" : language);
        StringBuilder text = new();
        text.Append(T("letter.hello")).Append("\n\n").AppendFormat(culture, T("letter.changed"), changes.At.ToUniversalTime().ToString("d MMM yyyy, HH:mm", culture)).Append("\n\n");
        foreach (StructureChangeEntry entry in changes.Entries.Take(Shown))
        {
            text.Append("- ").Append(Line(entry, language)).Append('\n');
            if (entry.Kind != PlannedKind.Delete)
            {
                text.Append("  ").Append(options.PublicAddress).Append(StructureLinks.Page(language, entry.Reference)).Append('\n');
            }
        }

        if (changes.Entries.Length > Shown)
        {
            text.Append(texts.Plural(language, "structures.more", changes.Entries.Length - Shown)).Append('\n');
        }

        text.Append('\n').Append(T("letter.end")).Append('\n').Append(link).Append("\n\n").Append(Signature(language));
        return new ChangeLetter(Subject(changes, language), text.ToString());
    }

    /// <summary>A set of changes in a line: its first artefact, and how many more.</summary>
    public string Subject(StructureChangeSet changes, string language)
    {
        ArgumentNullException.ThrowIfNull(changes);
        string first = Line(changes.Entries[0], language);
        return changes.Entries.Length == 1 ? first : $"{first} {texts.Plural(language, "structures.more", changes.Entries.Length - 1)}";
    }

    /// <summary>One change in a line.</summary>
    public string Line(StructureChangeEntry entry, string language)
    {
        ArgumentNullException.ThrowIfNull(entry);
        StructureReference reference = entry.Reference;
        string kind = texts.Find(language, "kind." + reference.Type.Class), what = $"{reference.AgencyId}:{reference.Id} {reference.Version}";
        string named = registry.For(Dsm.Exchange.Access.ReaderAccess.Public).Structures.Find(reference)?.Name.Best(language) is { } name
            ? string.Format(CultureInfo.InvariantCulture, texts.Find(language, "changes.named"), kind, name, what) : $"{kind} {what}";
        return $"{texts.Find(language, "changes." + entry.Kind)}: {named}";
    }

    /// <summary>Which changes are wanted, a line each.</summary>
    public IEnumerable<string> Wanted(ChangeFilter filter, string language)
    {
        ArgumentNullException.ThrowIfNull(filter);
        string T(string key) => texts.Find(language, key);
        yield return $"{T("structures.agency")}: {filter.AgencyId ?? T("structures.agency.all")}";
        yield return $"{T("subscribe.type")}: {(filter.Class is { } type ? T("type." + type) : T("subscribe.type.all"))}";
        if (filter.ArtefactId is { } id)
        {
            yield return $"{T("subscribe.id")}: {id}";
        }

        if (filter.WithDrafts)
        {
            yield return T("subscribe.drafts.with");
        }

        if (filter.WithProposals)
        {
            yield return T("subscribe.proposals.with");
        }
    }

    private string Signature(string language) => $"{texts.Find(language, "app.name")}\n{options.PublicAddress}/{language}/";
}
