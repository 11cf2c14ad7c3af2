using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Dsm.EndToEnd.Hubs;

/// <summary>Somebody at a hub's address: keeps cookies, reads pages, fills their forms in. Redirects are followed.</summary>
public sealed class HubSession : IDisposable
{
    private readonly HttpClientHandler handler = new() { AutomaticDecompression = DecompressionMethods.All };
    private readonly HttpClient client;

    public HubSession(Uri address, CookieContainer? cookies = null)
    {
        handler.CookieContainer = cookies ?? handler.CookieContainer;
        client = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(3) };
    }

    /// <summary>The cookies so far.</summary>
    public CookieContainer Cookies => handler.CookieContainer;

    /// <summary>Signs in with a demo account.</summary>
    public static async Task<HubSession> SignInAsync(Uri address, DataFolder data, string user)
    {
        HubSession session = new(address);
        IHtmlDocument page = await session.PageAsync("/en/sign-in");
        using HttpResponseMessage answer = await session.SubmitAsync(page.QuerySelector<IHtmlFormElement>("form:has(#password)")!, new() { ["UserName"] = user, ["Password"] = PasswordOf(data, user), ["ReturnUrl"] = "/en/harvests" });
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).Should().Contain($">{user}<", "the page says who is signed in");
        return session;
    }

    /// <summary>The password of a demo account.</summary>
    public static string PasswordOf(DataFolder data, string user)
    {
        using JsonDocument accounts = JsonDocument.Parse(data.Text("demo-accounts.json"));
        return accounts.RootElement.EnumerateArray().Single(a => a.GetProperty("userName").GetString() == user).GetProperty("password").GetString()!;
    }

    /// <summary>Asks for an address.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, string? accept = null)
    {
        HttpRequestMessage request = new(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The text of a good answer.</summary>
    public async Task<string> TextAsync(string path, string? accept = null)
    {
        using HttpResponseMessage answer = await GetAsync(path, accept);
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.OK, "{0} answers: {1}", path, text.Length > 500 ? text[..500] : text);
        return text;
    }

    /// <summary>A page.</summary>
    public async Task<IHtmlDocument> PageAsync(string path) => await new HtmlParser().ParseDocumentAsync(await TextAsync(path, "text/html"));

    /// <summary>Sends a form with its own fields, hidden ones included, and those given.</summary>
    public Task<HttpResponseMessage> SubmitAsync(IHtmlFormElement form, Dictionary<string, string>? values = null, params (string Field, string Name, byte[] Content)[] files)
    {
        Dictionary<string, string> fields = FieldsOf(form);
        foreach ((string name, string value) in values ?? [])
        {
            fields[name] = value;
        }

        HttpContent content = files.Length == 0 ? new FormUrlEncodedContent(fields) : Multipart(fields, files);
        string action = form.GetAttribute("action") is { Length: > 0 } given ? given : new Uri(client.BaseAddress!, CurrentPath(form)).PathAndQuery;
        return client.PostAsync(action, content);
    }

    public void Dispose() => client.Dispose();

    private static string CurrentPath(IHtmlFormElement form)
        => form.Owner!.QuerySelector($"link[hreflang='{form.Owner.DocumentElement.GetAttribute("lang")}']")?.GetAttribute("href") ?? throw new InvalidOperationException("The form has no address.");

    private static Dictionary<string, string> FieldsOf(IHtmlFormElement form)
    {
        Dictionary<string, string> fields = [];
        foreach (IElement element in form.QuerySelectorAll("input[name],select[name]"))
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "file" }:
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false }:
                    break;
                case IHtmlInputElement input:
                    fields[input.Name!] = input.Value;
                    break;
                case IHtmlSelectElement select:
                    fields[select.Name!] = select.Value ?? "";
                    break;
            }
        }

        return fields;
    }

    private static MultipartFormDataContent Multipart(Dictionary<string, string> fields, (string Field, string Name, byte[] Content)[] files)
    {
        MultipartFormDataContent multipart = [];
        foreach ((string name, string value) in fields)
        {
            multipart.Add(new StringContent(value, Encoding.UTF8), name);
        }

        foreach ((string field, string name, byte[] bytes) in files)
        {
            ByteArrayContent file = new(bytes);
            file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            multipart.Add(file, field, name);
        }

        return multipart;
    }
}
