using System.CommandLine;
using Dsm.Cli.Inputs;
using Dsm.Cli.Reports;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Issues;

namespace Dsm.Cli.Commands;

/// <summary><c>dsm inspect</c>: what messages are and how much is in them.</summary>
internal static class InspectCommand
{
    /// <summary>How many findings of one cause are told with their places.</summary>
    private const int SamplesPerGroup = 1000;

    public static Command Make(CliContext context)
    {
        Argument<string[]> files = new("FILE") { Description = context.Text["inspect.file"], Arity = ArgumentArity.OneOrMore };
        Option<bool> json = new("--json") { Description = context.Text["inspect.json"] };
        Command command = new("inspect", context.Text["inspect"]) { files, json };
        command.SetAction((parsed, cancellationToken) => RunAsync(context, parsed.GetRequiredValue(files), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, string[] files, bool json, CancellationToken cancellationToken)
    {
        int worst = ExitCode.Clean;
        foreach (string file in files)
        {
            IssueList issues = new() { SamplesPerGroup = SamplesPerGroup };
            MessageSummary summary = await SummaryAsync(context, file, issues, cancellationToken).ConfigureAwait(false);
            if (json)
            {
                InspectionJson.Write(context.Console, file, summary, issues, context.Text.Language);
            }
            else
            {
                InspectionText.Write(context, file, summary, issues);
            }

            worst = Math.Max(worst, ExitCode.Of(issues));
        }

        return worst;
    }

    private static async Task<MessageSummary> SummaryAsync(CliContext context, string file, IssueList issues, CancellationToken cancellationToken)
    {
        try
        {
            using MessageInput input = await MessageInput.OpenAsync(context, file, cancellationToken).ConfigureAwait(false);
            return Inspect(input.Open, issues, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or ArgumentException)
        {
            issues.Add(IssueCodes.NotReadable, Location.None, e.Message);
            return new MessageSummary();
        }
    }

    /// <summary>Counts what is in a message, and reads structures and reference metadata as the hub would, for what is wrong with them.</summary>
    internal static MessageSummary Inspect(Func<Stream> open, IssueList issues, CancellationToken cancellationToken)
    {
        IssueList counting = new() { SamplesPerGroup = SamplesPerGroup };
        MessageSummary summary = MessageSummary.Read(open, counting, null, cancellationToken);
        HashSet<(string, int, int)> told = [];
        SdmxFormat? format = FormatOf(open);
        if (format is not null && MetadataMessageReader.CanRead(format))
        {
            Read(open, issues, MetadataMessageReader.Read);
            told = [.. issues.Kept.Select(Place)];
        }
        else if (format is not null && StructureMessages.CanRead(format) && summary.Artefacts.Keys.Any(a => a is not ("Registration" or "Subscription")))
        {
            Read(open, issues, StructureMessages.Read);
            told = [.. issues.Kept.Select(Place)];
        }

        foreach (Issue issue in counting.Kept.Where(i => !told.Contains(Place(i))))
        {
            issues.Add(issue);
        }

        return summary;
    }

    /// <summary>A fault in reading one message must not keep the others from being told.</summary>
    private static void Read<T>(Func<Stream> open, IssueList issues, Func<Stream, IssueList, T> read)
    {
        try
        {
            using Stream content = MessagePacking.Unpack(open(), new IssueList(), DataReaderOptions.Default.MaxBytes);
            read(content, issues);
        }
        catch (Exception e) when (e is not (IOException or UnauthorizedAccessException))
        {
            issues.Add(IssueCodes.NotReadable, Location.None, e.ToString());
        }
    }

    // By the first bytes alone, as the reader tells it.
    private static SdmxFormat? FormatOf(Func<Stream> open)
    {
        using Stream content = MessagePacking.Unpack(open(), new IssueList(), DataReaderOptions.Default.MaxBytes);
        byte[] first = new byte[FormatSniffer.Window];
        int count = content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        return FormatSniffer.Sniff(first.AsSpan(0, count), new IssueList());
    }

    private static (string, int, int) Place(Issue issue) => (issue.Code.Id, issue.Location.Line, issue.Location.Column);
}
