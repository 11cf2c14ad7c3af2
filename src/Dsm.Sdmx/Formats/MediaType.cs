using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Dsm.Sdmx.Formats;

/// <summary>
/// A media type or media range with its parameters (RFC 9110, section 8.3.1), e.g.
/// <c>application/vnd.sdmx.data+csv;version=2.0.0;labels=both</c>.
/// </summary>
/// <param name="Type">Type and subtype in lower case.</param>
/// <param name="Parameters">Parameters in order; names in lower case, values unquoted.</param>
public sealed record MediaType(string Type, ImmutableArray<KeyValuePair<string, string>> Parameters)
{
    /// <summary>The value of a parameter; null when it is not there.</summary>
    public string? this[string name]
    {
        get
        {
            foreach ((string key, string value) in Parameters)
            {
                if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
                {
                    return value;
                }
            }

            return null;
        }
    }

    /// <summary>Reads a media type; false when it is malformed.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out MediaType? mediaType)
    {
        mediaType = null;
        List<string> parts = Split(text ?? "");
        string type = parts[0].Trim().ToLowerInvariant();
        int slash = type.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == type.Length - 1 || type.LastIndexOf('/') != slash || type.Any(char.IsWhiteSpace))
        {
            return false;
        }

        ImmutableArray<KeyValuePair<string, string>>.Builder parameters = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (string part in parts.Skip(1).Select(p => p.Trim()).Where(p => p.Length > 0))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                return false;
            }

            string value = part[(equals + 1)..].Trim();
            if (value.Length >= 2 && value[0] == '"' && value[^1] == '"')
            {
                value = value[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal);
            }

            parameters.Add(new(part[..equals].Trim().ToLowerInvariant(), value));
        }

        mediaType = new MediaType(type, parameters.ToImmutable());
        return true;
    }

    /// <summary>The media type as written in a header.</summary>
    public override string ToString() => string.Join(';', Parameters.Select(p => $"{p.Key}={p.Value}").Prepend(Type));

    // A semicolon inside quotes does not separate.
    private static List<string> Split(string text)
    {
        List<string> parts = [];
        int start = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && (i == 0 || text[i - 1] != '\\'))
            {
                quoted = !quoted;
            }
            else if (text[i] == ';' && !quoted)
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }
}
