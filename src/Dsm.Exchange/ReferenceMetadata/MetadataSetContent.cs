using System.Security.Cryptography;
using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.ReferenceMetadata;

/// <summary>A metadata set as text for the database, and back.</summary>
internal static class MetadataSetContent
{
    private static readonly SdmxFormat[] Formats =
        [MediaTypes.MetadataXml31, MediaTypes.MetadataXml30, MediaTypes.GenericMetadata21, MediaTypes.StructureSpecificMetadata21, MediaTypes.MetadataJson21, MediaTypes.MetadataJson20];

    /// <summary>The set in the first format that carries all of it, else in that which loses least.</summary>
    public static string Write(MetadataSet set)
    {
        // No instant in the header: the same set must give the same bytes.
        MessageHeader header = new() { Id = set.Id, Prepared = "2000-01-01T00:00:00Z", SenderId = set.AgencyId.Length > 0 ? set.AgencyId : "HUB" };
        (string Content, long Lost) best = ("", long.MaxValue);
        foreach (SdmxFormat format in Formats)
        {
            using MemoryStream stream = new();
            IssueList lost = new();
            MetadataMessageWriters.Write(format, stream, [set], header, lost, indented: false);
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

    /// <summary>The set of a text made by <see cref="Write"/>; null when none can be read.</summary>
    public static MetadataSet? Read(string content)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(content), writable: false);
        return MetadataMessageReader.Read(stream, new IssueList()).Sets is [var set, ..] ? set : null;
    }

    /// <summary>SHA-256 of a text, lower-case hexadecimal.</summary>
    public static string Hash(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
