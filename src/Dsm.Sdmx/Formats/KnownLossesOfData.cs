using System.Collections.Immutable;

namespace Dsm.Sdmx.Formats;

/// <summary>Losses of data, by data format.</summary>
public static partial class KnownLosses
{
    private static string[] Generic21 => [MediaTypes.GenericData21.Name, MediaTypes.GenericTimeSeries21.Name];

    private static string[] Specific21 => [MediaTypes.StructureSpecificData21.Name, MediaTypes.StructureSpecificTimeSeries21.Name];

    private static string[] Xml21 => [.. Generic21, .. Specific21];

    private static string[] Xml3 => [MediaTypes.DataXml30.Name, MediaTypes.DataXml31.Name];

    private static string[] Json1 => [MediaTypes.DataJson1.Name];

    private static string[] Json => [MediaTypes.DataJson1.Name, MediaTypes.DataJson20.Name, MediaTypes.DataJson21.Name];

    private static string[] Csv1 => [MediaTypes.DataCsv1.Name];

    private static string[] Csv => [MediaTypes.DataCsv1.Name, MediaTypes.DataCsv20.Name, MediaTypes.DataCsv21.Name];

    /// <summary>Losses of data, by property of <c>Dsm.Sdmx.Data</c>; formats are named as in <see cref="MediaTypes"/>.</summary>
    public static ImmutableArray<KnownLoss> Data { get; } =
    [
        new("Annotation.Urls", "2.1 has one URL without a language.", [.. Xml21]),
        new("Annotation.Value", "2.1 has no AnnotationValue.", [.. Xml21]),
        new("ComplexValue.Values", "The formats of 2.1 have one value: the first code, or the texts in one.", [.. Xml21, .. Json1]),
        new("DataSet", "SDMX-JSON 1.0 has one structure, SDMX-CSV 1.0 no action and so no deletions.", [.. Json1, .. Csv1]),
        new("DataSetHeader.Action", "SDMX-CSV 1.0 has no action.", [.. Csv1]),
        new("DataSetHeader.Annotations", "CSV has none.", [.. Json, .. Csv]),
        new("DataSetHeader.DataProvider", "Only SDMX-ML names one.", [.. Json, .. Csv]),
        new("DataSetHeader.PublicationPeriod", "CSV has none.", [.. Csv]),
        new("DataSetHeader.PublicationYear", "CSV has none.", [.. Csv]),
        new("DataSetHeader.ReportingBegin", "CSV has none.", [.. Csv]),
        new("DataSetHeader.ReportingEnd", "CSV has none.", [.. Csv]),
        new("DataSetHeader.SetId", "Only SDMX-ML has one.", [.. Json, .. Csv]),
        new("DataSetHeader.Structure", "SDMX-CSV 1.0 names the dataflow, or the data structure as if it were one.", [.. Csv1]),
        new("DataSetHeader.ValidFrom", "CSV has none; SDMX-JSON wants an instant with an offset: what has none is taken for UTC.", [.. Json, .. Csv]),
        new("DataSetHeader.ValidTo", "CSV has none; SDMX-JSON wants an instant with an offset: what has none is taken for UTC.", [.. Json, .. Csv]),
        new("Deletion.Parts", "Only SDMX-CSV 2.x says that a part of an observation is deleted, by dashes; else the whole observation is.", [.. Xml21, .. Xml3, .. Json, .. Csv[1..]]),
        new("Deletion.PartialKeys", "SDMX-JSON 1.0 has no keys with dimensions left out.", [.. Json1]),
        new("LocalisedText.Texts", "The formats of 2.1 have texts without a language: the best one is written; SDMX-JSON 1.0 has them of attributes with one value.", [.. Xml21, .. Json1]),
        new("MessageHeader.IsTest", "CSV has no header.", [.. Csv]),
        new("MessageHeader.Name", "CSV has no header.", [.. Csv]),
        new("MessageHeader.Source", "SDMX-JSON has none, CSV no header.", [.. Json, .. Csv]),
        new("MetadataReport", "Only SDMX-ML 3.x has reference metadata in data sets, about keys that are whole or those of groups.", [.. Xml21, .. Xml3, .. Json, .. Csv]),
        new("ObservationBatch.Measures", "One measure: of several the first is written.", [.. Generic21, .. Json1]),
        new("ObservationBatch.Series", "A series without observations has no place in flat data, nor with another dimension than time at the observation.",
            [MediaTypes.GenericData21.Name, MediaTypes.StructureSpecificData21.Name, .. Xml3, .. Json]),
        new("ValueColumn.EmptyTexts", "An empty field of CSV is no value.", [.. Csv]),
    ];

    /// <summary>The loss of a property in a data format; null when the format carries it.</summary>
    public static KnownLoss? FindOfData(string property, SdmxFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return Data.FirstOrDefault(l => l.Property == property && l.Formats.Contains(format.Name));
    }
}
