namespace Dsm.Sdmx.Data;

/// <summary>
/// Writes data messages, one implementation a dialect. Order of calls: <see cref="Start"/>, then for each data set
/// <see cref="StartDataSet"/>, any number of <see cref="Write"/>, <see cref="EndDataSet"/>; at last <see cref="End"/>.
/// Output goes to an <see cref="System.Buffers.IBufferWriter{T}"/>; the caller flushes between the calls, so that nothing is buffered whole.
/// Refused observations of a batch are not written. Runs of one series that follow each other (also across batches) are joined.
/// </summary>
public abstract class DataWriter
{
    /// <summary>Media type of what is written, with its parameters.</summary>
    public abstract string MediaType { get; }

    /// <summary>Starts the message. The data sets to come are announced, because formats name their structures in the header.</summary>
    public abstract void Start(MessageHeader header, IReadOnlyList<DataSetSpace> dataSets);

    /// <summary>Starts a data set that was announced.</summary>
    public abstract void StartDataSet(DataSetSpace dataSet);

    /// <summary>Writes a batch of the current data set.</summary>
    public abstract void Write(ObservationBatch batch);

    /// <summary>Ends the data set.</summary>
    public abstract void EndDataSet();

    /// <summary>Ends the message.</summary>
    public abstract void End();
}
