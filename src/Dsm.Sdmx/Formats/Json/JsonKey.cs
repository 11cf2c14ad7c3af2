namespace Dsm.Sdmx.Formats.Json;

/// <summary>Reads the names of series, observations and groups: indices joined by colons (field guide, "handling indexes").</summary>
internal static class JsonKey
{
    /// <summary>Index of a position that a partial key leaves out.</summary>
    public const int None = -1;

    /// <summary>Reads a whole key; false when it is none, or of another number of positions.</summary>
    public static bool TryParse(ReadOnlySpan<byte> key, Span<int> indices) => TryParse(key, indices, false, out int count) && count == indices.Length;

    /// <summary>
    /// Reads a partial key, in which positions are empty or <c>~</c>. One such position more than there are dimensions is no fault: without
    /// observations there is no dimension at the observation, for which writers keep its place all the same.
    /// </summary>
    public static bool TryParsePartial(ReadOnlySpan<byte> key, Span<int> indices, out int count)
        => TryParse(key, indices, true, out count)
            || (count == indices.Length && (key.EndsWith(":"u8) || key.EndsWith(":~"u8)) && TryParse(key[..key.LastIndexOf((byte)':')], indices, true, out count));

    private static bool TryParse(ReadOnlySpan<byte> key, Span<int> indices, bool isPartial, out int count)
    {
        count = 0;
        if (key.IsEmpty && indices.IsEmpty)
        {
            return true;
        }

        for (int at = 0; ; at++)
        {
            int number = 0, start = at;
            while (at < key.Length && (uint)(key[at] - '0') <= 9 && at - start < 9)
            {
                number = (number * 10) + (key[at++] - '0');
            }

            bool isEmpty = at == start;
            at += isEmpty && isPartial && at < key.Length && key[at] == '~' ? 1 : 0;
            if (count == indices.Length || (isEmpty && !isPartial) || (at < key.Length && key[at] != ':'))
            {
                return false;
            }

            indices[count++] = isEmpty ? None : number;
            if (at == key.Length)
            {
                return true;
            }
        }
    }
}
