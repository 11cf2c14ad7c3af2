using System.Buffers.Text;
using System.Text.Json;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Findings about tokens that are not of the kind that is expected.</summary>
internal static class JsonFindings
{
    /// <summary>Reports the token at hand.</summary>
    public static void WrongKind(JsonCursor cursor, IssueList issues, string? component, string expected)
    {
        Location location = cursor.Location;
        issues.Add(IssueCodes.JsonWrongKind, location with { Component = component }, Found(cursor), component ?? "-", expected);
    }

    /// <summary>True when the token at hand is a whole number from 0 on.</summary>
    public static bool TryInteger(JsonCursor cursor, out int number)
    {
        number = 0;
        return cursor.Token == JsonTokenType.Number && Utf8Parser.TryParse(cursor.Value, out number, out int used) && used == cursor.Value.Length && number >= 0;
    }

    private static string Found(JsonCursor cursor) => cursor.Token switch
    {
        JsonTokenType.StartObject => "{",
        JsonTokenType.StartArray => "[",
        JsonTokenType.String => $"\"{cursor.Text()}\"",
        JsonTokenType.Null => "null",
        _ => cursor.Text() ?? "",
    };
}
