using System.Xml;
using System.Xml.Schema;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.DataMessages;

/// <summary>
/// The official SDMX-ML 2.1 samples of exchange rates, read and written again: what we write is valid by the schemas that the
/// samples bring for their structures (not by ours), with groups where these demand them, and holds the same observations.
/// </summary>
public class OfficialSampleRewriteTests
{
    [SharedFolderTheory]
    [InlineData("ng", "ts", "TIME_PERIOD")]
    [InlineData("ng", "flat", "AllDimensions")]
    [InlineData("ng", "xs", "CURRENCY")]
    [InlineData("rg", "ts", "TIME_PERIOD")]
    [InlineData("rg", "flat", "AllDimensions")]
    [InlineData("rg", "xs", "CURRENCY")]
    [InlineData("sg", "ts", "TIME_PERIOD")]
    [InlineData("sg", "flat", "AllDimensions")]
    [InlineData("sg", "xs", "CURRENCY")]
    public void Written_again_it_is_valid_by_the_schema_of_the_sample(string kind, string layout, string dimension)
    {
        string folder = SharedFolder.Path("standards", "sdmx-ml", "2.1", "samples", "exr");
        string name = $"ecb_exr_{kind}";
        DataSchema schema = SchemaOf(Path.Combine(folder, name, name + "_full.xml"));
        byte[] sample = File.ReadAllBytes(Path.Combine(folder, name, "structured", name + "_ts.xml"));
        (List<DataSetSpace> spaces, List<ObservationBatch> batches) = Read(sample, schema);

        byte[] message = WrittenMessage.Write(MediaTypes.StructureSpecificData21, new DataWriterOptions { DimensionAtObservation = dimension }, (spaces[0], batches));

        Errors(message, folder, Path.Combine(folder, name, "structured", $"{name}_{layout}.xsd")).Should().BeEmpty();
        WrittenMessage.ReadLines(message, schema).Should().Equal(WrittenMessage.Lines(batches)).And.HaveCountGreaterThan(5);
    }

    private static DataSchema SchemaOf(string file)
    {
        IssueList issues = new();
        using Stream stream = File.OpenRead(file);
        StructureSet structures = StructureMessageReader.Read(stream, issues);

        // The structure of the rate group samples is called _CG in its own message and _RG wherever it is used.
        DataStructure structure = structures.Of<DataStructure>().Single();
        structure = structure with { Id = structure.Id.Replace("_CG", "_RG", StringComparison.Ordinal) };
        return DataSchema.Resolve(structures.With([structure]), structure.Reference, issues)!;
    }

    private static (List<DataSetSpace> Spaces, List<ObservationBatch> Batches) Read(byte[] message, DataSchema schema)
    {
        List<DataSetSpace> spaces = [];
        List<ObservationBatch> batches = [];
        IssueList issues = new();
        using DataReader reader = DataMessageReader.Open(new MemoryStream(message), _ => schema, issues)!;
        while (reader.NextDataSet())
        {
            spaces.Add(reader.DataSet!);
            ObservationBatch batch = new(reader.DataSet!);
            while (reader.Read(batch))
            {
                batches.Add(batch);
                batch = new ObservationBatch(reader.DataSet!);
            }
        }

        issues.Kept.Should().BeEmpty();
        return (spaces, batches);
    }

    private static List<string> Errors(byte[] message, string folder, string specific)
    {
        List<string> errors = [];
        XmlSchemaSet set = new() { XmlResolver = null };
        set.ValidationEventHandler += (_, e) => errors.Add("schema: " + e.Message);
        set.Add(OfficialSchemas.Of("2.1"));
        foreach (string file in new[] { Path.Combine(folder, "..", "common", "sdmx_common.xsd"), Path.Combine(folder, "common", "exr_common.xsd"), specific })
        {
            using XmlReader xsd = XmlReader.Create(file);
            set.Add(null, xsd);
        }

        set.Compile();
        XmlReaderSettings settings = new() { ValidationType = ValidationType.Schema, Schemas = set };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings | XmlSchemaValidationFlags.ProcessIdentityConstraints;
        settings.ValidationEventHandler += (_, e) => errors.Add(e.Message);
        using XmlReader xml = XmlReader.Create(new MemoryStream(message), settings);
        while (xml.Read())
        {
        }

        return errors;
    }
}
