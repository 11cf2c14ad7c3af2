using System.Text;

namespace Dsm.Conformance.DataMessages;

/// <summary>A reader of RFC 4180 that accepts nothing else: CR LF after every record, quotes only around whole fields, doubled inside.</summary>
internal static class StrictCsv
{
    public static List<string[]> Parse(string text)
    {
        List<string[]> records = [];
        List<string> fields = [];
        int at = 0;
        while (at < text.Length)
        {
            fields.Add(Field(text, ref at));
            if (at < text.Length && text[at] == ',')
            {
                at++;
                continue;
            }

            if (at + 1 >= text.Length || text[at] != '\r' || text[at + 1] != '\n')
            {
                throw new FormatException($"CR LF expected at {at}");
            }

            at += 2;
            records.Add([.. fields]);
            fields.Clear();
        }

        return fields.Count == 0 ? records : throw new FormatException("the last record has no end");
    }

    private static string Field(string text, ref int at)
    {
        StringBuilder field = new();
        if (at < text.Length && text[at] == '"')
        {
            for (at++; ; at++)
            {
                if (text[at] == '"')
                {
                    at++;
                    if (at >= text.Length || text[at] != '"')
                    {
                        return field.ToString();
                    }
                }

                field.Append(text[at]);
            }
        }

        for (; at < text.Length && text[at] is not (',' or '\r'); at++)
        {
            field.Append(text[at] is '"' or '\n' ? throw new FormatException($"a bare quote or line feed at {at}") : text[at]);
        }

        return field.ToString();
    }
}
