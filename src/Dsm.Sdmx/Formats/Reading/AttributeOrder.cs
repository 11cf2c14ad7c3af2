namespace Dsm.Sdmx.Formats.Reading;

/// <summary>
/// Remembers which component each attribute of an element was, by position: elements of one kind nearly always have the same
/// attributes in the same order, and names of one reader are one object each, so that one comparison of references finds the column.
/// </summary>
internal sealed class AttributeOrder
{
    private readonly string?[] _names = new string?[32];
    private readonly ComponentSlot[] _slots = new ComponentSlot[32];

    public void Clear() => Array.Clear(_names);

    public bool TryGet(int position, string name, out ComponentSlot slot)
    {
        if (position < _names.Length && ReferenceEquals(_names[position], name))
        {
            slot = _slots[position];
            return true;
        }

        slot = default;
        return false;
    }

    public void Put(int position, string name, ComponentSlot slot)
    {
        if (position < _names.Length && slot.Kind != SlotKind.Unknown)
        {
            _names[position] = name;
            _slots[position] = slot;
        }
    }
}
