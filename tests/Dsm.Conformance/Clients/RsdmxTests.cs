using Dsm.Sdmx.Formats;

namespace Dsm.Conformance.Clients;

/// <summary>
/// rsdmx (R) finds in our messages what we put there. It gives no attributes of data sets and groups, and no flow beside a data
/// structure; what it cannot read at all is told in docs/deviations.md.
/// </summary>
public class RsdmxTests
{
    [RsdmxTheory]
    [InlineData("DF_ASYLAPP")]
    [InlineData("DF_FSTOCK")]
    public void Finds_every_code_concept_component_and_name_of_our_structures(string flow)
    {
        ClientMessages messages = new(flow);
        using ClientFile structures = new("xml", messages.Structures("2.1"));

        IReadOnlyList<string> found = ForeignClient.Rsdmx.Facts(structures.Path);

        ClientFacts.Differences(found, messages.ExpectedStructures.Where(f => !IsFlow(f))).Should().BeEmpty();
        found.Should().Contain(f => f.StartsWith("Code\t", StringComparison.Ordinal) && f.EndsWith("\tЖенщины", StringComparison.Ordinal));
    }

    [RsdmxTheory]
    [InlineData("DF_ASYLAPP")]
    [InlineData("DF_RSD")]
    public void Finds_our_flow(string flow)
    {
        ClientMessages messages = new(flow);
        using ClientFile structures = new("xml", messages.FlowAlone());
        ForeignClient.Rsdmx.Facts(structures.Path).Should().Equal(messages.ExpectedStructures.Where(IsFlow)).And.ContainSingle();
    }

    [RsdmxTheory]
    [InlineData("SDMX-ML 2.1 generic data", "DF_ASYLAPP", "TIME_PERIOD")]
    [InlineData("SDMX-ML 2.1 generic data", "DF_ENTRY", "AllDimensions")]
    [InlineData("SDMX-ML 2.1 structure-specific data", "DF_ASYLAPP", "TIME_PERIOD")]
    [InlineData("SDMX-ML 2.1 structure-specific time series", "DF_RSD", "TIME_PERIOD")]
    [InlineData("SDMX-ML 3.0 data", "DF_ASYLAPP", "TIME_PERIOD")]
    [InlineData("SDMX-ML 3.1 data", "DF_FSTOCK", "TIME_PERIOD")]
    public void Finds_every_observation_with_its_attributes(string formatName, string flow, string dimension)
    {
        SdmxFormat format = MediaTypes.All.Single(f => f.Name == formatName);
        ClientMessages messages = new(flow, withFlowAttributes: false);
        using ClientFile data = new("xml", messages.Data(format, dimension));

        IReadOnlyList<string> found = ForeignClient.Rsdmx.Facts(data.Path);

        // Generic values are numbers in R, where what is missing on purpose is missing.
        ClientFacts.Differences(found, messages.ExpectedObservations.Select(o => format.Kind == MessageKind.GenericData
            ? o.Replace("\tOBS_VALUE=NaN", "", StringComparison.Ordinal)
            : o)).Should().BeEmpty();
        found.Should().HaveCountGreaterThan(100);
    }

    private static bool IsFlow(string fact) => fact.StartsWith("Dataflow\t", StringComparison.Ordinal);
}
