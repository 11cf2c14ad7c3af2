using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Dsm.Conformance.Tck;

/// <summary>Result of one test of the kit.</summary>
/// <param name="Group">Structure, Data or Schema.</param>
/// <param name="Id">Pattern of its address, which is its name.</param>
/// <param name="Compliant">True when the answer's status is acceptable to the kit.</param>
/// <param name="Covered">True when the answer's content is what the kit expects.</param>
/// <param name="Status">HTTP status; null when nothing was asked.</param>
/// <param name="Url">What was asked; null for nothing.</param>
/// <param name="Why">Why it is not covered.</param>
public sealed record TckResult(string Group, string Id, bool Compliant, bool Covered, int? Status, string? Url, string? Why)
{
    /// <summary>Group and id.</summary>
    public string Name => $"{Group} {Id}";

    public override string ToString() => $"{Name} [{Status} {Url}]: {Why}";
}

/// <summary>
/// Runs the Test Compliance Kit of the SDMX Technical Working Group (sdmx-twg/sdmx-tck 4.3.0), installed by whoever wants to run it:
/// <c>DSM_TCK</c> names its folder. It needs Node.js and, for the validity of schemas, a Java runtime and compiler.
/// </summary>
internal static class TckRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Folder of the kit; null when it is not installed.</summary>
    public static string? Kit { get; } = Environment.GetEnvironmentVariable("DSM_TCK") is { Length: > 0 } folder
        && Directory.Exists(Path.Combine(folder, "sdmx-tck-manager", "node_modules")) ? folder : null;

    /// <summary>Why tests are skipped; null when the kit is here.</summary>
    public static string? WhyAbsent => Kit is null
        ? "needs the Test Compliance Kit 4.3.0 with its packages installed; DSM_TCK names its folder (see tests/Dsm.Conformance/Tck/README.md)"
        : null;

    /// <summary>Runs all structure, data and schema tests against an endpoint.</summary>
    /// <param name="endpoint">Address of the service.</param>
    /// <param name="version">Version of REST, as the kit writes it, e.g. <c>v1.4.0</c>.</param>
    /// <param name="seed">Which artefacts the kit picks.</param>
    /// <param name="accepts">Accept headers of requests that have none, by group, e.g. <c>Data=text/csv</c>.</param>
    public static IReadOnlyList<TckResult> All(string endpoint, string version, int seed, params string[] accepts)
    {
        string driver = Path.Combine(SharedFolder.RepositoryRoot, "tests", "Dsm.Conformance", "Tck", "driver.js");
        ProcessStartInfo start = new("node", [driver, Kit!, endpoint, version, "Full", seed.ToString(CultureInfo.InvariantCulture), .. accepts])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The kit took more than {Patience.TotalMinutes} minutes.");
        }

        process.ExitCode.Should().Be(0, errors.GetAwaiter().GetResult());
        return [.. output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<TckResult>(l, Json)!)];
    }
}
