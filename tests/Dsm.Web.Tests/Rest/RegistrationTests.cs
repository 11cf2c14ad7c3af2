using System.Globalization;
using System.Text.RegularExpressions;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Tests.Rest;

/// <summary>Registrations of data sources: submitted as registry messages, asked for by every part of the standard's addresses.</summary>
[Collection(RestHubCollection.Name)]
public sealed partial class RegistrationTests(RestHub hub)
{
    private const string Vendor = "application/vnd.sdmx.registry+xml;version=";
    private static readonly StructureReference Azerbaijan = Agreement("PA_ASYLAPP_AZE_SMS"), Tajikistan = Agreement("PA_ASYLAPP_TJK_MIA");

    [Theory]
    [InlineData("3.1.0")]
    [InlineData("3.0.0")]
    [InlineData("2.1")]
    public async Task Is_found_by_agreement_flow_structure_provider_and_id(string version)
    {
        string before = Now();
        await Task.Delay(5);
        string id = await RegisteredAsync(Azerbaijan, "focal.aze", version);
        foreach (string address in new[]
        {
            $"registration/id/{id}", "registration", "registration/*/*/*/*", "registration/provider/EECA/AZE_SMS", "registration/provider/*/TJK_MIA,AZE_SMS", "registration/provider",
            "registration/provisionagreement/EECA/PA_ASYLAPP_AZE_SMS/1.0.0", "registration/dataflow/EECA/DF_ASYLAPP", "registration/dataflow/EECA/DF_RSD,DF_ASYLAPP/*",
            "registration/datastructure/EECA/DSD_ASYLAPP/~", $"registration/dataflow?updatedAfter={before}",
        })
        {
            RestReply reply = await hub.AskAsync($"v2/{address}", Vendor + version);
            (reply.Status, reply.Type).Should().Be((200, Vendor + version), address);
            reply.Text.Should().Contain(id, address).And.Contain("https://aze.example.org/data.xml");
            ValidAnswer.Errors(reply).Should().BeEmpty();
        }

        foreach (string address in new[]
        {
            "registration/id/NOPE", "registration/provider/EECA/KGZ_MLSSM", "registration/provider/NOPE", "registration/dataflow/EECA/DF_RSD", "registration/provisionagreement/EECA/PA_ASYLAPP_AZE_SMS/2.0.0",
            $"registration/provider/*/AZE_SMS?updatedBefore={before}&updatedAfter={before}", "registration/dataflow?updatedAfter=2099-01-01",
        })
        {
            RestReply reply = await hub.AskAsync($"v2/{address}");
            reply.Text.Should().NotContain(id, address);
            reply.Status.Should().Be(204, address);
        }
    }

    [Fact]
    public async Task Is_replaced_and_deleted_by_its_id()
    {
        string id = await RegisteredAsync(Azerbaijan, "focal.aze", "3.1.0");
        Registration changed = New(Azerbaijan) with { Id = id, SimpleDataSource = null, QueryableDataSource = new QueryableDataSource("https://aze.example.org/sdmx/v2", true, false), ValidFrom = "2026-01-01T00:00:00Z" };
        (await SubmitAsync("Replace", changed, "focal.aze", "3.1.0")).Status.Should().Be(200);
        RestReply found = await hub.AskAsync($"v2/registration/id/{id}");
        found.Text.Should().Contain("https://aze.example.org/sdmx/v2").And.Contain("isRESTDatasource=\"true\"").And.Contain("validFrom=\"2026-01-01T00:00:00Z\"").And.NotContain("data.xml");
        ValidAnswer.Errors(found).Should().BeEmpty();
        (await hub.AskAsync($"v2/registration/id/{id}", headers: ("If-None-Match", found.ETag!))).Status.Should().Be(304);
        (await SubmitAsync("Delete", changed, "focal.aze", "3.1.0")).Status.Should().Be(200);
        (await hub.AskAsync($"v2/registration/id/{id}")).Status.Should().Be(204);
        (await SubmitAsync("Delete", changed, "focal.aze", "3.1.0")).Status.Should().Be(422, "it is gone");
    }

    [Fact]
    public async Task Refuses_strangers_other_states_and_what_is_wrong()
    {
        (await SubmitAsync("Append", New(Azerbaijan), null, "3.1.0")).Status.Should().Be(401);
        RestReply other = await SubmitAsync("Append", New(Tajikistan), "focal.aze", "3.1.0");
        other.Status.Should().Be(403);
        other.Text.Should().Contain("status=\"Failure\"").And.Contain("R0024");
        ValidAnswer.Errors(other).Should().BeEmpty();
        (await SubmitAsync("Append", New(Agreement("PA_NOPE")), "coordinator", "3.1.0")).Status.Should().Be(422);
        (await SubmitAsync("Append", New(Azerbaijan) with { SimpleDataSource = "javascript:alert(1)" }, "coordinator", "3.1.0")).Status.Should().Be(422);
        (await SubmitAsync("Append", New(Azerbaijan) with { LastUpdated = "yesterday" }, "coordinator", "3.1.0")).Status.Should().Be(422);
        (await SubmitAsync("Replace", New(Azerbaijan), "coordinator", "3.1.0")).Status.Should().Be(422, "it names no registration");
        (await hub.PostAsync("v2/registration", "<nonsense/>"u8.ToArray(), Vendor + "3.1.0", "coordinator")).Status.Should().Be(400);
        (await hub.PostAsync("v2/registration", "{}"u8.ToArray(), "application/json", "coordinator")).Status.Should().Be(415);
        (await PostAsync(new QuerySubscriptionRequest(Azerbaijan), null, "3.1.0")).Status.Should().Be(501);
    }

