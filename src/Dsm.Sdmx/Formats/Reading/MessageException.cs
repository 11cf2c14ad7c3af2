using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Reading;

/// <summary>
/// Carries a fatal finding out of the layers below a reader (streams, tokenizers) to the reader, which turns it into an issue.
/// Never leaves this assembly.
/// </summary>
internal sealed class MessageException(Issue issue) : Exception(issue.ToString())
{
    public Issue Issue { get; } = issue;
}
