using Dsm.Sdmx.Formats;

namespace Dsm.Fuzz.Targets;

/// <summary>Data messages: faster readers deliver what the reference does, reads of any size deliver the same, and what is written is read.</summary>
public static class DataTargets
{
    /// <summary>SDMX-ML data of all versions.</summary>
    public static void Xml(ReadOnlySpan<byte> input)
    {
        byte[] message = input.ToArray();
        FuzzFailure.ThrowIfDifferent(
            "fast and reference reader",
            FuzzData.Describe(new MemoryStream(message), null),
            FuzzData.Describe(new MemoryStream(message), new DataReaderOptions { UsesXmlParserOnly = true }));
        FuzzData.CheckRewriting(message, MediaTypes.DataXml30);
    }

    /// <summary>SDMX-JSON data of all versions.</summary>
    public static void Json(ReadOnlySpan<byte> input)
    {
        byte[] message = input.ToArray();
        string fast = FuzzData.Describe(new MemoryStream(message), null);
        FuzzFailure.ThrowIfDifferent("fast and reference reader", fast, FuzzData.Describe(new MemoryStream(message), new DataReaderOptions { UsesJsonParserOnly = true }));
        FuzzFailure.ThrowIfDifferent("reads of three bytes and of all", FuzzData.Describe(new SlowStream(message, 3), null), fast);
        FuzzData.CheckRewriting(message, MediaTypes.DataJson20);
    }

    /// <summary>SDMX-CSV data of all versions.</summary>
    public static void Csv(ReadOnlySpan<byte> input)
    {
        byte[] message = input.ToArray();
        string whole = FuzzData.Describe(new MemoryStream(message), null);
        FuzzFailure.ThrowIfDifferent("reads of three bytes and of all", FuzzData.Describe(new SlowStream(message, 3), null), whole);
        FuzzData.CheckRewriting(message, MediaTypes.DataCsv20);
    }
}
