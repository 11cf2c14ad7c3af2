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
