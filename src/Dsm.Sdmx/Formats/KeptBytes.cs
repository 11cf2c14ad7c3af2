using System.Buffers;

namespace Dsm.Sdmx.Formats;

/// <summary>Bytes that were written once to be copied often: what all observations of a run have in common.</summary>
internal sealed class KeptBytes
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public KeptBytes() => Output = new Utf8Output(_bytes);

    /// <summary>Where to write.</summary>
    public Utf8Output Output { get; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            Output.Flush();
            return _bytes.WrittenSpan;
        }
    }

    /// <summary>Starts anew.</summary>
    public void Clear()
    {
        Output.Flush();
        _bytes.ResetWrittenCount();
    }
}
