using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dsm.Exchange.Submissions;

namespace Dsm.Benchmarks;

/// <summary>Peak memory of a whole process that loads a message, at one and three times the observations of the same series.</summary>
internal static class LoadPeak
{
    private const int SeriesPerMillion = 8_400;

    /// <summary>Runs this program once for each size and prints both peaks.</summary>
    public static void Compare(string structures, string connectionString, long observations)
    {
        int series = (int)(observations * SeriesPerMillion / 1_000_000);
        double[] peaks = [.. new[] { 1, 3 }.Select(times => Peak(structures, Message(series, 120 * times), connectionString))];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"peak memory of a loading process: {peaks[0]:F0} MiB at {series * 120L:N0}, {peaks[1]:F0} MiB at {series * 360L:N0} observations of the same {series:N0} series ({peaks[1] / peaks[0]:F2} ×)"));
    }

    /// <summary>The verb run in the child process: one load, then its peak.</summary>
    public static async Task<int> MeasureAsync(string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("dsm-load-peak-").FullName;
        await using LoadBench bench = await LoadBench.StartAsync(arguments[0], false, folder, arguments[2]);
        await bench.EmptyAsync();
        await bench.RunAsync(await bench.ReceiveAsync(arguments[1]), SubmissionStatus.Merged);
        using Process self = Process.GetCurrentProcess();
        self.Refresh();
        Console.WriteLine(self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    // The generator's series have a fixed length; here they have one to choose: months from 1990 on.
    private static string Message(int series, int months)
    {
        string path = Path.Combine(Path.GetTempPath(), "dsm-benchmarks", string.Create(CultureInfo.InvariantCulture, $"long-{series}-{months}.xml"));
        if (File.Exists(path))
        {
            return path;
        }

        string[] areas = ["AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ"];
        string[] citizenships = ["AD", "AE", "AF", "AG", "AL", "AM", "AO", "AR", "AT", "AU", "AZ", "BA", "BB", "BD", "BE", "BF", "BG", "BH", "BI", "BJ"];
        string[] ages = [.. Enumerable.Range(0, 17).Select(i => string.Create(CultureInfo.InvariantCulture, $"Y{i * 5}T{(i * 5) + 4}"))];
        string[] indicators = ["ASYLUM", "EMIGR", "IMMIGR"];
        using StreamWriter file = new(path + ".part", false, new UTF8Encoding(false));
        file.Write("""
            <?xml version="1.0" encoding="UTF-8"?>
            <message:StructureSpecificData xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:common="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" xmlns:ns1="urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=TEST:DF_MIGR(1.0):ObsLevelDim:TIME_PERIOD">
            <message:Header><message:ID>LONG</message:ID><message:Test>true</message:Test><message:Prepared>2025-01-15T00:00:00</message:Prepared><message:Sender id="TEST"/><message:Receiver id="HUB"/><message:Structure structureID="DF_MIGR" namespace="urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=TEST:DF_MIGR(1.0):ObsLevelDim:TIME_PERIOD" dimensionAtObservation="TIME_PERIOD"><common:StructureUsage><Ref agencyID="TEST" id="DF_MIGR" version="1.0" class="Dataflow"/></common:StructureUsage></message:Structure></message:Header>
            <message:DataSet xsi:type="ns1:DataSetType" ss:structureRef="DF_MIGR" ss:dataScope="DataStructure" ss:action="Replace">

            """);
        Random random = new(1);
        for (int s = 0; s < series; s++)
        {
            int rest = Math.DivRem(s, areas.Length, out int area), more = Math.DivRem(rest, citizenships.Length, out int citizenship);
            more = Math.DivRem(more, ages.Length, out int age);
            file.WriteLine($"<Series FREQ=\"M\" REF_AREA=\"{areas[area]}\" INDICATOR=\"{indicators[more]}\" CITIZENSHIP=\"{citizenships[citizenship]}\" SEX=\"T\" AGE=\"{ages[age]}\" UNIT_MEASURE=\"PS\" UNIT_MULT=\"0\">");
            for (int m = 0; m < months; m++)
            {
                file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<Obs TIME_PERIOD=\"{1990 + (m / 12)}-{1 + (m % 12):D2}\" OBS_VALUE=\"{random.Next(100000)}\" OBS_STATUS=\"A\"/>"));
            }

            file.WriteLine("</Series>");
        }

        file.Write("</message:DataSet></message:StructureSpecificData>");
        file.Close();
        File.Move(path + ".part", path);
        return path;
    }

    private static double Peak(string structures, string file, string connectionString)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [.. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? new[] { typeof(LoadPeak).Assembly.Location } : [], "load-peak", structures, file, connectionString])
        {
            RedirectStandardOutput = true,
        };
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return long.Parse(output, CultureInfo.InvariantCulture) / 1048576.0;
    }
}
