using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Tests;

namespace Dsm.Conformance.Corpus;

/// <summary>
/// Writes what was read from every structure message of the corpus: it must be valid against the official schemas, and reading it
/// again must give the same.
/// </summary>
public class StructureRoundTripTests
{
    private static readonly MessageHeader Header = new() { Id = "TEST", Prepared = "2026-01-01T00:00:00Z", SenderId = "DSM" };

    [SharedFolderFact]
    public void Messages_of_2_1_come_back_as_they_were() => RoundTrip("2.1");

    [SharedFolderFact]
    public void Messages_of_3_0_come_back_as_they_were() => RoundTrip("3.0");

    [SharedFolderFact]
    public void Messages_of_3_1_come_back_as_they_were() => RoundTrip("3.1");

    [SharedFolderFact]
    public void Messages_of_2_1_lose_only_what_is_said_when_written_as_3_1() => Cross("2.1", "3.1");

    [SharedFolderFact]
    public void Messages_of_3_0_lose_only_what_is_said_when_written_as_3_1() => Cross("3.0", "3.1");

    [SharedFolderFact]
    public void Messages_of_2_1_lose_only_what_is_said_when_written_as_3_0() => Cross("2.1", "3.0");

    [SharedFolderFact]
    public void Messages_of_3_0_lose_only_what_is_said_when_written_as_2_1() => Cross("3.0", "2.1");

    [SharedFolderFact]
    public void Messages_of_3_1_lose_only_what_is_said_when_written_as_3_0() => Cross("3.1", "3.0");

    [SharedFolderTheory]
    [InlineData("2.1")]
    [InlineData("3.0")]
    [InlineData("3.1")]
    public void Messages_of_2_0_lose_only_what_is_said_when_written_as_later_versions(string version) => Cross("2.0", version);

    private static void RoundTrip(string version)
    {
        List<string> failures = [];
        foreach ((CorpusFile file, ImmutableArray<Maintainable> artefacts) in ValidMessages(version))
        {
            IssueList issues = new();
            MemoryStream written = Write(artefacts, version, issues);
            failures.AddRange(OfficialSchemas.Errors(written, version).Take(3).Select(e => $"{file}: invalid: {e}"));
            failures.AddRange(issues.Groups.Take(3).Select(g => $"{file}: {g.Samples[0]}"));
            written.Position = 0;
            IssueList again = new();
            string before = ModelText.Of(artefacts.OrderBy(a => a.Urn, StringComparer.Ordinal));
            string after = ModelText.Of(StructureMessageReader.Read(written, again).All.OrderBy(a => a.Urn, StringComparer.Ordinal));
            if (before != after)
            {
                (string First, string Second) difference = before.Split('\n').Zip(after.Split('\n')).FirstOrDefault(p => p.First != p.Second);
                failures.Add($"{file}: {difference.First} became {difference.Second}");
            }
        }

        failures.Should().BeEmpty();
    }

    private static void Cross(string from, string to)
    {
        List<string> failures = [];
        foreach ((CorpusFile file, ImmutableArray<Maintainable> artefacts) in ValidMessages(from))
        {
            IssueList lost = new();
            MemoryStream written = Write(artefacts, to, lost);

            // Two concepts of the ESMS are called CONF_*** and TITLE_*** there, which are no identifiers in any version.
            failures.AddRange(OfficialSchemas.Errors(written, to).Where(e => !e.Contains("_***'", StringComparison.Ordinal)).Take(3).Select(e => $"{file}: {e}"));
            written.Position = 0;
            string[] said = [.. lost.Groups.SelectMany(g => g.Samples).Concat(lost.Kept).Select(i => ((string)i.Arguments[0]!).Split(' ')[0]).Distinct()];
            failures.AddRange(ModelDiff.Of(artefacts, StructureMessageReader.Read(written, new IssueList()).All)
                .Where(d => !d.IsInside && !said.SelectMany(Structures.KnownLossesTests.Properties).Any(d.IsNamed))
                .Take(3).Select(d => $"{file}: not said: {d.Owner?.Name}.{d.Property} {d.Path}"));
        }

        failures.Should().BeEmpty();
    }

    private static IEnumerable<(CorpusFile File, ImmutableArray<Maintainable> Artefacts)> ValidMessages(string version)
    {
        foreach (CorpusFile file in CorpusIndex.All.Where(f =>
            f.Format == $"SDMX-ML {version} Structure" && (version == "2.0" ? f.Validity == "well-formed" : f.Validity.StartsWith("XSD-valid", StringComparison.Ordinal))))
        {
            using Stream stream = file.Open();
            ImmutableArray<Maintainable> artefacts = StructureMessageReader.Read(stream, new IssueList()).All;
            if (!artefacts.IsEmpty)
            {
                yield return (file, artefacts);
            }
        }
    }

    private static MemoryStream Write(IEnumerable<Maintainable> artefacts, string version, IssueList issues)
    {
        MemoryStream written = new();
        Action<Stream, IEnumerable<Maintainable>, MessageHeader, IssueList, bool> write = version switch
        {
            "2.1" => StructureMessageWriter21.Write,
            "3.0" => StructureMessageWriter30.Write,
            _ => StructureMessageWriter31.Write,
        };
        write(written, artefacts, Header, issues, false);

        written.Position = 0;
        return written;
    }
}
