using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Csv;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Fuzz.Targets;

/// <summary>Metadata sets.</summary>
public static class MetadataTargets
{
    /// <summary>SDMX-CSV metadata 2.0 and 2.1.</summary>
    public static void Csv(ReadOnlySpan<byte> input)
    {
        byte[] message = input.ToArray();
        IssueList whole = new(), slow = new();
        ImmutableArray<MetadataSet> sets = CsvMetadataReader.Read(new MemoryStream(message), whole);
        CsvMetadataReader.Read(new SlowStream(message, 3), slow);
        FuzzFailure.ThrowIfDifferent("reads of three bytes and of all", string.Join('\n', slow.Kept), string.Join('\n', whole.Kept));
        if (sets.IsEmpty || whole.HasErrors)
        {
            return;
        }

        byte[] first = Write(sets);
        IssueList again = new();
        ImmutableArray<MetadataSet> read = CsvMetadataReader.Read(new MemoryStream(first), again);
        if (again.HasErrors)
        {
            throw new FuzzFailure($"what was written cannot be read: {string.Join('\n', again.Kept)}\n{Encoding.UTF8.GetString(first)}");
        }

        FuzzFailure.ThrowIfDifferent("first and second writing", Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(Write(read)));
    }

    private static byte[] Write(ImmutableArray<MetadataSet> sets)
    {
        ArrayBufferWriter<byte> output = new();
        CsvMetadataWriter.Write(MediaTypes.MetadataCsv21, sets, output, new DataWriterOptions { Issues = new IssueList() });
        return output.WrittenSpan.ToArray();
    }
}
