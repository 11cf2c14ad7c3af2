using System.Text;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Summary;

/// <summary>Unpacks a message, tells its syntax by the first bytes and has it counted.</summary>
internal sealed class MessageSummaryReader(Func<Stream> open, IssueList issues, DataReaderOptions options, CancellationToken cancellationToken)
{
    public MessageSummary Read()
    {
        MessageCounts counts = new();
        try
        {
            using Stream content = MessagePacking.Unpack(open(), options.MaxBytes);
            byte[] first = new byte[FormatSniffer.Window];
            int count = content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            using PrefixedStream whole = new(first.AsMemory(0, count), content);
            string start = Text(first.AsSpan(0, count));
            switch (start)
            {
                case "":
                    issues.Add(IssueCodes.EmptyMessage, Location.None);
                    break;
                case var html when FormatSniffer.LooksLikeHtml(html):
                    issues.Add(IssueCodes.HtmlInsteadOfSdmx, Location.None);
                    break;
                case ['<', ..]:
                    counts = Xml(whole, first.AsSpan(0, count));
                    break;
                case ['{' or '[', ..]:
                    new JsonMessageCounter(counts, issues, cancellationToken).Run(whole);
                    break;
                default:
                    Csv(whole, first.AsSpan(0, count), counts);
                    break;
            }
        }
        catch (MessageException e)
        {
            issues.Add(e.Issue);
        }

        return counts.Summary;
    }

    /// <summary>Counts XML; when the parser stops at a fault, a lenient second look counts what lies behind it.</summary>
    private MessageCounts Xml(Stream whole, ReadOnlySpan<byte> first)
    {
        MessageCounts counts = new();
        IssueList strict = new();
        XmlMessageCounter.Strict(whole, counts, strict, options, cancellationToken);
        if (strict.Kept.Any(i => i.Code == IssueCodes.MalformedXml || i.Code == IssueCodes.InvalidEncoding))
        {
            MessageCounts lenient = new();
            try
            {
                using Stream again = MessagePacking.Unpack(open(), options.MaxBytes);
                XmlMessageCounter.Lenient(again, lenient, new IssueList(), options, cancellationToken);
            }
            catch (MessageException)
            {
                // What stops this look has been told by the first one, or is a limit.
            }

            counts = lenient.Total > counts.Total || counts.Format is null ? lenient : counts;
        }

        foreach (Issue issue in strict.Kept)
        {
            issues.Add(XmlMessages.Placed(issue, first));
        }

        return counts;
    }

    private void Csv(Stream whole, ReadOnlySpan<byte> first, MessageCounts counts)
    {
        IssueList sniffing = new();
        SdmxFormat? format = FormatSniffer.Sniff(first, sniffing);
        foreach (Issue issue in sniffing.Kept)
        {
            issues.Add(issue with { Location = new Location(1, 1) });
        }

        if (format is not null)
        {
            counts.Known = format;
            counts.Format = format.Kind == MessageKind.CsvMetadata ? "SDMX-CSV metadata" : "SDMX-CSV data";
            counts.Version = format.Version[..3];
            try
            {
                CsvMessageCounter counter = new(counts, issues, options, cancellationToken);
                if (first is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
                {
                    counter.Run(whole, new UnicodeEncoding(first[0] == 0xFE, byteOrderMark: true, throwOnInvalidBytes: true));
                }
                else
                {
                    counter.Run(new Utf8GuardStream(whole), Encoding.UTF8);
                }
            }
            catch (MessageException e) when (e.Issue.Code == IssueCodes.InvalidEncoding)
            {
                issues.Add(e.Issue);
                counts.Clear();
                using Stream again = MessagePacking.Unpack(open(), options.MaxBytes);
                new CsvMessageCounter(counts, new IssueList(), options, cancellationToken).Run(again, Encoding.Latin1);
            }
        }
    }

    private static string Text(ReadOnlySpan<byte> first)
    {
        string text = EncodingOf(first).GetString(first[..Math.Min(first.Length, 4096)]);
        return text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n', '\0');
    }

    private static Encoding EncodingOf(ReadOnlySpan<byte> first) => first switch
    {
        [0xFF, 0xFE, ..] or [(byte)'<' or (byte)'{' or (byte)'[', 0, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] or [0, (byte)'<' or (byte)'{' or (byte)'[', ..] => Encoding.BigEndianUnicode,
        _ => Encoding.UTF8,
    };
}
