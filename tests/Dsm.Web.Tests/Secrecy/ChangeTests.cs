using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Web.Tests.Secrecy;

/// <summary>Who changes what is public, or tries to, is not told what secret things hang on it.</summary>
[Collection(SecretCollection.Name)]
public sealed class ChangeTests(SecretHub hub)
{
    [Theory]
    [InlineData("/en/structures/impact", "south")]
    [InlineData("/ru/structures/impact", "south-admin")]
    [InlineData("/en/structures/impact", "structures")]
    [InlineData("/en/structures/upload", "structures")]
    public async Task The_consequences_of_a_change_name_nothing_secret(string path, string user)
    {
        using HttpClient browser = await hub.BrowserAsync(user);
        using IHtmlDocument form = new HtmlParser().ParseDocument(await browser.GetStringAsync(path));
        string text = await TextAsync(await browser.PostAsync(path, new MultipartFormDataContent
        {
            { new StringContent(form.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!), "__RequestVerificationToken" },
            { new StringContent("Replace"), "action" }, { new ByteArrayContent(Changed()), "file", "message.xml" },
        }));
        text.Should().Contain("CL_AREA").And.NotContain(SecretHub.Mark).And.NotContain(SecretHub.NameMark);

        // Of the north's four queries three ask for what is public; the address of one may be shown.
        text.Should().MatchRegex(path.StartsWith("/ru", StringComparison.Ordinal) ? "изменяется: 3;" : "ask for what changes: 3;").And.Contain("/sdmx/v2/data/dataflow/SEED/DF_STOCK/1.0/A.NORTH");
    }

    [Theory]
    [InlineData("DELETE", "codelist/SEED/CL_AREA/1.0", 409)]
    [InlineData("DELETE", "codelist/SEED/CL_AREA/1.0/NORTH", 409)]
    [InlineData("DELETE", "dataflow/SEED/DF_STOCK/1.0", 409)]
    [InlineData("DELETE", "codelist/SEED.NORTH/SECRETX_CL_SEX/1.0", 404)]
    [InlineData("POST", "*?dryRun=true", 409)]
    public async Task Refusals_of_a_change_name_nothing_secret(string method, string address, int status)
    {
        using HttpClient program = new() { BaseAddress = hub.Hub.Http.BaseAddress };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"structures:{hub.PasswordOf("structures")}")));
        using HttpRequestMessage request = new(new HttpMethod(method), "/sdmx/v2/structure/" + address);
        if (method == "POST")
        {
            request.Content = new ByteArrayContent(Changed());
            request.Content.Headers.TryAddWithoutValidation("Content-Type", MediaTypes.StructureXml31.MediaType);
        }

        HttpResponseMessage answer = await program.SendAsync(request);
        string text = (await TextAsync(answer)).Replace("codelist/SEED.NORTH/SECRETX_CL_SEX/1.0", "", StringComparison.Ordinal);
        ((int)answer.StatusCode).Should().Be(status, text);
        text.Should().NotContain(SecretHub.Mark).And.NotContain(SecretHub.NameMark);
    }

    [Theory]
    [InlineData("Replace")]
    [InlineData("Delete")]
    public async Task A_registration_of_what_is_secret_is_not_there_whoever_knows_its_id(string action)
    {
        using HttpClient program = new() { BaseAddress = hub.Hub.Http.BaseAddress };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"south-admin:{hub.PasswordOf("south-admin")}")));
        List<string> answers = [];
        foreach (string id in new[] { hub.SecretRegistration, "R" + new string('0', 32) })
        {
            using MemoryStream message = new();
            RegistryMessageWriter.Write(
                MediaTypes.Registry31, message, new SubmitRegistrationsRequest([new RegistrationRequest(action, new Registration { Id = id, SimpleDataSource = "http://example.org/mine" })]),
                new() { Id = "R", Prepared = "2026-01-01T00:00:00Z", SenderId = "T", ReceiverIds = ["HUB"] }, new IssueList());
            using ByteArrayContent content = new(message.ToArray());
            content.Headers.TryAddWithoutValidation("Content-Type", MediaTypes.Registry31.MediaType);
            HttpResponseMessage answer = await program.PostAsync("/sdmx/v2/registration", content);
            string text = await answer.Content.ReadAsStringAsync();
            text.Should().NotContain(SecretHub.Mark).And.NotContain(SecretHub.NameMark);
            answers.Add($"{answer.StatusCode} {text[text.IndexOf("<reg:", StringComparison.Ordinal)..].Replace(id, "ID", StringComparison.Ordinal)}");
        }

        answers[0].Should().Be(answers[1]);
    }

    // The area of the north goes, on which data, constraints and lists here and there depend.
    private byte[] Changed()
    {
        Codelist areas = hub.Registry.Current.Structures.Of<Codelist>().Single(c => c is { AgencyId: "SEED", Id: "CL_AREA" });
        Dataflow flow = hub.Registry.Current.Structures.Of<Dataflow>().Single(c => c is { AgencyId: "SEED", Id: "DF_STOCK" });
        using MemoryStream message = new();
        StructureMessages.Write(
            MediaTypes.StructureXml31, message, [areas with { Codes = [.. areas.Codes.Where(c => c.Id != "NORTH")] }, flow with { Name = LocalisedText.Of("Another name") }], new() { Id = "C", SenderId = "TEST" }, new IssueList());
        return message.ToArray();
    }

    private static async Task<string> TextAsync(HttpResponseMessage answer) => answer.Headers + await answer.Content.ReadAsStringAsync();
}
