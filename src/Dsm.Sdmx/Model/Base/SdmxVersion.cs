using System.Globalization;
using System.Text.RegularExpressions;

namespace Dsm.Sdmx.Model;

/// <summary>
/// Version of a maintainable artefact: semantic <c>X.Y.Z[-EXT]</c> (SDMX 3.0, section 1 of the technical notes) or legacy
/// <c>X[.Y]</c>, kept as written. Ordered part by part; an extension comes before the version without it. Default value: <c>1.0</c>.
/// </summary>
public readonly partial struct SdmxVersion : IEquatable<SdmxVersion>, IComparable<SdmxVersion>
{
    private readonly string? _text;
    private readonly int _major, _minor, _patch, _parts;
    private readonly string? _extension;

    private SdmxVersion(string text, int major, int minor, int patch, int parts, string? extension)
        => (_text, _major, _minor, _patch, _parts, _extension) = (text, major, minor, patch, parts, extension);

    /// <summary>Version of an artefact that names none in SDMX 2.1.</summary>
    public static readonly SdmxVersion Default = Parse("1.0");

    /// <summary>First number.</summary>
    public int Major => _text is null ? 1 : _major;

    /// <summary>Second number; 0 when not written.</summary>
    public int Minor => _minor;

    /// <summary>Third number; 0 when not written.</summary>
    public int Patch => _patch;

    /// <summary>Number of numeric parts written, 1 to 3.</summary>
    public int Parts => _text is null ? 2 : _parts;

    /// <summary>Extension without the hyphen, or null.</summary>
    public string? Extension => _extension;

    /// <summary>True for a three-part version.</summary>
    public bool IsSemantic => Parts == 3;

    /// <summary>True for a semantic version without extension and with a major number above 0: it can no longer change.</summary>
    public bool IsStable => IsSemantic && _extension is null && _major > 0;

    /// <summary>Reads a version; no wildcards.</summary>
    /// <exception cref="FormatException">The text is no version.</exception>
    public static SdmxVersion Parse(string text)
        => TryParse(text, out SdmxVersion version) ? version : throw new FormatException($"'{text}' is not an SDMX version.");

    /// <summary>Reads a version; false when the text is no version.</summary>
    public static bool TryParse(string? text, out SdmxVersion version)
    {
        version = default;
        Match match = Pattern().Match(text ?? "");
        if (!match.Success
            || !int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int major))
        {
            return false;
        }

        int minor = 0, patch = 0, parts = 1;
        for (int g = 2; g <= 3 && match.Groups[g].Success; g++, parts++)
        {
            if (!int.TryParse(match.Groups[g].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                return false;
            }

            (minor, patch) = g == 2 ? (number, patch) : (minor, number);
        }

        string? extension = match.Groups[4].Success ? match.Groups[4].Value : null;
        if (extension is not null && parts != 3)
        {
            return false;
        }

        version = new SdmxVersion(text!, major, minor, patch, parts, extension);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(SdmxVersion other)
    {
        int order = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (order != 0 || _extension == other._extension)
        {
            return order;
        }

        return _extension is null ? 1 : other._extension is null ? -1 : CompareExtensions(_extension, other._extension);
    }

    private static int CompareExtensions(string left, string right)
    {
        string[] a = left.Split('.'), b = right.Split('.');
        for (int i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            bool leftNumeric = long.TryParse(a[i], NumberStyles.None, CultureInfo.InvariantCulture, out long x);
            bool rightNumeric = long.TryParse(b[i], NumberStyles.None, CultureInfo.InvariantCulture, out long y);
            int order = leftNumeric && rightNumeric ? x.CompareTo(y)
                : leftNumeric != rightNumeric ? (leftNumeric ? -1 : 1)
                : string.CompareOrdinal(a[i], b[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Length.CompareTo(b.Length);
    }

    /// <summary>The version as written.</summary>
    public override string ToString() => _text ?? "1.0";

    /// <inheritdoc/>
    public bool Equals(SdmxVersion other) => ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SdmxVersion other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Equality of the written form.</summary>
    public static bool operator ==(SdmxVersion left, SdmxVersion right) => left.Equals(right);

    /// <summary>Inequality of the written form.</summary>
    public static bool operator !=(SdmxVersion left, SdmxVersion right) => !left.Equals(right);

    /// <summary>Order.</summary>
    public static bool operator <(SdmxVersion left, SdmxVersion right) => left.CompareTo(right) < 0;

    /// <summary>Order.</summary>
    public static bool operator >(SdmxVersion left, SdmxVersion right) => left.CompareTo(right) > 0;

    /// <summary>Order.</summary>
    public static bool operator <=(SdmxVersion left, SdmxVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Order.</summary>
    public static bool operator >=(SdmxVersion left, SdmxVersion right) => left.CompareTo(right) >= 0;

    [GeneratedRegex(@"^(0|[1-9]\d{0,8})(?:\.(0|[1-9]\d{0,8}))?(?:\.(0|[1-9]\d{0,8}))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
