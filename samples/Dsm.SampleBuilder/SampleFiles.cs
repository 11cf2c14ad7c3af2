using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;
using Dsm.SampleBuilder.Writers;

namespace Dsm.SampleBuilder;

/// <summary>Writes the files under samples/: the datasets, the index the national server reads, and the registrations the hub reads.</summary>
public static class SampleFiles
{
    private static readonly XNamespace Common = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>Replaces samples/data and samples/sources.json.</summary>
    public static void Write(string root, IReadOnlyList<NationalDataset> datasets)
    {
        string folder = Path.Combine(root, "samples", "data");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, true);
        }

        foreach (NationalDataset dataset in datasets)
        {
            string file = Path.Combine(folder, dataset.File);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            using FileStream stream = File.Create(file);
            WriteData(stream, dataset);
        }

        WriteJson(Path.Combine(folder, "index.json"), datasets.Select(IndexEntry));
        WriteJson(Path.Combine(root, "samples", "sources.json"), datasets.Select((d, i) => Registration(root, d, i)));
    }

    /// <summary>The media type a national server gives the dataset.</summary>
    public static string MediaType(SampleFormat format)
    {
        return format switch
        {
            SampleFormat.Generic21 => "application/vnd.sdmx.genericdata+xml;version=2.1",
            SampleFormat.StructureSpecific21 => "application/vnd.sdmx.structurespecificdata+xml;version=2.1",
            SampleFormat.StructureSpecific30 => "application/vnd.sdmx.data+xml;version=3.0.0",
            SampleFormat.Csv10 => "application/vnd.sdmx.data+csv;version=1.0.0",
            _ => "application/vnd.sdmx.data+csv;version=2.0.0",
        };
    }

    private static void WriteData(Stream stream, NationalDataset dataset)
    {
        IEnumerable<SampleRow> rows = dataset.Rows
            .OrderBy(r => string.Join('|', dataset.Shape.Dimensions.Select(d => r.Key[d])), StringComparer.Ordinal)
            .ThenBy(r => r.Key.GetValueOrDefault("TIME_PERIOD", ""), StringComparer.Ordinal);
        if (dataset.Format is SampleFormat.Csv10 or SampleFormat.Csv20)
        {
            using StreamWriter text = new(stream, new UTF8Encoding(false));
            CsvSampleWriter.Write(text, dataset, rows);
        }
        else
        {
            XmlSampleWriter.Write(stream, dataset, rows);
        }
    }

    private static object IndexEntry(NationalDataset d)
    {
        return new { State = d.State.ToLowerInvariant(), d.Shape.Agency, d.Shape.Flow, d.Shape.Version, d.File, MediaType = MediaType(d.Format), UpdatedAfter = d.KnowsUpdates };
    }

    private static object Registration(string root, NationalDataset d, int index)
    {
        XElement agreement = XDocument.Load(Path.Combine(root, "structures", "provisionagreement", d.Agreement + ".1.0.0.xml")).Root!
            .Descendants().Single(e => e.Name.LocalName == "ProvisionAgreement");
        string Name(string language) => agreement.Elements(Common + "Name").Single(e => (string?)e.Attribute(XNamespace.Xml + "lang") == language).Value;
        string state = d.State.ToLowerInvariant();
        return new
        {
            Id = $"{state}-{d.Shape.Flow.ToLowerInvariant().Replace('_', '-')}",
            Agreement = $"urn:sdmx:org.sdmx.infomodel.registry.ProvisionAgreement=EECA:{d.Agreement}(1.0.0)",
            Name = new { En = Name("en"), Ru = Name("ru") },
            Kind = d.IsRest ? "rest" : "file",
            Path = d.IsRest ? $"/{state}/rest/data/{d.Shape.Agency},{d.Shape.Flow},{d.Shape.Version}/all" : $"/{state}/files/{Path.GetFileName(d.File)}",
            Format = MediaType(d.Format),
            // One run an hour each, spread over the hour so that the sources do not all start together.
            Schedule = $"{(index * 7) % 60} * * * *",
            TimeoutSeconds = 60,
            Map = d.Map,
            NationalStructure = d.Shape.Urn,
            Snapshot = true,
            SupportsUpdatedAfter = d.KnowsUpdates && d.IsRest,
            Synthetic = d.IsSynthetic,
        };
    }

    private static void WriteJson(string file, IEnumerable<object> entries)
    {
        File.WriteAllText(file, JsonSerializer.Serialize(entries, Json) + "\n");
    }
}
