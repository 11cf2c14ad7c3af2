using System.Collections.Immutable;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>The errors array that every kind of SDMX-JSON message may have (1.0 and 2.0: error, statusMessage; 2.1: statusInformation).</summary>
internal static class JsonErrors
{
    /// <summary>Reads the array at hand. The title (in its languages) comes first, what more there is to say behind it.</summary>
    public static ImmutableArray<ErrorMessage> Read(JsonWalker cursor)
    {
        ImmutableArray<ErrorMessage>.Builder errors = ImmutableArray.CreateBuilder<ErrorMessage>();
        foreach (int _ in cursor.Elements())
        {
            errors.Add(One(cursor));
        }

        return errors.DrainToImmutable();
    }

    private static ErrorMessage One(JsonWalker cursor)
    {
        Location location = cursor.Location;
        string code = "";
        LocalisedText title = default, detail = default;
        foreach (string member in cursor.Members())
        {
            switch (member)
            {
                case "code":
                    code = cursor.Text() ?? "";
                    break;
                case "titles":
                    title = JsonMeta.Languages(cursor);
                    break;
                case "details":
                    detail = JsonMeta.Languages(cursor);
                    break;
                case "title" when cursor.Text() is { } text && title.IsEmpty:
                    title = LocalisedText.Of(text);
                    break;
                case "detail" when cursor.Text() is { } text && detail.IsEmpty:
                    detail = LocalisedText.Of(text);
                    break;
            }
        }

        return new ErrorMessage(code, Both(title, detail)) { Location = location };
    }

    private static LocalisedText Both(LocalisedText title, LocalisedText detail)
        => title.IsEmpty || title == detail ? detail
            : detail.IsEmpty ? title
            : new LocalisedText(title.Texts.Select(t => KeyValuePair.Create(t.Key, detail[t.Key] is { } more && more != t.Value ? $"{t.Value}: {more}" : t.Value)));
}
