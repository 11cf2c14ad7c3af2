using System.Text;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Json;

/// <summary>
/// A JSON message as UTF-8 without byte order mark. JSON is UTF-8 (RFC 8259); UTF-16 with or without a mark, which the older RFC 4627
/// allowed, is turned into it.
/// </summary>
internal static class JsonEncoding
{
    /// <summary>The bytes in UTF-8. Disposing of the result disposes of the stream.</summary>
    public static Stream ToUtf8(Stream stream)
    {
        byte[] first = new byte[3];
        int count = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        (Encoding? encoding, int skip) = first.AsSpan(0, count) switch
        {
            [0xEF, 0xBB, 0xBF] => ((Encoding?)null, 3),
            [0xFF, 0xFE, ..] => (new UnicodeEncoding(false, false, true), 2),
            [0xFE, 0xFF, ..] => (new UnicodeEncoding(true, false, true), 2),
            [(byte)'{' or (byte)'[' or (byte)' ' or (byte)'\r' or (byte)'\n', 0, ..] => (new UnicodeEncoding(false, false, true), 0),
            [0, (byte)'{' or (byte)'[' or (byte)' ' or (byte)'\r' or (byte)'\n', ..] => (new UnicodeEncoding(true, false, true), 0),
            _ => (null, 0),
        };
        Stream whole = new PrefixedStream(first.AsMemory(skip, count - skip), stream, ownsRest: true);
        return encoding is null ? whole : new Transcoded(Encoding.CreateTranscodingStream(whole, encoding, new UTF8Encoding(false)));
    }

    private sealed class Transcoded(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            try
            {
                return inner.Read(buffer);
            }
            catch (DecoderFallbackException)
            {
                throw new MessageException(new Issue(IssueCodes.InvalidEncoding, Location.None, "UTF-16"));
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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
