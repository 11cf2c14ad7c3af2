using System.Buffers;
using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Structure-specific data of SDMX-ML 2.1, 3.0 and 3.1: series by any dimension, or flat. The DataSet element is in the message
/// namespace with an <c>xsi:type</c> of the structure's own namespace; everything in it is unqualified. Validates against the
/// official schemas together with that of <see cref="StructureSpecificSchemaWriter"/>.
/// </summary>
public sealed partial class StructureSpecificDataWriter : XmlDataWriter
{
    private ImmutableArray<ValuePieces> _dimensions = [];
    private ImmutableArray<ValuePieces> _seriesAttributes = [];
    private ImmutableArray<ValuePieces> _observationAttributes = [];
    private ImmutableArray<byte[]> _measures = [];
    private ImmutableArray<XmlComp?> _measureComps = [];
    private ImmutableArray<XmlComp?> _seriesComps = [];
    private ImmutableArray<XmlComp?> _observationComps = [];
    private byte[] _time = [];
    private byte[] _groupType = [];
    private readonly KeptBytes _runKey = new(), _runAttributes = new();
    private bool _tagOpen, _isRunPrepared;

    /// <summary>Makes a writer.</summary>
    public StructureSpecificDataWriter(SdmxFormat format, IBufferWriter<byte> output, DataWriterOptions options)
        : base(format, NamespacesOf(format), output, options)
    {
    }

    private string Root => Format.IsTimeSeries ? "message:StructureSpecificTimeSeriesData" : "message:StructureSpecificData";

    private static SdmxNamespaces NamespacesOf(SdmxFormat format) => format.Standard switch
    {
        "2.1" => SdmxNamespaces.V21,
        "3.0" => SdmxNamespaces.V30,
        _ => SdmxNamespaces.V31,
    };

    internal override void WriteRoot(IReadOnlyCollection<XmlStructureUse> uses)
    {
        Main.Text($"<{Root} xmlns:message=\"{Namespaces.Message}\" xmlns:common=\"{Namespaces.Common}\" xmlns:ss=\"{Namespaces.StructureSpecific}\"");
        Main.Raw(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""u8);
        foreach (XmlStructureUse use in uses)
        {
            Main.Text($" xmlns:{use.Prefix}=\"");
            XmlEscape.Write(Main, use.Namespace);
            Main.Raw("\""u8);
        }

        Main.Raw(">"u8);
    }

    internal override void WriteRootEnd() => Main.Text($"</{Root}>");

    internal override void PrepareDataSet()
    {
        _isRunPrepared = false;
        DataSchema schema = Layout.Schema;
        _dimensions = [.. schema.Dimensions.Select(Attribute)];
        _seriesAttributes = [.. schema.SeriesAttributes.Select(Attribute)];
        _observationAttributes = [.. schema.ObservationAttributes.Select(Attribute)];
        _measures = [.. schema.Measures.Select(m => XmlEscape.Utf8($" {m.Id}=\""))];
        _measureComps = [.. schema.Measures.Select(Comp)];
        _seriesComps = [.. schema.SeriesAttributes.Select(Comp)];
        _observationComps = [.. schema.ObservationAttributes.Select(Comp)];
        _time = XmlEscape.Utf8($" {schema.TimeDimension?.Id}=\"");
        _groupType = XmlEscape.Utf8($"<Group xsi:type=\"{Use.Prefix}:");
    }

    internal override void WriteDataSetStart(IReadOnlyList<string?> values)
    {
        DataSetHeader header = DataSet.Header;
        Out.Text($"<message:DataSet ss:structureRef=\"{Use.Id}\" xsi:type=\"{Use.Prefix}:DataSetType\"");
        if (Namespaces == SdmxNamespaces.V21)
        {
            Attribute("ss:dataScope", Use.Reference.Type.Class);
        }

        Attribute("ss:action", XmlDataHeader.Word(header.Action, Namespaces));
        Attribute("ss:setID", header.SetId);
        Attribute("ss:reportingBeginDate", header.ReportingBegin);
        Attribute("ss:reportingEndDate", header.ReportingEnd);
        Attribute("ss:validFromDate", header.ValidFrom);
        Attribute("ss:validToDate", header.ValidTo);
        Attribute("ss:publicationYear", header.PublicationYear);
        Attribute("ss:publicationPeriod", header.PublicationPeriod);
        if (Namespaces == SdmxNamespaces.V21)
        {
            Values(values);
            Out.Raw(">"u8);
            XmlDataSetNotes.Write(Out, Namespaces, header, "DataProvider");
        }
        else
        {
            Out.Raw(">"u8);
            XmlDataSetNotes.Write(Out, Namespaces, header, "DataProvider");
            WriteDataSetAttributes(values);
        }
    }

