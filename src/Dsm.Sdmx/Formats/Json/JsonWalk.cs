using System.Globalization;
using System.Text.Json;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>Walks a whole JSON message and turns what the parser throws into findings.</summary>
internal static class JsonWalk
{
    /// <summary>Runs a reader on the first token of a message, then goes on to its end.</summary>
    public static void Run(Stream stream, IssueList issues, Action<JsonWalker> read)
    {
        try
        {
            using JsonWalker cursor = new(stream, issues);
            cursor.Next();
            read(cursor);

            // What follows the message is an error, and found only by reading on.
            cursor.Next();
        }
        catch (JsonException e)
        {
            issues.Add(JsonStructureMessageReader.Finding(e));
        }
        catch (InvalidOperationException)
        {
            // Invalid UTF-8, or half of a surrogate pair.
            issues.Add(IssueCodes.InvalidEncoding, Location.None, "UTF-8");
        }
        catch (InvalidDataException)
        {
            issues.Add(IssueCodes.TooLarge, Location.None, "text", JsonWalker.MaxText.ToString(CultureInfo.InvariantCulture));
        }
    }
}
