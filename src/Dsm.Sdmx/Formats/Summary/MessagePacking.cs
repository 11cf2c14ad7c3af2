using System.IO.Compression;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Summary;

/// <summary>Messages travel packed: gzip (RFC 1952), or a zip archive that holds one file.</summary>
public static class MessagePacking
{
    /// <summary>
    /// The message inside a stream, packed or plain. Disposing of the result disposes of the stream.
    /// Faults of the packing and a message larger than allowed become findings in the list; the rest of the message then reads as empty.
    /// </summary>
    /// <param name="stream">The bytes from their beginning.</param>
    /// <param name="issues">Where findings go.</param>
    /// <param name="maxBytes">Most bytes of the message when unpacked.</param>
    public static Stream Unpack(Stream stream, IssueList issues, long maxBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(issues);
        try
        {
            return new ReportingStream(Unpack(stream, maxBytes), issues);
        }
        catch (MessageException e)
        {
            issues.Add(e.Issue);
            stream.Dispose();
            return Stream.Null;
        }
    }

    /// <summary>The same, with findings thrown.</summary>
    internal static Stream Unpack(Stream stream, long maxBytes)
    {
        byte[] magic = new byte[4];
        int count = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        Stream whole = new PrefixedStream(magic.AsMemory(0, count), stream, ownsRest: true);
        Stream content = magic.AsSpan(0, count) switch
        {
            [0x1F, 0x8B, ..] => new GZipStream(whole, CompressionMode.Decompress),
            [(byte)'P', (byte)'K', 3, 4] => Zip(stream, whole),
            _ => whole,
        };
        return new GuardedStream(content, maxBytes);
    }

    private static Stream Zip(Stream stream, Stream whole)
    {
        Stream seekable = stream;
        if (stream.CanSeek)
        {
            stream.Position = 0;
        }
        else
        {
            // The list of files stands at the end of an archive.
            seekable = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 65536, FileOptions.DeleteOnClose);
            whole.CopyTo(seekable);
            seekable.Position = 0;
            whole.Dispose();
        }

        try
        {
            ZipArchive archive = new(seekable, ZipArchiveMode.Read);
            ZipArchiveEntry[] files = [.. archive.Entries.Where(e => e.Name.Length > 0)];
            return files.Length == 1
                ? new ArchivedStream(files[0].Open(), archive)
                : throw new MessageException(new Issue(IssueCodes.ArchiveOfSeveral, Location.None, files.Length));
        }
        catch (InvalidDataException)
        {
            throw new MessageException(new Issue(IssueCodes.Truncated, Location.None));
        }
    }

    /// <summary>A file of an archive that closes the archive with itself.</summary>
    private sealed class ArchivedStream(Stream inner, ZipArchive archive) : ForwardStream
    {
        public override int Read(Span<byte> buffer) => inner.Read(buffer);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
                archive.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    /// <summary>Turns findings thrown below into issues, once, and then ends.</summary>
    private sealed class ReportingStream(Stream inner, IssueList issues) : ForwardStream
    {
        private bool _isBroken;

        public override int Read(Span<byte> buffer)
        {
            try
            {
                return _isBroken ? 0 : inner.Read(buffer);
            }
            catch (MessageException e)
            {
                issues.Add(e.Issue);
                _isBroken = true;
                return 0;
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
