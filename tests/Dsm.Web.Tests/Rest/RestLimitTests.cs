using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Tests.Rest;

/// <summary>What is too large, unknown or asked for again: readable answers, never a lost connection.</summary>
[Collection(MaintenanceHubCollection.Name)]
public sealed class RestLimitTests(MaintenanceHub hub)
{
    private const string Xml = "application/vnd.sdmx.structure+xml;version=3.0.0";

    public static TheoryData<string, string, string?, string> Bodies => new()
    {
        { "v2/structure", Xml, "maintainer", "20000000" },
        { "v1/codelist", "application/vnd.sdmx.structure+xml;version=2.1", "maintainer", "20000000" },
        { "v2/metadata", "application/vnd.sdmx.metadata+json;version=2.1.0", "maintainer", "20000000" },
        { "v2/registration", "application/vnd.sdmx.registry+xml;version=3.1.0", "maintainer", "20000000" },
        { "v2/registration", "application/vnd.sdmx.registry+xml;version=3.1.0", null, "100000" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_is_too_large_is_refused_with_the_limit(string address, string type, string? user, string limit)
    {
        foreach (bool isChunked in new[] { false, true })
        {
            RestReply reply = await PostAsync(address, new byte[40_000_000], type, user, isChunked);
            reply.Status.Should().Be(413);
            reply.Text.Should().Contain(limit).And.Contain(address[1] == '1' ? "code=\"130\"" : "413");
            reply.Type.Should().StartWith("application/vnd.sdmx.");
        }
    }

    [Theory]
    [InlineData("id", "Id: 5000", "255")]
    [InlineData("code", "Codes[CCCCCC", "255")]
    [InlineData("name", "Name@en: 1000000", "4000")]
    [InlineData("item name", "Codes[A].Name@ru: 4001", "4000")]
    [InlineData("annotation", "Annotations[0].Text@en: 100001", "100000")]
    [InlineData("version", "Version: ", "255")]
    public async Task Ids_and_texts_have_limits(string what, string where, string limit)
    {
        LocalisedText Text(int length, string language = "en") => LocalisedText.Of(new string('t', length), language);
        Codelist list = MaintenanceHub.List("CL_LONG", "1.0.0");
        list = what switch
        {
            "id" => list with { Id = new string('L', 5000) },
            "code" => list with { Codes = [new Code { Id = new string('C', 256), Name = LocalisedText.Of("x") }] },
            "name" => list with { Name = Text(1_000_000) },
            "item name" => list with { Codes = [list.Codes[0] with { Name = Text(4001, "ru") }] },
            "annotation" => list with { Annotations = [new Annotation { Text = Text(100_001) }] },
            _ => list with { Version = SdmxVersion.Parse("1.0.0-" + new string('v', 300)) },
        };
        foreach (SdmxFormat format in new[] { MediaTypes.StructureXml30, MediaTypes.StructureJson20 })
        {
            RestReply reply = await hub.SendAsync(HttpMethod.Post, "v2/structure", MaintenanceHub.Message(format, list), format.MediaType);
            reply.Status.Should().Be(422, reply.Text);
            reply.Text.Should().Contain(where).And.Contain(limit);
        }

        hub.Registry.Current.Structures.All.Should().NotContain(a => a.Id == list.Id);
    }

    [Theory]
    [InlineData("v2/structure", 401)]
    [InlineData("v2/metadata", 401)]
    [InlineData("v2/data/dataflow/EECA/DF_RSD", 405)]
    public async Task Who_may_not_send_at_all_is_told_so_whatever_he_sends(string address, int status)
    {
        RestReply reply = await PostAsync(address, new byte[40_000_000], Xml, null, false);
        reply.Status.Should().Be(status, reply.Text);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task The_openapi_document_is_asked_for_again_as_everything_else(string line)
    {
        RestReply first = await hub.SendAsync(HttpMethod.Get, line + "/openapi.json", null, null, user: null);
        (first.Status, first.Type).Should().Be((200, "application/json"));
        first.ETag.Should().NotBeNull();
        first.Headers.CacheControl!.ToString().Should().Be("public, no-cache");
        first.Headers.Vary.Should().Contain("Accept-Encoding").And.Contain("Authorization");
        first.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("*");
        using HttpClient client = new();
        using HttpRequestMessage again = new(HttpMethod.Get, hub.Address($"{line}/openapi.json"));
        again.Headers.TryAddWithoutValidation("If-None-Match", first.ETag);
        using HttpResponseMessage same = await client.SendAsync(again);
        (same.StatusCode, same.Headers.ETag?.ToString(), (await same.Content.ReadAsByteArrayAsync()).Length).Should().Be((HttpStatusCode.NotModified, first.ETag, 0));
        same.Headers.Vary.Should().Contain("Accept-Encoding");
        RestReply head = await hub.SendAsync(HttpMethod.Head, line + "/openapi.json", null, null, user: null);
        (head.Status, head.Body.Length, head.ETag).Should().Be((200, 0, first.ETag));
    }

    [Theory]
    [InlineData("v2/structure", "POST", null, "x")]
    [InlineData("v1/codelist", "POST", null, "x")]
    [InlineData("v2/metadata", "POST", null, "x")]
    [InlineData("v2/data/dataflow/EECA/DF_RSD", "GET", "maintainer", "wrong")]
    [InlineData("v1/codelist", "GET", "nobody", "wrong")]
    public async Task Who_must_sign_in_is_told_how(string address, string method, string? user, string password)
    {
        RestReply reply = await hub.SendAsync(new HttpMethod(method), address, method == "POST" ? [1] : null, MediaTypes.StructureXml30.MediaType, user, password: password);
        reply.Status.Should().Be(401, reply.Text);
        reply.Headers.GetValues("WWW-Authenticate").Should().Equal("Basic realm=\"DSM Hub\", charset=\"UTF-8\"");
    }

    private async Task<RestReply> PostAsync(string address, byte[] body, string type, string? user, bool isChunked)
    {
        using HttpClient client = new(new SocketsHttpHandler { UseProxy = false });
        using HttpRequestMessage request = new(HttpMethod.Post, hub.Address(address)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.TransferEncodingChunked = isChunked;
        if (user is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{MaintenanceHub.Password}")));
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        return new RestReply(response, await response.Content.ReadAsByteArrayAsync());
    }
}