    internal override void WriteDataSetAttributes(IReadOnlyList<string?> values)
    {
        if (values.Any(v => v is not null))
        {
            Out.Raw("<Atts"u8);
            End("Atts", Values(values) ? [] : Layout.OnDataSet.Zip(values));
        }
    }

    internal override void WriteDataSetEnd()
    {
        if (DataSetMetadata.Count > 0)
        {
            XmlMetadata.Write(Out, Namespaces, DataSetMetadata.SelectMany(m => m.Attributes));
        }

        Out.Raw("</message:DataSet>"u8);
    }

    internal override void WriteGroup(XmlGroupLayout group, IReadOnlyList<string> key, IReadOnlyList<string?> values)
    {
        Out.Raw(_groupType);
        Out.Text(group.Id);
        Out.Raw("\""u8);
        for (int i = 0; i < key.Count; i++)
        {
            Attribute(Layout.Schema.Dimensions[group.Dimensions[i]].Id, key[i]);
        }

        bool asAttributes = true;
        for (int i = 0; i < values.Count; i++)
        {
            asAttributes &= SeriesValue(group.Attributes[i], values[i]);
        }

        End("Group", asAttributes ? [] : group.Attributes.Zip(values));
    }

    internal override void WriteSeriesStart(ObservationBatch batch, int series, int row)
    {
        Out.Raw("<Series"u8);
        Key(batch, series);
        Time(batch, row);
        if (SeriesAttributes(Layout.OnSeries, batch, series))
        {
            _tagOpen = true;
            return;
        }

        Out.Raw(">"u8);
        foreach (int attribute in Layout.OnSeries)
        {
            _seriesComps[attribute]?.WriteElement(Out, batch.SeriesAttributes[attribute].Texts[series]);
        }
    }

    internal override void WriteSeriesEnd()
    {
        Out.Raw(_tagOpen ? "/>"u8 : "</Series>"u8);
        _tagOpen = false;
    }

    internal override void PrepareRun(ObservationBatch batch, int series)
    {
        _runKey.Clear();
        foreach (int dimension in Layout.KeyDimensions)
        {
            _dimensions[dimension].Write(_runKey.Output, batch.Dimensions[dimension], series);
        }

        // Values that may need elements are looked at for each observation.
        _isRunPrepared = Layout.OnObservation.All(a => _seriesComps[a] is null);
        _runAttributes.Clear();
        foreach (int attribute in _isRunPrepared ? Layout.OnObservation : [])
        {
            _seriesAttributes[attribute].Write(_runAttributes.Output, batch.SeriesAttributes[attribute], series);
        }
    }

    internal override void WriteObservation(ObservationBatch batch, int series, int row)
    {
        if (_tagOpen)
        {
            Out.Raw(">"u8);
            _tagOpen = false;
        }

        Out.Raw("<Obs"u8);
        if (Layout.IsFlat)
        {
            Out.Raw(_runKey.Bytes);
        }

        if (Layout.ObservationDimension >= 0)
        {
            _dimensions[Layout.ObservationDimension].Write(Out, batch.Dimensions[Layout.ObservationDimension], series);
        }
        else
        {
            Time(batch, row);
        }

        bool asAttributes = true;
        foreach (int measure in Layout.Measures)
        {
            if (_measureComps[measure] is { } comp)
            {
                asAttributes &= comp.TryWriteAttribute(Out, Cell(batch.Measures[measure][row]));
            }
            else
            {
                Measure(measure, batch.Measures[measure][row]);
            }
        }

        if (_isRunPrepared)
        {
            Out.Raw(_runAttributes.Bytes);
        }
        else
        {
            asAttributes &= SeriesAttributes(Layout.OnObservation, batch, series);
        }

        foreach (int attribute in Layout.ObservationAttributes)
        {
            if (_observationComps[attribute] is { } comp)
            {
                asAttributes &= comp.TryWriteAttribute(Out, batch.ObservationAttributes[attribute].Texts[row]);
            }
            else
            {
                _observationAttributes[attribute].Write(Out, batch.ObservationAttributes[attribute], row);
            }
        }

        if (asAttributes)
        {
            Out.Raw("/>"u8);
        }
        else
        {
            WriteObservationElements(batch, series, row);
        }
    }

