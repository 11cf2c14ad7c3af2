using System.Collections.Immutable;
using System.Globalization;

namespace Dsm.Sdmx.Issues;

/// <summary>
/// One finding about a message, a structure, an observation or a request: what, where and how bad. A value, never thrown.
/// The text is made when it is shown, in the reader's language, by <see cref="IssueText"/>.
/// </summary>
public sealed record Issue
{
    private const int MaxText = 200, MaxTextOfRequests = 2000;

    /// <summary>Makes an issue; the number of arguments must be the number the code declares.</summary>
    /// <exception cref="ArgumentException">The arguments do not fit the code.</exception>
    public Issue(IssueCode code, Location location, params object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (arguments.Length != code.Arguments.Length)
        {
            throw new ArgumentException($"{code.Id} takes {code.Arguments.Length} arguments, not {arguments.Length}.", nameof(arguments));
        }

        Code = code;
        Location = location;

        // Findings about a request are few and not kept; what may be asked for instead is listed in full.
        int most = code.Id[0] == 'R' ? MaxTextOfRequests : MaxText;
        Arguments = [.. arguments.Select(a => Shorten(Convert.ToString(a, CultureInfo.InvariantCulture), most) ?? "")];
    }

    /// <summary>What kind of finding.</summary>
    public IssueCode Code { get; }

    /// <summary>Severity of the code.</summary>
    public Severity Severity => Code.Severity;

    /// <summary>Where it was found; each of its texts at most 200 characters.</summary>
    public Location Location
    {
        get;
        init => field = (value.Key?.Length ?? 0) <= MaxText && (value.Period?.Length ?? 0) <= MaxText && (value.Component?.Length ?? 0) <= MaxText
            ? value
            : value with { Key = Shorten(value.Key), Period = Shorten(value.Period), Component = Shorten(value.Component) };
    }

    /// <summary>Arguments of the message, in the order of <see cref="IssueCode.Arguments"/>; each at most 200 characters, of findings about requests 2000.</summary>
    public ImmutableArray<string> Arguments { get; }

    /// <summary>How many observations this one finding stands for (a finding about a series concerns all of its observations).</summary>
    public int Observations { get; init; } = 1;

    /// <summary>English text with the location in front, for logs.</summary>
    public override string ToString() => $"{Code.Id} {Location}: {IssueText.For(this, "en")}";

    // Findings are kept: they must stay small however long the values that they are about.
    private static string? Shorten(string? text, int most = MaxText) => text is null || text.Length <= most ? text : string.Concat(text.AsSpan(0, most - 1), "…");
}
