using System.Text;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Csv;
using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;
using Dsm.Sdmx.Tests.Formats;
using Dsm.Sdmx.Tests.Specimens;

namespace Dsm.Sdmx.Tests.Hostile;

/// <summary>One reader with a message that it reads well: attacks change the message.</summary>
/// <param name="Name">Name in the matrix.</param>
/// <param name="Syntax"><c>xml</c>, <c>json</c> or <c>csv</c>.</param>
/// <param name="Message">A good message.</param>
/// <param name="Inside">A place of the message within its content, where attacks are put: an element, an object member or a record begins.</param>
/// <param name="Read">Reads a stream to its end.</param>
internal sealed record HostileReader(string Name, string Syntax, string Message, int Inside, Action<Stream, IssueList> Read)
{
    public byte[] Bytes => Encoding.UTF8.GetBytes(Message);

    public string Before => Message[..Inside];

    public string After => Message[Inside..];

    /// <summary>The readers of a syntax.</summary>
    public static IEnumerable<HostileReader> Of(string syntax) => All.Values.Where(r => r.Syntax == syntax);

    public static IReadOnlyDictionary<string, HostileReader> All { get; } = Make().ToDictionary(r => r.Name);

    /// <summary>Reads, and gives the findings.</summary>
    public IssueList Run(Stream stream)
    {
        IssueList issues = new();
        Read(stream, issues);
        return issues;
    }

    public IssueList Run(byte[] message) => Run(new MemoryStream(message));

    private static IEnumerable<HostileReader> Make()
    {
        Dictionary<string, string> messages = DataReaderMessages.All.ToDictionary(m => "data " + m.Key, m => m.Value);
        foreach (string json in new[] { "1.0", "2.0" })
        {
            messages.TryAdd($"data json {json}", WrittenData(json));
        }

        foreach ((string name, string message) in messages)
        {
            string syntax = message.TrimStart()[0] switch { '<' => "xml", '{' => "json", _ => "csv" };
            yield return new HostileReader(name, syntax, message, InsideOf(syntax, message), (stream, issues) => Data(stream, issues, null));
            if (syntax != "csv")
            {
                DataReaderOptions parserOnly = new() { UsesXmlParserOnly = true, UsesJsonParserOnly = true };
                yield return new HostileReader(name + ", parser alone", syntax, message, InsideOf(syntax, message), (stream, issues) => Data(stream, issues, parserOnly));
            }

            yield return new HostileReader("summary of " + name, syntax, message, InsideOf(syntax, message), Summary);
        }

        foreach (string name in new[] { "structures-2.0.xml", "structures-2.1.xml", "structures-3.0.xml" })
        {
            string message = Encoding.UTF8.GetString(Specimen.Bytes(name));
            yield return new HostileReader(name, "xml", message, InsideOf("xml", message), Structures);
            yield return new HostileReader("summary of " + name, "xml", message, InsideOf("xml", message), Summary);
        }

        foreach (SdmxFormat format in new[] { MediaTypes.StructureJson1, MediaTypes.StructureJson20, MediaTypes.StructureJson21, MediaTypes.StructureXml31 })
        {
            string message = WrittenStructures(format);
            string syntax = format == MediaTypes.StructureXml31 ? "xml" : "json";
            yield return new HostileReader(format.Name, syntax, message, InsideOf(syntax, message), Structures);
            yield return new HostileReader("summary of " + format.Name, syntax, message, InsideOf(syntax, message), Summary);
        }

        const string metadata = "MDSTRUCTURE,MDSTRUCTURE_ID,METADATASET_ID,TITLE,CONTACT\nmetadataflow,T:F(1.0),T:S(1.0),x,y\nmetadataflow,T:F(1.0),T:R(1.0),x,y\n";
        yield return new HostileReader("metadata csv", "csv", metadata, InsideOf("csv", metadata), (stream, issues) => CsvMetadataReader.Read(stream, issues));
        yield return new HostileReader("summary of metadata csv", "csv", metadata, InsideOf("csv", metadata), Summary);
    }

    /// <summary>XML: where the first series, observation or code stands. JSON: behind the brace of the data. CSV: the second record.</summary>
    private static int InsideOf(string syntax, string message) => syntax switch
    {
        "xml" => new[] { "<Series", "<Obs", "<g:Series", "<g:Obs", "<x:Series", "<x:Obs", "<Section", "<g:Group", "<s:Code ", "<str:Code ", "<structure:Code " }
            .Select(tag => message.IndexOf(tag, StringComparison.Ordinal)).Where(at => at > 0).DefaultIfEmpty(message.LastIndexOf("</", StringComparison.Ordinal)).Min(),
        "json" => message.IndexOf("\"data\":", StringComparison.Ordinal) is >= 0 and int data ? message.IndexOf('{', data) + 1 : message.IndexOf('{', StringComparison.Ordinal) + 1,
        _ => message.IndexOf('\n', message.IndexOf('\n', StringComparison.Ordinal) + 1) + 1,
    };

    private static void Data(Stream stream, IssueList issues, DataReaderOptions? options)
    {
        using DataReader? reader = DataMessageReader.Open(stream, DataReaderSpecimens.Resolve, issues, options);
        while (reader?.NextDataSet() == true)
        {
            ObservationBatch batch = new(reader.DataSet!);
            while (reader.Read(batch))
            {
            }
        }
    }

    private static void Structures(Stream stream, IssueList issues) => StructureMessages.Read(stream, issues);

    private static void Summary(Stream stream, IssueList issues)
    {
        // A second look is taken at what is broken: at the same bytes.
        MessageSummary.Read(() => stream is HostileStream hostile ? hostile.Again() : new MemoryStream(((MemoryStream)stream).ToArray()), issues);
    }

    private static string WrittenStructures(SdmxFormat format)
    {
        StructureSet set = StructureMessages.Read(new MemoryStream(Specimen.Bytes("structures-3.0.xml")), new IssueList()).Structures;
        using MemoryStream output = new();
        StructureMessages.Write(format, output, set.All, new MessageHeader { Id = "A", Prepared = "2025-01-01T00:00:00" }, new IssueList());
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static string WrittenData(string version)
    {
        System.Buffers.ArrayBufferWriter<byte> output = new();
        using DataReader reader = DataMessageReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(DataReaderMessages.All["csv 2.0"])), DataReaderSpecimens.Resolve, new IssueList())!;
        reader.NextDataSet().Should().BeTrue();
        DataWriter writer = DataWriters.Create(version == "1.0" ? MediaTypes.DataJson1 : MediaTypes.DataJson20, output);
        writer.Start(new MessageHeader { Id = "A", Prepared = "2025-01-01T00:00:00" }, [reader.DataSet!]);
        writer.StartDataSet(reader.DataSet!);
        ObservationBatch batch = new(reader.DataSet!);
        while (reader.Read(batch))
        {
            writer.Write(batch);
        }

        writer.EndDataSet();
        writer.End();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
