using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Formats.Xml;
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
            using JsonWalker cursor = new(new GuardedStream(stream, StructureMessageReader.MaxCharacters), issues);
            cursor.Next();
            read(cursor);

            // What follows the message is an error, and found only by reading on.
            cursor.Next();
        }
        catch (MessageException e)
        {
            issues.Add(e.Issue);
        }
    }
}
