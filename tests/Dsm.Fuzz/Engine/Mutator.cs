using System.Text;

namespace Dsm.Fuzz.Engine;

/// <summary>Changes inputs; the same seed gives the same changes.</summary>
public sealed class Mutator(int seed, IReadOnlyList<string> words)
{
    /// <summary>Longest input that is made.</summary>
    public const int MaxLength = 32 * 1024;

    private static readonly byte[] Nasty = [0, 1, 0x7F, 0x80, 0xC3, 0xED, 0xEF, 0xF4, 0xFE, 0xFF, .. "<>&\"'=/,;:{}[]\\ \t\r\n-+.0129eEAZ%*"u8];

    private readonly Random _random = new(seed);
    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes)];

    /// <summary>A number below a limit.</summary>
    public int Next(int limit) => _random.Next(limit);

    /// <summary>A changed copy of an input, with parts of another.</summary>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        List<byte> bytes = [.. input];
        for (int changes = 1 << _random.Next(5); changes > 0; changes--)
        {
            Change(bytes, other);
        }

        return [.. bytes.Count > MaxLength ? bytes.Take(MaxLength) : bytes];
    }

    private void Change(List<byte> bytes, byte[] other)
    {
        int at = _random.Next(bytes.Count + 1);
        int length = Math.Min(bytes.Count - at, 1 << _random.Next(9));
        switch (_random.Next(12))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = Nasty[_random.Next(Nasty.Length)];
                break;
            case 2:
                bytes.Insert(at, Nasty[_random.Next(Nasty.Length)]);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 5:
                List<byte> moved = bytes.GetRange(at, length);
                bytes.RemoveRange(at, length);
                bytes.InsertRange(_random.Next(bytes.Count + 1), moved);
                break;
            case 6 or 7:
                bytes.InsertRange(at, _words[_random.Next(_words.Length)]);
                break;
            case 8:
                byte[] word = _words[_random.Next(_words.Length)];
                bytes.RemoveRange(at, Math.Min(word.Length, bytes.Count - at));
                bytes.InsertRange(at, word);
                break;
            case 9 when other.Length > 0:
                int from = _random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, 1 << _random.Next(11))).ToArray());
                break;
            case 10 when bytes.Count < MaxLength && length > 0:
                List<byte> part = bytes.GetRange(at, length);
                for (int times = 1 << _random.Next(8); times > 0 && bytes.Count < MaxLength; times--)
                {
                    bytes.InsertRange(at, part);
                }

                break;
            case 11 when _random.Next(8) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }
}
