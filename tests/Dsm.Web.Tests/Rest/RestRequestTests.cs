using System.Xml.Linq;

namespace Dsm.Web.Tests.Rest;

/// <summary>Requests of both lines with what must come back.</summary>
[Collection(RestHubCollection.Name)]
public sealed class RestRequestTests(RestHub hub)
{
    private const string Structure21 = "application/vnd.sdmx.structure+xml;version=2.1";
    private const string Structure30 = "application/vnd.sdmx.structure+xml;version=3.0.0";
    private const string StructureJson21 = "application/vnd.sdmx.structure+json;version=2.1.0";
    private const string Generic = "application/vnd.sdmx.genericdata+xml;version=2.1";
    private const string Specific21 = "application/vnd.sdmx.structurespecificdata+xml;version=2.1";
    private const string Data30 = "application/vnd.sdmx.data+xml;version=3.0.0";
    private const string Data31 = "application/vnd.sdmx.data+xml;version=3.1.0";
    private const string Csv1 = "application/vnd.sdmx.data+csv;version=1.0.0";
    private const string Csv2 = "application/vnd.sdmx.data+csv;version=2.0.0";

    /// <summary>Address, Accept, status, media type, texts the body has (or, after <c>!</c>, has not).</summary>
    public static TheoryData<string, string, int, string, string[]> Structures => new()
    {
        { "v1/dataflow/EECA/DF_ASYLAPP", "", 200, Structure21, ["id=\"DF_ASYLAPP\"", "class=\"DataStructure\"", "version=\"1.0.0\"", "!1.0+.0", "!DF_RSD", "!urn="] },
        { "v1/dataflow/EECA/DF_ASYLAPP+DF_RSD/latest", "", 200, Structure21, ["DF_ASYLAPP", "DF_RSD", "!DF_EXIT"] },
        { "v1/dataflow/all/all/all", "application/xml", 200, Structure21, ["DF_ASYLAPP", "DF_EXIT"] },
        { "v1/structure/EECA/DF_RSD/1.0.0", "", 200, Structure21, ["<str:Dataflow "] },
        { "v1/datastructure/EECA/DSD_RSD?references=children", "", 200, Structure21, ["DSD_RSD", "CL_CITIZENSHIP", "CS_MIGRATION"] },
        { "v1/dataflow/EECA/DF_RSD?references=parents", "", 200, Structure21, ["DC_RSD", "PA_RSD_AZE_SMS", "CN_RSD", "!<str:DataStructure "] },
        { "v1/codelist/SDMX/CL_FREQ/latest/A", "", 200, Structure21, ["isPartial=\"true\"", "<str:Code id=\"A\"", "!<str:Code id=\"Q\""] },
        { "v1/dataflow/EECA?detail=allstubs", "", 200, Structure21, ["isExternalReference=\"true\"", "structureURL=\"http://", "!<str:Structure>"] },
        { "v1/contentconstraint/EECA/DC_RSD", "", 200, Structure21, ["<str:ContentConstraint", "type=\"Allowed\""] },
        { "v1/hierarchicalcodelist/EECA/H_CIS", "", 200, Structure21, ["<str:HierarchicalCodelist"] },
        { "v1/organisationscheme/EECA", "", 200, Structure21, ["<str:AgencyScheme", "<str:DataProviderScheme"] },
        { "v1/agencyscheme/EECA/AGENCIES/1.0/ARM", "", 200, Structure21, ["id=\"ARM\"", "!id=\"AZE\""] },
        { "v1/dataflow/EECA", Structure30, 200, Structure30, ["<str:Dataflows>"] },
        { "v1/dataflow/EECA/NOPE", "", 404, Structure21, ["code=\"100\""] },
        { "v1/nonsense", "", 404, Structure21, ["message:Error"] },
        { "v1/process/all", "", 404, Structure21, ["code=\"100\""] },
        { "v1/namealiasscheme/all", "", 501, Structure21, ["code=\"501\""] },
        { "v1/structureset/all", "", 406, Structure21, ["SDMX-ML 2.1"] },
        { "v1/metadata/all", "", 404, Structure21, ["code=\"100\""] },
        { "v1/metadata/all/A.B", "", 404, Structure21, ["code=\"100\""] },
        { "v1/dataflow/EECA?detail=nonsense", "", 400, Structure21, ["code=\"140\""] },
        { "v1/dataflow/EECA?nonsense=1", "", 400, Structure21, ["code=\"140\"", "nonsense"] },
        { "v1/dataflow/EECA", "application/json", 200, "application/vnd.sdmx.structure+json;version=1.0.0", ["\"DF_ASYLAPP\""] },
        { "v1/dataflow/EECA", "image/png", 406, Structure21, ["message:Error", "structure+json;version=1.0.0"] },
        { "v1/dataflow/EECA/NOPE", "application/json", 404, "application/vnd.sdmx.structure+json;version=1.0.0", ["\"errors\"", "\"code\":100"] },
        { "v2/structure/dataflow/EECA/DF_ASYLAPP", Structure30, 200, Structure30, ["DF_ASYLAPP", "urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=EECA:DSD_ASYLAPP(1.0+.0)"] },
        { "v2/structure/dataflow/EECA/DF_ASYLAPP,DF_RSD/~", Structure30, 200, Structure30, ["DF_ASYLAPP", "DF_RSD", "!DF_EXIT"] },
        { "v2/structure/dataflow/EECA/*/1+.0.0", Structure30, 200, Structure30, ["DF_ASYLAPP"] },
        { "v2/structure/*/EECA/DF_RSD", Structure30, 200, Structure30, ["<str:Dataflow "] },
        { "v2/structure/dataflow/EECA/DF_RSD/2+.0.0", Structure30, 204, "", [] },
        { "v2/structure/dataflow/EECA/DF_RSD/+.2", Structure30, 400, Structure30, ["code=\"400\""] },
        { "v2/structure/codelist/SDMX/CL_FREQ/~/A,Q", Structure30, 200, Structure30, ["isPartial=\"true\"", "id=\"A\"", "id=\"Q\"", "!id=\"M\""] },
        { "v2/structure/hierarchy/EECA/H_CIS", Structure30, 200, Structure30, ["<str:Hierarchy "] },
        { "v2/structure/structuremap/*/*/*?detail=allstubs", Structure30, 200, Structure30, ["<str:StructureMap ", "!ComponentMap"] },
        { "v2/structure/dataflow/EECA/DF_RSD?references=ancestors,codelist", Structure30, 200, Structure30, ["CN_RSD", "CL_SEX", "!<str:DataStructure "] },
        { "v2/structure/dataflow?asOf=2020-01-01", Structure30, 204, "", [] },
        { "v2/structure/dataflow/EECA/DF_RSD?asOf=2100-01-01", Structure30, 200, Structure30, ["DF_RSD"] },
        { "v2/structure/process", Structure30, 204, "", [] },
        { "v2/registration/id/X", "", 204, "", [] },
        { "v2/registration/id/X", Structure30, 406, Structure30, ["registry+xml"] },
        { "v2/metadata/metadataflow/EECA/X", "", 204, "", [] },
        { "v2/metadata/metadataflow/EECA/X", Structure30, 406, Structure30, ["metadata+json"] },
        { "v2/structure/nonsense", Structure30, 404, Structure30, [] },
        { "v2/structure/dataflow", "", 200, StructureJson21, ["\"DF_ASYLAPP\""] },
        { "v2/structure/dataflow", "*/*", 200, StructureJson21, ["\"DF_ASYLAPP\""] },
        { "v2/structure/dataflow", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 200, "application/vnd.sdmx.structure+xml;version=3.1.0", [] },
        { "v2/structure/dataflow", "application/vnd.sdmx.structure+json;version=2.0.0", 200, "application/vnd.sdmx.structure+json;version=2.0.0", [] },
        { "v2/structure/dataflow/EECA", "application/json;q=0.1, application/xml", 200, "application/vnd.sdmx.structure+xml;version=3.1.0", [] },
        { "v2/structure/dataflow/EECA?format=sdmx-2.1", "application/json", 200, Structure21, [] },
        { "v2/structure/dataflow/EECA/NOPE", "", 204, "", [] },
        { "v2/nonsense", "", 404, StructureJson21, ["\"errors\"", "\"code\":404"] },
        { "v2/nonsense", "application/xml", 404, "application/vnd.sdmx.structure+xml;version=3.1.0", ["message:Error"] },
        { "v2/structure/representationmap", Structure21, 406, Structure21, ["RepresentationMap", "SDMX-ML 2.1"] },
        { "v1/schema/dataflow/EECA/DF_ASYLAPP", "", 200, "application/vnd.sdmx.schema+xml;version=2.1", ["ObsLevelDim:TIME_PERIOD", "TimeSeriesDataSetType"] },
        { "v1/schema/datastructure/EECA/DSD_RSD/1.0.0?dimensionAtObservation=AllDimensions", "", 200, "application/vnd.sdmx.schema+xml;version=2.1", ["DataStructure=EECA:DSD_RSD(1.0.0):ObsLevelDim:AllDimensions"] },
        { "v1/schema/dataflow/EECA/DF_RSD?dimensionAtObservation=NOPE", "", 403, Structure21, ["code=\"150\""] },
        { "v2/schema/provisionagreement/EECA/PA_RSD_AZE_SMS", "application/vnd.sdmx.schema+xml;version=3.0.0", 200, "application/vnd.sdmx.schema+xml;version=3.0.0", ["PA_RSD_AZE_SMS"] },
        { "v2/schema/dataflow/EECA/DF_RSD?dimensionAtObservation=NOPE", Structure30, 422, Structure30, ["code=\"422\""] },
        { "v2/schema/dataflow/EECA/DF_RSD", Structure30, 200, Structure30, ["<str:DataStructure ", "CL_CITIZENSHIP", "!<str:Dataflow id"] },
        { "v2/schema/dataflow/EECA/NOPE", Structure30, 404, Structure30, [] },
        { "v2/schema/metadataflow/EECA/MDF_MIG_NOTES", Structure30, 200, Structure30, ["<str:MetadataStructure ", "CS_MIG_NOTES", "!<str:Metadataflow "] },
        { "v2/schema/metadataflow/EECA/MDF_MIG_NOTES", "application/vnd.sdmx.schema+xml;version=3.0.0", 406, Structure30, ["SDMX-ML 3.0"] },
    };

