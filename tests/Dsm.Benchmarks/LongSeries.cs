using System.Globalization;
using System.Text;
using Dsm.Sdmx.Formats;

namespace Dsm.Benchmarks;

/// <summary>Messages whose series have a length to choose, which those of the generator have not: memory must not grow with it.</summary>
internal static class LongSeries
{
    /// <summary>The same in another format, with the ending of its file.</summary>
    public static string Message(Passes passes, int series, int months, SdmxFormat format, string ending)
    {
        string original = Message(series, months), path = Path.ChangeExtension(original, ending);
        if (!File.Exists(path))
        {
            passes.Convert(original, path + ".part", format);
            File.Move(path + ".part", path);
        }

        return path;
    }

    /// <summary>A message of so many monthly series of so many months, the last one December 2024.</summary>
    public static string Message(int series, int months)
    {
        string path = Path.Combine(Path.GetTempPath(), "dsm-benchmarks", string.Create(CultureInfo.InvariantCulture, $"months-{series}-{months}.xml"));
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
                file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<Obs TIME_PERIOD=\"{2025 - (months / 12) + (m / 12)}-{1 + (m % 12):D2}\" OBS_VALUE=\"{random.Next(100000)}\" OBS_STATUS=\"A\"/>"));
            }

            file.WriteLine("</Series>");
        }

        file.Write("</message:DataSet></message:StructureSpecificData>");
        file.Close();
        File.Move(path + ".part", path);
        return path;
    }
}
