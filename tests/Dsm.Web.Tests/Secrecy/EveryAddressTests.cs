using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Dsm.Exchange.Registry;
using Dsm.Sdmx.Model;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Web.Tests.Secrecy;

/// <summary>
/// Nothing of a restricted national space shows anywhere to those who may not see it: every address that the hub answers, filled with all
/// that a reader can know, and every link on what it answers, is asked for; neither bodies nor headers name what is secret.
/// </summary>
[Collection(SecretCollection.Name)]
public sealed partial class EveryAddressTests(SecretHub hub)
{
    // Of addresses that differ only in ids, numbers and values so many are asked for.
    private const int OfAKind = 8;

    private static readonly string[] Accepts =
    [
        "application/vnd.sdmx.structure+json;version=2.1.0, application/json;q=0.5, */*;q=0.1", "application/vnd.sdmx.structure+xml;version=3.0.0, application/vnd.sdmx.data+xml;version=3.0.0, */*;q=0.1",
        "application/vnd.sdmx.structure+xml;version=2.1, application/vnd.sdmx.data+csv;version=1.0.0, */*;q=0.1",
    ];

    [Theory]
    [InlineData(null)]
    [InlineData("south")]
    [InlineData("south-admin")]
    [InlineData("structures")]
    public async Task Names_nothing_that_the_reader_may_not_see(string? user)
    {
        using HttpClient browser = await hub.BrowserAsync(user);
        Dictionary<string, int> kinds = [];
        HashSet<string> known = [];
        Queue<string> open = new();
        List<string> leaks = [];
        void Add(string address, bool always)
        {
            string kind = Kind(address);
            if (known.Add(address) && (always || kinds.GetValueOrDefault(kind) < OfAKind) && !address.Contains("sign-out", StringComparison.Ordinal))
            {
                kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                open.Enqueue(address);
            }
        }

        foreach (string address in Addresses())
        {
            Add(address, always: true);
        }

        int asked = 0, good = 0;
        while (open.TryDequeue(out string? address))
        {
            foreach (string accept in address.StartsWith("/sdmx", StringComparison.Ordinal) ? Accepts : ["text/html, */*;q=0.1"])
            {
                (int status, string text) = await AskAsync(browser, address, accept);
                asked++;
                good += status == 200 ? 1 : 0;
                if (Secret().Match(text) is { Success: true } leak)
                {
                    leaks.Add($"{address} ({accept.Split(',')[0]}): ...{text[Math.Max(0, leak.Index - 100)..Math.Min(text.Length, leak.Index + 60)]}...");
                    continue;
                }

                foreach (string link in Links(address, text))
                {
                    Add(link, always: false);
                }
            }
        }

        leaks.Should().BeEmpty();
        good.Should().BeGreaterThan(200, "of {0} answers", asked);
    }

