using System.Buffers;
using Dsm.Cli.Inputs;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats;
using Dsm.Sdmx.Formats.Summary;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Cli.Outputs;

/// <summary>Writes a data message in another format as it is read, batch by batch.</summary>
internal sealed class DataConversion(Structures structures, StructureReference? flow, SdmxFormat target, DataWriterOptions options, IssueList issues)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(256 * 1024);

    public void Run(CliContext context, MessageInput message, string output, CancellationToken cancellationToken)
    {
        List<DataSetSpace>? announced = SeveralDataSets(message, cancellationToken);
        using OutputFile file = OutputFile.Create(context, output);
        DataWriter writer = DataWriters.Create(target, _buffer, options with { Issues = issues });
        DataPass pass = new(structures, flow, issues);
        bool isStarted = false;
        pass.Run(message.Open(), Write, cancellationToken);
        if (isStarted)
        {
            writer.End();
            Flush(file.Stream);
        }

        if (isStarted && !issues.HasFatal)
        {
            file.Keep();
        }

        void Write(DataReader reader, DataSetSpace space)
        {
            if (!isStarted)
            {
                writer.Start(reader.Header ?? OutputFile.NewHeader(), announced ?? [space]);
                isStarted = true;
            }

            writer.StartDataSet(space);
            DataPass.ForEachBatch(reader, space, batch =>
            {
                writer.Write(batch);
                Flush(file.Stream);
            }, cancellationToken);
            writer.EndDataSet();
            Flush(file.Stream);
        }
    }

    /// <summary>
    /// Formats name the structures of all data sets in their header. A message with one data set is read once; of one with several the
    /// data sets are looked for first.
    /// </summary>
    private List<DataSetSpace>? SeveralDataSets(MessageInput message, CancellationToken cancellationToken)
    {
        if (MessageSummary.Read(message.Open, new IssueList(), null, cancellationToken).DataSets < 2)
        {
            return null;
        }

        List<DataSetSpace> spaces = [];
        new DataPass(structures, flow, new IssueList()).Run(message.Open(), (_, space) => spaces.Add(space), cancellationToken);
        return spaces;
    }

    private void Flush(Stream stream)
    {
        stream.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }
}
