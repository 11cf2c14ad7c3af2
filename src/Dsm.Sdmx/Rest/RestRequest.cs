using System.Globalization;
using System.Text.RegularExpressions;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Rest;

/// <summary>
/// A request's address taken apart: decoded path parts and parameters. Decoding never turns <c>+</c> into a blank, because in
/// SDMX it is an operator. Counts what the parsers take, so that what is left over can be reported.
/// </summary>
internal sealed partial class RestRequest
{
    /// <summary>Parameters that browsers send instead of headers; the web layer reads them.</summary>
    private static readonly string[] HeaderParameters =
        ["format", "formatVersion", "labels", "keys", "timeFormat", "compression", "compress", "compressed", "lang"];

    private readonly List<(string Name, string Value)> _parameters = [];

    public RestRequest(string path, string? query, IssueList issues)
    {
        Issues = issues;
        List<string> segments = [.. path.Trim('/').Split('/').Select(Decode)];
        Segments = segments;
        foreach (string pair in (query ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            _parameters.Add(equals < 0 ? (Decode(pair), "") : (Decode(pair[..equals]), Decode(pair[(equals + 1)..])));
        }
    }

    public IssueList Issues { get; }

    public IReadOnlyList<string> Segments { get; }

    /// <summary>A part of the path; null when it is left out or empty.</summary>
    public string? Segment(int index) => index < Segments.Count && Segments[index].Length > 0 ? Segments[index] : null;

    /// <summary>Reports a path that is too long.</summary>
    public void AtMost(int limit)
    {
        if (Segments.Count > limit)
        {
            Issues.Add(IssueCodes.TooManyPathParts, Location.None, Segments.Count, limit);
        }
    }

    /// <summary>The value of a parameter, which is then done with; null when it is absent.</summary>
    public string? Take(string name)
    {
        string? value = null;
        for (int i = _parameters.Count - 1; i >= 0; i--)
        {
            if (_parameters[i].Name == name)
            {
                if (value is not null)
                {
                    Issues.Add(IssueCodes.RepeatedParameter, At(name), name);
                }

                value = _parameters[i].Value;
                _parameters.RemoveAt(i);
            }
        }

        return value;
    }

    /// <summary>The filters <c>c[COMPONENT]=</c> in their order.</summary>
    public List<(string Component, string Value)> TakeFilters()
    {
        List<(string, string)> filters = [];
        foreach ((string name, string value) in _parameters.Where(p => p.Name.StartsWith("c[", StringComparison.Ordinal) && p.Name.EndsWith(']')).ToArray())
        {
            _parameters.Remove((name, value));
            filters.Add((name[2..^1], value));
        }

        return filters;
    }

    /// <summary>Reports the parameters that nobody took.</summary>
    public void Finish()
    {
        foreach ((string name, _) in _parameters.Where(p => !HeaderParameters.Contains(p.Name)))
        {
            Issues.Add(IssueCodes.UnknownParameter, At(name), name);
        }
    }

    public void Invalid(string parameter, string value, string expected) => Issues.Add(IssueCodes.InvalidParameter, At(parameter), parameter, value, expected);

    public void InvalidPart(string part, string value, string expected) => Issues.Add(IssueCodes.InvalidPathPart, At(part), part, value, expected);

    /// <summary>One of some words; null when absent or not one of them.</summary>
    public T? TakeWord<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Take(name) is not { } text)
        {
            return null;
        }

        if (words.TryGetValue(text, out T value))
        {
            return value;
        }

        Invalid(name, text, string.Join(" | ", words.Keys));
        return null;
    }

    public bool TakeFlag(string name)
    {
        string? text = Take(name);
        if (text is not (null or "true" or "false" or "1" or "0"))
        {
            Invalid(name, text, "true | false");
        }

        return text is "true" or "1";
    }

    public long? TakeNumber(string name, long minimum)
    {
        if (Take(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number >= minimum && number <= int.MaxValue)
        {
            return number;
        }

        Invalid(name, text, $"{minimum}, {minimum + 1}, {minimum + 2} ...");
        return null;
    }

    public TimePeriod? TakePeriod(string name)
    {
        if (Take(name) is not { } text)
        {
            return null;
        }

        if (TimePeriod.TryParse(text, out TimePeriod period))
        {
            return period;
        }

        Invalid(name, text, "2024, 2024-03, 2024-03-31, 2024-Q1, 2024-M03, 2024-W07, 2024-03-31T12:00:00");
        return null;
    }

    /// <summary>An instant; without an offset it is taken as UTC. Whole days, months and years are understood, too.</summary>
    public DateTimeOffset? TakeInstant(string name)
    {
        if (Take(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant))
        {
            return instant;
        }

        if (TimePeriod.TryParse(text, out TimePeriod period))
        {
            return new DateTimeOffset(period.Start, TimeSpan.Zero);
        }

        Invalid(name, text, "2024-03-31T12:00:00Z, 2024-03-31T12:00:00%2B03:00");
        return null;
    }

    public string? TakeDimension(string name)
    {
        string? text = Take(name);
        if (text is not null && !IdPattern().IsMatch(text))
        {
            Invalid(name, text, "TIME_PERIOD, AllDimensions ...");
            return null;
        }

        return text;
    }

    /// <summary>A list of agencies in the path; empty for all.</summary>
    public System.Collections.Immutable.ImmutableArray<string> Agencies(string? text, char separator, bool allIsWord)
        => List("agencyID", text, separator, allIsWord, AgencyPattern(), "SDMX, ECB.DISS");

    /// <summary>A list of ids in the path; empty for all.</summary>
    public System.Collections.Immutable.ImmutableArray<string> Ids(string part, string? text, char separator, bool allIsWord)
        => List(part, text, separator, allIsWord, part == "itemID" ? AgencyPattern() : IdPattern(), "CL_FREQ");

    /// <summary>A version query in the syntax of REST 2.x.</summary>
    public string Version(string? text, string whenAbsent)
    {
        if (text is null)
        {
            return whenAbsent;
        }

        if (VersionQuery.TryParse(text, out _))
        {
            return text;
        }

        InvalidPart("version", text, "1.0, 1.0.0, ~, *, 1+.0.0");
        return whenAbsent;
    }

    private System.Collections.Immutable.ImmutableArray<string> List(string part, string? text, char separator, bool allIsWord, Regex pattern, string expected)
    {
        if (text is null)
        {
            return [];
        }

        string[] values = text.Split(separator);
        if (values.Any(v => v == "*" || (allIsWord && v == "all")))
        {
            return [];
        }

        if (Array.Find(values, v => !pattern.IsMatch(v)) is not null)
        {
            InvalidPart(part, text, expected);
        }

        return [.. values.Distinct()];
    }

    private static Location At(string component) => new(Component: component);

    private string Decode(string text)
    {
        if (BrokenEscape().IsMatch(text))
        {
            Issues.Add(IssueCodes.MalformedEncoding, Location.None, text);
        }

        return Uri.UnescapeDataString(text);
    }

    private static readonly string[] InstantForms =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-ddK"];

    [GeneratedRegex(@"^[A-Za-z0-9_@$\-]+\z", RegexOptions.CultureInvariant)]
    public static partial Regex IdPattern();

    [GeneratedRegex(@"^[A-Za-z0-9_@$\-]+(\.[A-Za-z0-9_@$\-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex AgencyPattern();

    [GeneratedRegex("%(?![0-9A-Fa-f]{2})", RegexOptions.CultureInvariant)]
    private static partial Regex BrokenEscape();
}
