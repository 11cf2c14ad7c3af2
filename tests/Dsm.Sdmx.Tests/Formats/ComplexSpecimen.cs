using System.Buffers;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Formats;

/// <summary>A data structure with all that SDMX 3.0 allows of components, and messages of it.</summary>
internal static class ComplexSpecimen
{
    public static DataSchema Schema { get; } = Make();

    /// <summary>A 3.0 message with the content of a data set.</summary>
    public static string Message(string content, string structureRef = "S1", string action = "Replace") => $"""
        <m:StructureSpecificData xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message" xmlns:common="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/data/structurespecific"
            xmlns:metadata="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/metadata/generic" xmlns:ns1="urn:x">
        <m:Header><m:ID>T1</m:ID><m:Test>true</m:Test><m:Prepared>2025-01-15T00:00:00</m:Prepared><m:Sender id="DSM"/>
        <m:Structure structureID="S1" namespace="urn:y" dimensionAtObservation="TIME_PERIOD"><common:Structure>{Schema.Structure.Urn}</common:Structure></m:Structure></m:Header>
        <m:DataSet xsi:type="ns1:DataSetType" ss:structureRef="{structureRef}" ss:action="{action}">
        {content}
        </m:DataSet>
        </m:StructureSpecificData>
        """;

    public static (ObservationBatch Batch, IssueList Issues) Read(string message, bool slow = false)
    {
        IssueList issues = new();
        using DataReader reader = DataMessageReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(message)), _ => Schema, issues, new DataReaderOptions { UsesXmlParserOnly = slow })!;
        reader.NextDataSet().Should().BeTrue();
        ObservationBatch batch = new(reader.DataSet!);
        reader.Read(batch).Should().BeTrue();
        reader.Read(new ObservationBatch(reader.DataSet!)).Should().BeFalse();
        return (batch, issues);
    }

    public static (string Message, IssueList Issues) Write(ObservationBatch batch, SdmxFormat format)
    {
        ArrayBufferWriter<byte> output = new();
        IssueList issues = new();
        DataWriter writer = DataWriters.Create(format, output, new DataWriterOptions { Issues = issues });
        writer.Start(new MessageHeader { Id = "T", Prepared = "2024-05-06T07:08:09Z" }, [batch.Space]);
        writer.StartDataSet(batch.Space);
        writer.Write(batch);
        writer.EndDataSet();
        writer.End();
        return (Encoding.UTF8.GetString(output.WrittenSpan), issues);
    }

    private static DataSchema Make()
    {
        static StructureReference Concept(string id) => new(StructureType.ConceptScheme, "T", "CS", "1.0", id);
        SdmxVersion version = SdmxVersion.Parse("1.0");
        Codelist codes = new() { AgencyId = "T", Id = "CL", Version = version, Codes = [.. "A B C D".Split(' ').Select(c => new Code { Id = c })] };
        Representation coded = Representation.Coded(codes.Reference);
        Representation text = new() { TextFormat = new TextFormat { MaxLength = 6, IsMultilingual = true } };
        DataAttribute Attribute(string id, Representation representation, AttributeRelationship relationship) => new() { Id = id, Concept = Concept(id), Representation = representation, Relationship = relationship };
        MetadataStructure metadata = new()
        {
            AgencyId = "T",
            Id = "MSD",
            Version = version,
            Attributes =
            [
                new MetadataAttribute { Id = "CONTACT", Concept = Concept("CONTACT"), IsPresentational = true, MinOccurs = 0, MaxOccurs = 2, Children = [new MetadataAttribute { Id = "NAME", Concept = Concept("NAME"), Representation = text }] },
                new MetadataAttribute { Id = "KIND", Concept = Concept("KIND"), Representation = coded, MinOccurs = 0 },
            ],
        };
        DataStructure structure = new()
        {
            AgencyId = "T",
            Id = "DSD",
            Version = version,
            Dimensions =
            [
                new Dimension { Id = "FREQ", Concept = Concept("FREQ"), Representation = coded },
                new Dimension { Id = "AREA", Concept = Concept("AREA"), Representation = coded },
                new Dimension { Id = "TIME_PERIOD", Concept = Concept("TIME_PERIOD"), IsTime = true },
            ],
            Groups = [new DimensionGroup("BY_AREA", ["AREA"])],
            Measures =
            [
                new Measure { Id = "VALUE", Concept = Concept("VALUE"), Representation = Representation.Of(SdmxDataType.Decimal) },
                new Measure { Id = "RANGE", Concept = Concept("RANGE"), Representation = Representation.Of(SdmxDataType.Integer) with { MinOccurs = 2, MaxOccurs = 3 } },
                new Measure { Id = "GRADE", Concept = Concept("GRADE"), Representation = coded },
                new Measure { Id = "WORDS", Concept = Concept("WORDS"), Representation = text },
            ],
            Attributes =
            [
                Attribute("SOURCES", Representation.Of(SdmxDataType.String) with { MaxOccurs = null }, AttributeRelationship.Dataflow),
                Attribute("TITLE", text with { MaxOccurs = null }, AttributeRelationship.Group) with { Group = "BY_AREA" },
                Attribute("STATUS", coded with { MinOccurs = 1, MaxOccurs = null }, AttributeRelationship.Observation) with { Measures = ["GRADE"], IsMandatory = true },
                Attribute("NOTE", text, AttributeRelationship.Observation),
            ],
            MetadataStructure = metadata.Reference,
        };
        return DataSchema.Resolve(new StructureSet([codes, metadata, structure]), structure.Reference, new IssueList())!;
    }
}
