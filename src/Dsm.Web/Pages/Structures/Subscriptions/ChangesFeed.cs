using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Dsm.Exchange.Registry;
using Dsm.Exchange.Registry.Subscriptions;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Structures.Subscriptions;

/// <summary>
/// Changes of structures as an Atom feed (RFC 4287): an entry a transaction, newest first, older ones behind a link (RFC 5005). It says
/// to everybody what everybody may see; artefacts of restricted spaces are never in it.
/// </summary>
public static class ChangesFeed
{
    /// <summary>Where it is.</summary>
    public const string Path = "/structures/changes.atom";

    private const int Entries = 50;
    private const int Shown = 200;
    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <summary>Adds the address.</summary>
    public static void MapChangesFeed(this IEndpointRouteBuilder app) => app.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], AnswerAsync);

    private static async Task AnswerAsync(
        HttpContext http, StructureChanges changes, ChangeLetters words, TextCatalogue texts, ChangesOptions options,
        string? agency, string? type, string? id, string? drafts, string? language, string? before)
    {
        CancellationToken ct = http.RequestAborted;
        long below = long.MaxValue;
        if (FilterQuery.Read(agency, type, id, drafts) is not { } filter || (before is not null && !long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out below))
            || (language is not null && !texts.Languages.Contains(language)))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync("agency, type, id, drafts, language, before: one of these cannot be.\nОдин из параметров agency, type, id, drafts, language, before указан неверно.\n", ct);
            return;
        }

        string shown = language ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        ImmutableArray<StructureChangeSet> found = await changes.RecentAsync(filter, Entries + 1, before is null ? null : below, ct);
        byte[] feed = Write(found, filter, shown, before, new Words(words, texts, options.PublicAddress, shown));

        // Of what the feed says: a change that it does not tell of, because it is restricted, must not show in the tag.
        string tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(feed).AsSpan(0, 12))}\"";
        IHeaderDictionary headers = http.Response.Headers;
        headers.ETag = tag;
        headers.CacheControl = "public, no-cache";
        headers.AccessControlAllowOrigin = "*";
        if (language is null)
        {
            headers.Vary = "Accept-Language, Cookie";
        }

        if (http.Request.Headers.IfNoneMatch.ToString().Split(',', StringSplitOptions.TrimEntries).Any(t => t == tag || t == "*"))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = "application/atom+xml; charset=utf-8";
        http.Response.ContentLength = feed.Length;
        await http.Response.Body.WriteAsync(feed, ct);
    }

    private static byte[] Write(ImmutableArray<StructureChangeSet> found, ChangeFilter filter, string language, string? before, Words words)
    {
        string query = FilterQuery.Write(filter, language), self = words.Address + Path + query;
        using MemoryStream stream = new();
        using (XmlWriter xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xml", "lang", null, language);
            xml.WriteElementString("id", Atom, self);
            xml.WriteElementString("title", Atom, $"{words.Texts.Find(language, "changes.feed")} – {words.Texts.Find(language, "app.name")}");
            xml.WriteElementString("updated", Atom, Instant(found.IsEmpty ? DateTimeOffset.UnixEpoch : found[0].At));
            xml.WriteStartElement("author", Atom);
            xml.WriteElementString("name", Atom, words.Texts.Find(language, "app.name"));
            xml.WriteEndElement();
            Link(xml, "self", before is null ? self : $"{self}&before={before}");
            Link(xml, "alternate", $"{words.Address}/{language}/structures");
            if (found.Length > Entries)
            {
                Link(xml, "next", string.Create(CultureInfo.InvariantCulture, $"{self}&before={found[Entries - 1].Number}"));
            }

            foreach (StructureChangeSet changes in found.Take(Entries))
            {
                Entry(xml, changes, words);
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Entry(XmlWriter xml, StructureChangeSet changes, Words words)
    {
        xml.WriteStartElement("entry", Atom);
        xml.WriteElementString("id", Atom, string.Create(CultureInfo.InvariantCulture, $"{words.Address}{Path}#transaction-{changes.Number}"));
        xml.WriteElementString("title", Atom, Writable(words.Letters.Subject(changes, words.Language)));
        xml.WriteElementString("updated", Atom, Instant(changes.At));
        Link(xml, "alternate", words.Address + StructureLinks.Page(words.Language, changes.Entries[0].Reference));
        StringBuilder list = new("<ul>");
        foreach (StructureChangeEntry entry in changes.Entries.Take(Shown))
        {
            string line = WebUtility.HtmlEncode(words.Letters.Line(entry, words.Language)), page = WebUtility.HtmlEncode(words.Address + StructureLinks.Page(words.Language, entry.Reference));
            list.Append(entry.Kind == PlannedKind.Delete ? $"<li>{line}</li>" : $"<li><a href=\"{page}\">{line}</a></li>");
        }

        list.Append("</ul>");
        if (changes.Entries.Length > Shown)
        {
            list.Append("<p>").Append(WebUtility.HtmlEncode(words.Texts.Plural(words.Language, "structures.more", changes.Entries.Length - Shown))).Append("</p>");
        }

        xml.WriteStartElement("content", Atom);
        xml.WriteAttributeString("type", "html");
        xml.WriteString(Writable(list.ToString()));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    // Names sent in JSON may hold control characters, which XML has no way to write.
    private static string Writable(string text) => string.Concat(text.EnumerateRunes().Select(r => r.IsBmp && !XmlConvert.IsXmlChar((char)r.Value) ? "\uFFFD" : r.ToString()));

    private static string Instant(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Words(ChangeLetters Letters, TextCatalogue Texts, string Address, string Language);
}