    private void WriteObservationElements(ObservationBatch batch, int series, int row)
    {
        Out.Raw(">"u8);
        foreach (int measure in Layout.Measures)
        {
            _measureComps[measure]?.WriteElement(Out, Cell(batch.Measures[measure][row]));
        }

        foreach (int attribute in Layout.OnObservation)
        {
            _seriesComps[attribute]?.WriteElement(Out, batch.SeriesAttributes[attribute].Texts[series]);
        }

        foreach (int attribute in Layout.ObservationAttributes)
        {
            _observationComps[attribute]?.WriteElement(Out, batch.ObservationAttributes[attribute].Texts[row]);
        }

        Out.Raw("</Obs>"u8);
    }

    private static string? Cell(in ObservationValue value) => value.Kind == ObservationValueKind.Absent ? null : value.ToString();

    /// <summary>Writes attributes above the observation as XML attributes; false when some of them need elements.</summary>
    private bool SeriesAttributes(ImmutableArray<int> attributes, ObservationBatch batch, int series)
    {
        bool asAttributes = true;
        foreach (int attribute in attributes)
        {
            if (_seriesComps[attribute] is { } comp)
            {
                asAttributes &= comp.TryWriteAttribute(Out, batch.SeriesAttributes[attribute].Texts[series]);
            }
            else
            {
                _seriesAttributes[attribute].Write(Out, batch.SeriesAttributes[attribute], series);
            }
        }

        return asAttributes;
    }

    /// <summary>Writes an attribute above the observation as XML attribute; false when it needs an element.</summary>
    private bool SeriesValue(int attribute, string? value)
    {
        if (_seriesComps[attribute] is { } comp)
        {
            return comp.TryWriteAttribute(Out, value);
        }

        Attribute(Layout.Schema.SeriesAttributes[attribute].Id, value);
        return true;
    }

    /// <summary>Ends an open tag, with the elements of values that need them.</summary>
    private void End(string element, IEnumerable<(int Attribute, string? Value)> values)
    {
        bool any = false;
        foreach ((int attribute, string? value) in values)
        {
            Out.Raw(any ? ""u8 : ">"u8);
            any = true;
            _seriesComps[attribute]?.WriteElement(Out, value);
        }

        Out.Text(any ? $"</{element}>" : "/>");
    }

    private XmlComp? Comp(SchemaComponent component) => XmlComp.For(component, Use.Prefix, Namespaces == SdmxNamespaces.V21, Options, Losses);

    private void Key(ObservationBatch batch, int series)
    {
        foreach (int dimension in Layout.KeyDimensions)
        {
            _dimensions[dimension].Write(Out, batch.Dimensions[dimension], series);
        }
    }

    private void Time(TimePeriod period)
    {
        if (!period.IsNone)
        {
            Out.Raw(_time);
            Out.Period(period);
            Out.Raw("\""u8);
        }
    }

    // A period that could not be read goes out as it came in.
    private void Time(ObservationBatch batch, int row)
    {
        if (row >= 0 && (!batch.Periods[row].IsNone || batch.BadPeriods[row] is { Length: > 0 }))
        {
            Out.Raw(_time);
            Period(batch, row);
            Out.Raw("\""u8);
        }
    }

    private void Measure(int measure, in ObservationValue value)
    {
        if (value.Kind == ObservationValueKind.Absent)
        {
            return;
        }

        Out.Raw(_measures[measure]);
        if (!Out.TryNumber(value))
        {
            XmlEscape.Write(Out, value.ToString());
        }

        Out.Raw("\""u8);
    }

    private bool Values(IReadOnlyList<string?> values)
    {
        bool asAttributes = true;
        for (int i = 0; i < values.Count; i++)
        {
            asAttributes &= SeriesValue(Layout.OnDataSet[i], values[i]);
        }

        return asAttributes;
    }

    private void Attribute(string name, string? value)
    {
        if (value is not null)
        {
            Out.Text($" {name}=\"");
            XmlEscape.Write(Out, value);
            Out.Raw("\""u8);
        }
    }

    private static ValuePieces Attribute(SchemaComponent component)
    {
        string before = $" {component.Id}=\"";
        byte[] start = XmlEscape.Utf8(before);
        return new ValuePieces(
            (output, text) =>
            {
                output.Raw(start);
                XmlEscape.Write(output, text);
                output.Raw("\""u8);
            },
            code => XmlEscape.ToBytes(before, code, "\""));
    }
}
