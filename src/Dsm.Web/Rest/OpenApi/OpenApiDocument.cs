using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Dsm.Sdmx.Formats;

namespace Dsm.Web.Rest.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document of a line: what can be read by <see cref="RestCatalogue"/>, what can be sent by the table of routes, so that
/// no route is missing.
/// </summary>
internal static class OpenApiDocument
{
    /// <summary>Makes the document.</summary>
    /// <param name="line">The line.</param>
    /// <param name="operations">What can be read.</param>
    /// <param name="routes">All routes of the hub.</param>
    /// <param name="name">Name of the hub.</param>
    public static JsonObject Of(RestLine line, ImmutableArray<RestOperation> operations, IEnumerable<RouteEndpoint> routes, string name)
    {
        JsonObject paths = [];
        foreach (RestOperation operation in operations)
        {
            bool isLongest = true;
            foreach (string path in operation.Paths)
            {
                paths[path] ??= new JsonObject();
                paths[path]!.AsObject()["get"] = Get(line, operation, path, isLongest);
                isLongest = false;
            }
        }

        foreach ((string method, string path) in Submissions(line, routes))
        {
            paths[path] ??= new JsonObject();
            paths[path]!.AsObject()[method] = Submission(method, path);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = $"{name}: SDMX REST {(line == RestLine.V1 ? "1.5" : "2.2")}",
                ["version"] = line == RestLine.V1 ? "1.5.0" : "2.2.2",
                ["description"] = "Statistics and their structures by the SDMX REST specification. The format is negotiated by Accept; the first of each list is the default.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = line.Prefix }),
            ["paths"] = paths,
        };
    }

    /// <summary>Methods other than reading that routes of a line take, with their paths.</summary>
    public static IEnumerable<(string Method, string Path)> Submissions(RestLine line, IEnumerable<RouteEndpoint> routes)
        => routes.Where(r => Pattern(r).StartsWith(line.Prefix, StringComparison.Ordinal))
            .SelectMany(r => (r.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(m => (Method: m.ToLowerInvariant(), Path: Pattern(r)[line.Prefix.Length..])))
            .Where(r => r.Method is "post" or "put" or "delete" or "patch")
            .SelectMany(r => Forms(r.Method, r.Path).Select(path => (r.Method, path))).Distinct();

    // Maintenance of structures takes the rest of the path as far as the method needs it (MaintenanceAddress).
    private static IEnumerable<string> Forms(string method, string path)
    {
        const string Rest = "/{**rest}", Artefact = "/{structureType}/{agencyID}/{resourceID}/{version}";
        string start = path.EndsWith(Rest, StringComparison.Ordinal) ? path[..^Rest.Length] : "";
        return !path.EndsWith(Rest, StringComparison.Ordinal) ? [path]
            : method == "post" ? [start.Length == 0 ? "/" : start, start + "/{structureType}"]
            : method == "delete" ? [start + Artefact, start + Artefact + "/{itemID}"]
            : [start + Artefact];
    }

    /// <summary>The pattern of a route, with a slash at its beginning.</summary>
    public static string Pattern(RouteEndpoint route) => "/" + route.RoutePattern.RawText?.TrimStart('/');

    private static JsonObject Get(RestLine line, RestOperation operation, string path, bool isLongest)
    {
        JsonArray parameters = [];
        foreach (string part in path.Split('/').Where(p => p.StartsWith('{')))
        {
            parameters.Add(new JsonObject { ["name"] = part[1..^1], ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } });
        }

        foreach (RestParameter parameter in operation.Parameters.Concat(RestCatalogue.Everywhere))
        {
            parameters.Add(Query(parameter));
        }

        JsonObject get = new()
        {
            ["operationId"] = isLongest ? operation.Id : string.Create(CultureInfo.InvariantCulture, $"{operation.Id}{path.Count(c => c == '/')}"),
            ["summary"] = operation.Summary,
            ["parameters"] = parameters,
            ["responses"] = Responses(line, operation),
        };
        if (isLongest && !operation.Examples.IsEmpty)
        {
            get["x-examples"] = new JsonArray([.. operation.Examples.Select(e => new JsonObject { ["request"] = e.Request, ["status"] = e.Status, ["description"] = e.What })]);
        }

        return get;
    }

