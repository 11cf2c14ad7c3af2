using System.Collections.Immutable;
using Dsm.Exchange.Queries;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Data.Queries;

/// <summary>A saved query with what it comes to now, as pages show it.</summary>
/// <param name="Query">The query.</param>
/// <param name="Meaning">What it means now; null when that was not looked at.</param>
/// <param name="IsRead">False when the parser does not understand it any more.</param>
public sealed record QueryView(SavedQuery Query, QueryMeaning? Meaning, bool IsRead = true)
{
    /// <summary>What is asked, by the short references that the answer names.</summary>
    public ImmutableArray<StructureReference> Asks => [.. (Meaning?.Targets ?? []).Select(t => t.Schema.Reference).Distinct()];

    /// <summary>Style of its state.</summary>
    public string Style => !IsRead || Meaning is { IsAnswered: false } ? "bad" : Meaning is null ? "idle" : Meaning.Unknown.IsEmpty ? "good" : "warn";

    /// <summary>Key of the word for its state.</summary>
    public string Word => "queries.state." + Style;

    /// <summary>Why it is not right any more, in words; empty when it is.</summary>
    public IEnumerable<string> Reasons(PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (Meaning is null)
        {
            return IsRead ? [] : [texts["queries.reason.unread"]];
        }

        return Meaning is { IsAnswered: false, Issues.IsEmpty: true } ? [texts["queries.reason.gone"]]
            : Meaning.Issues.Select(i => IssueText.For(i, texts.Language)).Distinct().Take(Shown)
                .Concat(Meaning.Unknown.Take(Shown).Select(u => texts.Format("queries.reason.code", u.Component, u.Code)));
    }

    private const int Shown = 20;
}
