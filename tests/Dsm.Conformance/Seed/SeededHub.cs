using Dsm.Exchange;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;
using Dsm.Web.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Conformance.Seed;

/// <summary>
/// A whole hub on loopback over a real database that serves the seed: at least one artefact of every type of SDMX 2.1 and 3.x, each
/// referring and referred to, and data of three provision agreements, taken in as submissions of their providers.
/// </summary>
public class SeededHub : IAsyncLifetime
{
    private const string Version3 = "version3";

    private static readonly string Folder = Path.Combine(SharedFolder.RepositoryRoot, "tests", "Dsm.Conformance", "Seed");
    private readonly bool withVersion3;
    private readonly string data = Directory.CreateTempSubdirectory("dsm-seed-").FullName;
    private HubHost host = null!;

    public SeededHub()
        : this(withVersion3: true)
    {
    }

    /// <summary>A hub with the artefacts that SDMX 2.1 knows, and those of later versions or without them.</summary>
    protected SeededHub(bool withVersion3) => this.withVersion3 = withVersion3;

    /// <summary>Folder of the structure messages of the seed.</summary>
    public static string Structures => Path.Combine(Folder, "structures");

    /// <summary>Address of the service of REST 1.5, without a slash at the end.</summary>
    public string V1 => $"{host.Address.ToString().TrimEnd('/')}/sdmx/v1";

    /// <summary>Services of the hub.</summary>
    public IServiceProvider Services => host.App.Services;

    /// <summary>Address of the service of REST 2.x, without a slash at the end.</summary>
    public string V2 => $"{host.Address.ToString().TrimEnd('/')}/sdmx/v2";

    /// <summary>The schema of a data structure, dataflow or provision agreement of the hub; null when there is none.</summary>
    public DataSchema? Schema(StructureReference reference) => host.App.Services.GetRequiredService<StructureRegistry>().Current.Schema(reference);

    /// <summary>The folder that the hub takes its structures from.</summary>
    protected virtual string StructuresFolder => withVersion3 ? Structures : Version21Structures();

    /// <summary>A folder of the hub's own, deleted with it.</summary>
    protected string OwnFolder => data;

    public virtual async Task InitializeAsync()
    {
        string database = await TestDatabase.CreateDatabaseAsync();
        host = await HubHost.BuildAsync(
            [
                $"--ConnectionStrings:Hub={database}", "--port", "0", "--empty", "--data", data,
                $"--Hub:StructuresPath={StructuresFolder}", "--Logging:LogLevel:Default=Error",
            ],
            CancellationToken.None);
        await host.App.StartAsync();
        HubReadiness readiness = host.App.Services.GetRequiredService<HubReadiness>();
        for (int i = 0; i < 600 && !(readiness.CanServe && readiness.JobsRunning) && readiness.Failure is null; i++)
        {
            await Task.Delay(100);
        }

        readiness.Failure.Should().BeNull();
        foreach (string file in Directory.GetFiles(Path.Combine(Folder, "data"), "*.csv").Order(StringComparer.Ordinal))
        {
            await LoadAsync(file);
        }
    }

    public async Task DisposeAsync()
    {
        await host.App.StopAsync();
        await host.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private string Version21Structures()
    {
        string folder = Directory.CreateDirectory(Path.Combine(data, "structures")).FullName;
        foreach (string file in Directory.GetFiles(Structures).Where(f => !Path.GetFileName(f).StartsWith(Version3, StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return folder;
    }

    private async Task LoadAsync(string file)
    {
        IServiceProvider services = host.App.Services;
        await using FileStream content = File.OpenRead(file);
        Submission submission = await services.GetRequiredService<SubmissionIntake>().ReceiveAsync(
            content,
            new SubmissionDraft
            {
                Origin = SubmissionOrigin.Upload,
                AgreementUrn = $"urn:sdmx:org.sdmx.infomodel.registry.ProvisionAgreement=SEED:{Path.GetFileNameWithoutExtension(file)}(1.0)",
                IsSnapshot = true,
            },
            CancellationToken.None);
        SubmissionReceipt receipt = await services.GetRequiredService<SubmissionPipeline>().RunAsync(submission.Id, new PipelineOptions(), CancellationToken.None);
        receipt.IsAccepted.Should().BeTrue("{0}: {1}", file, string.Join("; ", receipt.Findings));
        receipt.Submission.Counts.Refused.Should().Be(0, "{0}: {1}", file, string.Join("; ", receipt.Findings));
    }
}

/// <summary>One seeded hub for all tests that ask it: they only read.</summary>
[CollectionDefinition(Name)]
public sealed class SeededHubCollection : ICollectionFixture<SeededHub>
{
    public const string Name = "seeded hub";
}

/// <summary>A seeded hub whose artefacts are all in the language of SDMX 2.1: those of later versions lose references when SDMX-ML 2.1 carries them.</summary>
public sealed class SeededHub21() : SeededHub(withVersion3: false);
