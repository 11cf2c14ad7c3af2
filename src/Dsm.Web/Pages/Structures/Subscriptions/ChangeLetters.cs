using System.Globalization;
using System.Text;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Structures.Subscriptions;

/// <summary>Words the letters to subscribers in their language; a <see cref="ComposeLetter"/>.</summary>
public sealed class ChangeLetters(TextCatalogue texts, StructureRegistry registry, ChangesOptions options)
{
    private const int Shown = 100;

    /// <summary>A letter.</summary>
    public ChangeLetter Compose(ChangeSubscription subscription, StructureChangeSet? changes, string link)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        string language = texts.Languages.Contains(subscription.Language) ? subscription.Language : "en";
        return changes is null ? Question(subscription, language, link) : Changes(changes, language, link);
    }

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
    }

    private string Signature(string language) => $"{texts.Find(language, "app.name")}\n{options.PublicAddress}/{language}/";
}
