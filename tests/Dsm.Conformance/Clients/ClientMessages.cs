using Dsm.Conformance.DataMessages;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Clients;

/// <summary>Messages of a flow as we write them, and what a client has to find in them.</summary>
internal sealed class ClientMessages
{
    // Without a name: khaeru/sdmx does not expect one in the header of data, and takes it for a fault.
    private static readonly MessageHeader Header = WrittenMessage.Header with { Name = default };

    private readonly List<Maintainable> artefacts;
    private readonly DataSetSpace space;
    private readonly List<ObservationBatch> batches;

    /// <summary>Messages of a flow of the region, or of <c>DF_G</c>, which has groups.</summary>
    /// <param name="flow">Id of the flow.</param>
    /// <param name="withFlowAttributes">False to leave the attributes of whole data sets out of the structure and the data.</param>
    public ClientMessages(string flow, bool withFlowAttributes = true)
    {
        StructureSet structures = SpecimenData.Structures;
        Dataflow dataflow = structures.Of<Dataflow>().Single(f => f.Id == flow);
        if (!withFlowAttributes)
        {
            DataStructure structure = structures.Find<DataStructure>(dataflow.Structure)!;
            structures = structures.With([structure with { Attributes = [.. structure.Attributes.Where(a => a.Relationship != AttributeRelationship.Dataflow)] }]);
        }

        Schema = SpecimenData.Resolve(structures, dataflow.Reference);
        artefacts = [dataflow, Schema.Structure, .. Schema.Structure.References.Select(structures.Find).OfType<Maintainable>()
            .Where(a => a is Codelist or ConceptScheme).DistinctBy(a => a.Urn)];
        SpecimenData data = new(Schema, 5);
        space = data.Space(DataSetAction.Information);
        batches = data.Batches(space, 40, 37);
    }

    public DataSchema Schema { get; }

    /// <summary>Key, period, value and every attribute of each observation, as <see cref="ClientFacts"/> words them.</summary>
    public IReadOnlyList<string> ExpectedObservations => ClientFacts.Of(batches);

    /// <summary>Lists, concepts, components and flow with their names in English and Russian.</summary>
    public IReadOnlyList<string> ExpectedStructures => ClientFacts.Of(artefacts);

    /// <summary>The flow, its data structure and what that refers to, in a version of SDMX-ML.</summary>
    public byte[] Structures(string version) => Write(version, artefacts);

    /// <summary>The flow without anything else, in SDMX-ML 2.1.</summary>
    public byte[] FlowAlone() => Write("2.1", artefacts.OfType<Dataflow>());

    /// <summary>The observations in a format.</summary>
    public byte[] Data(SdmxFormat format, string? dimensionAtObservation = null)
        => WrittenMessage.Write(format, new DataWriterOptions { DimensionAtObservation = dimensionAtObservation }, Header, (space, batches));

    private static byte[] Write(string version, IEnumerable<Maintainable> artefacts)
    {
        using MemoryStream stream = new();
        IssueList issues = new();
        Action<Stream, IEnumerable<Maintainable>, MessageHeader, IssueList, bool> write = version switch
        {
            "2.1" => StructureMessageWriter21.Write,
            "3.0" => StructureMessageWriter30.Write,
            _ => StructureMessageWriter31.Write,
        };
        write(stream, artefacts, Header, issues, false);
        issues.Kept.Should().NotContain(i => i.Code.Id != "S0006", "only what a version cannot carry is left out");
        return stream.ToArray();
    }
}
