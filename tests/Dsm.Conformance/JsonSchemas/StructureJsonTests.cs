using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dsm.Conformance.Corpus;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Tests;

namespace Dsm.Conformance.JsonSchemas;

/// <summary>Structures of the official samples and of the corpus, written as SDMX-JSON: valid, and read again the same.</summary>
public sealed class StructureJsonTests
{
    private static readonly SdmxFormat[] Formats = [MediaTypes.StructureJson21, MediaTypes.StructureJson20, MediaTypes.StructureJson1];

    public static TheoryData<string> Samples()
    {
        TheoryData<string> data = [];
        if (SharedFolder.WhyAbsent is null)
        {
            foreach (string file in Directory.EnumerateFiles(SharedFolder.Path("standards", "sdmx-json"), "*.json", SearchOption.AllDirectories)
                .Where(f => f.Contains("samples", StringComparison.Ordinal) && f.Contains("structure", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                data.Add(Path.GetRelativePath(SharedFolder.Root, file));
            }
        }

        return data;
    }

    [SharedFolderTheory]
    [MemberData(nameof(Samples))]
    public void Reads_every_artefact_of_the_official_samples(string file)
    {
        byte[] bytes = File.ReadAllBytes(SharedFolder.Path(file));
        System.Text.Json.Nodes.JsonObject data = System.Text.Json.Nodes.JsonNode.Parse(bytes)!["data"]!.AsObject();
        // The samples of 2.0 and later keep one container of 1.0; availability has no identity, structure sets are read as their maps.
        int written = data.Sum(c => c.Value is System.Text.Json.Nodes.JsonArray array && c.Key != "structureSets" ? array.Count : 0);

        IssueList issues = new();
        StructureMessage message = StructureMessageReader.ReadMessage(new MemoryStream(bytes), issues);

        // Constraints on reports in 1.0 are not read, see docs/deviations.md.
        issues.Kept.Where(i => (i.Code == IssueCodes.ArtefactSkipped && !Equals(i.Arguments[0], "metadataKeySets") && !Equals(i.Arguments[0], "metadataTargetRegions") && i.Arguments[0] is not ("dataSet" or "dataSets" or "metadataSet")) || i.Code == IssueCodes.MalformedJson).Should().BeEmpty();
        int twice = issues.Kept.Count(i => i.Code == IssueCodes.DuplicateId && i.Arguments[1] is string kind && StructureType.FromClass(kind) is not null);
        message.Structures.All.Count(a => a is not (StructureMap or RepresentationMap or ItemSchemeMap) || !data.ContainsKey("structureSets"))
            .Should().Be(written - twice);
        message.Header!.Id.Should().NotBeEmpty();
    }

    [SharedFolderTheory]
    [InlineData("2.1")]
    [InlineData("2.0")]
    [InlineData("1.0")]
    public void Writes_the_structures_of_the_corpus_validly(string version)
    {
        SdmxFormat format = Formats.Single(f => f.Version.StartsWith(version, StringComparison.Ordinal));
        List<string> invalid = [];
        int count = 0;
        foreach ((string name, StructureMessage message) in Messages())
        {
            count++;
            IReadOnlyList<string> errors = OfficialJsonSchemas.Errors(format, Written(message, format, new IssueList()));
            // Addresses of senders that are relative or empty are carried as they are.
            invalid.AddRange(errors.Where(e => !e.Contains(" is no uri", StringComparison.Ordinal))
                .Take(1).Select(e => $"{name}: {e}"));
        }

        count.Should().BeGreaterThan(250);
        invalid.Should().BeEmpty();
    }

    [SharedFolderFact]
    public void Reads_again_what_it_wrote_of_the_corpus()
    {
        List<string> different = [];
        int count = 0;
        foreach ((string name, StructureMessage message) in Messages())
        {
            IssueList lost = new(), found = new();
            StructureMessage again = StructureMessageReader.ReadMessage(new MemoryStream(Written(message, MediaTypes.StructureJson21, lost)), found);
            foreach (Maintainable artefact in message.Structures.All)
            {
                count++;
                string before = Comparable(artefact);
                string after = again.Structures.All.Where(a => a.Reference == artefact.Reference).Select(Comparable).FirstOrDefault("");
                // What could not be carried was said.
                if (before != after && !lost.Kept.Any(i => i.Arguments[0] is string what && (what.Contains(artefact.Id, StringComparison.Ordinal) || what.Contains("occurs", StringComparison.OrdinalIgnoreCase))))
                {
                    different.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {artefact.Reference}: {FirstDifference(before, after)}"));
                }
            }
        }

        count.Should().BeGreaterThan(1000);
        different.Should().BeEmpty();
    }

    [AjvFact]
    public void Finds_valid_what_Ajv_finds_valid()
    {
        List<string> disputed = [];
        foreach ((string name, StructureMessage message) in Messages().Where((_, n) => n % 7 == 0))
        {
            foreach (SdmxFormat format in Formats)
            {
                byte[] written = Written(message, format, new IssueList());
                byte[] broken = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(written).Replace("\"agencyID\":\"", "\"agencyID\":\"?", StringComparison.Ordinal));
                foreach (byte[] sent in new[] { written, broken })
                {
                    // Formats of texts (uri) are asserted by Ajv only.
                    bool ajv = Ajv.Errors(format, sent).Any(e => !e.Contains(" format: ", StringComparison.Ordinal));
                    if (OfficialJsonSchemas.Errors(format, sent).Any(e => !e.Contains(" is no uri", StringComparison.Ordinal)) != ajv)
                    {
                        disputed.Add($"{name} {format}");
                    }
                }
            }
        }

        disputed.Should().BeEmpty();
    }

    private static string FirstDifference(string before, string after)
    {
        string[] left = before.Split('\n'), right = after.Split('\n');
        return string.Join(" | ", left.Except(right).Take(2).Concat(right.Except(left).Take(2)));
    }

    // isFinal is a word of 2.1, which later versions say by the version; instants get an offset.
    private static string Comparable(Maintainable artefact) => Regex.Replace(
        ModelText.Of(artefact with { IsFinal = null, Name = artefact.Name.IsEmpty ? LocalisedText.Of(artefact.Id) : artefact.Name, Links = [.. artefact.Links.Where(l => l.Url != artefact.Urn)] }),
        @"(?<=Valid(From|To) = )\S+|(?<=Period = )\S+T\S+",
        m => JsonMeta.Instant(m.Value));

    private static byte[] Written(StructureMessage message, SdmxFormat format, IssueList issues)
    {
        MemoryStream stream = new();
        MessageHeader header = message.Header ?? new MessageHeader { Id = "MESSAGE", Prepared = "2026-01-01T00:00:00Z" };
        JsonStructureMessageWriter.Write(stream, format, message.Structures.All, header with { Id = header.Id.Length == 0 ? "MESSAGE" : header.Id }, issues);
        return stream.ToArray();
    }

    private static IEnumerable<(string Name, StructureMessage Message)> Messages()
    {
        foreach (string file in Directory.EnumerateFiles(SharedFolder.Path("corpus"), "*.xml", SearchOption.AllDirectories)
            .Where(f => !f.Contains("broken-in-the-wild", StringComparison.Ordinal) && new FileInfo(f).Length < 1_000_000).Order(StringComparer.Ordinal))
        {
            using FileStream stream = File.OpenRead(file);
            IssueList issues = new();
            StructureMessage message = StructureMessageReader.ReadMessage(stream, issues);
            if (!message.Structures.All.IsEmpty && !issues.Kept.Any(i => i.Code.Severity == Severity.Fatal || i.Code == IssueCodes.InvalidId))
            {
                yield return (Path.GetRelativePath(SharedFolder.Path("corpus"), file), message);
            }
        }
    }
}
