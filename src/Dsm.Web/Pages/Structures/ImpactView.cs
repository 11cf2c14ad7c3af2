using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Dsm.Exchange.Registry.Impact;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Structures;

/// <summary>A code that changes, with who carries it.</summary>
/// <param name="Change">What happens to it.</param>
/// <param name="Code">The code.</param>
/// <param name="Name">Its name before; empty when it is not known.</param>
/// <param name="NewName">Its name after, when that is another; else empty.</param>
/// <param name="Becomes">The code it becomes by the drafted map; null for none.</param>
/// <param name="Timing">When.</param>
/// <param name="Observations">Observations that carry it.</param>
/// <param name="States">The same by state, the most first; the code is null for data of no state.</param>
public sealed record ImpactCode(
    SchemaChange Change, string Code, LocalisedText Name, LocalisedText NewName, string? Becomes, ImpactTiming Timing, long Observations, ImmutableArray<(string? State, long Count)> States);

/// <summary>Why stored observations would become invalid, over all agreements.</summary>
/// <param name="Text">The cause in words.</param>
/// <param name="Timing">When.</param>
/// <param name="Observations">Observations concerned.</param>
/// <param name="Agreements">Agreements concerned.</param>
public sealed record ImpactCause(string Text, ImpactTiming Timing, long Observations, int Agreements);

/// <summary>A report on a change as pages show it; model of the partial <c>_Impact</c>.</summary>
/// <param name="report">The report.</param>
public sealed class ImpactView(ImpactReport report)
{
    /// <summary>Most rows of a table; the rest is counted.</summary>
    public const int RowsShown = 60;

    /// <summary>Most drafted maps shown; the others are named.</summary>
    public const int MapsShown = 8;

    /// <summary>Most causes shown.</summary>
    public const int CausesShown = 20;

    /// <summary>Most trials that are shown without being asked for.</summary>
    public const int TrialsOpen = 10;

    /// <summary>Most parts shown of one artefact.</summary>
    public const int PartsShown = 25;

    /// <summary>The report.</summary>
    public ImpactReport Report => report;

    /// <summary>Observations that become invalid with the change.</summary>
    public long AtOnce { get; } = report.Data.Where(d => d.Timing == ImpactTiming.AtOnce).Sum(d => d.Invalid);

    /// <summary>Observations that become invalid once references have moved.</summary>
    public long WhenMoved { get; } = report.Data.Where(d => d.Timing == ImpactTiming.WhenReferencesMove).Sum(d => d.Invalid);

    /// <summary>Rows of the table of states.</summary>
    public ImmutableArray<CountryImpact> Countries { get; } = report.Countries;

    /// <summary>Last messages that were tried, and those that lose.</summary>
    public (int All, int Lose) Messages => (Distinct(_ => true), Distinct(t => t.Lost > 0));

    /// <summary>Changes with a drafted map, those with most to look at first.</summary>
    public ImmutableArray<ArtefactImpact> Maps { get; } =
        [.. report.Artefacts.Where(a => a.CodeMap is not null).OrderByDescending(a => a.CodeMap!.Unmatched.Length).ThenByDescending(a => a.CodeMap!.Pairs.Count(p => p.NeedsReview))];

    /// <summary>Trials that end otherwise than now.</summary>
    public ImmutableArray<MessageTrial> Different { get; } = [.. report.Trials.Where(t => t.Lost != 0 || !t.Findings.IsEmpty || t.Before.IsRejected != t.After.IsRejected)];

    /// <summary>Class of the style sheet for the verdict.</summary>
    public string Style => AtOnce > 0 || report.Trials.Any(t => t.Timing == ImpactTiming.AtOnce && t.Lost > 0) ? "bad"
        : WhenMoved > 0 || Messages.Lose > 0 || !report.Reports.IsEmpty || Broken.Any() || report.Queries.Total.Wrong > 0 || !report.NotLookedAt.IsEmpty ? "warn" : "good";

    /// <summary>The codes that change, those carried most first.</summary>
    public ImmutableArray<ImpactCode> Codes { get; } = Group(report);

    /// <summary>Artefacts with parts that no longer fit, the most first.</summary>
    public IEnumerable<TouchedArtefact> Broken => report.Artefacts.SelectMany(a => a.Touched).Where(t => !t.Parts.IsEmpty).OrderByDescending(t => t.Parts.Length);

    /// <summary>Artefacts that depend on the change, by class, each once.</summary>
    public IEnumerable<IGrouping<string, TouchedArtefact>> Dependents
        => report.Artefacts.SelectMany(a => a.Touched).DistinctBy(t => t.Artefact.Urn).GroupBy(t => t.Artefact.Type.Class).OrderBy(g => g.Key, StringComparer.Ordinal);

