using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Dsm.Web.Tests.Pages;

/// <summary>Fills in and sends the forms of the editors of structures as a browser without scripts does.</summary>
internal static class EditorForms
{
    public static async Task<string> DraftAsync(HttpClient browser, string page)
    {
        HttpResponseMessage answer = await PostAsync(browser, page, [], "Draft");
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect);
        return answer.Headers.Location!.ToString().Replace("/edit", "", StringComparison.Ordinal);
    }

    public static async Task SendAsync(HttpClient browser, string path, Dictionary<string, string> values, string? handler = null)
    {
        HttpResponseMessage answer = await PostAsync(browser, path, values, handler);
        answer.StatusCode.Should().Be(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Fills in the form of a page that goes to a handler, or to none, and sends it.</summary>
    public static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, Dictionary<string, string> values, string? handler = null, bool checkedMoves = false)
    {
        IHtmlDocument page = await PagesHub.PageAsync(browser, path);
        IHtmlFormElement form = page.QuerySelectorAll<IHtmlFormElement>("main form[method=post]")
            .First(f => (f.GetAttribute("action") ?? "").Contains("handler=", StringComparison.Ordinal) ? handler is not null && f.GetAttribute("action")!.EndsWith("handler=" + handler, StringComparison.Ordinal) : handler is null);
        return await browser.PostAsync(form.GetAttribute("action") ?? path, Form(form, values, checkedMoves));
    }

    public static FormUrlEncodedContent Form(IHtmlFormElement form, Dictionary<string, string> values, bool withChecks = false)
    {
        List<KeyValuePair<string, string>> fields = [];
        foreach (IElement element in form.QuerySelectorAll("input[name], select[name], textarea[name]").Where(e => !e.HasAttribute("disabled")))
        {
            string name = element.GetAttribute("name")!;
            if (values.ContainsKey(name) || (element is IHtmlInputElement { Type: "checkbox" } box && (!withChecks || !box.IsChecked)) || element is IHtmlInputElement { Type: "file" })
            {
                continue;
            }

            fields.Add(new(name, element switch { IHtmlInputElement input => input.Value, IHtmlSelectElement select => select.Value ?? "", IHtmlTextAreaElement area => area.Value, _ => "" }));
        }

        return new FormUrlEncodedContent(fields.Concat(values));
    }

    public static async Task<HttpResponseMessage> UploadAsync(HttpClient browser, string message)
    {
        IHtmlDocument page = await PagesHub.PageAsync(browser, "/en/structures/upload");
        MultipartFormDataContent content = new()
        {
            { new StringContent(PagesHub.Token(page)), "__RequestVerificationToken" },
            { new StringContent("Replace"), "action" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(message)), "file", "message.xml" },
        };
        return await browser.PostAsync("/en/structures/upload", content);
    }

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.Should().Be(HttpStatusCode.OK, text.Length > 500 ? text[..500] : text);
        return new AngleSharp.Html.Parser.HtmlParser().ParseDocument(text);
    }
}
