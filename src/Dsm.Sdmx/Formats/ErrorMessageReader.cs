using System.Collections.Immutable;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats;

/// <summary>
/// Reads the errors that a service sends instead of, or (SDMX-JSON) beside, what was asked for: the Error message of SDMX-ML 2.1, 3.0 and
/// 3.1; the <c>errors</c> of SDMX-JSON messages of every kind and version. Bad input never throws.
/// </summary>
public static class ErrorMessageReader
{
    /// <summary>The errors of a message in order, each with its place; empty when it has none. The stream is read to its end and not disposed of.</summary>
    /// <param name="stream">The message.</param>
    /// <param name="issues">Takes what is wrong with the message itself; its errors are given back, not reported.</param>
    public static ImmutableArray<ErrorMessage> Read(Stream stream, IssueList issues)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(issues);
        byte[] window = new byte[FormatSniffer.Window];
        int count = stream.ReadAtLeast(window, window.Length, throwOnEndOfStream: false);
        Stream message = new PrefixedStream(window.AsMemory(0, count), stream);
        if (FormatSniffer.IsJson(window.AsSpan(0, count)))
        {
            return Json(message, issues);
        }

        SdmxFormat? format = FormatSniffer.Sniff(window.AsSpan(0, count), issues);
        if (format is not null && format.Kind != MessageKind.Error)
        {
            issues.Add(IssueCodes.WrongMessageKind, Location.None, format.Name, "error message");
        }

        ImmutableArray<ErrorMessage> errors = [];
        if (format?.Kind == MessageKind.Error)
        {
            XmlWalk.Run(message, issues, cursor => errors = XmlMessageParts.Errors(cursor));
        }

        return errors;
    }

    /// <summary>Makes findings of the errors of a message, for a reader that expects something else.</summary>
    internal static void Report(Stream stream, IssueList issues) => Report(Read(stream, issues), issues);

    /// <summary>Makes findings of errors.</summary>
    internal static void Report(ImmutableArray<ErrorMessage> errors, IssueList issues)
    {
        foreach (ErrorMessage error in errors)
        {
            issues.Add(IssueCodes.SdmxErrorMessage, error.Location, error.Code, error.Text.Best()?.Trim() ?? "");
        }
    }

    private static ImmutableArray<ErrorMessage> Json(Stream stream, IssueList issues)
    {
        ImmutableArray<ErrorMessage> errors = [];
        JsonWalk.Run(stream, issues, cursor =>
        {
            foreach (string member in cursor.Members())
            {
                if (member is "errors" or "error")
                {
                    errors = [.. errors, .. JsonErrors.Read(cursor)];
                }
            }
        });
        return errors;
    }
}