    /// <summary>Why observations become invalid, the costliest first.</summary>
    /// <param name="language">Language of the words.</param>
    public ImmutableArray<ImpactCause> Causes(string language) =>
    [
        .. report.Data.SelectMany(d => d.Causes.Select(c => (Text: Text(c, d.Timing, language), d.Timing, Observations: Math.Max(c.Observations, c.Total), d.AgreementUrn)))
            .GroupBy(c => (c.Text, c.Timing))
            .Select(g => new ImpactCause(g.Key.Text, g.Key.Timing, g.Sum(c => c.Observations), g.Select(c => c.AgreementUrn).Distinct().Count()))
            .OrderBy(c => c.Timing).ThenByDescending(c => c.Observations).ThenBy(c => c.Text, StringComparer.Ordinal),
    ];

    /// <summary>A kind of finding in words. What is judged as if references had moved names the version they move to, not the one before.</summary>
    public string Text(IssueGroup group, ImpactTiming timing, string language)
    {
        ArgumentNullException.ThrowIfNull(group);
        string text = group.Text(language);
        foreach (PlannedStep step in timing == ImpactTiming.WhenReferencesMove ? report.Artefacts.Select(a => a.Step).Where(s => s.IsNewVersion) : [])
        {
            text = Regex.Replace(text, Regex.Escape($"{step.Reference.AgencyId}:{step.Reference.Id}(") + @"[^()]*\)", step.Reference.ToString().Replace("$", "$$", StringComparison.Ordinal), RegexOptions.CultureInvariant);
        }

        return text;
    }

    /// <summary>Class of the style sheet for what becomes of a saved query.</summary>
    public static string QueryStyle(QueryVerdict verdict) => verdict switch
    {
        QueryVerdict.StillRight => "good",
        QueryVerdict.AnswersLess or QueryVerdict.NamesGoneCodes => "warn",
        _ => "bad",
    };

    /// <summary>A difference of a schema in words.</summary>
    public static string Text(SchemaDifference difference, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(difference);
        ArgumentNullException.ThrowIfNull(texts);
        string codes = string.Join(", ", difference.Codes.Take(PartsShown)) + (difference.Codes.Length > PartsShown ? " " + texts.Plural("structures.more", difference.Codes.Length - PartsShown) : "");
        string what = difference.Codes.IsEmpty ? texts["impact.schema." + difference.Change] : texts.Format("impact.many." + difference.Change, codes);
        return difference.Component.Length == 0 ? what : $"{difference.Component}: {what}";
    }

    /// <summary>Key of the sentence that says how an artefact changes.</summary>
    public static string StepKey(PlannedStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step switch
        {
            { Before: null } => "impact.step.Add",
            { After: null } => "impact.step.Delete",
            { IsNewVersion: true } => "impact.step.Version",
            _ => "impact.step.Change",
        };
    }

    /// <summary>A drafted map as text for a form: its message, packed. Read back by <see cref="Unpack"/>.</summary>
    public static string Pack(RepresentationMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            Write(map, gzip);
        }

        return Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
    }

    /// <summary>The message of a drafted map.</summary>
    public static void Write(RepresentationMap map, Stream to)
    {
        ArgumentNullException.ThrowIfNull(map);
        MessageHeader header = new() { Id = map.Id, Prepared = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture), SenderId = map.AgencyId };
        StructureMessageWriter30.Write(to, [map], header, new IssueList(), false);
    }

    /// <summary>The map of a form's text; null when it holds none.</summary>
    public static RepresentationMap? Unpack(string? text)
    {
        byte[] packed = new byte[(text?.Length ?? 0) * 3 / 4];
        if (!Convert.TryFromBase64String(text ?? "", packed, out int count))
        {
            return null;
        }

        // What comes back may have been made by anybody: no more is unpacked than a message may have.
        using GZipStream gzip = new(new MemoryStream(packed, 0, count), CompressionMode.Decompress);
        byte[] message = new byte[ImpactModel.MaxBytes];
        try
        {
            int length = gzip.ReadAtLeast(message, message.Length, throwOnEndOfStream: false);
            return StructureMessageReader.Read(new MemoryStream(message, 0, length), new IssueList()).All is [RepresentationMap map] ? map : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private int Distinct(Func<MessageTrial, bool> isMeant) => report.Trials.Where(isMeant).Select(t => t.SubmissionId).Distinct().Count();

    private static ImmutableArray<ImpactCode> Group(ImpactReport report)
    {
        ILookup<string, ItemChange> items = report.Artefacts.SelectMany(a => a.Items).ToLookup(i => i.Id);
        return
        [
            .. report.Codes.GroupBy(c => (c.Change, c.Code)).Select(g =>
            {
                ItemChange? item = items[g.Key.Code].FirstOrDefault(i => i.Change == g.Key.Change);
                return new ImpactCode(
                    g.Key.Change, g.Key.Code, (item?.Before ?? item?.After)?.Name ?? default,
                    g.Key.Change == SchemaChange.CodesRenamed ? item?.After?.Name ?? default : default,
                    g.Select(c => c.Becomes).FirstOrDefault(), g.Min(c => c.Timing), g.Sum(c => c.Count.Observations),
                    [.. g.GroupBy(c => c.State).Select(s => (s.Key, s.Sum(c => c.Count.Observations))).OrderByDescending(s => s.Item2)]);
            }).OrderBy(c => c.Change).ThenByDescending(c => c.Observations),
        ];
    }
}
