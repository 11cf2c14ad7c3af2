using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Dsm.Web.Tests.Rest;

/// <summary>Conditional requests, compression, languages.</summary>
[Collection(RestHubCollection.Name)]
public sealed partial class RestTransferTests(RestHub hub)
{
    [Theory]
    [InlineData("v1/data/DF_ASYLAPP")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP")]
    [InlineData("v1/dataflow/EECA")]
    [InlineData("v2/schema/dataflow/EECA/DF_ASYLAPP")]
    [InlineData("v2/availability/dataflow/EECA/DF_ASYLAPP")]
    public async Task Sends_nothing_again_that_the_caller_has(string address)
    {
        RestReply first = await hub.AskAsync(address);
        first.ETag.Should().StartWith("W/\"");
        RestReply again = await hub.AskAsync(address, headers: ("If-None-Match", $"\"other\", {first.ETag}"));
        (again.Status, again.Body.Length, again.ETag).Should().Be((304, 0, first.ETag));
        again.Headers.Vary.Should().Contain("Accept");
        (await hub.AskAsync(address, headers: ("If-None-Match", "\"other\""))).Status.Should().Be(200);
        (await hub.AskAsync(address, address[1] == '1' ? "application/xml;q=0.5, */*;q=0.1" : "application/json;q=0.5, */*;q=0.1", headers: ("If-None-Match", first.ETag!))).Status.Should().Be(304);
    }

    [Fact]
    public async Task Another_query_or_format_has_another_tag()
    {
        string?[] tags =
        [
            (await hub.AskAsync("v1/data/DF_ASYLAPP")).ETag,
            (await hub.AskAsync("v1/data/DF_ASYLAPP?startPeriod=2019")).ETag,
            (await hub.AskAsync("v1/data/DF_ASYLAPP", "text/csv")).ETag,
            (await hub.AskAsync("v1/data/DF_ASYLAPP", "application/vnd.sdmx.data+csv;labels=both")).ETag,
            (await hub.AskAsync("v1/data/DF_ASYLAPP", "application/vnd.sdmx.data+csv;labels=both", headers: ("Accept-Language", "ru"))).ETag,
        ];
        tags.Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("v2/availability/dataflow/EECA/DF_ASYLAPP?references=codelist", "application/json")]
    [InlineData("v1/availableconstraint/DF_ASYLAPP?references=codelist", "application/xml")]
    [InlineData("v2/data/dataflow/EECA/DF_ASYLAPP", "text/csv")]
    public async Task Another_language_has_another_tag_where_texts_depend_on_it(string address, string accept)
    {
        RestReply all = await hub.AskAsync(address, accept), russian = await hub.AskAsync(address, accept, headers: ("Accept-Language", "ru"));
        (all.Status, russian.Status).Should().Be((200, 200));
        russian.ETag.Should().NotBe(all.ETag);
        RestReply changed = await hub.AskAsync(address, accept, headers: [("Accept-Language", "ru"), ("If-None-Match", all.ETag!)]);
        changed.Status.Should().Be(200, "who has the answer in other languages has not this one");
    }

    [Fact]
    public async Task Understands_times_of_change_as_http_and_as_iso_dates()
    {
        await Task.Delay(2500);
        RestReply first = await hub.AskAsync("v1/data/DF_ASYLAPP");
        DateTimeOffset changed = first.ContentHeaders.LastModified!.Value;
        (await Since(changed.ToString("R", CultureInfo.InvariantCulture))).Should().Be(304);
        (await Since(changed.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))).Should().Be(304);
        (await Since(changed.AddSeconds(-1).ToString("R", CultureInfo.InvariantCulture))).Should().Be(200);
        (await Since("2001-02-03T04:05:06")).Should().Be(200);

        async Task<int> Since(string text) => (await hub.AskAsync("v1/data/DF_ASYLAPP", headers: ("If-Modified-Since", text))).Status;
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Compresses_what_it_streams(string coding)
    {
        RestReply plain = await hub.AskAsync("v2/data/dataflow/EECA/DF_ASYLAPP", "application/xml");
        plain.Headers.TransferEncodingChunked.Should().BeTrue("the answer is sent while it is made");
        RestReply packed = await hub.AskAsync("v2/data/dataflow/EECA/DF_ASYLAPP", "application/xml", headers: ("Accept-Encoding", coding));
        packed.ContentHeaders.ContentEncoding.Should().Equal(coding);
        packed.Type.Should().Be(plain.Type);
        using MemoryStream body = new(packed.Body);
        await using Stream content = coding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using StreamReader reader = new(content, Encoding.UTF8);
        Unheaded(await reader.ReadToEndAsync()).Should().Be(Unheaded(plain.Text));
    }

    [Fact]
    public async Task Takes_the_coding_from_a_parameter_where_it_can()
    {
        (string, string) header = ("Accept-Encoding", "gzip, br");
        (await hub.AskAsync("v1/data/DF_ASYLAPP?compression=gzip", headers: header)).ContentHeaders.ContentEncoding.Should().Equal("gzip");
        (await hub.AskAsync("v1/data/DF_ASYLAPP?compression=none", headers: header)).ContentHeaders.ContentEncoding.Should().BeEmpty();
        (await hub.AskAsync("v1/data/DF_ASYLAPP?compression=zip", headers: header)).Status.Should().Be(501);
        (await hub.AskAsync("v1/data/DF_ASYLAPP?compression=gzip")).ContentHeaders.ContentEncoding.Should().Equal("gzip");
        (await hub.AskAsync("v2/structure/dataflow?compress=true")).ContentHeaders.ContentEncoding.Should().ContainSingle();
        (await hub.AskAsync("v2/structure/dataflow?compressed=false", headers: header)).ContentHeaders.ContentEncoding.Should().BeEmpty();
    }

    [Fact]
    public async Task Says_the_language_of_labels()
    {
        RestReply reply = await hub.AskAsync("v1/data/DF_ASYLAPP", "application/vnd.sdmx.data+csv;labels=both", headers: ("Accept-Language", "fr;q=0.1, ru-RU, en;q=0.5"));
        reply.Text.Should().Contain("AFG: Афганистан");
        reply.ContentHeaders.ContentLanguage.Should().Contain("ru");
    }

    [Theory]
    [InlineData("fr", "en")]
    [InlineData("fr, zz;q=0.5", "en")]
    [InlineData("fr, ru;q=0.5", "ru")]
    [InlineData("ru-RU, en;q=0.5", "ru,en")]
    [InlineData("*", "en")]
    public async Task Says_in_json_the_languages_that_there_are_of_those_asked_for(string asked, string expected)
    {
        RestReply reply = await hub.AskAsync("v2/data/dataflow/EECA/DF_ASYLAPP", "application/vnd.sdmx.data+json;version=2.1.0", headers: ("Accept-Language", asked));
        using JsonDocument message = JsonDocument.Parse(reply.Body);
        string.Join(',', message.RootElement.GetProperty("meta").GetProperty("contentLanguages").EnumerateArray().Select(l => l.GetString())).Should().Be(expected);
        reply.ContentHeaders.ContentLanguage.Should().Equal(expected.Split(','));
        RestReply other = await hub.AskAsync("v2/data/dataflow/EECA/DF_ASYLAPP", "application/vnd.sdmx.data+json;version=2.1.0", headers: ("Accept-Language", expected));
        other.Headers.ETag.Should().Be(reply.Headers.ETag, "it is the same answer");
    }

    [SharedFolderTheory]
    [InlineData("v1/codelist/SDMX/CL_SEX", "structure+xml;version=2.1", false)]
    [InlineData("v1/codelist/SDMX/CL_SEX", "structure+json;version=1.0.0", false)]
    [InlineData("v2/structure/codelist/SDMX/CL_SEX", "structure+xml;version=3.0.0", false)]
    [InlineData("v2/structure/codelist/SDMX/CL_SEX", "structure+json;version=2.0.0", false)]
    [InlineData("v2/structure/codelist/SDMX/CL_SEX", "structure+xml;version=3.1.0", true)]
    [InlineData("v2/structure/codelist/SDMX/CL_SEX", "structure+json;version=2.1.0", true)]
    public async Task Structures_are_told_in_the_languages_asked_for(string address, string type, bool isMarked)
    {
        RestReply all = await hub.AskAsync(address, "application/vnd.sdmx." + type), russian = await hub.AskAsync(address, "application/vnd.sdmx." + type, headers: ("Accept-Language", "ru, fr;q=0.5"));
        all.Text.Should().Contain("Male").And.Contain("Мужчины").And.NotContain("isPartialLanguage");
        russian.Text.Should().Contain("Мужчины").And.NotContain("\"Male\"").And.NotContain(">Male<");
        russian.Text.Contains("isPartialLanguage", StringComparison.Ordinal).Should().Be(isMarked);
        russian.ContentHeaders.ContentLanguage.Should().Equal("ru");
        russian.ETag.Should().NotBe(all.ETag);
        ValidAnswer.Errors(russian).Should().BeEmpty();
        (await hub.AskAsync($"{address}?lang=ru", "application/vnd.sdmx." + type)).Text.Should().NotContain(">Male<").And.NotContain("\"Male\"");
        (await hub.AskAsync(address, "application/vnd.sdmx." + type, headers: ("Accept-Language", "ru, *;q=0.1"))).Text.Should().Contain("Male");
        (await hub.AskAsync(address, "application/vnd.sdmx." + type, headers: ("Accept-Language", "fr"))).Text.Should().Contain("Male").And.NotContain("Мужчины", "English stands in for what is not there");
    }

    [Theory]
    [InlineData("ru\"],\"x\":[\"")]
    [InlineData("../../etc")]
    [InlineData("<b>")]
    public async Task Takes_no_language_that_is_none(string language)
    {
        RestReply reply = await hub.AskAsync($"v2/nonsense?lang={Uri.EscapeDataString(language)}");
        reply.Status.Should().Be(404);
        ValidAnswer.Errors(reply).Should().BeEmpty();
        (await hub.AskAsync("v2/structure/dataflow", headers: ("Accept-Language", language))).Status.Should().Be(200);
    }

    // Id and time of the message differ from answer to answer.
    private static string Unheaded(string message) => HeaderPattern().Replace(message, "");

    [GeneratedRegex("<message:(ID|Prepared)>[^<]*<")]
    private static partial Regex HeaderPattern();
}
