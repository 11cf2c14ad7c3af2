using System.Globalization;
using System.Text;
using Dsm.Exchange;
using Dsm.Exchange.Submissions;
using Dsm.Sdmx.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Web.Tests.Rest;

/// <summary>
/// What was at a moment is told by the structures of that moment (REST 2.2, <c>asOf</c>): a flow whose data structure gets a further
/// attribute, whose codelist gets other names, and which gets another name itself.
/// </summary>
[Collection(MaintenanceHubCollection.Name)]
public sealed class AsOfTests(MaintenanceHub hub)
{
    private const string Scheme = "EECA";
    private const string Specific = "application/vnd.sdmx.data+xml;version=3.0.0";
    private static readonly StructureReference List = new(StructureType.Codelist, Scheme, "CL_THEN", "1.0+.0");

    [Fact]
    public async Task Former_data_are_told_by_the_structures_of_then_and_kept_from_those_who_may_not_see_them_today()
    {
        string before = await MomentAsync();
        await PublishAsync(Codes("1.0.0", "Alpha"), Concepts(), Structure("1.0.0"), Flow("First name"), Agreement());
        await LoadAsync("STRUCTURE,STRUCTURE_ID,ACTION,KIND,TIME_PERIOD,OBS_VALUE\ndataflow,EECA:DF_THEN(1.0),I,A,2020,11\ndataflow,EECA:DF_THEN(1.0),I,A,2021,777\n");
        string then = await MomentAsync();
        await PublishAsync(Codes("1.1.0", "Aleph"), Structure("1.1.0", "CONF_STATUS"), Flow("Second name"));
        await LoadAsync("STRUCTURE,STRUCTURE_ID,ACTION,KIND,TIME_PERIOD,OBS_VALUE,CONF_STATUS\ndataflow,EECA:DF_THEN(1.0),I,A,2020,12,F\ndataflow,EECA:DF_THEN(1.0),I,A,2021,778,C\n");

        RestReply now = await AskAsync("data/dataflow/EECA/DF_THEN", "text/csv;labels=both"), was = await AskAsync($"data/dataflow/EECA/DF_THEN?asOf={then}", "text/csv;labels=both");
        now.Text.Should().Contain("A: Aleph").And.Contain("CONF_STATUS").And.Contain("Second name").And.Contain(",12,").And.NotContain("778");
        was.Status.Should().Be(200, was.Text);
        was.Text.Should().Contain("A: Alpha").And.Contain("First name").And.Contain(",11").And.NotContain("CONF_STATUS");
        was.Text.Should().NotContain("777", "it is confidential today, though the structure of then knew no confidentiality");

        (await AskAsync($"data/dataflow/EECA/DF_THEN?asOf={then}", "application/json")).Text.Should().Contain("Alpha").And.Contain("First name").And.NotContain("Aleph").And.NotContain("CONF_STATUS").And.NotContain("777");
        (await AskAsync($"data/datastructure/EECA/DSD_THEN?asOf={then}", Specific)).Text.Should().Contain("DataStructure=EECA:DSD_THEN(1.0.0)").And.NotContain("DSD_THEN(1.1.0)");
        (await AskAsync($"data/datastructure/EECA/DSD_THEN/1.1.0?asOf={then}", Specific)).Status.Should().Be(404);
        (await AskAsync($"data/dataflow/EECA/DF_THEN?asOf={then}&c[CONF_STATUS]=F", Specific)).Status.Should().Be(422, "there was no such component");
        (await AskAsync($"data/dataflow/EECA/DF_THEN?asOf={before}", Specific)).Status.Should().Be(404, "there was no such flow");
        (await AskAsync($"data/dataflow/EECA/DF_THEN?asOf={then}&updatedAfter={before}", "text/csv")).Text.Should().Contain(",11").And.NotContain("777").And.NotContain("CONF_STATUS");
        (await AskAsync($"data/dataflow/EECA/DF_THEN?asOf={then}&includeHistory=true", "application/json")).Text.Should().Contain("Alpha").And.NotContain("777");

        (await AskAsync($"schema/dataflow/EECA/DF_THEN?asOf={then}", "application/vnd.sdmx.schema+xml;version=3.0.0")).Text.Should().NotContain("CONF_STATUS").And.Contain("DF_THEN(1.0)");
        (await AskAsync("schema/dataflow/EECA/DF_THEN", "application/vnd.sdmx.schema+xml;version=3.0.0")).Text.Should().Contain("CONF_STATUS");
        await Names_are_sent_to_who_has_the_data_since_before_they_changed();
    }

    // Times of change are not sent within two seconds of a change.
    private async Task Names_are_sent_to_who_has_the_data_since_before_they_changed()
    {
        await Task.Delay(2500);
        DateTimeOffset? since = (await AskAsync("data/dataflow/EECA/DF_THEN", "text/csv;labels=both")).ContentHeaders.LastModified;
        since.Should().NotBeNull();
        (await AskAsync("data/dataflow/EECA/DF_THEN", "text/csv;labels=both", since!.Value.AddSeconds(1))).Status.Should().Be(304);
        await PublishAsync(Flow("Third name"));

        RestReply again = await AskAsync("data/dataflow/EECA/DF_THEN", "text/csv;labels=both", since.Value.AddSeconds(1));
        again.Status.Should().Be(200, "the data are the same, but not what is said of them");
        again.Text.Should().Contain("Third name");
        (await AskAsync("availability/dataflow/EECA/DF_THEN?references=dataflow", "application/json", since.Value.AddSeconds(1))).Text.Should().Contain("Third name");
    }

