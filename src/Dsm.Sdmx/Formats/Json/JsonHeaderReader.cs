using System.Text.Json;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Reads <c>meta</c> (in the drafts <c>header</c>) and <c>errors</c>. The cursor stands on the name; afterwards on the last token of the value.</summary>
internal sealed class JsonHeaderReader(JsonCursor cursor, IssueList issues)
{
    /// <summary>The address of the schema that the header names; null when it names none.</summary>
    public string? Schema { get; private set; }

    /// <summary>Reads the header.</summary>
    public MessageHeader ReadHeader()
    {
        MessageHeader header = new() { Id = "" };
        string? name = null;
        LocalisedText names = default;
        cursor.ReadToken();
        JsonMembers members = new(cursor, issues, "meta");
        while (members.Next())
        {
            if (cursor.IsName("id"u8))
            {
                header = header with { Id = ReadText() ?? "" };
            }
            else if (cursor.IsName("schema"u8))
            {
                Schema = ReadText();
            }
            else if (cursor.IsName("test"u8))
            {
                header = header with { IsTest = ReadText() == "true" };
            }
            else if (cursor.IsName("prepared"u8))
            {
                header = header with { Prepared = ReadText() };
            }
            else if (cursor.IsName("sender"u8))
            {
                header = header with { SenderId = ReadParties() is [{ } sender, ..] ? sender : header.SenderId };
            }
            else if (cursor.IsName("receiver"u8) || cursor.IsName("receivers"u8))
            {
                header = header with { ReceiverIds = [.. header.ReceiverIds, .. ReadParties()] };
            }
            else if (cursor.IsName("name"u8))
            {
                name = ReadText();
            }
            else if (cursor.IsName("names"u8))
            {
                names = ReadTexts();
            }
            else
            {
                // Languages, links and contacts say nothing that reading needs.
                cursor.Skip();
            }
        }

        return header with { Name = !names.IsEmpty ? names : name is null ? default : LocalisedText.Of(name) };
    }

    /// <summary>Reads the array of errors (2.x: status information).</summary>
    public List<JsonError> ReadErrors()
    {
        List<JsonError> errors = [];
        cursor.ReadToken();
        if (cursor.Token != JsonTokenType.StartArray)
        {
            cursor.Skip();
            return errors;
        }

        int depth = cursor.Depth;
        while (true)
        {
            cursor.ReadToken();
            if (cursor.Token == JsonTokenType.EndArray && cursor.Depth == depth)
            {
                return errors;
            }

            errors.Add(ReadError());
        }
    }

    private JsonError ReadError()
    {
        Location location = cursor.Location;
        if (cursor.Token != JsonTokenType.StartObject)
        {
            string? message = cursor.Token == JsonTokenType.StartArray ? null : cursor.Text();
            cursor.Skip();
            return new JsonError("", message ?? "", location);
        }

        string? code = null, title = null, detail = null;
        LocalisedText titles = default, details = default;
        JsonMembers members = new(cursor, issues, "errors");
        while (members.Next())
        {
            if (cursor.IsName("code"u8))
            {
                code = ReadText();
            }
            else if (cursor.IsName("title"u8))
            {
                title = ReadText();
            }
            else if (cursor.IsName("titles"u8))
            {
                titles = ReadTexts();
            }
            else if (cursor.IsName("detail"u8))
            {
                detail = ReadText();
            }
            else if (cursor.IsName("details"u8))
            {
                details = ReadTexts();
            }
            else
            {
                cursor.Skip();
            }
        }

        string[] texts = [title ?? titles.Best() ?? "", detail ?? details.Best() ?? ""];
        return new JsonError(code ?? "", string.Join(' ', texts.Where(t => t.Length > 0).Distinct()), location);
    }

    private string? ReadText()
    {
        cursor.ReadToken();
        string? text = cursor.Token is JsonTokenType.StartObject or JsonTokenType.StartArray ? null : cursor.Text();
        cursor.Skip();
        return text;
    }

    private LocalisedText ReadTexts()
    {
        cursor.ReadToken();
        bool isObject = cursor.Token == JsonTokenType.StartObject;
        ComplexValue? value = JsonValueReader.Read(cursor, issues, null);
        return isObject && value is { Values: [{ } texts] } ? texts : default;
    }

    /// <summary>Ids of a party or of several; drafts send arrays where one is meant.</summary>
    private List<string> ReadParties()
    {
        List<string> ids = [];
        cursor.ReadToken();
        bool isArray = cursor.Token == JsonTokenType.StartArray;
        int depth = cursor.Depth;
        while (true)
        {
            if (isArray)
            {
                cursor.ReadToken();
                if (cursor.Token == JsonTokenType.EndArray && cursor.Depth == depth)
                {
                    return ids;
                }
            }

            JsonMembers members = new(cursor, issues, "sender");
            while (members.Next())
            {
                if (cursor.IsName("id"u8) && ReadText() is { } id)
                {
                    ids.Add(id);
                }
                else
                {
                    cursor.Skip();
                }
            }

            if (!isArray)
            {
                return ids;
            }
        }
    }
}

/// <summary>An error that a message tells.</summary>
/// <param name="Code">Code, as written.</param>
/// <param name="Text">Title and detail.</param>
/// <param name="Location">Where it stands.</param>
internal sealed record JsonError(string Code, string Text, Location Location);
