using System.Text.Json;
using Dsm.Exchange.Submissions;
using FluentAssertions.Execution;

namespace Dsm.Exchange.Tests.Submissions;

/// <summary>Every dataset of the demonstration through the pipeline, as its source is registered.</summary>
public sealed class SampleMessagesTests : IAsyncLifetime
{
    private Exchange hub = null!;

    public async Task InitializeAsync() => hub = await Exchange.StartAsync();

    public async Task DisposeAsync() => await hub.DisposeAsync();

    [Fact]
    public async Task Every_sample_is_accepted_balanced_and_unchanged_the_second_time()
    {
        string samples = Path.Combine(SharedFolder.RepositoryRoot, "samples");
        using JsonDocument sources = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(samples, "sources.json")));
        using AssertionScope all = new();
        foreach (JsonElement source in sources.RootElement.EnumerateArray())
        {
            string id = source.GetProperty("id").GetString()!, state = id[..3].ToUpperInvariant();
            string? map = Text(source, "map"), national = Text(source, "nationalStructure");
            string flow = national is null ? id[4..].ToUpperInvariant().Replace('-', '_') : national[(national.IndexOf(':', national.IndexOf('=', StringComparison.Ordinal)) + 1)..national.IndexOf('(', StringComparison.Ordinal)];
            string[] files = Directory.GetFiles(Path.Combine(samples, "data", state), flow + ".*");
            files.Should().ContainSingle(id);
            string content = await File.ReadAllTextAsync(files[0]);
            string agreement = source.GetProperty("agreement").GetString()!;

            SubmissionReceipt first = await hub.SendAsync(content, agreement, snapshot: true, map: map, source: national);
            long versions = await hub.ChunkVersionsAsync();
            SubmissionReceipt second = await hub.SendAsync(content, agreement, snapshot: true, map: map, source: national);

            string why = id + ": " + string.Join("; ", first.Findings.Select(f => $"{f.Stage} {f.Code} x{f.Observations} {string.Join(",", f.Arguments.Values)}"));
            first.Submission.Status.Should().Be(SubmissionStatus.Merged, why);
            first.Submission.Counts.IsBalanced.Should().BeTrue(why);
            first.Submission.Counts.Added.Should().BePositive(why);
            first.Submission.Counts.Refused.Should().Be(first.Findings.Where(f => f.Stage is "map" or "merge" || f.Code.StartsWith("V03", StringComparison.Ordinal)).Sum(f => f.Observations), why);
            second.Submission.Status.Should().Be(SubmissionStatus.Unchanged, id);
            second.Submission.Counts.Refused.Should().Be(first.Submission.Counts.Refused, id);
            (await hub.ChunkVersionsAsync()).Should().Be(versions, id);
        }
    }

    private static string? Text(JsonElement element, string name)
        => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
