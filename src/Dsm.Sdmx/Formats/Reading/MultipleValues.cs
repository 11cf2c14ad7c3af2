namespace Dsm.Sdmx.Formats.Reading;

/// <summary>
/// Several values of one component as one text, in the way of SDMX-CSV 2.0: joined by semicolons, a value with a semicolon or
/// quotation mark in quotation marks. One value is just itself.
/// </summary>
internal static class MultipleValues
{
    public static string Join(IReadOnlyList<string> values)
        => values.Count == 1 ? values[0] : string.Join(';', values.Select(Quote));

    private static string Quote(string value) => value.AsSpan().IndexOfAny(';', '"') < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
