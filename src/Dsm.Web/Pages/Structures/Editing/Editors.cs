using System.Globalization;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Dsm.Exchange;
using Dsm.Exchange.Access;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Editing;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Structures.Editing;

/// <summary>What every page of the editors needs: the artefacts, the desk that writes them, the rights of the reader, the texts.</summary>
public sealed partial class Editors(StructureRegistry registry, StructureMaintenance maintenance, DraftDesk desk, PageTexts texts)
{
    /// <summary>The registry.</summary>
    public StructureRegistry Registry => registry;

    /// <summary>Plans and applies whole messages.</summary>
    public StructureMaintenance Maintenance => maintenance;

    /// <summary>Opens, saves and publishes drafts.</summary>
    public DraftDesk Desk => desk;

    /// <summary>Texts of the page's language.</summary>
    public PageTexts Texts => texts;

    /// <summary>All artefacts that a reader may see.</summary>
    public StructureSet Structures(ClaimsPrincipal user) => registry.For(HubRights.Reading(user)).Structures;

    /// <summary>Whose artefacts a user may change.</summary>
    public Maintainer By(ClaimsPrincipal user) => HubRights.Maintainer(user, registry.Current.Spaces);

    /// <summary>The sentences of issues, worst first, each once; with the place in the message when there is one.</summary>
    public IEnumerable<string> Sentences(IEnumerable<Issue> issues)
        => issues.OrderByDescending(i => i.Severity).Select(Sentence).Distinct();

    /// <summary>The sentence of an issue, with the place in the message in front when there is one.</summary>
    public string Sentence(Issue issue)
    {
        ArgumentNullException.ThrowIfNull(issue);
        string text = Readable(IssueText.For(issue, texts.Language));
        return issue.Location.Line > 0 ? $"{texts.Format("edit.at", issue.Location.Line, issue.Location.Column)}: {text}" : text;
    }

    /// <summary>A sentence with what URNs mean in their place: <c>codelist EECA:CL_SEX(1.0.0)</c>.</summary>
    public string Readable(string sentence)
    {
        string text = Urn().Replace(sentence, m =>
        {
            string key = "kind." + m.Groups["class"].Value, kind = texts[key];
            return kind == key ? m.Groups["rest"].Value : $"{char.ToLower(kind[0], CultureInfo.CurrentCulture)}{kind[1..]} {m.Groups["rest"].Value}";
        });
        return text.Length > 0 ? char.ToUpper(text[0], CultureInfo.CurrentCulture) + text[1..] : text;
    }

    /// <summary>Languages to fill in for an artefact: those of the pages, then those its texts have besides.</summary>
    public IReadOnlyList<string> LanguagesOf(params IEnumerable<LocalisedText> shown)
        => [.. texts.Languages, .. shown.SelectMany(t => t.Texts).Select(t => t.Key).Distinct().Except(texts.Languages).Order(StringComparer.Ordinal)];

    /// <summary>True when an artefact can be edited as it is, without a draft: a draft, and organisations that SDMX does not version.</summary>
    public static bool IsOpen(Maintainable artefact)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        return DraftDesk.IsOpen(artefact);
    }

    [GeneratedRegex(@"urn:sdmx:org\.sdmx\.infomodel\.[a-z]+\.(?<class>[A-Za-z]+)=(?<rest>[^\s,;]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Urn();
}
