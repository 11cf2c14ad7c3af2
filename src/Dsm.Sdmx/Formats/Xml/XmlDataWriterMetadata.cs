using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Formats.Xml;

/// <content>Reference metadata inside data sets: carried by structure-specific SDMX-ML 3.x only.</content>
public abstract partial class XmlDataWriter
{
    private readonly List<MetadataReport> _dataSetMetadata = [];

    /// <summary>Reports about the data set as a whole, which stand at its end.</summary>
    internal IReadOnlyList<MetadataReport> DataSetMetadata => _dataSetMetadata;

    /// <summary>Writes a report about a part of the key, a series or an observation; false when the format has no place for it.</summary>
    internal virtual bool WriteMetadata(MetadataReport report) => false;

    private void WriteMetadata(ObservationBatch batch)
    {
        if (batch.Metadata.Count == 0 || !Options.Selection.Attributes.HasFlag(AttributeKinds.Metadata))
        {
            return;
        }

        if (!Format.IsVersion3)
        {
            SayNotCarried(batch.Metadata[0]);
            return;
        }

        CloseSeries();
        if (_dataSetValues is null)
        {
            OpenDataSet(new string?[Layout.OnDataSet.Length]);
        }

        foreach (MetadataReport report in batch.Metadata)
        {
            if (report.IsOfDataSet)
            {
                _dataSetMetadata.Add(report);
            }
            else if (!WriteMetadata(report))
            {
                SayNotCarried(report);
            }
        }
    }

    private void SayNotCarried(MetadataReport report) => Losses.Say("MetadataReport", at: new Location(Key: report.KeyText));
}
