using System.Globalization;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Reading;

/// <summary>
/// Stops XML in which too many bytes pass without a tag beginning: a gigantic value, which the parser would hold as a whole. What looks
/// like a tag within CDATA, comments and processing instructions is none. UTF-16 is looked at as if its zero bytes were not there.
/// </summary>
internal sealed class TagGuardStream(Stream inner, int limit) : ForwardStream
{
    private static readonly byte[][] Ends = [[], [], [], "]]>"u8.ToArray(), "-->"u8.ToArray(), "?>"u8.ToArray()];

    private long _sinceTag;
    private Place _place;
    private int _matched;

    private enum Place
    {
        Content,
        AfterBracket,
        AfterExclamation,
        CData,
        Comment,
        Instruction,
    }

    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        ReadOnlySpan<byte> block = buffer[..count];
        if (_place == Place.Content && IsPlain(block))
        {
            int tag = block.LastIndexOf((byte)'<');
            _sinceTag = tag < 0 ? _sinceTag + count : count - tag;
            _place = tag == count - 1 && count > 0 ? Place.AfterBracket : Place.Content;
        }
        else
        {
            Look(block);
        }

        return _sinceTag <= limit ? count
            : throw new MessageException(new Issue(IssueCodes.TooLarge, Location.None, "value", (limit / (1024 * 1024)).ToString(CultureInfo.InvariantCulture) + " MiB"));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsPlain(ReadOnlySpan<byte> block)
        => block.IndexOfAny((byte)'!', (byte)'?', (byte)0) < 0
            || (!block.Contains((byte)0) && block.IndexOf("<!"u8) < 0 && block.IndexOf("<?"u8) < 0);

    private void Look(ReadOnlySpan<byte> block)
    {
        foreach (byte b in block)
        {
            _sinceTag++;
            if (b == 0)
            {
                continue;
            }

            switch (_place)
            {
                case Place.Content when b == '<':
                    (_place, _sinceTag) = (Place.AfterBracket, 1);
                    break;
                case Place.Content:
                    break;
                case Place.AfterBracket:
                    _place = b switch
                    {
                        (byte)'!' => Place.AfterExclamation,
                        (byte)'?' => Place.Instruction,
                        (byte)'<' => Place.AfterBracket,
                        _ => Place.Content,
                    };
                    break;
                case Place.AfterExclamation:
                    (_place, _matched) = (b == '[' ? Place.CData : b == '-' ? Place.Comment : Place.Content, 0);
                    break;
                default:
                    Match(b);
                    break;
            }

            if (_sinceTag > limit)
            {
                return;
            }
        }
    }

    /// <summary>Waits for the mark that ends what is no content.</summary>
    private void Match(byte b)
    {
        byte[] end = Ends[(int)_place];
        if (b == end[_matched])
        {
            _matched++;
        }
        else if (!(_matched == end.Length - 1 && b == end[0]))
        {
            // One more of the first marks changes nothing: ]]]>
            _matched = b == end[0] ? 1 : 0;
        }

        if (_matched == end.Length)
        {
            (_place, _matched) = (Place.Content, 0);
        }
    }
}
