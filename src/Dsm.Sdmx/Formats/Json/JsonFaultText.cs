using System.Text.Json;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>What a fault of the JSON parser means, without its place (which findings say themselves) and its advice to programmers.</summary>
internal static class JsonFaultText
{
    /// <summary>The text.</summary>
    public static string Of(JsonException fault)
    {
        int place = fault.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string text = place < 0 ? fault.Message : fault.Message[..place];
        int advice = text.IndexOf(" Change the reader options", StringComparison.Ordinal);
        return advice < 0 ? text : text[..advice];
    }
}
