using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Tests.Rest;

/// <summary>Reports of reference metadata: sent, asked for in both lines and every format, as they were, and refused.</summary>
[Collection(RestHubCollection.Name)]
public sealed class ReferenceMetadataTests(RestHub hub)
{
    private const string Vendor = "application/vnd.sdmx.";
    private const string Flow = "urn:sdmx:org.sdmx.infomodel.metadatastructure.Metadataflow=EECA:MDF_MIG_NOTES(1.0.0)";
    private const string AsylumFlow = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=EECA:DF_ASYLAPP(1.0.0)";

    [Theory]
    [InlineData("metadata+json;version=2.1.0")]
    [InlineData("metadata+json;version=2.0.0")]
    [InlineData("metadata+xml;version=3.1.0")]
    [InlineData("metadata+xml;version=3.0.0")]
    [InlineData("metadata+csv;version=2.1.0")]
    [InlineData("metadata+csv;version=2.0.0")]
    [InlineData("genericmetadata+xml;version=2.1")]
    [InlineData("structurespecificmetadata+xml;version=2.1")]
    public async Task A_report_comes_back_in_every_format(string type)
    {
        MetadataSet sent = Report("AZE_SMS", "NOTES_" + string.Concat(type.Where(char.IsAsciiLetterOrDigit)));
        (await SendAsync(sent, "focal.aze")).Status.Should().Be(201);
        RestReply reply = await hub.AskAsync($"v2/metadata/metadataset/AZE_SMS/{sent.Id}", Vendor + type);
        reply.Status.Should().Be(200, reply.Text);
        reply.Type.Should().Be(Vendor + type);
        using MemoryStream body = new(reply.Body);
        IssueList issues = new();
        MetadataSet read = MetadataMessageReader.Read(body, issues).Sets.Should().ContainSingle().Subject;
        issues.HasErrors.Should().BeFalse(string.Join("; ", issues.Kept));
        Values(read.Attributes, "").Should().BeEquivalentTo(Values(sent.Attributes, ""));
        read.Targets.Should().Equal(sent.Targets);
    }

    [SharedFolderTheory]
    [InlineData("v2/metadata/metadataset/AZE_SMS/VALID", "metadata+xml;version=3.1.0")]
    [InlineData("v2/metadata/metadataset/AZE_SMS/VALID", "metadata+xml;version=3.0.0")]
    [InlineData("v2/metadata/metadataset/AZE_SMS/VALID?detail=allstubs", "metadata+xml;version=3.1.0")]
    [InlineData("v2/metadata/metadataset/AZE_SMS/VALID?detail=allstubs", "metadata+xml;version=3.0.0")]
    [InlineData("v2/metadata/metadataset/AZE_SMS/VALID", "genericmetadata+xml;version=2.1")]
    [InlineData("v2/metadata/metadataset/AZE_SMS/VALID", "metadata+json;version=2.1.0")]
    [InlineData("v2/metadata/metadataset/AZE_SMS/VALID", "metadata+json;version=2.0.0")]
    [InlineData("v2/metadata/metadataset/AZE_SMS/VALID?detail=allstubs", "metadata+json;version=2.1.0")]
    [InlineData("v2/metadata/metadataset/AZE_SMS/VALID?detail=allstubs", "metadata+json;version=2.0.0")]
    public async Task Answers_are_valid(string address, string type)
    {
        (await SendAsync(Report("AZE_SMS", "VALID"), "focal.aze")).Status.Should().BeOneOf(200, 201);
        RestReply reply = await hub.AskAsync(address, Vendor + type);
        reply.Status.Should().Be(200, reply.Text);
        if (address.Contains("allstubs", StringComparison.Ordinal))
        {
            reply.Text.Should().Contain("isExternalReference").And.NotContain("Some text");
        }

        ValidAnswer.Errors(reply).Should().BeEmpty();
    }

