using System.Text;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;

namespace Dsm.Fuzz.Targets;

/// <summary>Writing what was read, and reading that: whatever was read can be written; what is written of a right message is right and stays.</summary>
/// <typeparam name="T">What a message is read as.</typeparam>
/// <param name="Read">Reads a message.</param>
/// <param name="Write">Writes a message in a format; the list takes what is lost.</param>
internal sealed record Rewriting<T>(Func<Stream, IssueList, T> Read, Action<SdmxFormat, Stream, T, IssueList> Write)
{
    /// <summary>Writes what was read in a format; of a message without findings reads it again and writes it once more.</summary>
    public void Check(T message, IssueList found, SdmxFormat format)
    {
        IssueList lost = new();
        string first = Written(format, message, lost);
        if (found.Count > 0)
        {
            return;
        }

        string second = Again(format, first);

        // What is lost is lost once: then what the rest is read as may differ.
        (first, second) = lost.Count == 0 ? (first, second) : (second, Again(format, second));
        FuzzFailure.ThrowIfDifferent($"first and second writing as {format}", first, second);
    }

    private string Again(SdmxFormat format, string written)
    {
        IssueList issues = new();
        T again = Read(new MemoryStream(Encoding.UTF8.GetBytes(written)), issues);
        return !issues.HasErrors ? Written(format, again, new IssueList())
            : throw new FuzzFailure($"what was written as {format} cannot be read: {string.Join('\n', issues.Kept)}\n{written}");
    }

    private string Written(SdmxFormat format, T message, IssueList lost)
    {
        using MemoryStream output = new();
        Write(format, output, message, lost);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
