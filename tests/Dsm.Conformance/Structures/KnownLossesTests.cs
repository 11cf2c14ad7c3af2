using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dsm.Conformance.JsonSchemas;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Tests;

namespace Dsm.Conformance.Structures;

/// <summary>
/// Writes random artefacts of every type in each version of SDMX-ML and reads them again: what differs is exactly what the writer said
/// it leaves out, what it says is in the table of known losses, and what it writes is valid.
/// </summary>
public class KnownLossesTests
{
    private const int Runs = 60;

    private static readonly MessageHeader Header = new() { Id = "TEST", Prepared = "2026-01-01T00:00:00Z", SenderId = "DSM" };

    /// <summary>Losses named together for what has no identity: the properties they stand for.</summary>
    private static readonly Dictionary<string, string[]> Together = new()
    {
        ["DataConstraint.Identity"] = ["Maintainable.AgencyId", "Maintainable.Id", "Maintainable.Version"],
        // The maps of a structure set refer to each other by their ids inside it.
        ["Maintainable.Version"] = ["Maintainable.Version", "StructureReference.Version"],
        // Of a format that has to be another one, the parts differ that are not allowed.
        ["Component.Representation"] = ["Component.Representation", "TextFormat.DataType", "TextFormat.MaxLength"],
        ["MetadataTargetObject.TimeFormat"] = ["TextFormat.DataType", "TextFormat.MaxLength"],
        // Out of order, all that stands in the parts differs.
        ["MetadataTarget.Objects"] = ["MetadataTargetObject.Kind", "MetadataTargetObject.Id", "MetadataTargetObject.ObjectType", "MetadataTargetObject.Enumeration",
            "MetadataTargetObject.Uri", "MetadataTargetObject.Annotations", "MetadataTargetObject.TimeFormat", "Annotation.Id", "Annotation.Title", "Annotation.Type",
            "Annotation.Text", "Annotation.Url", "Annotation.Urls", "Annotation.Value", "StructureReference.AgencyId", "StructureReference.Id", "StructureReference.Version", "StructureReference.Type", "TextFormat.DataType"],
        ["CodelistExtension.Codes"] = ["CodelistExtension.Codes", "MemberValue.Value", "MemberValue.Cascade", "CodelistExtension.IsExclusive"],
        ["Constraint.Attachments"] = ["Constraint.Attachments", "StructureReference.AgencyId", "StructureReference.Id", "StructureReference.Version", "StructureReference.Type", "StructureReference.ItemId"],
        ["MemberSelection.Values"] = ["MemberSelection.Values", "MemberValue.Value", "MemberValue.Cascade"],
        ["DataConstraint.Names"] =
        [
            "Maintainable.Name", "Maintainable.Description", "Maintainable.Links", "Maintainable.Uri", "Maintainable.ValidFrom", "Maintainable.ValidTo",
            "Maintainable.StructureUrl", "Maintainable.ServiceUrl", "Maintainable.IsPartialLanguage", "Maintainable.IsFinal",
        ],
    };

    [Fact]
    public void Every_property_of_the_model_is_generated()
    {
        IEnumerable<Maintainable> artefacts = Enumerable.Range(0, Runs).SelectMany(seed => new ModelGenerator(seed).All()).SelectMany(g => g);
        ModelCoverage.NeverSet(artefacts).Should().BeEmpty();
    }

    [SharedFolderFact]
    public void SDMX_ML_2_1_loses_what_it_says() => LosesWhatItSays("SDMX-ML 2.1", MediaTypes.StructureXml21, m => OfficialSchemas.Errors(m, "2.1"));

    [SharedFolderFact]
    public void SDMX_ML_3_0_loses_what_it_says() => LosesWhatItSays("SDMX-ML 3.0", MediaTypes.StructureXml30, m => OfficialSchemas.Errors(m, "3.0"));

    [SharedFolderFact]
    public void SDMX_ML_3_1_loses_what_it_says() => LosesWhatItSays("SDMX-ML 3.1", MediaTypes.StructureXml31, m => OfficialSchemas.Errors(m, "3.1"));

    [SharedFolderFact]
    public void SDMX_JSON_1_0_loses_what_it_says() => LosesWhatItSays("SDMX-JSON 1.0", MediaTypes.StructureJson1, m => OfficialJsonSchemas.Errors(MediaTypes.StructureJson1, m.ToArray()));

    [SharedFolderFact]
    public void SDMX_JSON_2_0_loses_what_it_says() => LosesWhatItSays("SDMX-JSON 2.0", MediaTypes.StructureJson20, m => OfficialJsonSchemas.Errors(MediaTypes.StructureJson20, m.ToArray()));

    [SharedFolderFact]
    public void SDMX_JSON_2_1_loses_what_it_says() => LosesWhatItSays("SDMX-JSON 2.1", MediaTypes.StructureJson21, m => OfficialJsonSchemas.Errors(MediaTypes.StructureJson21, m.ToArray()));

