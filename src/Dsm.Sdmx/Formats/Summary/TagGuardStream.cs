using System.Globalization;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Summary;

/// <summary>Stops XML in which too many bytes pass without a tag beginning: a gigantic value that the parser would hold as a whole.</summary>
internal sealed class TagGuardStream(Stream inner, int limit) : ForwardStream
{
    private long _sinceTag;

    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        int tag = buffer[..count].LastIndexOf((byte)'<');
        _sinceTag = tag < 0 ? _sinceTag + count : count - tag;
        return _sinceTag <= limit ? count
            : throw new MessageException(new Issue(IssueCodes.TooLarge, Location.None, "value", (limit / (1024 * 1024)).ToString(CultureInfo.InvariantCulture) + " MiB"));
    }
}