    [Theory]
    [InlineData("3.1.0")]
    [InlineData("2.1")]
    public async Task Answers_a_question_in_a_message(string version)
    {
        string id = await RegisteredAsync(Tajikistan, "focal.tjk", version);
        RestReply all = await PostAsync(new QueryRegistrationRequest(), null, version);
        (all.Status, all.Type).Should().Be((200, Vendor + version));
        all.Text.Should().Contain(id);
        ValidAnswer.Errors(all).Should().BeEmpty();
        (await PostAsync(new QueryRegistrationRequest { About = Tajikistan }, null, version)).Text.Should().Contain(id);
        (await PostAsync(new QueryRegistrationRequest { About = Azerbaijan }, null, version)).Text.Should().NotContain(id);
        (await PostAsync(new QueryRegistrationRequest { QueryType = "MetadataSets" }, null, version)).Text.Should().NotContain(id);
    }

    [Theory]
    [InlineData("3.1.0")]
    [InlineData("3.0.0")]
    [InlineData("2.1")]
    public async Task A_question_about_keys_regions_and_times_finds_the_sources_that_hold_them(string version)
    {
        await RegisteredAsync(Azerbaijan, "focal.aze", version);
        await RegisteredAsync(Tajikistan, "focal.tjk", version);

        (await FoundAsync(Region(true, "REF_AREA", "AZE"))).Should().Equal("aze false");
        (await FoundAsync(Region(true, "CITIZENSHIP", "AFG"))).Should().Equal("aze false", "tjk false");
        (await FoundAsync(Region(true, "CITIZENSHIP", "NOPE"))).Should().BeEmpty();
        (await FoundAsync(Region(true, "NO_SUCH_COMPONENT", "AFG"))).Should().BeEmpty();
        (await FoundAsync(Region(false, "REF_AREA", "AZE"))).Should().Equal("tjk false");
        (await FoundAsync(Region(false, "CITIZENSHIP", "AFG"))).Should().Equal(["aze false"], "Tajikistan's free figures are of Afghans only");
        (await FoundAsync(Region(true, "REF_AREA", "AZE") with { Regions = [.. Region(true, "REF_AREA", "AZE").Regions, .. Region(false, "REF_AREA", "AZE").Regions] })).Should().BeEmpty();
        (await FoundAsync(Region(true, "CITIZENSHIP", "PAK"))).Should().BeEmpty("the series is confidential");
        (await FoundAsync(Region(true, "CITIZENSHIP", "PAK"), "focal.tjk")).Should().Equal("tjk false");
        (await FoundAsync(new QueryRegistrationRequest { ReferencePeriodStart = "2018-01-01T00:00:00Z", ReferencePeriodEnd = "2020-12-31T23:59:59Z" })).Should().Equal("aze false", "tjk false");
        (await FoundAsync(new QueryRegistrationRequest { ReferencePeriodStart = "2030-01-01T00:00:00", ReferencePeriodEnd = "2031-01-01T00:00:00" })).Should().BeEmpty();
        (await FoundAsync(Keys("A.AZE.AFG._T._T.N.G.LODGED.PS"))).Should().Equal("aze true");
        (await FoundAsync(Keys("A.AZE.AFG._T._T.N.G.LODGED.PS") with { About = Tajikistan })).Should().BeEmpty();
        (await FoundAsync(Keys("A.AZE.AFG"))).Should().Equal(["aze false"], "the key names only some dimensions");
        (await FoundAsync(Keys("A.AZE.AFG") with { QueryType = "MetadataSets" })).Should().BeEmpty();

        async Task<string[]> FoundAsync(QueryRegistrationRequest request, string? user = null)
        {
            RestReply reply = await PostAsync(request, user, version);
            reply.Status.Should().Be(200, reply.Text);
            ValidAnswer.Errors(reply).Should().BeEmpty();
            return [.. ResultPattern().Matches(reply.Text).Select(m => $"{m.Groups[2].Value} {m.Groups[1].Value}").Distinct().Order(StringComparer.Ordinal)];
        }
    }