    [Fact]
    public void The_page_of_known_losses_is_the_table()
    {
        StringBuilder page = new();
        page.AppendLine("# What each format cannot carry").AppendLine();
        page.AppendLine("Names are those of the information model (`src/Dsm.Sdmx/Model`): a type and its property, or a type whose artefacts are left out as a whole.");
        page.AppendLine("Whatever is left out is reported with S0006 when it happens. This page is made from `KnownLosses` and kept true by tests: random artefacts of");
        page.AppendLine("every type, with every property, are written in each format and read again; what differs is exactly what was reported.").AppendLine();
        page.AppendLine("An empty name is written as the id, and a time dimension without a format as ObservationalTimePeriod, because the schemas require them.").AppendLine();
        Table(page, KnownLosses.All);
        page.AppendLine().AppendLine("## Metadata messages").AppendLine();
        page.AppendLine("2.1 adds to a metadata set of 3.x a report and a target, because its schemas require them.").AppendLine();
        Table(page, KnownLosses.OfMetadata);
        page.AppendLine().AppendLine("## Data").AppendLine();
        page.AppendLine("Names are those of `src/Dsm.Sdmx/Data`. Random messages, with every property of headers, several structures and data sets, components of all");
        page.AppendLine("kinds and deletions, are written in each format and read again, and through chains of formats. Merge and Append are one action (SDMX 3.1 has the");
        page.AppendLine("one word, earlier versions the other). The dimension at the observation, and the parting into data sets with equal headers, say how a message is");
        page.AppendLine("laid out, not what it says. Not reported: CSV has no header and so does not say id, time, sender and receivers of a message, which belong to the");
        page.AppendLine("sending, not to the data.").AppendLine();
        Table(page, KnownLosses.Data);

        string path = Path.Combine(Repository(), "docs", "known-losses.md"), made = page.ToString().ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("DSM_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, made);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").Should().Be(made, "DSM_WRITE_DOCS=1 makes the page anew");
    }

    private static void Table(StringBuilder page, ImmutableArray<KnownLoss> losses)
    {
        string[] formats = [.. losses.SelectMany(l => l.Formats).Distinct().Order(StringComparer.Ordinal)];
        page.Append("| lost |").AppendJoin('|', formats.Select(f => $" {f} ")).AppendLine("| why |");
        page.Append("|---|").AppendJoin('|', formats.Select(_ => "---")).AppendLine("|---|");
        foreach (KnownLoss loss in losses)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{loss.Property}` |").AppendJoin('|', formats.Select(f => loss.Formats.Contains(f) ? " lost " : " ")).AppendLine(CultureInfo.InvariantCulture, $"| {loss.Why} |");
        }
    }

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Dsm.Hub.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("the repository");
    }

    private static void LosesWhatItSays(string format, SdmxFormat written, Func<MemoryStream, IEnumerable<string>> errors)
    {
        Dictionary<string, string> failures = [];
        HashSet<string> happened = [];
        void Fail(string kind, string example) => failures.TryAdd(kind, example);

        for (int seed = 0; seed < Runs; seed++)
        {
            foreach (ImmutableArray<Maintainable> group in new ModelGenerator(seed).All())
            {
                IssueList lost = new(), found = new();
                using MemoryStream message = new();
                StructureMessages.Write(written, message, group, Header, lost, indented: false);
                message.Position = 0;
                foreach (string error in errors(message).Take(2))
                {
                    Fail($"invalid {group[0].Type} {Regex.Replace(error, "'[^']*'|[0-9]+:[0-9]+", "")}", $"seed {seed}, {error}");
                }

                message.Position = 0;
                StructureSet again = StructureMessageReader.Read(message, found);
                foreach (Issue issue in found.Kept)
                {
                    Fail($"{group[0].Type}: {issue.Code} {issue.Arguments.FirstOrDefault()}", $"seed {seed}, {issue}");
                }

                Compare(seed, format, ModelDiff.Of(group, again.All), [.. lost.Kept], happened, Fail);
            }
        }

        foreach (KnownLoss never in KnownLosses.All.Where(l => l.Formats.Contains(format) && !happened.Contains(l.Property)))
        {
            Fail($"never happened: {never.Property}", "");
        }

        string.Join(Environment.NewLine, failures.Select(f => $"{f.Key} | {f.Value}")).Should().BeEmpty();
    }

    private static void Compare(int seed, string format, IReadOnlyList<ModelDifference> differences, Issue[] warnings, HashSet<string> happened, Action<string, string> fail)
    {
        string[] said = [.. warnings.Where(i => i.Code == IssueCodes.NotCarried).Select(i => ((string)i.Arguments[0]!).Split(' ')[0]).Distinct()];
        happened.UnionWith(said);
        foreach (string property in said.Where(p => KnownLosses.Find(p, format) is null))
        {
            fail($"not in the table: {property}", $"seed {seed}");
        }

        foreach (ModelDifference difference in differences.Where(d => !d.IsInside && !said.SelectMany(Properties).Any(d.IsNamed)))
        {
            fail($"not said: {difference.Owner?.Name}.{difference.Property}", $"seed {seed}, {difference.Path}");
        }

        foreach (string property in said.Where(p => !differences.Any(d => Properties(p).Any(d.IsNamed))))
        {
            fail($"said but not lost: {property}", $"seed {seed}, {warnings.First(w => ((string)w.Arguments[0]!).StartsWith(property, StringComparison.Ordinal))}");
        }
    }

    /// <summary>The properties that a loss stands for.</summary>
    internal static string[] Properties(string loss) => Together.GetValueOrDefault(loss, [loss]);
}
