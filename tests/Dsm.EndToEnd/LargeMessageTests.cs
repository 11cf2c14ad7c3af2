using System.Diagnostics;
using Dsm.EndToEnd.Hubs;
using Xunit.Abstractions;

namespace Dsm.EndToEnd;

/// <summary>
/// A million observations through the whole of a hub of another region: nothing but its structures and settings is replaced. The
/// generator is that of the published measurements.
/// </summary>
public sealed class LargeMessageTests(ITestOutputHelper output)
{
    private const int Observations = 1_000_000;
    private const string Agreement = "urn:sdmx:org.sdmx.infomodel.registry.ProvisionAgreement=TEST:PA(1.0.0)";
    private const string Structures =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <mes:Structure xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message" xmlns:str="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure" xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common">
        <mes:Header><mes:ID>PA</mes:ID><mes:Test>true</mes:Test><mes:Prepared>2025-01-15T00:00:00</mes:Prepared><mes:Sender id="TEST"/></mes:Header>
        <mes:Structures>
        <str:AgencySchemes><str:AgencyScheme id="AGENCIES" agencyID="SDMX" version="1.0"><com:Name xml:lang="en">Agencies</com:Name>
        <str:Agency id="SDMX"><com:Name xml:lang="en">SDMX</com:Name></str:Agency><str:Agency id="TEST"><com:Name xml:lang="en">Region</com:Name></str:Agency></str:AgencyScheme></str:AgencySchemes>
        <str:DataProviderSchemes><str:DataProviderScheme id="DATA_PROVIDERS" agencyID="TEST" version="1.0"><com:Name xml:lang="en">Providers</com:Name>
        <str:DataProvider id="ALL"><com:Name xml:lang="en">All offices</com:Name></str:DataProvider></str:DataProviderScheme></str:DataProviderSchemes>
        <str:ProvisionAgreements><str:ProvisionAgreement id="PA" agencyID="TEST" version="1.0.0"><com:Name xml:lang="en">Agreement</com:Name>
        <str:Dataflow>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=TEST:DF_MIGR(1.0)</str:Dataflow>
        <str:DataProvider>urn:sdmx:org.sdmx.infomodel.base.DataProvider=TEST:DATA_PROVIDERS(1.0).ALL</str:DataProvider></str:ProvisionAgreement></str:ProvisionAgreements>
        </mes:Structures></mes:Structure>
        """;

    [SharedFolderFact]
    public async Task A_million_observations_are_harvested_in_flat_memory()
    {
        DataFolder data = new();
        string structures = Directory.CreateDirectory(Path.Combine(data.Path, "structures")).FullName;
        string file = Path.Combine(data.Path, "million.xml");
        await GenerateAsync("--format", "structure21", "--out", Path.Combine(structures, "model.xml"));
        await GenerateAsync("--obs", $"{Observations}", "--format", "ss21", "--seed", "1", "--out", file);
        await File.WriteAllTextAsync(Path.Combine(structures, "agreement.xml"), Structures);
        await using FileServer office = new(file);
        string[] settings = ["--empty", "--Hub:StructuresPath=" + structures, "--Hub:Harvest:AllowedHosts:0=127.0.0.1"];

        HubProcess first = await HubProcess.StartAsync(data, null, settings);
        await using (HubDatabaseView before = new(data.ConnectionString))
        {
            await before.ExecuteAsync(
            """
            INSERT INTO source (id, agreement_urn, name, kind, url, schedule, timeout_seconds, run_limit_seconds, is_snapshot, knows_updated_after, max_withdrawn_share, is_synthetic, is_enabled)
            VALUES ('million', $1, '{}', 'File', $2, '*/5 * * * * *', 60, 600, true, false, 0.2, true, true)
            """, Agreement, office.Address);
        }

        (await first.StopAsync()).Should().Be(0);
        await using HubProcess hub = await HubProcess.StartAsync(data, null, settings);
        await using HubDatabaseView database = new(data.ConnectionString);
        long idle = hub.WorkingSet;
        long peak = 0;
        Stopwatch time = Stopwatch.StartNew();
        RunRow run = await Eventually.GetAsync("the harvest of a million observations", 300, async () =>
        {
            peak = Math.Max(peak, hub.WorkingSet);
            return (await database.RunsAsync("finished_at IS NOT NULL")).FirstOrDefault();
        });

        output.WriteLine($"{Observations} observations, {new FileInfo(file).Length / 1e6:F0} MB, in {time.Elapsed.TotalSeconds:F1} s; working set {idle / 1e6:F0} MB before, {peak / 1e6:F0} MB at most");
        (run.Status, run.FailureCode, run.Read, run.Added, run.IsBalanced).Should().Be(("Clean", null, Observations, Observations, true), hub.Output);
        (await database.NumberAsync("SELECT sum(observations) FROM series_chunk WHERE closed_by IS NULL")).Should().Be(Observations);
        (peak - idle).Should().BeLessThan(350_000_000, "memory does not follow the length of the message");
    }

    private static async Task GenerateAsync(params string[] arguments)
    {
        using Process generator = Process.Start(new ProcessStartInfo("python3", [SharedFolder.Path("perf", "gen_sdmx.py"), .. arguments]) { UseShellExecute = false })!;
        await generator.WaitForExitAsync();
        generator.ExitCode.Should().Be(0);
    }
}
