using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Dsm.Fuzz.Engine;

/// <summary>
/// Which branches a run went through, and how often: the map that an assembly instrumented by SharpFuzz writes to. Without
/// instrumentation it stays empty.
/// </summary>
public sealed unsafe class CoverageMap
{
    private const int Size = 1 << 16;

    private readonly byte* _map = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _seen = new byte[Size];

    /// <summary>Makes the map and has it written to.</summary>
    public CoverageMap() => Trace.SharedMem = _map;

    /// <summary>Number of branches seen so far.</summary>
    public int Branches => Size - _seen.AsSpan().Count((byte)0);

    /// <summary>Forgets what was seen.</summary>
    public void Reset() => Array.Clear(_seen);

    /// <summary>Runs an input and gives the branches with their count classes (one bit each); the branch is the index.</summary>
    public byte[] Run(Action run)
    {
        new Span<byte>(_map, Size).Clear();
        Trace.PrevLocation = 0;
        run();
        byte[] hits = new byte[Size];
        for (int i = 0; i < Size; i++)
        {
            hits[i] = Class(_map[i]);
        }

        return hits;
    }

    /// <summary>Takes note of a run; true when it went where none had gone.</summary>
    public bool Add(byte[] hits)
    {
        bool isNew = false;
        for (int i = 0; i < Size; i++)
        {
            if ((hits[i] & ~_seen[i]) != 0)
            {
                isNew = true;
                _seen[i] |= hits[i];
            }
        }

        return isNew;
    }

    // As AFL does: 1, 2, 3, 4-7, 8-15, 16-31, 32-127, 128 and more.
    private static byte Class(byte count) => count switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
