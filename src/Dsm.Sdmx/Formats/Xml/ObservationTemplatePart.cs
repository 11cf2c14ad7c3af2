using Dsm.Sdmx.Formats.Reading;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>One part of an <see cref="ObservationTemplate"/>: bytes that stay the same, then a value (or, of keys, several with what is between them).</summary>
internal struct ObservationTemplatePart(byte[] literal, ComponentSlot slot, byte quote, ReadOnlySpan<byte> value)
{
    private byte[] _last = value.ToArray();
    private int _lastLength = value.Length;

    /// <summary>The bytes in front of the value.</summary>
    public byte[] Literal { get; } = literal;

    /// <summary>The column that the value fills; of several values of a key that of the first.</summary>
    public ComponentSlot Slot { get; } = slot;

    /// <summary>Which kind of column the value fills; dimensions and attributes above the observation count as dimensions.</summary>
    public SlotKind Kind { get; } = slot.Kind == SlotKind.SeriesAttribute ? SlotKind.Dimension : slot.Kind;

    /// <summary>Which among the columns of the kind.</summary>
    public int Index { get; } = slot.Index;

    /// <summary>True when a value may have to be put into marks (<see cref="Data.ComplexValue"/>).</summary>
    public bool IsComplex { get; } = slot.IsComplex;

    /// <summary>The quotation mark that ends the value.</summary>
    public byte Quote { get; } = quote;

    /// <summary>The value seen last; of attributes of the observation with the quotation mark.</summary>
    public readonly ReadOnlySpan<byte> Last => _last.AsSpan(0, _lastLength);

    /// <summary>The code of the value seen last.</summary>
    public int LastCode { get; set; }

    /// <summary>The text of the value seen last.</summary>
    public string? LastText { get; set; }

    /// <summary>How many bytes more than characters the value seen last has.</summary>
    public int Surplus { get; set; }

    /// <summary>Remembers a value.</summary>
    public void Keep(ReadOnlySpan<byte> value)
    {
        if (_last.Length < value.Length)
        {
            _last = new byte[value.Length * 2];
        }

        value.CopyTo(_last);
        _lastLength = value.Length;
    }
}
