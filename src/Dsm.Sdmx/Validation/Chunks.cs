namespace Dsm.Sdmx.Validation;

/// <summary>Places by number, as many as are asked for, in chunks: growing neither copies nor leaves old arrays behind.</summary>
internal sealed class Chunks<T>
{
    private const int Bits = 10, Size = 1 << Bits;

    private T[][] _chunks = new T[16][];

    /// <summary>The place of a number; default before it is set.</summary>
    public ref T this[int number]
    {
        get
        {
            int chunk = number >> Bits;
            if ((uint)chunk >= (uint)_chunks.Length || _chunks[chunk] is not { } places)
            {
                places = Add(chunk);
            }

            return ref places[number & (Size - 1)];
        }
    }

    private T[] Add(int chunk)
    {
        if (chunk >= _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(chunk + 1, _chunks.Length * 2));
        }

        return _chunks[chunk] ??= new T[Size];
    }
}
