using System.Globalization;
using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>The header of SDMX-JSON messages: the <c>meta</c> object.</summary>
internal static class JsonMeta
{
    /// <summary>Address of the official schema of a kind of message (structure, data, metadata) and version (1.0, 2.0, 2.1).</summary>
    public static string Schema(string kind, string version) => version switch
    {
        "2.1" => $"https://json.sdmx.org/2.1/sdmx-json-{kind}-schema.json",
        "2.0" => $"https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/{kind}-message/tools/schemas/2.0.0/sdmx-json-{kind}-schema.json",
        _ => $"https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/{kind}-message/tools/schemas/1.0/sdmx-json-{kind}-schema.json",
    };

    /// <summary>Writes the schema and the meta object into the message object.</summary>
    public static void Write(Utf8JsonWriter json, MessageHeader header, string kind, string version)
    {
        if (version == "2.1")
        {
            json.WriteString("$schema", Schema(kind, version));
        }

        json.WriteStartObject("meta");
        if (version != "2.1")
        {
            json.WriteString("schema", Schema(kind, version));
        }

        json.WriteString("id", Id(header.Id));
        json.WriteBoolean("test", header.IsTest);
        json.WriteString("prepared", Instant(header.Prepared ?? "1970-01-01T00:00:00Z"));
        if (header.Name.Best() is { } name)
        {
            json.WriteString("name", name);
            json.WriteStartObject("names");
            foreach ((string language, string text) in header.Name.Texts)
            {
                json.WriteString(language, text);
            }

            json.WriteEndObject();
        }

        json.WriteStartObject("sender");
        json.WriteString("id", header.SenderId);
        json.WriteEndObject();
        if (!header.ReceiverIds.IsEmpty)
        {
            json.WriteStartArray("receivers");
            foreach (string receiver in header.ReceiverIds)
            {
                json.WriteStartObject();
                json.WriteString("id", receiver);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // The schemas allow letters, digits and _ @ $ - only; in SDMX-ML ids of messages are free in the older versions.
    private static string Id(string id)
        => Ids.IsMatch(id) ? id : id.Length == 0 ? "MESSAGE" : string.Concat(id.Select(c => Ids.IsMatch([c]) ? c : '_'));

    /// <summary>A date, or a date with time, as RFC 3339 has it: what lacks a time is its midnight, what lacks an offset is UTC.</summary>
    /// <param name="text">The text; anything else is given back as it is.</param>
    /// <param name="dates">False to leave dates without time as they are.</param>
    public static string Instant(string text, bool dates = true)
    {
        if (dates && text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return text + "T00:00:00Z";
        }

        int time = text.IndexOf('T', StringComparison.Ordinal);
        return time > 0 && text.AsSpan(time).IndexOfAny("Z+-") < 0 ? text + "Z" : text;
    }

    /// <summary>Reads the meta object the cursor stands on. Names in languages win over the best match.</summary>
    public static MessageHeader Read(JsonWalker cursor)
    {
        MessageHeader header = new() { Id = "" };
        string? best = null;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "id":
                    header = header with { Id = cursor.Text() ?? "" };
                    break;
                case "test":
                    header = header with { IsTest = cursor.Flag() ?? false };
                    break;
                case "prepared":
                    header = header with { Prepared = cursor.Text() };
                    break;
                case "name":
                    best = cursor.Text();
                    break;
                case "names":
                    header = header with { Name = Languages(cursor) };
                    break;
                case "sender":
                    header = header with { SenderId = Party(cursor) ?? header.SenderId };
                    break;
                case "receivers":
                    foreach (int _ in cursor.Elements())
                    {
                        header = header with { ReceiverIds = header.ReceiverIds.Add(Party(cursor) ?? "unknown") };
                    }

                    break;
            }
        }

        return header.Name.IsEmpty && best is not null ? header with { Name = LocalisedText.Of(best) } : header;
    }

    /// <summary>Reads texts by language.</summary>
    public static LocalisedText Languages(JsonWalker cursor)
    {
        List<KeyValuePair<string, string>> texts = [];
        foreach (string language in cursor.Members())
        {
            if (cursor.Text() is { } text)
            {
                texts.Add(new(language, text));
            }
        }

        return new LocalisedText(texts);
    }

    private static string? Party(JsonWalker cursor)
    {
        string? id = null;
        foreach (string member in cursor.Members())
        {
            if (member == "id")
            {
                id = cursor.Text();
            }
        }

        return id;
    }
}