    [Theory]
    [InlineData("3.1.0")]
    [InlineData("2.1")]
    public async Task Constraints_are_told_when_asked_for_and_decide_where_nothing_is_indexed(string version)
    {
        StructureReference agreement = Agreement("PA_RSD_AZE_SMS");
        RestReply sent = await SubmitAsync("Append", New(agreement) with { SimpleDataSource = $"https://rsd{version[0]}.example.org/data.xml", IndexTimeSeries = false }, "focal.aze", version);
        string id = IdPattern().Match(sent.Text).Groups[1].Value;

        RestReply told = await PostAsync(new QueryRegistrationRequest { About = agreement, ReturnConstraints = true }, null, version);
        told.Text.Should().Contain(id).And.Contain("DC_RSD");
        ValidAnswer.Errors(told).Should().BeEmpty();
        (await PostAsync(new QueryRegistrationRequest { About = agreement }, null, version)).Text.Should().Contain(id).And.NotContain("DC_RSD");
        (string component, string allowed, string forbidden) = Constrained(agreement);
        (await PostAsync(Region(true, component, allowed) with { About = agreement }, null, version)).Text.Should().Contain(id);
        (await PostAsync(Region(true, component, forbidden) with { About = agreement }, null, version)).Text.Should().NotContain(id, $"{component} is never {forbidden}");
        (await PostAsync(new QueryRegistrationRequest { ReferencePeriodStart = "yesterday", ReferencePeriodEnd = "today" }, null, version)).Status.Should().Be(400);
        (await PostAsync(new QueryRegistrationRequest { KeySets = [new DataKeySet(true, [.. Enumerable.Range(0, 1001).Select(i => DataKey.Of(KeyValuePair.Create("FREQ", $"F{i}")))])] }, null, version)).Status.Should().Be(413);
        MemberSelection many = new() { ComponentId = "FREQ", Values = [.. Enumerable.Range(0, 100).Select(i => new MemberValue($"F{i}"))] };
        (await PostAsync(new QueryRegistrationRequest { KeySets = [new DataKeySet(true, [new DataKey([many, many with { ComponentId = "SEX" }, many with { ComponentId = "AGE" }])])] }, null, "3.1.0")).Status.Should().Be(413, "a million keys");
    }

    /// <summary>A component of which a constraint allows some codes only, with one of these and one of the others.</summary>
    private (string Component, string Allowed, string Forbidden) Constrained(StructureReference agreement)
    {
        DataSchema schema = hub.Registry.Schema(agreement)!;
        SchemaComponent component = schema.Dimensions.First(d => d.Codes is not null && !schema.Allowed(d).HasAllSet());
        System.Collections.BitArray allowed = schema.Allowed(component);
        return (component.Id, component.Codes!.Codes.Where((_, i) => allowed[i]).First(), component.Codes.Codes.Where((_, i) => !allowed[i]).First());
    }

    private static QueryRegistrationRequest Region(bool included, string component, string value)
        => new() { Regions = [new CubeRegion(included, [new MemberSelection { ComponentId = component, Values = [new MemberValue(value)] }])] };

    private static QueryRegistrationRequest Keys(string key) => new()
    {
        KeySets = [new DataKeySet(true, [DataKey.Of("FREQ.REF_AREA.CITIZENSHIP.SEX.AGE.APPL_TYPE.PROC_AUTH.CASE_EVENT.UNIT_MEASURE".Split('.').Zip(key.Split('.'), KeyValuePair.Create))])],
    };

    [GeneratedRegex("timeSeriesMatch=\"(true|false)\".*?https://([a-z]+)\\.example", RegexOptions.Singleline)]
    private static partial Regex ResultPattern();

    private static StructureReference Agreement(string id) => new(StructureType.ProvisionAgreement, "EECA", id, "1.0.0");

    private static Registration New(StructureReference agreement)
        => new() { ProvisionAgreement = agreement, SimpleDataSource = $"https://{(agreement == Tajikistan ? "tjk" : "aze")}.example.org/data.xml", IndexTimeSeries = true };

    private static string Now() => Uri.EscapeDataString(DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));

    private async Task<string> RegisteredAsync(StructureReference agreement, string user, string version)
    {
        RestReply reply = await SubmitAsync("Append", New(agreement), user, version);
        reply.Status.Should().Be(201, reply.Text);
        ValidAnswer.Errors(reply).Should().BeEmpty();
        reply.Text.Should().Contain("status=\"Success\"");
        return IdPattern().Match(reply.Text).Groups[1].Value;
    }

    private Task<RestReply> SubmitAsync(string action, Registration registration, string? user, string version)
        => PostAsync(new SubmitRegistrationsRequest([new RegistrationRequest(action, registration)]), user, version);

    private async Task<RestReply> PostAsync(RegistryContent content, string? user, string version)
    {
        using MemoryStream message = new();
        RegistryMessageWriter.Write(MediaTypes.Find(Vendor + version)!, message, content, new MessageHeader { Id = "T", Prepared = "2026-01-01T00:00:00Z", SenderId = "T", ReceiverIds = ["HUB"] }, new IssueList());
        return await hub.PostAsync("v2/registration", message.ToArray(), Vendor + version, user, Vendor + version);
    }

    [GeneratedRegex("Registration id=\"([^\"]+)\"")]
    private static partial Regex IdPattern();
}