    public static TheoryData<string, string, int, string, string[]> Data => new()
    {
        { "v1/data/DF_ASYLAPP", "", 200, Generic, ["value=\"1101\"", "value=\"2101\"", "DF_ASYLAPP"] },
        { "v1/data/EECA,DF_ASYLAPP,1.0.0/A.AZE.AFG+RUS", "", 200, Generic, ["1101", "1201", "!1301", "!2101"] },
        { "v1/data/DF_ASYLAPP/A.AZE.........", "", 403, Structure21, ["code=\"150\""] },
        { "v1/data/DF_ASYLAPP/../AZE_SMS", "", 200, Generic, ["common:ProvisionAgrement", "PA_ASYLAPP_AZE_SMS", "1101", "!2101"] },
        { "v1/data/DF_ASYLAPP/all/EECA,TJK_MIA", "", 200, Generic, ["PA_ASYLAPP_TJK_MIA", "2101", "!1101"] },
        { "v1/data/DF_ASYLAPP/all/NOBODY", "", 404, Structure21, ["code=\"100\""] },
        { "v1/data/DF_ASYLAPP?startPeriod=2019&endPeriod=2019-12", "", 200, Generic, ["\"1102\"", "!\"1101\"", "!\"1199\""] },
        { "v1/data/DF_ASYLAPP/.AZE?lastNObservations=1", Csv1, 200, Csv1, [",2022,1105,", ",2021,1304,", "!,1104,"] },
        { "v1/data/DF_ASYLAPP/.AZE?firstNObservations=1", Csv1, 200, Csv1, [",1101,", ",1301,", "!,1102,"] },
        { "v1/data/DF_ASYLAPP?detail=serieskeysonly", "", 200, Generic, ["generic:SeriesKey", "!generic:Obs>"] },
        { "v1/data/DF_ASYLAPP?detail=dataonly", Specific21, 200, Specific21, ["OBS_VALUE=\"1101\"", "!CONF_STATUS"] },
        { "v1/data/DF_ASYLAPP?detail=nodata", Specific21, 200, Specific21, ["<Series ", "!OBS_VALUE"] },
        { "v1/data/DF_ASYLAPP?dimensionAtObservation=AllDimensions", "", 200, Generic, ["generic:ObsKey", "!generic:Series>"] },
        { "v1/data/DF_ASYLAPP?dimensionAtObservation=CITIZENSHIP", Specific21, 200, Specific21, ["dimensionAtObservation=\"CITIZENSHIP\"", "TIME_PERIOD=\"2018\""] },
        { "v1/data/DF_ASYLAPP?dimensionAtObservation=NOPE", "", 403, Structure21, ["code=\"150\""] },
        { "v1/data/DF_ASYLAPP", "application/vnd.sdmx.structurespecifictimeseriesdata+xml;version=2.1", 200, "application/vnd.sdmx.structurespecifictimeseriesdata+xml;version=2.1", ["StructureSpecificTimeSeriesData"] },
        { "v1/data/DF_ASYLAPP", "application/vnd.sdmx.generictimeseriesdata+xml;version=2.1", 200, "application/vnd.sdmx.generictimeseriesdata+xml;version=2.1", ["GenericTimeSeriesData"] },
        { "v1/data/DF_ASYLAPP?dimensionAtObservation=AllDimensions", "application/vnd.sdmx.generictimeseriesdata+xml;version=2.1", 403, Structure21, [] },
        { "v1/data/DF_ASYLAPP?format=csv", "text/html", 200, Csv1, ["DATAFLOW,FREQ"] },
        { "v1/data/DF_ASYLAPP?format=data%2Bcsv;labels=both&lang=ru", "", 200, Csv1 + ";labels=both", ["FREQ: ", "AFG: Афганистан"] },
        { "v1/data/DF_ASYLAPP", Csv1 + ";labels=both", 200, Csv1 + ";labels=both", ["AFG: Afghanistan"] },
        { "v1/data/DF_ASYLAPP", Csv1 + ";timeFormat=normalized", 200, Csv1 + ";timeFormat=normalized", [] },
        { "v1/data/DF_ASYLAPP?format=csvdata&labels=both&timeFormat=normalized", "", 200, Csv1 + ";labels=both;timeFormat=normalized", ["AFG: Afghanistan"] },
        { "v1/data/DF_ASYLAPP?format=csv&labels=name", "", 400, Structure21, ["labels", "id | both"] },
        { "v1/data/DF_ASYLAPP", Csv1 + ";labels=name", 406, Structure21, [] },
        { "v1/data/DF_ASYLAPP", "application/json", 200, "application/vnd.sdmx.data+json;version=1.0.0", ["\"dataSets\""] },
        { "v1/data/DF_ASYLAPP?format=jsondata", "", 200, "application/vnd.sdmx.data+json;version=1.0.0", ["\"dataSets\""] },
        { "v1/data/DF_ASYLAPP?includeHistory=true", Csv1, 406, Structure21, [] },
        { "v1/data/DF_ASYLAPP?includeHistory=true", "", 200, Generic, ["validFromDate=", "\"1103\"", "\"1199\"", "action=\"Delete\""] },
        { "v1/data/DF_RSD", "", 404, Structure21, ["code=\"100\""] },
        { "v1/data/NOPE", "", 404, Structure21, ["code=\"100\""] },
        { "v1/data/DF_ASYLAPP/A.XXX", "", 404, Structure21, ["code=\"100\""] },
        { "v1/data/DF_ASYLAPP?startPeriod=nonsense", "", 400, Structure21, ["code=\"140\"", "startPeriod"] },
        { "v1/data/DF_ASYLAPP?updatedAfter=2019", "", 200, Generic, [] },
        { "v1/data/all/A.TJK", "", 200, Generic, ["2101", "!DF_EXIT"] },
        { "v1/availableconstraint/DF_ASYLAPP/.AZE", "", 200, Structure21, ["type=\"Actual\"", "series_count", ">3<", ">14<", "UKR", "!PAK"] },
        { "v1/availableconstraint/DF_ASYLAPP/.AZE/all/CITIZENSHIP?references=codelist", "", 200, Structure21, ["CL_CITIZENSHIP", "isPartial=\"true\"", "AFG", "!id=\"REF_AREA\""] },
        { "v1/availableconstraint/DF_ASYLAPP/.AZE.AFG?mode=available", "", 200, Structure21, [">1<", ">5<", "AFG", "UKR", "RUS", "TJK", "!PAK"] },
        { "v1/availableconstraint/DF_ASYLAPP/.AZE?updatedAfter=2099-01-01", "", 404, Structure21, ["code=\"100\""] },
        { "v1/availableconstraint/DF_ASYLAPP/all/all/NOPE", "", 403, Structure21, ["code=\"150\"", "NOPE"] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP", Data30, 200, Data30, ["OBS_VALUE=\"1101\""] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP", Data31, 200, Data31, ["OBS_VALUE=\"1101\""] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP/1.0.0/A.AZE.AFG.*,A.TJK.AFG", Csv2, 200, Csv2, ["1101", "2101", "!1201"] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP/*/*?c[CITIZENSHIP]=AFG,RUS&c[REF_AREA]=AZE", Csv2, 200, Csv2, ["1101", "1201", "!1301", "!2101"] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP/*/*?c%5BCITIZENSHIP%5D=ne:AFG%2Bne:RUS&c[REF_AREA]=AZE", Csv2, 200, Csv2, ["1301", "!1101", "!1201"] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?c[TIME_PERIOD]=ge:2019+le:2020&c[REF_AREA]=AZE", Csv2, 200, Csv2, ["1102", "1199", "!1101", "!1104"] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?c[OBS_VALUE]=gt:1e999", Csv2, 204, "", [] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?c[OBS_VALUE]=gt:1302", Csv2, 200, Csv2, ["1303", "2101", "!,1302,"] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?c[NOPE]=1", Data30, 422, Structure30, ["NOPE"] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?c[REF_AREA]=", Data30, 400, Structure30, [] },
        { "v2/data/provisionagreement/EECA/PA_ASYLAPP_TJK_MIA", Data30, 200, Data30, ["ProvisionAgreement=EECA:PA_ASYLAPP_TJK_MIA", "2101", "!1101"] },
        { "v2/data/datastructure/EECA/DSD_ASYLAPP", Data30, 200, Data30, ["DataStructure=EECA:DSD_ASYLAPP(1.0.0)", "1101"] },
        { "v2/data/*/EECA/PA_ASYLAPP_TJK_MIA", Data30, 200, Data30, ["2101"] },
        { "v2/data", Data30, 200, Data30, ["1101", "2101"] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?attributes=none", Data30, 200, Data30, ["1101", "!CONF_STATUS="] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?attributes=none&measures=none", Data30, 200, Data30, ["<Series ", "!<Obs "] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?attributes=OBS_STATUS", Data30, 200, Data30, ["OBS_STATUS=", "!CONF_STATUS="] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?limit=2&offset=1&c[REF_AREA]=AZE", Csv2, 200, Csv2, [",1102,", ",1199,", "!,1101,", "!,1104,"] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?offset=1000", "", 204, "", [] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?sort=NOPE", Data30, 422, Structure30, ["NOPE"] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?sort=REF_AREA:up", Data30, 400, Structure30, ["sort"] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?c[TIME_PERIOD]=ge:2022-Q1&reportingYearStartDay=--07-01", Csv2, 200, Csv2, [",2022,", "!,2021,"] },
        { "v2/availability/dataflow/EECA/DF_ASYLAPP/*/A.AZE.AFG?mode=available", Structure30, 200, Structure30, ["UKR", "TJK", "!PAK"] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP?asOf=2020-01-01", Data30, 404, Structure30, [] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP", Csv2 + ";labels=name;keys=both", 200, Csv2 + ";labels=name;keys=both", ["SERIES_KEY", "OBS_KEY", "STRUCTURE_NAME"] },
        { "v2/data/dataflow/EECA/DF_RSD", "", 204, "", [] },
        { "v2/data/dataflow/EECA/NOPE", Data30, 404, Structure30, [] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP/*/A.XXX", "", 204, "", [] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP", "", 200, "application/vnd.sdmx.data+json;version=2.1.0", ["\"dataSets\""] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP", "application/vnd.sdmx.data+json;version=2.0.0", 200, "application/vnd.sdmx.data+json;version=2.0.0", ["\"dataSets\""] },
        { "v2/data/dataflow/EECA/DF_ASYLAPP", "text/csv", 200, "application/vnd.sdmx.data+csv;version=2.1.0", [",STRUCTURE_ID,ACTION,FREQ"] },
        { "v2/availability/dataflow/EECA/DF_ASYLAPP/*/*.AZE?references=all", Structure30, 200, Structure30, ["role=\"Actual\"", "<str:Dataflow ", "<str:DataStructure ", "AZE_SMS", "!TJK_MIA", "StartPeriod"] },
        { "v2/availability/dataflow/EECA/DF_RSD", "", 204, "", [] },
    };

    [Theory]
    [MemberData(nameof(Structures))]
    [MemberData(nameof(Data))]
    public async Task Answers_as_the_standard_says(string address, string accept, int status, string type, string[] body)
    {
        RestReply reply = await hub.AskAsync(address, accept.Length == 0 ? null : accept);
        reply.Status.Should().Be(status, reply.Text.Length > 2000 ? reply.Text[..2000] : reply.Text);
        reply.Type.Should().Be(type);
        foreach (string text in body)
        {
            if (text[0] == '!')
            {
                reply.Text.Should().NotContain(text[1..]);
            }
            else
            {
                reply.Text.Should().Contain(text);
            }
        }

        if (type.Contains("xml", StringComparison.Ordinal))
        {
            XDocument.Parse(reply.Text);
        }

        reply.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("*");
        reply.Headers.Vary.Should().Contain(["Accept", "Accept-Encoding", "Accept-Language"]);
    }

    [Fact]
    public async Task Tells_what_changed_since_a_moment_and_what_was_then()
    {
        string since = Uri.EscapeDataString(hub.Between);
        RestReply changes = await hub.AskAsync($"v2/data/dataflow/EECA/DF_ASYLAPP?updatedAfter={since}", "text/csv");
        changes.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(3)
            .And.Contain(l => l.Contains(",R,A,AZE,AFG,", StringComparison.Ordinal) && l.Contains(",2020,1199,", StringComparison.Ordinal))
            .And.Contain(l => l.Contains(",D,A,AZE,UKR,", StringComparison.Ordinal) && l.Contains(",2022,,", StringComparison.Ordinal));
        RestReply then = await hub.AskAsync($"v2/data/dataflow/EECA/DF_ASYLAPP?asOf={since}", "text/csv");
        then.Text.Should().Contain(",2020,1103,").And.Contain(",2022,1305,").And.NotContain(",1199,");
        RestReply contradiction = await hub.AskAsync($"v2/data/dataflow/EECA/DF_ASYLAPP?updatedAfter={since}&asOf=2020-01-01");
        contradiction.Status.Should().Be(400);
    }

    [Theory]
    [InlineData("POST", "v2/structure/dataflow", 401)]
    [InlineData("PUT", "v2/structure/dataflow/EECA/DF_RSD/1.0.0", 401)]
    [InlineData("DELETE", "v1/dataflow/EECA/DF_RSD", 401)]
    [InlineData("POST", "v1/data/DF_RSD", 405)]
    [InlineData("POST", "v2/data/dataflow/EECA/DF_RSD", 405)]
    [InlineData("PATCH", "v2/structure/dataflow/EECA/DF_RSD", 405)]
    [InlineData("PATCH", "v2/openapi.json", 405)]
    [InlineData("DELETE", "v1/schema/dataflow/EECA/DF_RSD", 405)]
    [InlineData("PUT", "v2/registration/id/1", 405)]
    [InlineData("PATCH", "v2/nonsense", 404)]
    public async Task Writes_nothing_for_strangers(string method, string address, int status)
    {
        RestReply reply = await hub.AskAsync(address, method: new HttpMethod(method));
        reply.Status.Should().Be(status);
        reply.Text.Should().Contain(address[1] == '1' ? "message:Error" : "\"errors\"").And.NotContain("part of the standard");
        if (status == 405)
        {
            reply.ContentHeaders.Allow.Should().Contain("GET").And.NotContain(method);
            reply.Text.Should().Contain(method).And.Contain("GET, HEAD, OPTIONS").And.Contain("405");
        }
    }

    [Fact]
    public async Task A_session_in_a_browser_is_not_enough_to_write()
    {
        RestReply reply = await hub.AskAsync("v2/structure/dataflow/EECA/DF_RSD/1.0.0", user: "coordinator", method: HttpMethod.Delete);
        reply.Status.Should().Be(401);
    }

    [Fact]
    public async Task Answers_head_with_headers_only_and_options_with_what_is_allowed()
    {
        RestReply head = await hub.AskAsync("v2/data/dataflow/EECA/DF_ASYLAPP", method: HttpMethod.Head);
        (head.Status, head.Type, head.Body.Length).Should().Be((200, "application/vnd.sdmx.data+json;version=2.1.0", 0));
        (await hub.AskAsync("v1/data/DF_RSD", method: HttpMethod.Head)).Status.Should().Be(404);
        RestReply structure = await hub.AskAsync("v1/dataflow/EECA", method: HttpMethod.Head);
        structure.ContentHeaders.ContentLength.Should().BePositive();
        RestReply options = await hub.AskAsync("v1/data/DF_ASYLAPP", method: HttpMethod.Options);
        options.Status.Should().Be(204);
        options.Headers.GetValues("Access-Control-Allow-Methods").Should().Equal("GET, HEAD, OPTIONS");
    }

    [Fact]
    public async Task Refuses_addresses_that_are_too_long_in_the_standards_way()
    {
        RestReply reply = await hub.AskAsync("v1/data/DF_ASYLAPP/" + string.Join('+', Enumerable.Repeat("AFG", 1900)));
        reply.Status.Should().Be(414);
        reply.Text.Should().Contain("message:Error");
    }
}
