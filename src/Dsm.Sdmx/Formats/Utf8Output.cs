using System.Buffers;
using System.Text;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats;

/// <summary>
/// UTF-8 text into an <see cref="IBufferWriter{T}"/> through a small buffer of its own, so that the many short pieces of a data
/// message do not each ask the target for room. <see cref="Flush"/> hands on what is buffered.
/// </summary>
internal sealed class Utf8Output(IBufferWriter<byte> target)
{
    private const int Size = 16 * 1024;

    private readonly byte[] _buffer = new byte[Size];
    private int _used;

    /// <summary>Writes bytes that are UTF-8 already.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Size - _used)
        {
            Flush();
            if (bytes.Length > Size)
            {
                target.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    /// <summary>Writes one ASCII character.</summary>
    public void Raw(byte ascii)
    {
        if (_used == Size)
        {
            Flush();
        }

        _buffer[_used++] = ascii;
    }

    /// <summary>Writes text as it is. Lone surrogates become U+FFFD.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        // Chunks never part a surrogate pair, and fit the buffer at three bytes a character.
        while (!text.IsEmpty)
        {
            int length = Math.Min(text.Length, Size / 4);
            if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            {
                length--;
            }

            if (length * 3 > Size - _used)
            {
                Flush();
            }

            _used += Encoding.UTF8.GetBytes(text[..length], _buffer.AsSpan(_used));
            text = text[length..];
        }
    }

    /// <summary>Writes a period as it was sent.</summary>
    public void Period(TimePeriod period)
    {
        Span<char> buffer = stackalloc char[32];
        if (period.TryFormat(buffer, out int written))
        {
            Ascii(buffer[..written]);
        }
        else
        {
            Text(period.ToString());
        }
    }

    /// <summary>Writes a number or NaN as it was sent; false, with nothing written, when the value is text.</summary>
    public bool TryNumber(in ObservationValue value)
    {
        if (value.Kind is ObservationValueKind.Text or ObservationValueKind.Absent)
        {
            return false;
        }

        Span<char> buffer = stackalloc char[32];
        value.TryFormat(buffer, out int written);
        Ascii(buffer[..written]);
        return true;
    }

    /// <summary>Hands what is buffered to the target.</summary>
    public void Flush()
    {
        if (_used > 0)
        {
            target.Write(_buffer.AsSpan(0, _used));
            _used = 0;
        }
    }

    private void Ascii(ReadOnlySpan<char> text)
    {
        if (text.Length > Size - _used)
        {
            Flush();
        }

        foreach (char c in text)
        {
            _buffer[_used++] = (byte)c;
        }
    }
}
