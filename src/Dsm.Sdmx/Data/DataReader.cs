using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Data;

/// <summary>
/// Pull cursor over a data message, one implementation a dialect. Use: while <see cref="NextDataSet"/>, make batches with the
/// <see cref="DataSet"/>, fill them with <see cref="Read"/>. Bad input never throws: it gives located issues; what cannot be read
/// as an observation at all is reported and counted in <see cref="Unreadable"/>.
/// Dimension and attribute values are delivered as sent; codes, types and mandatory parts are judged by validation, not here.
/// </summary>
/// <remarks>Not thread-safe. Filled batches may be handed to another thread.</remarks>
public abstract class DataReader : IDisposable
{
    /// <summary>Makes a reader that reports to a list.</summary>
    protected DataReader(IssueList issues) => Issues = issues;

    /// <summary>Where findings go.</summary>
    public IssueList Issues { get; }

    /// <summary>The message's header; null before the first <see cref="NextDataSet"/> and in formats without one (CSV).</summary>
    public MessageHeader? Header { get; protected set; }

    /// <summary>The current data set; null before the first and after the last.</summary>
    public DataSetSpace? DataSet { get; protected set; }

    /// <summary>Number of observations that were so broken that they could not be put into a batch.</summary>
    public long Unreadable { get; protected set; }

    /// <summary>Moves to the next data set. False at the end of the message, or when the rest cannot be read (see <see cref="Issues"/>).</summary>
    public abstract bool NextDataSet();

    /// <summary>
    /// Empties the batch and fills it with the next observations. False, with an empty batch, at the end of the data set.
    /// The batch must have been made for the current <see cref="DataSet"/>.
    /// </summary>
    /// <exception cref="IOException">The underlying stream failed.</exception>
    public abstract bool Read(ObservationBatch batch);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the reader holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
