using System.Text;
using Dsm.Conformance.DataMessages;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.JsonSchemas;

/// <summary>JSON Schemas made for a dataflow: they take what was written for it, and nothing that the structure or its constraints forbid.</summary>
public sealed class JsonDataSchemaTests
{
    private static readonly DataSchema Structure = Resolved(SpecimenData.Structures.Of<DataStructure>().First(s => s.Id == "DSD_ASYLAPP"));

    // Its constraint leaves some codes out.
    private static readonly DataSchema Flow = Resolved(SpecimenData.Structures.Of<Dataflow>().First(f => f.Id == "DF_ASYLAPP"));

    [AjvTheory]
    [InlineData("2.0", "TIME_PERIOD")]
    [InlineData("2.0", "AllDimensions")]
    [InlineData("2.1", "TIME_PERIOD")]
    [InlineData("2.1", "AllDimensions")]
    public void Takes_what_was_written_for_the_structure(string version, string dimensionAtObservation)
    {
        (SdmxFormat format, byte[] schema) = Made(Structure, version);
        byte[] message = Message(format, dimensionAtObservation);

        Ajv.Errors(format, schema, message).Should().BeEmpty();
    }

    [AjvTheory]
    [InlineData("2.0", "\"id\":\"SEX\"", "\"id\":\"GENDER\"", "/id enum")]
    [InlineData("2.1", "\"id\":\"SEX\"", "\"id\":\"GENDER\"", "/id enum")]
    [InlineData("2.0", "\"values\":[{\"id\":\"A\"", "\"values\":[{\"id\":\"X9\"", "/values/0/id enum")]
    [InlineData("2.1", "\"values\":[{\"id\":\"A\"", "\"values\":[{\"id\":\"X9\"", "/values/0/id enum")]
    [InlineData("2.1", "\"dataSets\"", "\"dataSheets\"", "")]
    public void Refuses_what_the_structure_does_not_have(string version, string right, string wrong, string expected)
    {
        (SdmxFormat format, byte[] schema) = Made(Structure, version);
        string message = Encoding.UTF8.GetString(Message(format, "TIME_PERIOD"));
        message.Should().Contain(right);

        Ajv.Errors(format, schema, Encoding.UTF8.GetBytes(message.Replace(right, wrong, StringComparison.Ordinal)))
            .Should().Contain(e => e.Contains(expected, StringComparison.Ordinal));
    }

    [AjvTheory]
    [InlineData("2.0")]
    [InlineData("2.1")]
    public void Refuses_codes_that_a_constraint_of_the_dataflow_leaves_out(string version)
    {
        (SdmxFormat format, byte[] schema) = Made(Flow, version);

        Ajv.Errors(format, schema, Message(format, "TIME_PERIOD"))
            .Should().Contain(e => e.Contains("/dimensions/series/", StringComparison.Ordinal) && e.Contains("/id enum", StringComparison.Ordinal));
    }

    private static DataSchema Resolved(Maintainable artefact) => SpecimenData.Resolve(SpecimenData.Structures, artefact.Reference);

    private static (SdmxFormat Format, byte[] Schema) Made(DataSchema of, string version)
    {
        using MemoryStream schema = new();
        JsonDataSchemaWriter.Write(of, version == "2.1" ? MediaTypes.SchemaJson21 : MediaTypes.SchemaJson20, schema);
        return (version == "2.1" ? MediaTypes.DataJson21 : MediaTypes.DataJson20, schema.ToArray());
    }

    private static byte[] Message(SdmxFormat format, string dimensionAtObservation)
    {
        SpecimenData data = new(Structure, 7);
        DataSetSpace space = data.Space(dimensionAtObservation: dimensionAtObservation);
        return WrittenMessage.Write(format, DataWriterOptions.Default with { DimensionAtObservation = dimensionAtObservation }, (space, data.Batches(space, 20, 64)));
    }
}
