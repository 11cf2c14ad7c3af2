using Dsm.Conformance.DataMessages;

namespace Dsm.Conformance.Rest;

/// <summary>One row of a table of requests.</summary>
/// <param name="Number">Line in the file.</param>
/// <param name="Line"><c>v1</c> or <c>v2</c>.</param>
/// <param name="Request">Path and query behind the entry point of the line, sent exactly so.</param>
/// <param name="Accept">Accept header; empty for none. <c>application/vnd.sdmx.</c> may be left out.</param>
/// <param name="Status">Status that must come.</param>
/// <param name="MediaType">Content-Type that must come, without <c>application/vnd.sdmx.</c>; empty for none.</param>
/// <param name="Check">What the body must be; see <see cref="RequestCheck"/>.</param>
public sealed record RequestRow(int Number, string Line, string Request, string Accept, int Status, string MediaType, string Check)
{
    public override string ToString() => $"{Number}: {Line} {Request}{(Accept.Length > 0 ? $" [{Accept}]" : "")}";
}

/// <summary>
/// Tables of requests (<c>requests-*.csv</c>): columns line, request, accept, status, media type, check. Rows that begin with <c>#</c>
/// are headings.
/// </summary>
public static class RequestTable
{
    private static readonly string Folder = Path.Combine(SharedFolder.RepositoryRoot, "tests", "Dsm.Conformance", "Rest");

    /// <summary>The rows of a table.</summary>
    public static IReadOnlyList<RequestRow> Read(string file)
    {
        string text = File.ReadAllText(Path.Combine(Folder, file)).ReplaceLineEndings("\r\n");
        List<RequestRow> rows = [];
        int number = 0;
        foreach (string[] fields in StrictCsv.Parse(text))
        {
            number++;
            if (number > 1 && !fields[0].StartsWith('#') && fields is not [""])
            {
                rows.Add(fields is [var line, var request, var accept, var status, var type, var check]
                    ? new RequestRow(number, line, request, accept, int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), type, check)
                    : throw new FormatException($"{file}:{number} has {fields.Length} fields"));
            }
        }

        return rows;
    }

    /// <summary>The rows as data of a theory, by their lines: test names stay short.</summary>
    public static TheoryData<string> Names(string file) => [.. Read(file).Select(r => r.ToString())];

    /// <summary>The row of a name.</summary>
    public static RequestRow Find(string file, string name) => Read(file).Single(r => r.ToString() == name);
}
