using System.Buffers;
using System.Globalization;
using System.Text;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats;

/// <summary>
/// UTF-8 text into an <see cref="IBufferWriter{T}"/> through a small buffer of its own, so that the many short pieces of a data
/// message do not each ask the target for room. <see cref="Flush"/> hands on what is buffered.
/// </summary>
internal sealed class Utf8Output(IBufferWriter<byte> target, int first = 512, bool isPooled = false)
{
    private const int Size = 16 * 1024;

    // Values are made ready one by one: for them it begins small and grows.
    private byte[] _buffer = isPooled ? ArrayPool<byte>.Shared.Rent(Size) : new byte[first];
    private bool _isRented = isPooled;
    private int _used;

    /// <summary>The output of a whole message, whose buffer is others' before and after: <see cref="End"/> gives it back.</summary>
    public static Utf8Output OfMessage(IBufferWriter<byte> target) => new(target, isPooled: true);

    /// <summary>Writes bytes that are UTF-8 already.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _used)
        {
            Reserve(bytes.Length);
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
        if (_used == _buffer.Length)
        {
            Reserve(1);
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

            if (length * 3 > _buffer.Length - _used)
            {
                Reserve(length * 3);
            }

            _used += Encoding.UTF8.GetBytes(text[..length], _buffer.AsSpan(_used));
            text = text[length..];
        }
    }

    /// <summary>Writes a period as it was sent.</summary>
    public void Period(TimePeriod period)
    {
        if (period.Kind is TimePeriodKind.GregorianYear or TimePeriodKind.GregorianMonth or TimePeriodKind.Quarter && !period.HasText)
        {
            CommonPeriod(period);
            return;
        }

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

        if (value.IsInteger)
        {
            Room(24);
            value.Mantissa.TryFormat(_buffer.AsSpan(_used), out int length, default, CultureInfo.InvariantCulture);
            _used += length;
            return true;
        }

        Span<char> buffer = stackalloc char[32];
        value.TryFormat(buffer, out int written);
        Ascii(buffer[..written]);
        return true;
    }

    /// <summary>Room for some bytes, at most 1 KiB, that the caller fills from its start; <see cref="Take"/> says how many.</summary>
    public Span<byte> Ask(int length)
    {
        if (length > _buffer.Length - _used)
        {
            Reserve(length);
        }

        return _buffer.AsSpan(_used);
    }

    /// <summary>Takes what was put into the room of <see cref="Ask"/>.</summary>
    public void Take(int length) => _used += length;

    /// <summary>Hands what is buffered to the target.</summary>
    public void Flush()
    {
        if (_used > 0)
        {
            target.Write(_buffer.AsSpan(0, _used));
            _used = 0;
        }
    }

    /// <summary>Hands on what is buffered; nothing is written afterwards.</summary>
    public void End()
    {
        Flush();
        if (_isRented)
        {
            _isRented = false;
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    /// <summary>The forms that nearly all periods have, without the general way of formatting.</summary>
    private void CommonPeriod(in TimePeriod period)
    {
        Room(TimePeriod.MaxLength);
        Span<byte> to = _buffer.AsSpan(_used, TimePeriod.MaxLength);
        (int centuries, int year) = Math.DivRem(period.Year, 100);
        Two(to, centuries);
        Two(to[2..], year);
        to[4] = (byte)'-';
        switch (period.Kind)
        {
            case TimePeriodKind.GregorianMonth:
                Two(to[5..], period.Sub);
                break;
            case TimePeriodKind.Quarter:
                (to[5], to[6]) = ((byte)'Q', (byte)('0' + period.Sub));
                break;
        }

        _used += period.Kind == TimePeriodKind.GregorianYear ? 4 : 7;

        static void Two(Span<byte> to, int number)
        {
            (int tens, int ones) = Math.DivRem(number, 10);
            (to[0], to[1]) = ((byte)('0' + tens), (byte)('0' + ones));
        }
    }

    private void Room(int count)
    {
        if (count > _buffer.Length - _used)
        {
            Reserve(count);
        }
    }

    // What is buffered is handed on, and a larger buffer taken: there is more to come.
    private void Reserve(int count)
    {
        Flush();
        int needed = Math.Min(count, Size);
        if (_buffer.Length < Size)
        {
            _buffer = new byte[Math.Min(Size, Math.Max(needed, _buffer.Length * 4))];
        }
    }

    private void Ascii(ReadOnlySpan<char> text)
    {
        Room(text.Length);

        foreach (char c in text)
        {
            _buffer[_used++] = (byte)c;
        }
    }
}