    [Fact]
    public async Task Is_found_by_flow_provider_and_target()
    {
        (await SendAsync(Report("AZE_SMS", "BY_FLOW"), "focal.aze")).Status.Should().BeOneOf(200, 201);
        (await SendAsync(Report("TJK_MIA", "BY_FLOW"), "focal.tjk")).Status.Should().BeOneOf(200, 201);
        (await FoundAsync("v2/metadata/metadataflow/EECA/MDF_MIG_NOTES")).Should().Contain(["AZE_SMS:BY_FLOW", "TJK_MIA:BY_FLOW"]);
        (await FoundAsync("v2/metadata/metadataflow/*/*/+/TJK_MIA")).Should().Contain("TJK_MIA:BY_FLOW").And.NotContain(s => s.StartsWith("AZE", StringComparison.Ordinal));
        (await FoundAsync("v2/metadata/metadataflow/EECA/OTHER")).Should().BeEmpty();
        (await FoundAsync("v2/metadata/structure/dataflow/EECA/DF_ASYLAPP")).Should().Contain("TJK_MIA:BY_FLOW");
        (await FoundAsync("v2/metadata/structure")).Should().Contain("TJK_MIA:BY_FLOW");
        (await FoundAsync("v2/metadata/structure/dataflow/EECA/DF_RSD")).Should().BeEmpty();
        (await FoundAsync("v2/metadata/structure/codelist/EECA")).Should().BeEmpty();
        (await FoundAsync("v2/metadata/metadataset/AZE_SMS,TJK_MIA/BY_FLOW/1.0.0")).Should().Equal("AZE_SMS:BY_FLOW", "TJK_MIA:BY_FLOW");
        (await FoundAsync("v2/metadata/metadataset/AZE_SMS/BY_FLOW/2.0.0")).Should().BeEmpty();
        RestReply first = await hub.AskAsync("v1/metadata/EECA,MDF_MIG_NOTES/all/AZE_SMS");
        first.Type.Should().Be(Vendor + "genericmetadata+xml;version=2.1");
        first.Text.Should().Contain("BY_FLOW").And.NotContain("TJK");
        (await hub.AskAsync("v1/metadata/MDF_MIG_NOTES/all/NOBODY")).Status.Should().Be(404);
    }