    [Fact]
    public async Task Those_of_the_space_and_the_coordinator_do_see_it()
    {
        foreach (string user in new[] { "north", "coordinator" })
        {
            using HttpClient browser = await hub.BrowserAsync(user);
            foreach (string address in new[]
            {
                "/en/harvests", "/ru/harvests", "/en/structures/national/NORTH", "/en/structures/proposals", "/sdmx/v2/structure/codelist/*/*/*", "/sdmx/v1/dataflow/all/all/all", "/sdmx/v2/metadata/metadataset/*/*/*",
                "/sdmx/v2/registration/provider/*/*",
            })
            {
                (await AskAsync(browser, address, "*/*")).Text.Should().MatchRegex($"{SecretHub.Mark}|{SecretHub.NameMark}", "{0} asks for {1}", user, address);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("south-admin")]
    public async Task What_is_secret_and_what_never_was_get_one_answer(string? user)
    {
        using HttpClient browser = await hub.BrowserAsync(user);
        List<string> differences = [];
        foreach (string address in hub.Secrets.SelectMany(Guesses).Concat(
            [$"/en/harvests/{SecretHub.Mark}_1", $"/ru/harvests/{SecretHub.Mark}_2", $"/en/structures/national/{SecretHub.Mark}", $"/sdmx/v2/metadata/metadataset/OFFICE/{SecretHub.Mark}_ON_SECRET_FLOW", .. Elsewhere()]))
        {
            foreach (string accept in address.StartsWith("/sdmx", StringComparison.Ordinal) ? Accepts[..2] : ["text/html"])
            {
                string other = address.Replace(SecretHub.Mark, "NOSUCHX", StringComparison.Ordinal);
                (int status, string text) = await AskAsync(browser, address, accept);
                (int otherStatus, string otherText) = await AskAsync(browser, other, accept);
                string secret = Comparable(text), absent = Comparable(otherText.Replace("NOSUCHX", SecretHub.Mark, StringComparison.Ordinal));
                if (status != otherStatus || secret != absent)
                {
                    int at = Math.Max(0, secret.Zip(absent).TakeWhile(p => p.First == p.Second).Count() - 60);
                    differences.Add($"{address} ({accept.Split(',')[0]}): {status}, not {otherStatus}: ...{secret[at..Math.Min(at + 160, secret.Length)]}, not ...{absent[at..Math.Min(at + 160, absent.Length)]}");
                }
            }
        }

        differences.Should().BeEmpty();
    }

    [Fact]
    public async Task Counts_are_of_what_the_reader_may_see()
    {
        using HttpClient anybody = await hub.BrowserAsync(null), coordinator = await hub.BrowserAsync("coordinator"), structures = await hub.BrowserAsync("structures");
        (await PageAsync(anybody, "/en/harvests")).QuerySelectorAll("table.sources tbody th[scope=row]").Should().ContainSingle();
        (await PageAsync(anybody, "/en/harvests")).QuerySelector("ul.summary")!.TextContent.Should().MatchRegex("\\b1\\b").And.NotContain("Failed");
        (await PageAsync(coordinator, "/en/harvests")).QuerySelectorAll("table.sources tbody th[scope=row]").Should().HaveCount(4);
        (await PageAsync(anybody, "/en/")).QuerySelectorAll("table.matrix .state.bad").Should().BeEmpty("of hidden harvests nobody learns how they went");

        // Two transactions held a public artefact and many that are secret, one closed the space.
        (await PageAsync(structures, "/en/structures/log")).QuerySelector("main")!.TextContent.Should().NotContain("upload " + SecretHub.Mark);
        StructureTransaction[] seen = [.. await hub.Hub.Services.GetRequiredService<StructureLog>().RecentAsync(10, null, Exchange.Access.ReaderAccess.Public, default)];
        seen.Where(t => t.Origin == "upload").Select(t => (t.Added, t.Changed, t.Deleted, t.Comment, t.MessageHash)).Should().Equal((0, 1, 0, null, null), (1, 0, 0, null, null));
    }

    private static async Task<IHtmlDocument> PageAsync(HttpClient browser, string path) => new HtmlParser().ParseDocument(await browser.GetStringAsync(path));

    private IEnumerable<RouteEndpoint> Routes() => hub.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>() is not { } methods || methods.HttpMethods.Contains("GET"));

    /// <summary>Every address of the hub, filled with what everybody can know.</summary>
    private IEnumerable<string> Addresses()
    {
        Maintainable[] artefacts = [.. hub.Registry.For(Exchange.Access.ReaderAccess.Public).Structures.All.GroupBy(a => a.Type).Select(g => g.First()),
            .. hub.Registry.For(Exchange.Access.ReaderAccess.Public).Structures.All.Where(a => a.Id is "CL_AREA" or "DF_STOCK" or "CL_OPEN")];
        foreach (RouteEndpoint route in Routes())
        {
            string pattern = "/" + route.RoutePattern.RawText!.TrimStart('/');
            if (pattern.Contains("{**", StringComparison.Ordinal) || pattern.StartsWith("/sdmx", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (string language in pattern.Contains("{language", StringComparison.Ordinal) ? new[] { "en", "ru" } : [""])
            {
                if (!pattern.Contains('{', StringComparison.Ordinal) || !LanguagePattern().Replace(pattern, "").Contains('{', StringComparison.Ordinal))
                {
                    yield return LanguagePattern().Replace(pattern, language);
                    continue;
                }

                foreach (Maintainable artefact in artefacts)
                {
                    string filled = LanguagePattern().Replace(pattern, language);
                    filled = ParameterPattern().Replace(filled, m => m.Groups[1].Value.ToLowerInvariant() switch
                    {
                        "agency" => artefact.AgencyId,
                        "version" => artefact.Version.ToString(),
                        "kind" or "type" or "class" => artefact.Type.Class,
                        "state" => "NORTH",
                        "flow" or "id" or "artefact" => pattern.Contains("harvests", StringComparison.Ordinal) ? "OPEN" : pattern.Contains("agency", StringComparison.OrdinalIgnoreCase) ? artefact.Id : "1",
                        "number" => "2",
                        "code" or "status" => "404",
                        _ => "1",
                    });
                    yield return filled;
                }
            }
        }

        for (int number = 1; number < 12; number++)
        {
            yield return $"/en/structures/log/{number}";
            yield return $"/en/structures/log/{number}?handler=Message";
            yield return $"/en/submissions/{number}";
            yield return $"/en/submissions/{number}?handler=Findings";
            yield return $"/en/submissions/{number}?handler=File";
            yield return $"/ru/structures/proposals/{number}";
            yield return $"/en/data/queries/{number}?ask=1";
        }

        foreach (string address in RestAddresses().Concat(Pages()))
        {
            yield return address;
        }
    }

    private static string[] Pages() =>
    [
        "/", "/en/", "/ru/", "/en/data/try?flow=SEED:DF_STOCK(1.0)&ask=1", "/en/structures?q=a", "/ru/structures?q=stock", "/en/structures?q=" + "SEC", "/robots.txt", "/sitemap.xml", "/metrics", "/health/live", "/health/ready",
        "/en/structures/changes.atom?drafts=true", "/ru/structures/changes.atom?agency=SEED", "/en/structures/subscriptions?agency=SEED.NORTH", "/en/harvests?state=NORTH", "/ru/harvests?state=NORTH",
    ];

    private IEnumerable<string> RestAddresses()
    {
        foreach (StructureType type in StructureType.All)
        {
            foreach (string query in new[] { "", "?references=all&detail=full", "?references=parentsandsiblings", "?references=children", "?detail=allstubs" })
            {
                if (type.Rest1 is not null)
                {
                    yield return $"/sdmx/v1/{type.Rest1}/all/all/all{query}";
                }

                if (type.Rest2 is not null)
                {
                    yield return $"/sdmx/v2/structure/{type.Rest2}/*/*/*{query}";
                }
            }

            if (type.Rest2 is not null)
            {
                yield return $"/sdmx/v2/structure/{type.Rest2}/*/*/*?asOf=2098-01-01T00:00:00Z&references=all";
                yield return $"/sdmx/v2/structure/{type.Rest2}/*/*/*?asOf={hub.WhilePublic}&references=all";
                yield return $"/sdmx/v2/structure/{type.Rest2}/*/*/~/*?references=ancestors";
                yield return $"/sdmx/v2/metadata/structure/{type.Rest2}/*/*/*";
            }
        }

        foreach (string rest in new[]
        {
            "v1/structure/all/all/all?references=all", "v1/organisationscheme/all/all/all", "v2/structure/*/*/*/*?references=all", "v2/structure/*/SEED,SEED.NORTH/*/*", "v2/structure",
            "v1/data/DF_STOCK", "v1/data/all", "v1/data/SEED,DF_STOCK/all/all?includeHistory=true", "v1/data/SEED,DF_STOCK/all/NORTH", "v2/data", "v2/data/dataflow/*/*/*", "v2/data/dataflow/SEED/DF_STOCK", "v2/data/provisionagreement/*/*/*", "v2/data/datastructure/*/*/*",
            "v2/data/dataflow/SEED/DF_STOCK?includeHistory=true", "v2/data/dataflow/SEED/DF_STOCK?asOf=2098-01-01", "v2/data/dataflow/SEED/DF_STOCK?attributes=all", "v2/data/dataflow/SEED/DF_STOCK?updatedAfter=2020-01-01",
            "v1/availableconstraint/DF_STOCK/all/all/all?references=all", "v2/availability/dataflow/SEED/DF_STOCK?references=all", "v2/availability/dataflow/SEED/DF_STOCK?references=dataproviderscheme,dataflow&mode=available", "v2/availability/dataflow/*/*", "v2/availability/provisionagreement/*/*",
            "v1/schema/dataflow/SEED/DF_STOCK", "v2/schema/dataflow/SEED/DF_STOCK", "v2/schema/datastructure/SEED/DSD_STOCK", "v1/metadata/all", "v1/metadata/SEED,MDF_NOTES", "v2/metadata/metadataset/*/*/*", "v2/metadata/metadataset/*/*/*?detail=allstubs", "v2/metadata/metadataflow/*/*/*", "v2/metadata/structure/*/*/*/*",
            "v2/metadata/metadataset/*/*/*?asOf=2098-01-01", "v2/registration/provider/*/*", "v2/registration/dataflow/*/*/*", "v2/registration/provisionagreement/*/*/*", "v2/registration/id/*", "v1/openapi.json", "v2/openapi.json", "openapi.json", "", "v1", "v2", "v3/structure",
        })
        {
            yield return "/sdmx/" + rest;
        }
    }

    private static IEnumerable<string> Guesses(Maintainable secret)
    {
        string at = $"{secret.AgencyId}/{secret.Id}/{secret.Version}";
        if (!secret.Urn.Contains(SecretHub.Mark, StringComparison.Ordinal))
        {
            yield break;
        }

        foreach (string page in new[] { "", "/items", "/compare", "/edit", "/translate" })
        {
            yield return $"/en/structures/{secret.Type.Class}/{at}{page}";
        }

        yield return $"/sdmx/v2/structure/{secret.Type.Rest2}/{at}?references=all";
        if (secret.Type.Rest1 is { } first)
        {
            yield return $"/sdmx/v1/{first}/{at}?references=all";
        }

        if (secret.Type == StructureType.Dataflow || secret.Type == StructureType.ProvisionAgreement || secret.Type == StructureType.DataStructure)
        {
            string context = secret.Type.Rest2!;
            yield return $"/en/data/{at}";
            yield return $"/en/data/try?flow={secret.AgencyId}:{secret.Id}({secret.Version})&ask=1";
            yield return $"/sdmx/v2/data/{context}/{at}";
            yield return $"/sdmx/v2/data/{context}/{at}/A.NORTH";
            yield return $"/sdmx/v2/data/{context}/{at}/A.B.C.D.E.F.G.H.I";
            yield return $"/sdmx/v2/data/{context}/{at}?c[NOTHING]=1";
            yield return $"/sdmx/v2/availability/{context}/{at}";
            yield return $"/sdmx/v2/schema/{context}/{at}";
            yield return $"/sdmx/v2/registration/{context}/{at}";
            yield return $"/sdmx/v1/schema/{context}/{at}";
            yield return $"/sdmx/v1/data/{secret.AgencyId},{secret.Id},{secret.Version}";
        }

        yield return $"/sdmx/v2/metadata/structure/{secret.Type.Rest2}/{at}";
        yield return $"/en/structures/changes.atom?agency={secret.AgencyId}&type={secret.Type.Class}&id={secret.Id}";
    }

    // Guesses at what stands in other parts of addresses.
    private static string[] Elsewhere() =>
    [
        $"/sdmx/v1/data/SEED,DF_STOCK/all/NORTH_{SecretHub.Mark}", $"/sdmx/v1/data/SEED,DF_STOCK/all/SEED.NORTH,NORTH_{SecretHub.Mark}", $"/sdmx/v1/availableconstraint/SEED,DF_STOCK/all/NORTH_{SecretHub.Mark}",
        $"/sdmx/v1/metadata/all/all/{SecretHub.Mark}", $"/sdmx/v2/metadata/metadataflow/*/*/*/{SecretHub.Mark}", $"/sdmx/v2/registration/provider/SEED.NORTH/NORTH_{SecretHub.Mark}", $"/sdmx/v2/registration/provider/*/NORTH_{SecretHub.Mark}",
        $"/sdmx/v2/structure/codelist/SEED.NORTH.{SecretHub.Mark}/*/*", $"/sdmx/v2/structure/agencyscheme/SEED.NORTH/AGENCIES/*/{SecretHub.Mark}", $"/sdmx/v2/structure/dataproviderscheme/*/*/*/NORTH_{SecretHub.Mark}",
        $"/sdmx/v2/structure/codelist/SEED/CL_AREA/*?references={SecretHub.Mark}", $"/en/structures?q={SecretHub.Mark}", $"/en/structures?agency=SEED.NORTH.{SecretHub.Mark}", $"/en/harvests?state={SecretHub.Mark}",
        $"/en/structures/changes.atom?agency=SEED.NORTH.{SecretHub.Mark}&drafts=true", $"/en/structures/changes.atom?id={SecretHub.Mark}_CL_SEX", $"/en/structures/subscriptions?agency=SEED.NORTH.{SecretHub.Mark}",
        $"/en/structures/proposals/new?kind=Code&of=urn:sdmx:org.sdmx.infomodel.codelist.Codelist=SEED.NORTH:{SecretHub.Mark}_CL_SEX(1.0)",
        $"/en/structures/proposals/new?kind=Definition&of=urn:sdmx:org.sdmx.infomodel.codelist.Codelist=SEED.NORTH:{SecretHub.Mark}_CL_SEX(1.0)&item=F",
        $"/en/submissions/new?state={SecretHub.Mark}", $"/en/structures/Codelist/SEED/CL_AREA/1.0/compare?with={SecretHub.Mark}",
    ];

    private static async Task<(int Status, string Text)> AskAsync(HttpClient browser, string address, string accept)
    {
        Uri uri = new(browser.BaseAddress!.GetLeftPart(UriPartial.Authority) + address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using HttpRequestMessage request = new(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage response = await browser.SendAsync(request);
        StringBuilder text = new();
        foreach ((string name, HeaderStringValues values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Where(h => h.Key is not ("Date" or "Set-Cookie" or "X-Frame-Options" or "ETag" or "Last-Modified" or "Content-Length")))
        {
            text.Append(name).Append(": ").Append(values.ToString()).Append('\n');
        }

        text.Append(await response.Content.ReadAsStringAsync());
        return ((int)response.StatusCode, WebUtility.HtmlDecode(Uri.UnescapeDataString(text.ToString())));
    }

    private static IEnumerable<string> Links(string address, string text)
    {
        if (!text.Contains("<html", StringComparison.Ordinal))
        {
            return AddressPattern().Matches(text).Select(m => m.Groups[1].Value);
        }

        using IHtmlDocument page = new HtmlParser().ParseDocument(text);
        string path = address.Split('?')[0];
        return [.. page.QuerySelectorAll("a[href], link[href]").Select(a => a.GetAttribute("href")!)
            .Concat(page.QuerySelectorAll("form[method=get] option, form:not([method]) option").Select(o => $"{path}?{o.Closest("select")?.GetAttribute("name")}={Uri.EscapeDataString(o.GetAttribute("value") ?? "")}"))
            .Select(h => h.Split('#')[0]).Where(h => h.Length > 0)
            .Select(h => h.StartsWith('?') ? path + h : h)
            .Where(h => h.StartsWith('/') && !h.StartsWith("//", StringComparison.Ordinal))];
    }

    // Pages, words of addresses and names of parameters tell kinds apart; ids, numbers and values do not.
    private static string Kind(string address)
    {
        string[] parts = address.Split('?', 2);
        return string.Join('/', parts[0].Split('/').Select(p => WordPattern().IsMatch(p) ? p : "*"))
            + "?" + (parts.Length < 2 ? "" : string.Join('&', parts[1].Split('&').Select(p => p.Split('=')[0]).Order(StringComparer.Ordinal)));
    }

    private static string Comparable(string text) => ChangingPattern().Replace(text, "~");

    [GeneratedRegex($"{SecretHub.Mark}|{SecretHub.NameMark}", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex("\\{language[^}]*\\}")]
    private static partial Regex LanguagePattern();

    [GeneratedRegex("\\{(\\w+)[^}]*\\}")]
    private static partial Regex ParameterPattern();

    [GeneratedRegex("(?:href|url)\"?[=:] ?\"(?:https?://[^/\"]+)?(/[^\"<>]+)\"")]
    private static partial Regex AddressPattern();

    [GeneratedRegex("^[a-z][a-z.-]+$|^v[12]$")]
    private static partial Regex WordPattern();

    [GeneratedRegex("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(?:Z|[+-]\\d\\d:\\d\\d)?|CfDJ8[\\w-]+|\\b[A-Z]{3}[0-9a-f-]{16,}|\"id\":\"[^\"]*\"|<mes:ID>[^<]*|\\d\\d:\\d\\d(:\\d\\d)?")]
    private static partial Regex ChangingPattern();
}
