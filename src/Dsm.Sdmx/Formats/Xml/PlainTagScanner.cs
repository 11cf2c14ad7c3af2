using System.Text;
using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Reads the plain parts of a data set straight from UTF-8 bytes. It takes a tag only when it surely means what the XML parser would
/// make of it; at anything else (other elements, texts, comments, references to characters, namespaces, unknown attributes, broken
/// tags) it stops in front of it and the parser goes on. Observations that look like earlier ones are read by
/// <see cref="ObservationTemplates"/>, tag by tag reading is for the rest.
/// </summary>
internal abstract class PlainTagScanner
{
    private readonly HandOverStream _stream;
    private readonly ObservationTemplates _templates;
    private readonly Utf8Values _decoder = new();
    private readonly List<byte[]> _open = [];
    private int _tagStart, _tagLine, _tagColumn;

    protected PlainTagScanner(HandOverStream stream, BatchFiller filler, int maxValue)
    {
        (_stream, Filler) = (stream, filler);
        _templates = new ObservationTemplates(stream, filler, maxValue);
        (Line, Column) = (stream.HeldLine, stream.HeldColumn);
    }

    /// <summary>Line of the next byte not taken.</summary>
    public int Line { get; private set; }

    /// <summary>Column of the next byte not taken.</summary>
    public int Column { get; private set; }

    /// <summary>Names, as written, of the elements that are open below the data set.</summary>
    public IReadOnlyList<byte[]> Open => _open;

    protected BatchFiller Filler { get; }

    /// <summary>Takes observations, or one tag, and the blanks in front; false, and nothing taken, when what comes next is not for it.</summary>
    public bool TryRead()
    {
        if (MayStartObservation && _templates.TryRead(_open.Count, Line, Column))
        {
            (Line, Column) = (_templates.Line, _templates.Column);
            return true;
        }

        while (true)
        {
            ScanResult result = SkipBlanks(out int at);
            if (result == ScanResult.Taken)
            {
                result = TryTag(at, out int length);
                if (result == ScanResult.Taken)
                {
                    Advance(at, length);
                    return true;
                }
            }

            // A tag that goes on behind the buffer is begun again with more bytes in it.
            if (result == ScanResult.Other || !_stream.Refill())
            {
                return false;
            }
        }
    }

    /// <summary>True when an observation may start here.</summary>
    protected abstract bool MayStartObservation { get; }

    /// <summary>Takes the tag that starts the bytes; gives its length.</summary>
    protected abstract ScanResult TryTag(ReadOnlySpan<byte> tag, int line, int column, out int length);

    /// <summary>Says that the tag being taken starts an observation.</summary>
    protected void StartsObservation() => _templates.StartLearning(_open.Count, _tagStart);

    /// <summary>Says that the tag being taken ends an observation.</summary>
    protected void EndsObservation(int length) => _templates.EndLearning(_tagStart + length);

    /// <summary>Puts the value of an attribute of the tag into its column.</summary>
    protected void Set(ReadOnlySpan<byte> tag, in PlainTagAttribute attribute) => Set(tag, attribute, attribute.Slot);

    /// <summary>Puts the value of an attribute of the tag into a column.</summary>
    protected void Set(ReadOnlySpan<byte> tag, in PlainTagAttribute attribute, ComponentSlot slot)
    {
        ReadOnlySpan<byte> value = tag.Slice(attribute.Start, attribute.Length);
        _templates.Learn(slot, _tagStart + attribute.Start, attribute.Length);
        if (attribute.IsPlain)
        {
            Filler.SetPlain(slot, value);
        }
        else
        {
            Filler.Set(slot, _decoder.Decode(value));
        }
    }

    /// <summary>Notes that an element is open.</summary>
    protected void Push(byte[] name) => _open.Add(name);

    /// <summary>Notes that the innermost element is closed.</summary>
    protected void Pop() => _open.RemoveAt(_open.Count - 1);

    /// <summary>The end tag of the innermost open element; other tags are not taken.</summary>
    protected ScanResult EndTag(ReadOnlySpan<byte> tag, out int length)
    {
        length = 0;
        if (_open.Count == 0)
        {
            return ScanResult.Other;
        }

        byte[] name = _open[^1];
        length = name.Length + 3;
        return tag.Length < length ? ScanResult.NeedsMore : tag[2..].StartsWith(name) && tag[length - 1] == '>' ? ScanResult.Taken : ScanResult.Other;
    }

    private ScanResult TryTag(int at, out int length)
    {
        _tagStart = at;
        return TryTag(_stream.Buffer.AsSpan(at, _stream.End - at), _tagLine, _tagColumn, out length);
    }

    private void Advance(int at, int length)
    {
        ReadOnlySpan<byte> tag = _stream.Buffer.AsSpan(at, length);
        int lines = tag.Count((byte)'\n');
        if (lines > 0)
        {
            tag = tag[(tag.LastIndexOf((byte)'\n') + 1)..];
            _tagColumn = 1;
        }

        int characters = tag.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0 ? tag.Length : Encoding.UTF8.GetCharCount(tag);
        (_stream.Start, Line, Column) = (at + length, _tagLine + lines, _tagColumn + characters);
    }

    private ScanResult SkipBlanks(out int at)
    {
        byte[] buffer = _stream.Buffer;
        int end = _stream.End;
        (_tagLine, _tagColumn) = (Line, Column);
        for (at = _stream.Start; at < end; at++)
        {
            switch (buffer[at])
            {
                case (byte)'\n':
                    (_tagLine, _tagColumn) = (_tagLine + 1, 1);
                    break;
                case (byte)'\r' when at + 1 == end:
                    return ScanResult.NeedsMore;
                case (byte)'\r' when buffer[at + 1] == '\n':
                case (byte)' ' or (byte)'\t':
                    _tagColumn++;
                    break;
                case (byte)'<':
                    return ScanResult.Taken;
                default:
                    return ScanResult.Other;
            }
        }

        return ScanResult.NeedsMore;
    }
}
