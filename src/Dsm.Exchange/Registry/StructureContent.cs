using System.Collections.Immutable;
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

    /// <summary>The artefact in the first version of SDMX-ML that carries all of it, else by the properties of the model.</summary>
    public static string Write(Maintainable artefact)
    {
        // No instant in the header: the same artefact must give the same bytes.
        MessageHeader header = new() { Id = artefact.Id, Prepared = "2000-01-01T00:00:00Z", SenderId = artefact.AgencyId };
        foreach (Action<Stream, IEnumerable<Maintainable>, MessageHeader, IssueList, bool> write in Writers)
        {
            using MemoryStream stream = new();
            IssueList lost = new();
            write(stream, [artefact], header, lost, false);
            string content = Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);

            // Read again, whatever the writer says: what is kept here is all there is.
            if (lost.Count == 0 && Parse(content) is [var again] && IsSame(artefact, again))
            {
                return content;
            }
        }

        string model = ModelJson.Write(artefact);
        return IsSame(artefact, ModelJson.Read(model)) ? model : throw new InvalidDataException($"{artefact.Urn} cannot be kept without a loss: {StructureComparison.Compare(artefact, ModelJson.Read(model)).Changes.FirstOrDefault()}");
    }

    /// <summary>The artefact of a text made by <see cref="Write"/> or found in a file.</summary>
    /// <exception cref="InvalidDataException">There is no artefact in it.</exception>
    public static Maintainable Read(string content)
        => ModelJson.Is(content) ? ModelJson.Read(content)
            : Parse(content) is [var artefact, ..] ? artefact : throw new InvalidDataException("A record of the registry holds no artefact.");

    private static ImmutableArray<Maintainable> Parse(string content)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(content), writable: false);
        return StructureMessageReader.Read(stream, new IssueList()).All;
    }

    private static bool IsSame(Maintainable artefact, Maintainable again)
        => artefact.Urn == again.Urn && artefact.IsFinal == again.IsFinal && artefact.GetType() == again.GetType() && StructureComparison.Compare(artefact, again).Changes.IsEmpty;

    /// <summary>SHA-256 of a text, lower-case hexadecimal.</summary>
    public static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
