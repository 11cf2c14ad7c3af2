using System.Xml.Linq;
using Dsm.Conformance;
using Dsm.EndToEnd.Hubs;

namespace Dsm.EndToEnd;

/// <summary>Everything the hub writes about structures, over HTTP, against the official schemas.</summary>
[Collection(SharedHub.Collection)]
public sealed class ServedStructuresTests(SharedHub hub)
{
    private const string Ml21 = "application/vnd.sdmx.structure+xml;version=2.1";
    private const string Ml30 = "application/vnd.sdmx.structure+xml;version=3.0.0";

    [SharedFolderFact]
    public async Task All_structures_in_version_30_are_valid_and_none_is_missing()
    {
        string message = await hub.Anonymous.TextAsync("/sdmx/v2/structure/*/*/*/*", Ml30);

        Errors(message, "3.0").Should().BeEmpty();
        ((long)Artefacts(message)).Should().Be(await hub.Database.NumberAsync("SELECT count(*) FROM structure WHERE current_to IS NULL"));
    }

    [SharedFolderTheory]
    [InlineData("agencyscheme")]
    [InlineData("conceptscheme")]
    [InlineData("codelist")]
    [InlineData("datastructure")]
    [InlineData("dataflow")]
    [InlineData("contentconstraint")]
    [InlineData("categoryscheme")]
    [InlineData("categorisation")]
    [InlineData("dataproviderscheme")]
    [InlineData("provisionagreement")]
    [InlineData("metadatastructure")]
    [InlineData("metadataflow")]
    [InlineData("hierarchicalcodelist")]
    public async Task Structures_in_version_21_are_valid(string resource)
    {
        string message = await hub.Anonymous.TextAsync($"/sdmx/v1/{resource}/all/all/all", Ml21);

        Errors(message, "2.1").Should().BeEmpty();
        Artefacts(message).Should().BePositive();
    }

    [SharedFolderTheory]
    [InlineData("/sdmx/v1/dataflow/EECA/DF_ASYLAPP/1.0.0?references=all&detail=full", Ml21, "2.1")]
    [InlineData("/sdmx/v1/datastructure/EECA/all/all?references=descendants", Ml21, "2.1")]
    [InlineData("/sdmx/v1/codelist/EECA?detail=allstubs", Ml21, "2.1")]
    [InlineData("/sdmx/v2/structure/dataflow/EECA/DF_ASYLAPP/1.0.0?references=all", Ml30, "3.0")]
    [InlineData("/sdmx/v2/structure/structuremap/*?references=descendants", Ml30, "3.0")]
    [InlineData("/sdmx/v2/structure/datastructure/EECA?detail=allstubs", Ml30, "3.0")]
    public async Task Answers_with_references_and_stubs_are_valid(string path, string format, string version)
        => Errors(await hub.Anonymous.TextAsync(path, format), version).Should().BeEmpty();

    private static IReadOnlyList<string> Errors(string message, string version) => OfficialSchemas.Errors(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(message)), version);

    // Maintained artefacts are the grandchildren of the element Structures.
    private static int Artefacts(string message)
        => XDocument.Parse(message).Root!.Elements().Single(e => e.Name.LocalName == "Structures").Elements().Elements().Count();
}
