using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Writes the start of a message: the address of its schema and its header.</summary>
internal static class JsonMessageStart
{
    /// <summary>Writes the opening brace of the message and all up to the end of <c>meta</c>.</summary>
    /// <exception cref="ArgumentException">The header does not say when the message was prepared.</exception>
    public static void Write(Utf8Output output, JsonVersion version, MessageHeader header, ImmutableArray<string> languages)
    {
        string prepared = header.Prepared ?? throw new ArgumentException("A message must say when it was prepared.", nameof(header));
        output.Raw(version.Start);
        output.Raw("\"id\":"u8);
        JsonText.String(output, JsonText.ToId(header.Id));
        output.Raw(header.IsTest ? ",\"test\":true,\"prepared\":"u8 : ",\"test\":false,\"prepared\":"u8);
        JsonText.String(output, JsonText.ToDateTime(prepared));
        if (!languages.IsEmpty)
        {
            output.Raw(",\"contentLanguages\":["u8);
            for (int i = 0; i < languages.Length; i++)
            {
                if (languages.IndexOf(languages[i]) == i)
                {
                    output.Raw(i > 0 ? ","u8 : ""u8);
                    JsonText.String(output, languages[i]);
                }
            }

            output.Raw("]"u8);
        }

        if (!header.Name.IsEmpty)
        {
            JsonText.Names(output, header.Name, null, [.. header.Name.Texts.Select(t => t.Key)]);
        }

        output.Raw(",\"sender\":"u8);
        Party(output, header.SenderId);
        if (!header.ReceiverIds.IsEmpty)
        {
            output.Raw(",\"receivers\":["u8);
            for (int i = 0; i < header.ReceiverIds.Length; i++)
            {
                output.Raw(i > 0 ? ","u8 : ""u8);
                Party(output, header.ReceiverIds[i]);
            }

            output.Raw("]"u8);
        }

        output.Raw("}"u8);
    }

    private static void Party(Utf8Output output, string id)
    {
        output.Raw("{\"id\":"u8);
        JsonText.String(output, JsonText.ToId(id));
        output.Raw("}"u8);
    }
}