    [Fact]
    public async Task The_tag_of_a_former_state_stays_when_later_versions_come()
    {
        await PublishAsync(Codes("1.0.0", "Alpha", "CL_TAG"));
        string address = $"structure/codelist/EECA/CL_TAG?asOf={await MomentAsync()}";
        RestReply first = await AskAsync(address, "application/json");
        await PublishAsync(Codes("1.1.0", "Aleph", "CL_TAG"));

        RestReply second = await AskAsync(address, "application/json");
        second.ETag.Should().Be(first.ETag);
        second.Text.Should().Contain("Alpha");
    }

    private static async Task<string> MomentAsync()
    {
        await Task.Delay(20);
        string moment = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        await Task.Delay(20);
        return moment;
    }

    private static Codelist Codes(string version, string name, string id = "CL_THEN") => new()
    {
        AgencyId = Scheme, Id = id, Version = SdmxVersion.Parse(version), Name = LocalisedText.Of("Kinds"),
        Codes = [new Code { Id = "A", Name = LocalisedText.Of(name) }],
    };

    private static ConceptScheme Concepts() => new()
    {
        AgencyId = Scheme, Id = "CS_THEN", Version = SdmxVersion.Parse("1.0.0"), Name = LocalisedText.Of("Concepts"),
        Concepts = [.. new[] { "KIND", "TIME_PERIOD", "OBS_VALUE", "CONF_STATUS" }.Select(c => new Concept { Id = c, Name = LocalisedText.Of(c) })],
    };

    private static StructureReference Concept(string id) => new(StructureType.ConceptScheme, Scheme, "CS_THEN", "1.0.0", id);

    private static DataStructure Structure(string version, params string[] attributes) => new()
    {
        AgencyId = Scheme, Id = "DSD_THEN", Version = SdmxVersion.Parse(version), Name = LocalisedText.Of("Structure"),
        Dimensions = [new Dimension { Id = "KIND", Concept = Concept("KIND"), Representation = Representation.Coded(List) }, new Dimension { Id = "TIME_PERIOD", Concept = Concept("TIME_PERIOD"), IsTime = true }],
        Measures = [new Measure { Id = "OBS_VALUE", Concept = Concept("OBS_VALUE"), Representation = Representation.Of(SdmxDataType.Decimal) }],
        Attributes = [.. attributes.Select(a => new DataAttribute { Id = a, Concept = Concept(a), Relationship = AttributeRelationship.Observation, Representation = Representation.Of(SdmxDataType.String) })],
    };

    private static Dataflow Flow(string name) => new()
    {
        AgencyId = Scheme, Id = "DF_THEN", Version = SdmxVersion.Parse("1.0"), Name = LocalisedText.Of(name),
        Structure = new StructureReference(StructureType.DataStructure, Scheme, "DSD_THEN", "1.0+.0"),
    };

    private static ProvisionAgreement Agreement() => new()
    {
        AgencyId = Scheme, Id = "PA_THEN", Version = SdmxVersion.Parse("1.0"), Name = LocalisedText.Of("Agreement"),
        Dataflow = new StructureReference(StructureType.Dataflow, Scheme, "DF_THEN", "1.0"),
        DataProvider = new StructureReference(StructureType.DataProviderScheme, Scheme, "DATA_PROVIDERS", "1.0", "ARM_MCS"),
    };

    private async Task PublishAsync(params Maintainable[] artefacts)
    {
        RestReply reply = await hub.SendAsync(HttpMethod.Post, "v2/structure", artefacts);
        reply.Status.Should().BeOneOf([200, 201], reply.Text);
    }

    private async Task LoadAsync(string csv)
    {
        using MemoryStream content = new(Encoding.UTF8.GetBytes(csv));
        Submission submission = await hub.Services.GetRequiredService<SubmissionIntake>().ReceiveAsync(
            content, new SubmissionDraft { Origin = SubmissionOrigin.Upload, AgreementUrn = Agreement().Urn, IsSnapshot = true }, CancellationToken.None);
        SubmissionReceipt receipt = await hub.Services.GetRequiredService<SubmissionPipeline>().RunAsync(submission.Id, new PipelineOptions(), CancellationToken.None);
        receipt.IsAccepted.Should().BeTrue(string.Join("; ", receipt.Findings));
        receipt.Submission.Counts.Refused.Should().Be(0, string.Join("; ", receipt.Findings));
    }

    private Task<RestReply> AskAsync(string address, string accept, DateTimeOffset? since = null) => hub.SendAsync(HttpMethod.Get, "v2/" + address, null, null, user: null, accept: accept, since: since);
}
