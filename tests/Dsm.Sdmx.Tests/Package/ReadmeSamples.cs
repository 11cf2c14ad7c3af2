using System.Buffers;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Mapping;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Rest;
using Dsm.Sdmx.Validation;
using Dsm.Tests;

namespace Dsm.Sdmx.Tests.Package;

/// <summary>
/// The samples of the package's README. What stands between <c>begin</c> and <c>end</c> is the text of a sample, in the order of the
/// page (see <see cref="ReadmeTests"/>); what stands below it says that the sample does what the page promises.
/// </summary>
public sealed class ReadmeSamples
{
    private static readonly string Folder = Path.Combine(SharedFolder.RepositoryRoot, "structures");

    private static readonly StructureSet Structures = Load(Folder);

    private static readonly string Message = Path.Combine(SharedFolder.RepositoryRoot, "samples", "data", "ARM", "DF_ARM_DIMUM.xml");

    private static StructureSet Load(string folder)
    {
        // begin structures
        IssueList issues = new();
        List<Maintainable> artefacts = [];
        foreach (string file in Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories))
        {
            using FileStream stream = File.OpenRead(file);
            artefacts.AddRange(StructureMessages.Read(stream, issues).Structures.All);
        }

        StructureSet structures = new(artefacts);
        Dataflow flow = structures.Of<Dataflow>().Single(f => f.Id == "DF_ASYLAPP");
        Console.WriteLine($"{flow.Name.Best("ru")}: {structures.Find<DataStructure>(flow.Structure)!.Dimensions.Length} dimensions");
        // end
        issues.HasErrors.Should().BeFalse();
        return structures;
    }

    [Fact]
    public void Structures_are_written_in_another_format()
    {
        StructureSet structures = Structures;
        using MemoryStream output = new();
        // begin convert
        IssueList losses = new();
        MessageHeader header = new() { Id = "LISTS", Prepared = "2026-01-01T00:00:00Z", SenderId = "EECA" };
        StructureMessages.Write(MediaTypes.StructureJson21, output, structures.Of<Codelist>(), header, losses);
        foreach (Issue loss in losses.Kept)
        {
            Console.WriteLine(IssueText.For(loss, "en"));
        }

        // end
        losses.Count.Should().Be(0);
        StructureMessages.Read(new MemoryStream(output.ToArray()), losses).Structures.All.Length.Should().Be(structures.Of<Codelist>().Count());
    }

    [Fact]
    public void Data_are_read_and_checked()
    {
        (StructureSet structures, string file) = (Structures, Message);
        long count = 0;
        // begin check
        IssueList issues = new();
        using DataReader? reader = DataMessageReader.Open(File.OpenRead(file), r => DataSchema.Resolve(structures, r, issues), issues);
        while (reader is not null && reader.NextDataSet())
        {
            DataValidator validator = new(reader.DataSet!, issues);
            ObservationBatch batch = new(reader.DataSet!);
            while (reader.Read(batch))
            {
                validator.Validate(batch);
                for (int row = 0; row < batch.Count; row++)
                {
                    count += batch.Refused[row] ? 0 : 1;
                }
            }
        }

        foreach (IssueGroup group in issues.Groups)
        {
            Issue first = group.Samples[0];
            Console.WriteLine($"{group.Total} x {first.Code.Id} line {first.Location.Line}: {IssueText.For(first, "en")}");
        }

        // end
        count.Should().BeGreaterThan(100);
        issues.HasErrors.Should().BeFalse();
    }

    [Fact]
    public void Data_are_mapped_and_written()
    {
        (StructureSet structures, string file) = (Structures, Message);
        ArrayBufferWriter<byte> output = new();
        // begin map
        IssueList issues = new();
        using DataReader reader = DataMessageReader.Open(File.OpenRead(file), r => DataSchema.Resolve(structures, r, issues), issues)!;
        reader.NextDataSet();
        StructureMap map = structures.Of<StructureMap>().First(m => m.Source == reader.DataSet!.Schema.Dataflow?.Reference);
        DataSchema target = DataSchema.Resolve(structures, map.Target, issues)!;
        StructureMapper mapper = CompiledStructureMap.Compile(map, structures, reader.DataSet!.Schema, target, issues)!.Start(reader.DataSet!, issues);

        DataWriter writer = DataWriters.Create(MediaTypes.DataCsv21, output);
        writer.Start(reader.Header!, [mapper.Target]);
        writer.StartDataSet(mapper.Target);
        ObservationBatch from = new(reader.DataSet!), to = new(mapper.Target);
        while (reader.Read(from))
        {
            mapper.Map(from, to);
            writer.Write(to);
        }

        writer.EndDataSet();
        writer.End();
        // end
        issues.Count.Should().Be(0);
        System.Text.Encoding.UTF8.GetString(output.WrittenSpan).Should().StartWith("STRUCTURE[;],STRUCTURE_ID,ACTION,");
    }

    [Fact]
    public void Versions_are_compared()
    {
        Codelist before = Structures.Of<Codelist>().First(c => c.Id == "CL_FREQ");
        // begin compare
        Codelist after = before with { Codes = [.. before.Codes, new Code { Id = "X9", Name = LocalisedText.Of("Now and then") }] };
        ArtefactComparison comparison = StructureComparison.Compare(before, after);
        Console.WriteLine($"{comparison.Impact}: the next version is {comparison.RequiredVersion}");
        // end
        comparison.Impact.Should().Be(ChangeImpact.Minor);
        comparison.RequiredVersion!.Value.CompareTo(before.Version).Should().BePositive();
    }

    [Fact]
    public void Addresses_are_values()
    {
        // begin rest
        IssueList issues = new();
        Rest15.TryParse("data/EECA,DF_ASYLAPP/A.ARM+GEO....", "startPeriod=2020", out RestQuery? query, issues);
        Console.WriteLine(Rest2.Print(query!));
        // end
        issues.Count.Should().Be(0);
        Rest2.Print(query!).Should().StartWith("data/dataflow/EECA/DF_ASYLAPP/");
    }

    [Fact]
    public void A_schema_is_made()
    {
        StructureSet structures = Structures;
        using MemoryStream output = new();
        // begin schema
        DataSchema schema = DataSchema.Resolve(structures, structures.Of<Dataflow>().Single(f => f.Id == "DF_ASYLAPP").Reference, new IssueList())!;
        JsonDataSchemaWriter.Write(schema, MediaTypes.SchemaJson21, output);
        // end
        output.Length.Should().BeGreaterThan(1000);
    }
}
