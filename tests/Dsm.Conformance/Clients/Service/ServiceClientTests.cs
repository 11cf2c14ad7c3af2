using Dsm.Conformance.Seed;

namespace Dsm.Conformance.Clients.Service;

/// <summary>
/// Clients of others, as their users use them, on the running hub: they list its flows, fetch a data structure with what it refers to,
/// fetch data by key and period, and read the right numbers. No client needs a setting beyond the address.
/// </summary>
[Collection(SeededHubCollection.Name)]
public class ServiceClientTests(SeededHub hub)
{
    private static readonly string[] Flows = ["flow\tSEED\tDF_FLOWS", "flow\tSEED\tDF_NATIONAL", "flow\tSEED\tDF_STOCK", "flow\tSEED3\tDF_WORK"];
    private static readonly string[] Lists = ["codelist\tCL_AREA\t4", "codelist\tCL_FREQ\t3", "codelist\tCL_OBS_STATUS\t3", "codelist\tCL_SEX\t3", "codelist\tCL_UNIT\t2"];
    private static readonly string[] Dimensions = ["dimension\tFREQ", "dimension\tREF_AREA", "dimension\tSEX"];
    private static readonly string[] Values = ["value\t2016\t1001", "value\t2017\t1002", "value\t2018\t1003"];

    [ClientFact(nameof(ForeignClient.RsdmxService))]
    public void R_finds_flows_structures_and_numbers()
    {
        Ask(ForeignClient.RsdmxService, "flows", hub.V1).Should().Equal(Flows);
        Ask(ForeignClient.RsdmxService, "structure", hub.V1).Should().Equal([.. Lists, .. Dimensions, "dimension\tTIME_PERIOD"]);
        Ask(ForeignClient.RsdmxService, "data", hub.V1).Should().Equal(["label\tСевер", .. Values]);
    }

    [ClientTheory(nameof(ForeignClient.RsdmxService))]
    [InlineData("/data/SEED,DF_STOCK,1.0/A.NORTH.F?startPeriod=2016&endPeriod=2018")]
    [InlineData("/data/DF_STOCK/A.NORTH.F/all/?startPeriod=2016&endPeriod=2018&format=structurespecificdata")]
    [InlineData("/data/DF_STOCK/A.NORTH.F/?startPeriod=2016&endPeriod=2018&dimensionAtObservation=AllDimensions")]
    public void R_reads_an_address(string address)
    {
        Ask(ForeignClient.RsdmxService, "address", hub.V1 + address).Should().Equal(Values);
    }

    [ClientFact(nameof(ForeignClient.KhaeruService))]
    public void Python_finds_flows_structures_and_numbers()
    {
        Ask(ForeignClient.KhaeruService, "flows", hub.V1).Should().Equal(Flows);
        Ask(ForeignClient.KhaeruService, "structure", hub.V1).Should().Equal([.. Lists, .. Dimensions, "dimension\tTIME_PERIOD"]);
        Ask(ForeignClient.KhaeruService, "data", hub.V1).Should().Equal(Values);
    }

    [ClientTheory(nameof(ForeignClient.JavaScriptService))]
    [InlineData("v1.5.0")]
    [InlineData("v2.0.0")]
    public void JavaScript_finds_flows_structures_and_numbers(string version)
    {
        string line = version == "v2.0.0" ? hub.V2 : hub.V1;
        Ask(ForeignClient.JavaScriptService, "flows", line, version).Should().Equal(Flows);
        Ask(ForeignClient.JavaScriptService, "structure", line, version).Should().Equal([.. Lists, .. Dimensions]);
        Ask(ForeignClient.JavaScriptService, "data", line, version).Should().Equal(Values);
        Ask(ForeignClient.JavaScriptService, "availability", line, version).Should().Equal("key\tFREQ\tA", "key\tREF_AREA\tNORTH\tSOUTH", "key\tSEX\tF\tM");
        Ask(ForeignClient.JavaScriptService, "schema", line, version).Should().Equal("schema\ttrue\tfalse");
    }

    [ClientTheory(nameof(ForeignClient.JavaScriptService))]
    [InlineData("v2/data/dataflow/SEED/DF_STOCK/1.0/A.SOUTH.M?c[TIME_PERIOD]=ge:2016+le:2017")]
    [InlineData("v2/data/dataflow/SEED/DF_STOCK/1.0/A.SOUTH.M?c%5BTIME_PERIOD%5D=ge:2016%2Ble:2017&dimensionAtObservation=AllDimensions")]
    [InlineData("v1/data/SEED,DF_STOCK,1.0/A.SOUTH.M?startPeriod=2016&endPeriod=2017&formatVersion=2.0.0")]
    public void The_JSON_parser_reads_an_address(string address)
    {
        Ask(ForeignClient.JavaScriptService, "parsed", hub.V1[..^2] + address).Should().Equal("row\tSouth\tMale\t2016\t5101", "row\tSouth\tMale\t2017\t5102");
    }

    [ClientFact(nameof(ForeignClient.JavaScriptService))]
    public void The_JSON_parser_reads_an_address_without_parameters_to_which_it_appends_one()
    {
        Ask(ForeignClient.JavaScriptService, "parsed", hub.V2 + "/data/dataflow/SEED/DF_STOCK/1.0/A.NORTH.F").Should().HaveCount(6).And.Contain("row\tNorth\tFemale\t2015\t1000");
    }

    private static IEnumerable<string> Ask(ForeignClient client, params string[] question)
        => client.Run(question).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
}
