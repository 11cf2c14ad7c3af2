using System.Collections.Immutable;
using Dsm.Sdmx.Formats;

namespace Dsm.Web.Pages.Data;

/// <summary>A few lines that fetch the answer to a query, ready to be copied.</summary>
/// <param name="Id">Id of the tool, e.g. <c>r</c>.</param>
/// <param name="Name">Name of the tool; not translated.</param>
/// <param name="Code">The lines.</param>
public sealed record QuerySnippet(string Id, string Name, string Code);

/// <summary>Makes the snippets of a query.</summary>
public static class QuerySnippets
{
    /// <summary>The snippets.</summary>
    /// <param name="address">Address of the data in the line of the format, without a format.</param>
    /// <param name="rest1">Address of the same data in REST 1.5, for libraries that read SDMX 2.1.</param>
    /// <param name="format">The format.</param>
    public static ImmutableArray<QuerySnippet> Of(string address, string rest1, SdmxFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        string url = Plain(address), old = Plain(rest1), accept = format.MediaType;
        SdmxFormat csv = address == rest1 ? MediaTypes.DataCsv1 : MediaTypes.DataCsv21;
        string table = Plain(TryFormat.WithFormat(address, csv));
        return
        [
            new("curl", "curl", $"""
                curl --globoff -H 'Accept: {accept}' \
                  '{url}'
                """),
            new("r", "R (rsdmx)", $"""
                library(rsdmx)
                figures <- as.data.frame(readSDMX("{old}"))
                print(figures)
                """),
            new("python", "Python (sdmx1)", $"""
                import sdmx
                message = sdmx.read_url("{old}")
                print(sdmx.to_pandas(message))
                """),
            new("javascript", "JavaScript (fetch)", $$"""
                const response = await fetch("{{url}}",
                  { headers: { Accept: "{{accept}}" } });
                console.log(response.status, await response.text());
                """),
            new("java", "Java (java.net.http)", $$"""
                import java.net.URI;
                import java.net.http.*;

                public class Query {
                    public static void main(String[] args) throws Exception {
                        HttpRequest request = HttpRequest.newBuilder(URI.create(
                                "{{url}}"))
                            .header("Accept", "{{accept}}").build();
                        HttpResponse<String> response = HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString());
                        System.out.println(response.statusCode() + " " + response.body());
                    }
                }
                """),
            new("excel", "Excel (Power Query)", $"""
                let
                    Source = Csv.Document(Web.Contents("{table}"), [Delimiter = ",", Encoding = 65001]),
                    Figures = Table.PromoteHeaders(Source)
                in
                    Figures
                """),
            new("webservice", "Excel (WEBSERVICE)", $"""
                =WEBSERVICE("{table}")
                """),
        ];
    }

    // Brackets are not allowed in addresses by every library; quotes and backslashes would end the strings of the snippets.
    private static string Plain(string address)
        => address.Replace("[", "%5B", StringComparison.Ordinal).Replace("]", "%5D", StringComparison.Ordinal).Replace("'", "%27", StringComparison.Ordinal)
            .Replace("\"", "%22", StringComparison.Ordinal).Replace("\\", "%5C", StringComparison.Ordinal);
}
