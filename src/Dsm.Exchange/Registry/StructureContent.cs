using System.Security.Cryptography;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry;

/// <summary>An artefact as text for the registry, and back.</summary>
internal static class StructureContent
{
    private static readonly Action<Stream, IEnumerable<Maintainable>, MessageHeader, IssueList, bool>[] Writers =
        [StructureMessageWriter30.Write, StructureMessageWriter31.Write, StructureMessageWriter21.Write];

    /// <summary>The artefact in the version of SDMX-ML that carries all of it, else in the one that loses least.</summary>
    public static string Write(Maintainable artefact)
    {
        // No instant in the header: the same artefact must give the same bytes.
        MessageHeader header = new() { Id = artefact.Id, Prepared = "2000-01-01T00:00:00Z", SenderId = artefact.AgencyId };
        (string Content, long Lost) best = ("", long.MaxValue);
        foreach (Action<Stream, IEnumerable<Maintainable>, MessageHeader, IssueList, bool> write in Writers)
        {
            using MemoryStream stream = new();
            IssueList lost = new();
            write(stream, [artefact], header, lost, false);
            if (lost.Count < best.Lost)
            {
                best = (Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length), lost.Count);
            }

            if (best.Lost == 0)
            {
                break;
            }
        }

        return best.Content;
    }

    /// <summary>The artefact of a text made by <see cref="Write"/> or found in a file.</summary>
    /// <exception cref="InvalidDataException">There is no artefact in it.</exception>
    public static Maintainable Read(string content)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(content), writable: false);
        return StructureMessageReader.Read(stream, new IssueList()).All is [var artefact, ..]
            ? artefact
            : throw new InvalidDataException("A record of the registry holds no artefact.");
    }

    /// <summary>SHA-256 of a text, lower-case hexadecimal.</summary>
    public static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
