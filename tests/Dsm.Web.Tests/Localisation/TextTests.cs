using System.Text.RegularExpressions;
using Dsm.Web.Localisation;

namespace Dsm.Web.Tests.Localisation;

public sealed partial class TextTests
{
    private static readonly string[] Forms = [".one", ".few", ".many", ".other"];
    private readonly TextCatalogue texts = new();

    [Fact]
    public void Every_language_has_every_text_with_the_same_arguments()
    {
        texts.Languages.Should().BeEquivalentTo(["en", "ru"]);
        foreach (string language in texts.Languages)
        {
            texts.Keys(language).Should().BeEquivalentTo(texts.Keys("en"));
            foreach (string key in texts.Keys("en"))
            {
                texts.Find(language, key).Should().NotBeNullOrWhiteSpace(key);
                Arguments(texts.Find(language, key)).Should().BeEquivalentTo(Arguments(texts.Find("en", key)), "of {0} in {1}", key, language);
            }
        }
    }

    [Fact]
    public void Every_text_the_pages_ask_for_is_there()
    {
        HashSet<string> keys = [.. texts.Keys("en")];
        (string File, string Key)[] asked = [.. Sources().SelectMany(s => Asked().Matches(s.Text).Select(m => (s.File, m.Groups[1].Value)))];
        asked.Length.Should().BeGreaterThan(200);
        asked.Where(a => !keys.Contains(a.Key) && !Forms.All(f => keys.Contains(a.Key + f))).Should().BeEmpty("a missing text is found here, not by a reader");
    }

    [Fact]
    public void Every_value_that_names_a_text_has_one()
    {
        string[] wanted =
        [
            .. Names<Dsm.Exchange.Harvesting.RunStatus>("run."), .. Names<Dsm.Exchange.Submissions.SubmissionStatus>("submission."),
            .. Names<Dsm.Exchange.Submissions.SubmissionStatus>("verdict."), .. Names<Dsm.Exchange.Submissions.SubmissionStatus>("next."),
            .. Names<Dsm.Exchange.Submissions.SubmissionOrigin>("origin."), .. Names<Dsm.Sdmx.Issues.Severity>("severity."),
            .. Names<Dsm.Exchange.Overview.Freshness>("fresh."), .. Names<Dsm.Exchange.Harvesting.RunNowResult>("harvests."),
            .. Names<Dsm.Exchange.Registry.Impact.SchemaChange>("impact.schema."), .. Names<Dsm.Exchange.Registry.Impact.ImpactTiming>("impact.timing."),
            .. Names<Dsm.Exchange.Registry.Impact.TouchedPartKind>("impact.part."), .. Names<Dsm.Exchange.Registry.Impact.PairReason>("codemap.reason."),
            .. Names<Dsm.Exchange.Registry.Impact.SuggestionReason>("codemap.maybe."), .. Enum.GetNames<Dsm.Exchange.Registry.Impact.SchemaChange>().Where(n => n.StartsWith("Codes", StringComparison.Ordinal)).Select(n => "impact.many." + n),
            .. new[] { "Add", "Version", "Change", "Delete" }.Select(s => "impact.step." + s),
            .. Names<Dsm.Exchange.Registry.Proposals.ProposalKind>("proposal.kind."), .. Names<Dsm.Exchange.Registry.Proposals.ProposalKind>("proposal.new."),
            .. Names<Dsm.Exchange.Registry.Proposals.ProposalKind>("proposal.about."), .. Names<Dsm.Exchange.Registry.Proposals.ProposalStatus>("proposal.status."),
            .. Names<Dsm.Exchange.Registry.Proposals.ProposalFault>("proposal.fault."), .. Names<Dsm.Exchange.Registry.PlannedKind>("changes."),
            .. Names<Dsm.Exchange.Registry.Editing.KeyFault>("keyfault."), .. Names<Dsm.Exchange.Registry.Editing.ExtensionFault>("extension.problem."), .. Names<Dsm.Exchange.Registry.PlannedKind>("rollback."),
            .. Names<Dsm.Exchange.Registry.Subscriptions.SubscriptionStatus>("subscribe.status."), .. Names<Dsm.Exchange.Registry.Subscriptions.DeliveryStatus>("delivery."),
            .. new[] { "TooLate", "Text", "Impossible" }.Select(s => "proposal.outcome." + s), .. new[] { "Discuss", "Accept", "Reject", "Withdraw" }.Select(s => "proposal.done." + s),
            .. new[] { "InvalidAddress", "AddressNotAllowed", "TooMany" }.Select(s => "subscribe.outcome." + s),
            .. new[] { "read", "validate", "map", "check", "merge" }.Select(s => "stage." + s),
        ];
        wanted.Except(texts.Keys("en")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("en", 1, "one")]
    [InlineData("en", 2, "other")]
    [InlineData("ru", 1, "one")]
    [InlineData("ru", 3, "few")]
    [InlineData("ru", 5, "many")]
    [InlineData("ru", 11, "many")]
    [InlineData("ru", 21, "one")]
    [InlineData("ru", 112, "many")]
    public void Numbers_take_the_plural_of_their_language(string language, long count, string form)
    {
        string number = count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        texts.Plural(language, "data.series", count).Should().Be(string.Format(System.Globalization.CultureInfo.InvariantCulture, texts.Find(language, "data.series." + form), number));
    }

    private static IEnumerable<string> Names<T>(string prefix)
        where T : struct, Enum => Enum.GetNames<T>().Select(n => prefix + n);

    private static IEnumerable<string> Arguments(string text) => Argument().Matches(text).Select(m => m.Groups[1].Value).Distinct();

    private static IEnumerable<(string File, string Text)> Sources()
        => new[] { "*.cs", "*.cshtml" }.SelectMany(p => Directory.EnumerateFiles(Path.Combine(SharedFolder.RepositoryRoot, "src", "Dsm.Web", "Pages"), p, SearchOption.AllDirectories))
            .Select(f => (Path.GetFileName(f), File.ReadAllText(f)));

    // T["key"], T.Format("key", T.Plural("key", the same with texts, and both branches of a choice inside the brackets.
    [GeneratedRegex("""(?:(?:\bT|\btexts)(?:\[|\.Format\(|\.Plural\()(?:[^"\]()]*\? )?|(?<=\bT\[[^\]\n]*) : )"([a-z]+(?:\.[A-Za-z-]+)+)"(?=[\],) ])""")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\{(\d)[^}]*\}")]
    private static partial Regex Argument();
}
