using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;

namespace Dsm.Fuzz.Targets;

/// <summary>Messages to and from registries.</summary>
public static class RegistryTargets
{
    private static readonly MessageHeader Header = new() { Id = "F", Prepared = "2025-01-01T00:00:00" };

    private static readonly Rewriting<RegistryContent> Rewriting = new(
        (stream, issues) => RegistryMessageReader.Read(stream, issues).Content ?? throw new FuzzFailure("what was written says nothing"),
        (format, stream, content, lost) => RegistryMessageWriter.Write(format, stream, content, Header, lost));

    /// <summary>Registry messages 2.1 to 3.1, written as 2.1 and 3.1; and the structures in them.</summary>
    public static void Xml(ReadOnlySpan<byte> input)
    {
        byte[] message = input.ToArray();
        StructureMessages.Read(new MemoryStream(message), new IssueList());
        IssueList issues = new();
        if (RegistryMessageReader.Read(new MemoryStream(message), issues).Content is { } content)
        {
            Rewriting.Check(content, issues, MediaTypes.Registry21);
            Rewriting.Check(content, issues, MediaTypes.Registry31);
        }
    }
}
