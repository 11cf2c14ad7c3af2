using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Mapping;

/// <summary>
/// One source value of a representation mapping that is more than a plain text: a substring comparison or a regular expression
/// (technical notes, section "Regular expression and substring rules").
/// </summary>
/// <remarks>
/// The standard's own table has <c>A</c> match only "A" but <c>^[A-G]</c> whatever starts so: an expression with an anchor is taken
/// as written, one without must match the whole value. <c>startIndex</c> counts from zero; <c>endIndex</c> is the first character
/// no longer compared, so that 0 and 3 take three characters.
/// </remarks>
internal sealed class MappedPattern
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    private readonly MappedValue _value;
    private readonly Regex? _regex;

    private MappedPattern(MappedValue value, Regex? regex) => (_value, _regex) = (value, regex);

    /// <summary>Number of groups of the expression; 0 for plain values.</summary>
    public int Groups => _regex is null ? 0 : _regex.GetGroupNumbers().Length - 1;

    /// <summary>Makes a pattern; false, with the reason, when the expression cannot be used.</summary>
    public static bool TryCreate(MappedValue value, [NotNullWhen(true)] out MappedPattern? pattern, [NotNullWhen(false)] out string? fault)
    {
        (pattern, fault) = (null, null);
        if (value.StartIndex is < 0 || value.EndIndex < (value.StartIndex ?? 0))
        {
            fault = $"substring {value.StartIndex}..{value.EndIndex} of “{value.Value}”";
            return false;
        }

        if (!value.IsRegEx)
        {
            pattern = new MappedPattern(value, null);
            return true;
        }

        bool anchored = value.Value.StartsWith('^') || (value.Value.EndsWith('$') && !value.Value.EndsWith(@"\$", StringComparison.Ordinal));
        string text = anchored ? value.Value : $@"^(?:{value.Value})\z";
        try
        {
            pattern = new MappedPattern(value, Compile(text));
            return true;
        }
        catch (ArgumentException e)
        {
            fault = e.Message;
            return false;
        }
    }

    /// <summary>Compares a source value; true with the groups' texts added to a list when it matches.</summary>
    public bool IsMatch(string source, List<string> groups)
    {
        int start = _value.StartIndex ?? 0, end = Math.Min(_value.EndIndex ?? source.Length, source.Length);
        if (start > end)
        {
            return false;
        }

        ReadOnlySpan<char> part = source.AsSpan(start, end - start);
        if (_regex is null)
        {
            return part.SequenceEqual(_value.Value);
        }

        try
        {
            Match match = _regex.Match(part.ToString());
            for (int g = 1; match.Success && g < match.Groups.Count; g++)
            {
                groups.Add(match.Groups[g].Value);
            }

            return match.Success;
        }
        catch (RegexMatchTimeoutException)
        {
            // An expression that cannot decide in time has not matched; the value is reported as unmapped.
            return false;
        }
    }

    private static Regex Compile(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            // Look-arounds and back references need the engine that can run away: it gets a time limit.
            return new Regex(text, RegexOptions.CultureInvariant, MatchTimeout);
        }
    }
}
