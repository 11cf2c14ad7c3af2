using System.Text;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Issues;

namespace Dsm.Fuzz.Targets;

/// <summary>What looks at messages of any kind.</summary>
public static class MessageTargets
{
    /// <summary>Unpacking (gzip, zip) and counting; something is always said when nothing is known.</summary>
    public static void Summary(ReadOnlySpan<byte> input)
    {
        byte[] message = input.ToArray();
        IssueList issues = new();
        MessageSummary summary = MessageSummary.Read(() => new MemoryStream(message), issues, new DataReaderOptions { MaxBytes = 32 << 20 });
        if (summary.Format is null && issues.Count == 0)
        {
            throw new FuzzFailure("neither a format nor a finding");
        }
    }

    /// <summary>The format by the first bytes: either it is known, or a finding says why not; and the same for gzip.</summary>
    public static void Sniffer(ReadOnlySpan<byte> input)
    {
        IssueList issues = new();
        SdmxFormat? format = FormatSniffer.Sniff(input, issues);
        if (format is null != issues.Count > 0)
        {
            throw new FuzzFailure($"format {format} and {issues.Count} findings");
        }

        byte[] message = input.ToArray();
        IssueList opened = new();
        (SdmxFormat? same, Stream content) = FormatSniffer.OpenAsync(new SlowStream(message, 3), opened, CancellationToken.None).GetAwaiter().GetResult();
        using (content)
        {
            if (!FormatSniffer.IsGzip(input))
            {
                FuzzFailure.ThrowIfDifferent("formats", format?.ToString() ?? "", same?.ToString() ?? "");
                using MemoryStream copy = new();
                content.CopyTo(copy);
                FuzzFailure.ThrowIfDifferent("contents", Encoding.Latin1.GetString(copy.ToArray()), Encoding.Latin1.GetString(message));
            }
        }
    }
}
