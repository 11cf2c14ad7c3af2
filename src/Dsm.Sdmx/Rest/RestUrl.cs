using System.Globalization;
using System.Text;

namespace Dsm.Sdmx.Rest;

/// <summary>Puts an address together: parts of the path, of which defaults at the end fall away, and parameters.</summary>
internal sealed class RestUrl(params string[] path)
{
    private readonly List<(string Text, string? Default)> _parts = [.. path.Select(p => (p, (string?)null))];
    private readonly List<string> _parameters = [];

    public RestUrl Part(string text, string whenAbsent)
    {
        _parts.Add((text, whenAbsent));
        return this;
    }

    public RestUrl Parameter(string name, string? value)
    {
        if (value is not null)
        {
            _parameters.Add($"{name}={Escape(value)}");
        }

        return this;
    }

    public RestUrl Parameter(string name, DateTimeOffset? value)
        => Parameter(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));

    public RestUrl Parameter(string name, long? value) => Parameter(name, value?.ToString(CultureInfo.InvariantCulture));

    public RestUrl Flag(string name, bool value) => Parameter(name, value ? "true" : null);

    public override string ToString()
    {
        int last = _parts.Count;
        while (last > 0 && _parts[last - 1].Default is { } d && d == _parts[last - 1].Text)
        {
            last--;
        }

        string path = string.Join('/', _parts.Take(last).Select(p => Escape(p.Text)));
        return _parameters.Count == 0 ? path : $"{path}?{string.Join('&', _parameters)}";
    }

    /// <summary>Encodes all but letters, digits and the marks that SDMX gives a meaning and URLs allow.</summary>
    private static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || "-._~,:+*@$".Contains((char)rune.Value, StringComparison.Ordinal)))
            {
                escaped.Append((char)rune.Value);
            }
            else
            {
                escaped.Append(Uri.EscapeDataString(rune.ToString()));
            }
        }

        return escaped.ToString();
    }
}
