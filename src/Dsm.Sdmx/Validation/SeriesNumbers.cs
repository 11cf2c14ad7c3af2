namespace Dsm.Sdmx.Validation;

/// <summary>Numbers series densely by their packed keys: a flat table with open addressing, half full at most.</summary>
internal sealed class SeriesNumbers
{
    private readonly Chunks<UInt128> _keys = new();
    private int[] _table = new int[512];
    private int _count;

    /// <summary>The number of a key, a new one if need be.</summary>
    public int Of(UInt128 key)
    {
        int[] table = _table;
        int at = Start(key, table.Length);
        for (; table[at] != 0; at = (at + 1) & (table.Length - 1))
        {
            if (_keys[table[at] - 1] == key)
            {
                return table[at] - 1;
            }
        }

        table[at] = _count + 1;
        _keys[_count] = key;
        if (++_count * 2 > table.Length)
        {
            Grow();
        }

        return _count - 1;
    }

    private static int Start(UInt128 key, int size)
    {
        ulong hash = ((ulong)key ^ ((ulong)(key >> 64) * 0xD6E8FEB86659FD93)) * 0x9E3779B97F4A7C15;
        return (int)((hash ^ (hash >> 29)) >> 20) & (size - 1);
    }

    private void Grow()
    {
        int[] table = new int[_table.Length * 4];
        for (int number = 0; number < _count; number++)
        {
            int at = Start(_keys[number], table.Length);
            while (table[at] != 0)
            {
                at = (at + 1) & (table.Length - 1);
            }

            table[at] = number + 1;
        }

        _table = table;
    }
}