    private static JsonObject Query(RestParameter parameter)
    {
        JsonObject schema = new() { ["type"] = parameter.Type };
        if (!parameter.Words.IsDefault)
        {
            schema["enum"] = new JsonArray([.. parameter.Words.Select(w => JsonValue.Create(w))]);
        }

        JsonNode example = parameter.Type switch
        {
            "integer" => JsonValue.Create(int.Parse(parameter.Example, CultureInfo.InvariantCulture)),
            "boolean" => JsonValue.Create(bool.Parse(parameter.Example)),
            _ => JsonValue.Create(parameter.Example),
        };
        return new JsonObject { ["name"] = parameter.Name, ["in"] = "query", ["description"] = parameter.Description, ["schema"] = schema, ["example"] = example };
    }

    private static JsonObject Responses(RestLine line, RestOperation operation)
    {
        JsonObject content = [];
        foreach (SdmxFormat format in operation.Formats)
        {
            content[format.MediaType] = new JsonObject();
        }

        JsonObject responses = new() { ["200"] = new JsonObject { ["description"] = "The answer.", ["content"] = content } };
        foreach ((int status, string text) in Statuses(line))
        {
            responses[status.ToString(CultureInfo.InvariantCulture)] = new JsonObject { ["description"] = text };
        }

        return responses;
    }

    private static IEnumerable<(int Status, string Text)> Statuses(RestLine line)
    {
        if (line != RestLine.V1)
        {
            yield return (204, "Nothing fits the query.");
        }

        yield return (304, "Nothing has changed since.");
        yield return (400, "The address cannot be read.");
        yield return (401, "Sign in first.");
        yield return (403, line == RestLine.V1 ? "Not allowed, or the query makes no sense for this structure (code 150)." : "Not allowed.");
        yield return (404, line == RestLine.V1 ? "Nothing fits the query (code 100)." : "There is no such artefact.");
        yield return (406, "None of the formats asked for is offered.");
        yield return (413, "The answer is larger than the service gives.");
        yield return (414, "The address is too long.");
        if (line != RestLine.V1)
        {
            yield return (422, "The query makes no sense for this structure.");
        }

        yield return (500, "A fault of the hub.");
        yield return (501, "Not offered.");
        yield return (503, "Busy; try again later.");
    }

    private static JsonObject Submission(string method, string path)
    {
        JsonArray parameters = [];
        foreach (string part in path.Split('/').Where(p => p.StartsWith('{')))
        {
            parameters.Add(new JsonObject { ["name"] = part[1..^1], ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" } });
        }

        if (!path.StartsWith("/metadata", StringComparison.Ordinal) && !path.StartsWith("/registration", StringComparison.Ordinal))
        {
            parameters.Add(Query(new RestParameter("dryRun", "boolean", "Says what would happen, and changes nothing.", "true")));
        }

        JsonObject operation = new()
        {
            ["operationId"] = method + string.Concat(path.Where(char.IsLetterOrDigit)),
            ["summary"] = method switch
            {
                "delete" => "Takes away what the address names, unless something refers to it.",
                "put" => "Replaces what the address names.",
                _ => "Takes in a message, as a whole or not at all.",
            },
            ["parameters"] = parameters,
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject { ["description"] = "Done." },
                ["201"] = new JsonObject { ["description"] = "Taken in." },
                ["400"] = new JsonObject { ["description"] = "The message cannot be read." },
                ["401"] = new JsonObject { ["description"] = "Sign in first." },
                ["403"] = new JsonObject { ["description"] = "Not allowed." },
                ["409"] = new JsonObject { ["description"] = "It contradicts what is there." },
                ["422"] = new JsonObject { ["description"] = "The message does not fit the address." },
            },
        };
        if (method is not "delete")
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { ["application/xml"] = new JsonObject() } };
        }

        return operation;
    }
}
