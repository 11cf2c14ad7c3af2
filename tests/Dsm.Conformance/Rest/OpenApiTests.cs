using System.Text.Json;
using System.Text.RegularExpressions;
using Dsm.Conformance.Seed;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Rest;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dsm.Conformance.Rest;

/// <summary>The OpenAPI documents are the service: no route, method or parameter is missing, none is invented, examples are answered as they say.</summary>
[Collection(SeededHubCollection.Name)]
public sealed partial class OpenApiTests(SeededHub hub)
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private static readonly string[] Methods = ["get", "post", "put", "delete", "patch"];

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Says_of_itself_what_OpenApi_asks(string line)
    {
        JsonElement document = await DocumentAsync(line);
        document.GetProperty("openapi").GetString().Should().Be("3.1.0");
        document.GetProperty("servers")[0].GetProperty("url").GetString().Should().Be("/sdmx/" + line);
        Operations(document).Select(o => o.Operation.GetProperty("operationId").GetString()).Should().OnlyHaveUniqueItems();
        foreach ((string path, _, JsonElement operation) in Operations(document))
        {
            IEnumerable<string> inPath = operation.GetProperty("parameters").EnumerateArray().Where(p => p.GetProperty("in").GetString() == "path").Select(p => p.GetProperty("name").GetString()!);
            inPath.Should().Equal(Brace().Matches(path).Select(m => m.Groups[1].Value), path);
            operation.GetProperty("responses").EnumerateObject().Should().OnlyContain(r => r.Value.GetProperty("description").GetString()!.Length > 0);
        }
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Every_route_is_in_it(string line)
    {
        JsonElement document = await DocumentAsync(line);
        string[] documented = [.. Operations(document).Select(o => $"{o.Method} {o.Path.Split('/')[1]}").Distinct()];
        string prefix = "/sdmx/" + line + "/";
        foreach (RouteEndpoint route in hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string pattern = "/" + route.RoutePattern.RawText?.TrimStart('/');
            if (pattern.StartsWith(prefix, StringComparison.Ordinal) && !pattern.EndsWith("/openapi.json", StringComparison.Ordinal))
            {
                string resource = pattern[prefix.Length..].Split('/')[0].Replace("{**rest}", line == "v1" ? "{structureType}" : "structure", StringComparison.Ordinal);
                foreach (string method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["get"])
                {
                    string lower = method.ToLowerInvariant();
                    if (Methods.Contains(lower))
                    {
                        documented.Should().Contain($"{lower} {resource}", pattern); // what a route leaves open is a type of structures
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Every_parameter_that_is_understood_is_in_it_and_no_other(string line)
    {
        JsonElement document = await DocumentAsync(line);
        string[] known = [.. KnownToTheParsers()];
        known.Should().Contain(["startPeriod", "c[TIME_PERIOD]", "asOf", "references"]);
        foreach ((string path, string method, JsonElement operation) in Operations(document).Where(o => o.Method == "get"))
        {
            Dictionary<string, string> documented = operation.GetProperty("parameters").EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query")
                .ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("example").ToString() is var e && e is "True" or "False" ? p.GetProperty("example").ToString().ToLowerInvariant() : p.GetProperty("example").ToString());
            string request = Example(path);
            documented.Keys.Should().BeEquivalentTo(known.Where(name => IsKnown(line, request, name)), $"{method} {path}");
            foreach ((string name, string value) in documented)
            {
                IssueList issues = new();
                RestOutcome outcome = Parse(line, request, $"{name}={value}", issues);
                outcome.Should().BeOneOf([RestOutcome.Understood, RestOutcome.NotImplemented], $"{path} {name}={value}: {string.Join("; ", issues.Kept)}");
            }
        }
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Every_example_is_answered_as_it_says(string line)
    {
        int count = 0;
        foreach ((_, _, JsonElement operation) in Operations(await DocumentAsync(line)))
        {
            foreach (JsonElement example in operation.TryGetProperty("x-examples", out JsonElement examples) ? examples.EnumerateArray() : [])
            {
                string request = example.GetProperty("request").GetString()!;
                using HttpResponseMessage response = await Client.GetAsync(new Uri($"{(line == "v1" ? hub.V1 : hub.V2)}/{request}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
                ((int)response.StatusCode).Should().Be(example.GetProperty("status").GetInt32(), request);
                operation.GetProperty("responses").TryGetProperty(example.GetProperty("status").ToString(), out _).Should().BeTrue();
                count++;
            }
        }

        count.Should().BeGreaterThan(8);
    }

    private async Task<JsonElement> DocumentAsync(string line)
    {
        using HttpResponseMessage response = await Client.GetAsync(new Uri($"{(line == "v1" ? hub.V1 : hub.V2)}/openapi.json"));
        response.Content.Headers.ContentType!.MediaType.Should().Be("application/json");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    private static IEnumerable<(string Path, string Method, JsonElement Operation)> Operations(JsonElement document)
        => document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(m => (p.Name, m.Name, m.Value)));

    /// <summary>Names of parameters in the source of the parsers: what they could take.</summary>
    private static IEnumerable<string> KnownToTheParsers()
    {
        string folder = Path.Combine(SharedFolder.RepositoryRoot, "src", "Dsm.Sdmx", "Rest");
        string source = string.Concat(Directory.GetFiles(folder, "*.cs").Select(File.ReadAllText));
        IEnumerable<string> header = HeaderParameters().Match(source).Groups[1].Value.Split(',').Select(n => n.Trim(' ', '"', '\r', '\n'));
        return Taken().Matches(source).Select(m => m.Groups[1].Value).Concat(header)
            .Concat(["startPeriod", "endPeriod", "firstNObservations", "lastNObservations", "dimensionAtObservation", "includeHistory", "c[TIME_PERIOD]"]).Distinct();
    }

    private static bool IsKnown(string line, string request, string name)
    {
        IssueList issues = new();
        Parse(line, request, $"{name}=?", issues);
        return !issues.Kept.Any(i => i.Code == IssueCodes.UnknownParameter && i.Arguments[0]?.ToString() == name);
    }

    private static RestOutcome Parse(string line, string request, string query, IssueList issues)
        => line == "v1" ? Rest15.Parse(request, query, issues, out _) : Rest2.Parse(request, query, issues, out _);

    private static string Example(string path) => Brace().Replace(path, m => m.Groups[1].Value switch
    {
        "flowRef" => "SEED,DF_STOCK,1.0",
        "key" => "*",
        "providerRef" => "SEED,NORTH_NSO",
        "componentID" => "SEX",
        "structureType" => "codelist",
        "artefactType" => "codelist",
        "context" => "dataflow",
        "version" => "1.0",
        "agencyID" => "SEED",
        _ => "SOME_ID",
    }).TrimStart('/');

    [GeneratedRegex("\\{([A-Za-z]+)\\}")]
    private static partial Regex Brace();

    [GeneratedRegex("Take[A-Za-z]*(?:<[A-Za-z]+>)?\\(\"([A-Za-z]+)\"")]
    private static partial Regex Taken();

    [GeneratedRegex("HeaderParameters =\\s*\\[([^\\]]+)\\]")]
    private static partial Regex HeaderParameters();
}
