namespace Dsm.Sdmx.Formats.Json;

/// <summary>Looks at what is in a cursor's buffer already.</summary>
internal static class JsonNearby
{
    /// <summary>
    /// True when the value behind the name at hand ends in the buffer and is the last of its object; false when it is not, or when
    /// the buffer does not say.
    /// </summary>
    public static bool HasNoMoreMembers(JsonCursor cursor)
    {
        ReadOnlySpan<byte> ahead = cursor.Buffer.AsSpan(cursor.Start, cursor.End - cursor.Start);
        JsonRawSkipper skipper = default;
        int used = skipper.Skip(ahead);
        int next = skipper.IsDone ? ahead[used..].IndexOfAnyExcept(" \t\r\n"u8) : -1;
        return next >= 0 && ahead[used + next] == '}';
    }
}