    [Fact]
    public async Task Is_as_it_was_at_a_moment_and_deleted_when_told_so()
    {
        MetadataSet first = Report("AZE_SMS", "THEN");
        (await SendAsync(first, "focal.aze")).Status.Should().Be(201);
        await Task.Delay(20);
        string moment = Uri.EscapeDataString(DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        await Task.Delay(20);
        (await SendAsync(first, "focal.aze")).Status.Should().Be(200, "nothing changed");
        (await SendAsync(first with { Action = "Append", Attributes = [first.Attributes[0] with { Children = [first.Attributes[0].Children[0] with { Text = LocalisedText.Of("Another office") }, .. first.Attributes[0].Children.Skip(1)] }] }, "coordinator")).Status.Should().Be(200);
        RestReply now = await hub.AskAsync("v2/metadata/metadataset/AZE_SMS/THEN"), then = await hub.AskAsync($"v2/metadata/metadataset/AZE_SMS/THEN?asOf={moment}");
        now.Text.Should().Contain("Another office").And.Contain("META_LAST_UPDATE");
        then.Text.Should().NotContain("Another office");
        (await hub.AskAsync("v2/metadata/metadataset/AZE_SMS/THEN", headers: ("If-None-Match", now.ETag!))).Status.Should().Be(304);
        (await SendAsync(first with { Action = "Delete" }, "focal.aze", MediaTypes.MetadataXml31)).Status.Should().Be(200);
        (await hub.AskAsync("v2/metadata/metadataset/AZE_SMS/THEN")).Status.Should().Be(204);
        (await hub.AskAsync($"v2/metadata/metadataset/AZE_SMS/THEN?asOf={moment}")).Status.Should().Be(200);
        string gone = (await hub.AskAsync($"v1/metadata/MDF_MIG_NOTES/all/AZE_SMS?updatedAfter={moment}")).Text;
        gone.Should().Contain("action=\"Delete\"").And.Contain("setID=\"THEN\"", "a client that keeps a copy must learn of it");
        (await hub.AskAsync("v1/metadata/MDF_MIG_NOTES/all/AZE_SMS")).Text.Should().NotContain("setID=\"THEN\"");
    }

    [SharedFolderTheory]
    [InlineData("genericmetadata+xml;version=2.1")]
    [InlineData("metadata+xml;version=3.1.0")]
    [InlineData("metadata+xml;version=3.0.0")]
    [InlineData("metadata+json;version=2.1.0")]
    [InlineData("metadata+json;version=2.0.0")]
    public async Task The_history_tells_every_version_with_the_time_in_which_it_held(string type)
    {
        string id = "HISTORY_" + string.Concat(type.Where(char.IsAsciiLetterOrDigit));
        MetadataSet first = Report("AZE_SMS", id);
        (await SendAsync(first, "focal.aze")).Status.Should().Be(201);
        (await SendAsync(first with { Name = LocalisedText.Of("Other notes") }, "focal.aze")).Status.Should().Be(200);

        RestReply reply = await hub.AskAsync("v1/metadata/MDF_MIG_NOTES/all/AZE_SMS?includeHistory=true", Vendor + type);

        reply.Status.Should().Be(200, reply.Text);
        ValidAnswer.Errors(reply).Should().BeEmpty();
        using MemoryStream body = new(reply.Body);
        MetadataSet[] versions = [.. MetadataMessageReader.Read(body, new IssueList()).Sets.Where(s => s.Id == id)];
        versions.Should().HaveCount(2);
        (versions[0].ValidTo, versions[1].ValidTo).Should().Be((versions[1].ValidFrom, null));
        DateTimeOffset.Parse(versions[0].ValidFrom!, CultureInfo.InvariantCulture).Should().BeBefore(DateTimeOffset.Parse(versions[1].ValidFrom!, CultureInfo.InvariantCulture));
        (await hub.AskAsync("v1/metadata/MDF_MIG_NOTES/all/AZE_SMS?includeHistory=true", "text/csv")).Status.Should().Be(406);
    }

    [Fact]
    public async Task Refuses_strangers_other_states_and_what_is_wrong()
    {
        MetadataSet report = Report("AZE_SMS", "REFUSED");
        (await SendAsync(report, null)).Status.Should().Be(401);
        (await SendAsync(report, "focal.tjk")).Status.Should().Be(403);
        (await SendAsync(report with { Attributes = [.. report.Attributes, new ReportedAttribute { Id = "NOPE", Value = "1" }] }, "focal.aze")).Status.Should().Be(422);
        (await SendAsync(report with { Targets = ["urn:sdmx:org.sdmx.infomodel.codelist.Codelist=SDMX:CL_FREQ(2.1)"] }, "focal.aze")).Status.Should().Be(422);
        (await hub.PostAsync("v2/metadata", "nonsense"u8.ToArray(), Vendor + "metadata+json;version=2.1.0", "focal.aze")).Status.Should().Be(400);
        (await hub.PostAsync("v2/metadata", "{}"u8.ToArray(), "text/plain", "focal.aze")).Status.Should().Be(415);
        (await hub.PostAsync("v2/metadata", "{}"u8.ToArray(), null, "focal.aze")).Status.Should().Be(415);
        (await hub.AskAsync("v2/metadata/metadataset/AZE_SMS/REFUSED")).Status.Should().Be(204);
    }

    private async Task<IEnumerable<string>> FoundAsync(string address)
    {
        RestReply reply = await hub.AskAsync(address, Vendor + "metadata+xml;version=3.1.0");
        if (reply.Status == 204)
        {
            return [];
        }

        using MemoryStream body = new(reply.Body);
        return MetadataMessageReader.Read(body, new IssueList()).Sets.Select(s => $"{s.AgencyId}:{s.Id}");
    }

    private async Task<RestReply> SendAsync(MetadataSet set, string? user, SdmxFormat? format = null)
    {
        format ??= MediaTypes.MetadataJson21;
        using MemoryStream message = new();
        MetadataMessageWriters.Write(format, message, [set], new MessageHeader { Id = "T", Prepared = "2026-01-01T00:00:00Z", SenderId = "T" }, new IssueList());
        return await hub.PostAsync("v2/metadata", message.ToArray(), format.MediaType, user);
    }

    private MetadataSet Report(string provider, string id)
    {
        StructureReference flow = StructureReference.ParseUrn(Flow);
        MetadataStructure structure = hub.Registry.Structures.Find<MetadataStructure>(hub.Registry.Structures.Find<Metadataflow>(flow)!.Structure)!;
        return new MetadataSet
        {
            AgencyId = provider, Id = id, Version = SdmxVersion.Parse("1.0.0"), Name = LocalisedText.Of("Notes"), Metadataflow = flow, Targets = [AsylumFlow],
            Attributes = Reported(structure.Attributes),
        };
    }

    private ImmutableArray<ReportedAttribute> Reported(ImmutableArray<MetadataAttribute> attributes) => [.. attributes.Where(a => a.MinOccurs > 0).Select(Reported)];

    private ReportedAttribute Reported(MetadataAttribute attribute)
    {
        ReportedAttribute reported = new() { Id = attribute.Id, Children = Reported(attribute.Children) };
        return attribute switch
        {
            { IsPresentational: true } => reported,
            { Representation.Enumeration: { } list } => reported with { Value = hub.Registry.Structures.Find<ItemScheme>(list)!.AllItems.First().Id },
            { Representation.TextFormat.IsMultilingual: true } => reported with { Text = LocalisedText.Of("Some text") },
            { Representation.TextFormat.DataType: SdmxDataType.GregorianDay } => reported with { Value = "2026-01-31" },
            _ => reported with { Value = "Some text" },
        };
    }

    private static IEnumerable<string> Values(ImmutableArray<ReportedAttribute> attributes, string above)
        => attributes.SelectMany(a => Values(a.Children, $"{above}{a.Id}.").Prepend($"{above}{a.Id}={a.Value ?? a.Text.Best()}"));
}
