using System.IO.Compression;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Csv;
using Dsm.Sdmx.Formats.Json;
using Dsm.Sdmx.Formats.Reading;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats;

/// <summary>The way into a data message of any format: looks at the first bytes and gives the reader for them.</summary>
public static class DataMessageReader
{
    /// <summary>
    /// Gives a reader for a message, plain or gzip; null with issues when it is none that is read here. The stream is disposed of
    /// with the reader (or at once when there is none).
    /// </summary>
    /// <param name="stream">The message from its beginning.</param>
    /// <param name="resolve">Gives the schema of an agreement, dataflow or data structure; null when it is not known.</param>
    /// <param name="issues">Where findings go.</param>
    /// <param name="options">Limits and defaults.</param>
    /// <exception cref="IOException">The stream failed.</exception>
    public static DataReader? Open(Stream stream, Func<StructureReference, DataSchema?> resolve, IssueList issues, DataReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(resolve);
        ArgumentNullException.ThrowIfNull(issues);
        options ??= DataReaderOptions.Default;
        DataReader? reader = null;
        Stream content = new GuardedStream(stream, options.MaxBytes);
        try
        {
            content = Unpack(content, options);
            byte[] first = new byte[FormatSniffer.Window];
            int count = content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            Stream whole = new PrefixedStream(first.AsMemory(0, count), content, ownsRest: true);
            reader = FormatSniffer.Sniff(first.AsSpan(0, count), issues) is { } format ? ReaderOf(format, whole, resolve, issues, options) : null;
        }
        catch (MessageException e)
        {
            issues.Add(e.Issue);
        }
        finally
        {
            if (reader is null)
            {
                content.Dispose();
            }
        }

        return reader;
    }

    private static Stream Unpack(Stream stream, DataReaderOptions options)
    {
        byte[] magic = new byte[2];
        int count = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        Stream whole = new PrefixedStream(magic.AsMemory(0, count), stream, ownsRest: true);
        return FormatSniffer.IsGzip(magic.AsSpan(0, count)) ? new GuardedStream(new GZipStream(whole, CompressionMode.Decompress), options.MaxBytes) : whole;
    }

    private static DataReader? ReaderOf(SdmxFormat format, Stream stream, Func<StructureReference, DataSchema?> resolve, IssueList issues, DataReaderOptions options)
    {
        switch (format.Kind)
        {
            case MessageKind.StructureSpecificData or MessageKind.GenericData when format.IsBefore21:
                return new DataReader20(stream, resolve, issues, options);
            case MessageKind.StructureSpecificData:
                return new StructureSpecificDataReader(stream, resolve, issues, options);
            case MessageKind.GenericData:
                return new GenericDataReader(stream, resolve, issues, options);
            case MessageKind.CsvData:
                return new CsvDataReader(stream, resolve, issues, options);
            case MessageKind.JsonData:
                return new JsonDataReader(stream, resolve, issues, options);
            case MessageKind.Error when format.Syntax == "json":
                using (JsonDataReader error = new(stream, resolve, issues, options))
                {
                    error.NextDataSet();
                }

                return null;
            case MessageKind.Error:
                // Says what the source has to say, and that there is nothing else.
                using (StructureSpecificDataReader error = new(stream, resolve, issues, options))
                {
                    error.NextDataSet();
                }

                return null;
            default:
                issues.Add(IssueCodes.WrongMessageKind, Location.None, format.Name, "SDMX data");
                return null;
        }
    }
}
