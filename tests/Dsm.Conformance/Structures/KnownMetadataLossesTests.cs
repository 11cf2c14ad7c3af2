using Dsm.Conformance.JsonSchemas;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Tests;

namespace Dsm.Conformance.Structures;

/// <summary>
/// Writes random metadata sets in each format and reads them again: what differs is exactly what the writer said it leaves out, what it
/// says is in the table of known losses, and what it writes is valid.
/// </summary>
public class KnownMetadataLossesTests
{
    private const int Runs = 300;

    private static readonly MessageHeader Header = new() { Id = "TEST", Prepared = "2026-01-01T00:00:00Z", SenderId = "DSM" };

    /// <summary>Losses named together: the properties they stand for.</summary>
    private static readonly Dictionary<string, string[]> Together = new()
    {
        ["MetadataSet.Addresses"] = ["Maintainable.Uri", "Maintainable.StructureUrl", "Maintainable.ServiceUrl"],
        ["MetadataSet.Dates"] = ["MetadataSet.ReportingBeginDate", "MetadataSet.ReportingEndDate", "MetadataSet.PublicationYear", "MetadataSet.PublicationPeriod", "Maintainable.ValidFrom", "Maintainable.ValidTo"],
        ["MetadataSet.Name"] = ["Maintainable.Name"],
        ["MetadataSet.Description"] = ["Maintainable.Description"],
        ["MetadataSet.AgencyId"] = ["Maintainable.AgencyId"],
        ["MetadataSet.Id"] = ["Maintainable.Id"],
        // The flow of the identity of the structure is written in its place.
        ["MetadataSet.MetadataStructure"] = ["MetadataSet.MetadataStructure", "MetadataSet.Metadataflow"],
        ["ReportedAttribute.Empty"] = ["ReportedAttribute.Children", "MetadataSet.Attributes"],
        ["ReportedAttribute.Order"] = ["MetadataSet.Attributes", "ReportedAttribute.Children"],
    };

    public static TheoryData<string> Formats => [.. MediaTypes.All.Where(MetadataMessageWriters.CanWrite).Select(f => f.Name)];

    [SharedFolderTheory]
    [MemberData(nameof(Formats))]
    public void Loses_what_it_says(string name)
    {
        SdmxFormat format = MediaTypes.All.Single(f => f.Name == name);
        Dictionary<string, string> failures = [];
        HashSet<string> happened = [];
        for (int seed = 0; seed < Runs; seed++)
        {
            MetadataSet set = Generated(seed);
            IssueList lost = new(), found = new();
            MemoryStream written = new();
            MetadataMessageWriters.Write(format, written, [set], Header, lost);
            // The schemas of SDMX-ML want at least one set.
            bool isEmpty = lost.Kept.Any(i => ((string)i.Arguments[0]!).StartsWith("MetadataSet ", StringComparison.Ordinal));
            foreach (string error in isEmpty ? [] : Errors(format, written.ToArray()).Take(2))
            {
                failures.TryAdd($"invalid: {error[(error.IndexOf(' ', StringComparison.Ordinal) + 1)..]}", $"seed {seed}");
            }

            written.Position = 0;
            MetadataMessage read = MetadataMessageReader.Read(written, found);
            foreach (Issue issue in found.Kept)
            {
                failures.TryAdd($"{issue.Code} {issue.Arguments.FirstOrDefault()}", $"seed {seed}, {issue}");
            }

            string[] said = [.. lost.Kept.Select(i => ((string)i.Arguments[0]!).Split(' ')[0]).Distinct()];
            happened.UnionWith(said);
            if (said.Contains("MetadataSet") != read.Sets.IsEmpty)
            {
                failures.TryAdd($"{read.Sets.Length} sets", $"seed {seed}");
                continue;
            }

            if (read.Sets.IsEmpty)
            {
                continue;
            }

            // Without its identity it would not be found again.
            MetadataSet again = read.Sets[0] with
            {
                AgencyId = said.Contains("MetadataSet.AgencyId") ? set.AgencyId : read.Sets[0].AgencyId,
                Id = said.Contains("MetadataSet.Id") ? set.Id : read.Sets[0].Id,
            };
            foreach (ModelDifference difference in ModelDiff.Of([set], [again]).Where(d => !d.IsInside && !said.SelectMany(Properties).Any(d.IsNamed) && !IsMade(d, set, format)))
            {
                failures.TryAdd($"not said: {difference.Owner?.Name}.{difference.Property}", $"seed {seed}, {difference.Path}");
            }
        }

        foreach (string property in happened.Where(p => KnownLosses.FindOfMetadata(p, format) is null))
        {
            failures.TryAdd($"not in the table: {property}", "");
        }

        foreach (KnownLoss never in KnownLosses.OfMetadata.Where(l => l.Formats.Contains(KnownLosses.NameOf(format)) && !happened.Contains(l.Property)))
        {
            failures.TryAdd($"never happened: {never.Property}", "");
        }

        string.Join(Environment.NewLine, failures.Select(f => $"{f.Key} | {f.Value}")).Should().BeEmpty();
    }

    /// <summary>A random set; some with a version of two parts, some about an item, some that say nothing but that they are to be deleted.</summary>
    private static MetadataSet Generated(int seed)
    {
        MetadataSet set = new ModelGenerator(seed).MetadataSet();
        set = seed % 5 == 0 ? set with { Version = SdmxVersion.Parse("2.0") } : set;
        return (seed % 20) switch
        {
            7 => set with { Targets = [.. set.Targets, "urn:sdmx:org.sdmx.infomodel.codelist.Code=DSM:CL(1.0).A"], ReportTarget = null },
            12 => set with { Targets = [], ReportTarget = null },
            14 => set with { Attributes = [] },
            13 => set with { Targets = [], Attributes = [], Action = "Delete", ReportTarget = null },
            _ => set,
        };
    }

    /// <summary>True for what 2.1 adds to a set of 3.0, because its schemas want it.</summary>
    private static bool IsMade(ModelDifference difference, MetadataSet set, SdmxFormat format)
        => !format.IsVersion3 && difference.Property is nameof(MetadataSet.ReportId) or nameof(MetadataSet.ReportTarget) or nameof(MetadataSet.SetId) && (set.ReportId is null || set.SetId is null || set.ReportTarget is null);

    private static string[] Properties(string loss) => Together.GetValueOrDefault(loss, [loss]);

    private static IEnumerable<string> Errors(SdmxFormat format, byte[] message) => format.Syntax switch
    {
        "json" => OfficialJsonSchemas.Errors(format, message),
        "xml" when format == MediaTypes.StructureSpecificMetadata21 => [],
        "xml" => OfficialSchemas.Errors(new MemoryStream(message), format.Standard).Where(e => !e.Contains("1999/xhtml", StringComparison.Ordinal)),
        _ => [],
    };
}
