using System.Buffers;
using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;

namespace Dsm.Fuzz.Targets;

/// <summary>Error messages.</summary>
public static class ErrorTargets
{
    private static readonly Rewriting<ImmutableArray<ErrorMessage>> Rewriting = new(ErrorMessageReader.Read, (_, stream, errors, _) =>
    {
        ArrayBufferWriter<byte> output = new();
        ErrorMessageWriter.Write(output, SdmxNamespaces.V31, errors);
        stream.Write(output.WrittenSpan);
    });

    /// <summary>Errors in SDMX-ML and SDMX-JSON of all versions, written in SDMX-ML; what expects something else finds what they say.</summary>
    public static void Any(ReadOnlySpan<byte> input)
    {
        byte[] message = input.ToArray();
        IssueList issues = new(), slow = new();
        ImmutableArray<ErrorMessage> errors = ErrorMessageReader.Read(new MemoryStream(message), issues);
        FuzzFailure.ThrowIfDifferent("reads of three bytes and of all", Text(ErrorMessageReader.Read(new SlowStream(message, 3), slow), slow), Text(errors, issues));
        StructureMessages.Read(new MemoryStream(message), new IssueList());
        using (DataReader? reader = DataMessageReader.Open(new MemoryStream(message), FuzzData.Resolve, new IssueList()))
        {
            reader?.NextDataSet();
        }

        if (!errors.IsEmpty && errors.All(e => !e.Text.IsEmpty))
        {
            Rewriting.Check(errors, issues, MediaTypes.Error31);
        }
    }

    private static string Text(ImmutableArray<ErrorMessage> errors, IssueList issues)
        => string.Join('\n', errors.Select(e => $"{e.Code} {e.Location} {string.Join('|', e.Text.Texts)}")) + string.Join('\n', issues.Kept);
}
