using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Csv;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Validation;

namespace Dsm.Fuzz.Targets;

/// <summary>Metadata sets.</summary>
public static class MetadataTargets
{
    private static readonly MessageHeader Header = new() { Id = "F", Prepared = "2025-01-01T00:00:00" };

    private static readonly Rewriting<MetadataMessage> Rewriting = new(
        MetadataMessageReader.Read,
        (format, stream, message, lost) => MetadataMessageWriters.Write(format, stream, message.Sets, Header, lost));

    /// <summary>SDMX-ML metadata 2.1 (generic and structure-specific), 3.0 and 3.1, written as 3.1 and as 2.1.</summary>
    public static void Xml(ReadOnlySpan<byte> input)
    {
        IssueList issues = new();
        MetadataMessage message = MetadataMessageReader.Read(new MemoryStream(input.ToArray()), issues);
        Check(message, issues, MediaTypes.MetadataXml31, MediaTypes.GenericMetadata21, MediaTypes.StructureSpecificMetadata21);
    }

    /// <summary>SDMX-JSON metadata 1.0 to 2.1, written as 2.1.</summary>
    public static void Json(ReadOnlySpan<byte> input)
    {
        byte[] bytes = input.ToArray();
        IssueList whole = new(), slow = new();
        MetadataMessage message = MetadataMessageReader.Read(new MemoryStream(bytes), whole);
        MetadataMessageReader.Read(new SlowStream(bytes, 3), slow);
        FuzzFailure.ThrowIfDifferent("reads of three bytes and of all", string.Join('\n', slow.Kept), string.Join('\n', whole.Kept));
        Check(message, whole, MediaTypes.MetadataJson21);
    }

    /// <summary>SDMX-CSV metadata 2.0 and 2.1.</summary>
    public static void Csv(ReadOnlySpan<byte> input)
    {
        byte[] message = input.ToArray();
        IssueList whole = new(), slow = new();
        ImmutableArray<MetadataSet> sets = CsvMetadataReader.Read(new MemoryStream(message), whole);
        CsvMetadataReader.Read(new SlowStream(message, 3), slow);
        FuzzFailure.ThrowIfDifferent("reads of three bytes and of all", string.Join('\n', slow.Kept), string.Join('\n', whole.Kept));
        if (!sets.IsEmpty && !whole.HasErrors)
        {
            Check(new MetadataMessage(null, sets), new IssueList(), MediaTypes.MetadataCsv21);
        }
    }

    private static void Check(MetadataMessage message, IssueList found, params ReadOnlySpan<SdmxFormat> formats)
    {
        new MetadataSetValidator(FuzzMetadata.Structures, new IssueList()).Check(message);
        foreach (SdmxFormat format in formats)
        {
            Rewriting.Check(message, found, format);
        }
    }
}
