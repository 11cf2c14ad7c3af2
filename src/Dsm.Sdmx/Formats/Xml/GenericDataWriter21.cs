using System.Buffers;
using System.Collections.Immutable;
using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Generic data of SDMX-ML 2.1, also in its time-series form: series by any dimension, or flat. It carries one measure; of several
/// the first is written.
/// </summary>
public sealed class GenericDataWriter21 : XmlDataWriter
{
    private ImmutableArray<ValuePieces> _dimensions = [];
    private ImmutableArray<ValuePieces> _seriesAttributes = [];
    private ImmutableArray<ValuePieces> _observationAttributes = [];
    private ImmutableArray<XmlComp?> _seriesComps = [];
    private XmlComp? _measureComp;
    private XmlDataLayout? _measuresOf;
    private ValuePieces? _atObservation;
    private byte[] _time = [];
    private readonly KeptBytes _runKey = new();
    private bool _isTimeSeries;

    /// <summary>Makes a writer.</summary>
    public GenericDataWriter21(SdmxFormat format, IBufferWriter<byte> output, DataWriterOptions options)
        : base(format, SdmxNamespaces.V21, output, options)
    {
    }

    // The header of the time-series message has room for one structure only; several make it a plain generic message.
    private string Root => _isTimeSeries ? "message:GenericTimeSeriesData" : "message:GenericData";

    internal override void WriteRoot(IReadOnlyCollection<XmlStructureUse> uses)
    {
        _isTimeSeries = Format.IsTimeSeries && uses.Count <= 1;
        Main.Text($"<{Root} xmlns:message=\"{Namespaces.Message}\" xmlns:common=\"{Namespaces.Common}\" xmlns:generic=\"{Namespaces.Generic}\">");
    }

    internal override void WriteRootEnd() => Main.Text($"</{Root}>");

    internal override void PrepareDataSet()
    {
        DataSchema schema = Layout.Schema;
        _dimensions = [.. schema.Dimensions.Select(c => Pieces(c.Id))];
        _measureComp = schema.Measures.IsEmpty ? null : Comp(schema.Measures[0]);
        _seriesComps = [.. schema.SeriesAttributes.Select(Comp)];
        _seriesAttributes = [.. schema.SeriesAttributes.Select((c, i) => Pieces(c.Id, comp: _seriesComps[i]))];
        _observationAttributes = [.. schema.ObservationAttributes.Select(c => Pieces(c.Id, comp: Comp(c)))];
        _atObservation = Layout.ObservationDimension >= 0 ? Pieces(Layout.DimensionAtObservation, "ObsDimension") : null;
        _time = XmlEscape.Utf8($" id=\"{schema.TimeDimension?.Id}\" value=\"");
    }

    private XmlComp? Comp(SchemaComponent component) => XmlComp.For(component, "", isVersion21: true, Options, Losses);

    internal override void WriteDataSetStart(IReadOnlyList<string?> values)
    {
        DataSetHeader header = DataSet.Header;
        Out.Text($"<message:DataSet structureRef=\"{Use.Id}\"");
        Attribute("setID", header.SetId);
        Attribute("action", XmlDataHeader.Word(header.Action, Namespaces));
        Attribute("reportingBeginDate", header.ReportingBegin);
        Attribute("reportingEndDate", header.ReportingEnd);
        Attribute("validFromDate", header.ValidFrom);
        Attribute("validToDate", header.ValidTo);
        Attribute("publicationYear", header.PublicationYear);
        Attribute("publicationPeriod", header.PublicationPeriod);
        Out.Raw(">"u8);
        XmlDataSetNotes.Write(Out, Namespaces, header, "generic:DataProvider");
        Values("generic:Attributes", Layout.OnDataSet, values);
    }

    internal override void WriteDataSetEnd() => Out.Raw("</message:DataSet>"u8);

    internal override void WriteGroup(XmlGroupLayout group, IReadOnlyList<string> key, IReadOnlyList<string?> values)
    {
        Out.Raw("<generic:Group"u8);
        Attribute("type", group.Id);
        Out.Raw("><generic:GroupKey>"u8);
        for (int i = 0; i < key.Count; i++)
        {
            Value(Layout.Schema.Dimensions[group.Dimensions[i]].Id, key[i]);
        }

        Out.Raw("</generic:GroupKey>"u8);
        Values("generic:Attributes", group.Attributes, values);
        Out.Raw("</generic:Group>"u8);
    }

    internal override void WriteSeriesStart(ObservationBatch batch, int series, int row)
    {
        Out.Raw("<generic:Series><generic:SeriesKey>"u8);
        Key(batch, series);
        Time("<generic:Value"u8, batch, row);
        Out.Raw("</generic:SeriesKey>"u8);
        Attributes(Layout.OnSeries, _seriesAttributes, batch.SeriesAttributes, series, [], 0);
    }

    internal override void WriteSeriesEnd() => Out.Raw("</generic:Series>"u8);

    internal override void PrepareRun(ObservationBatch batch, int series)
    {
        _runKey.Clear();
        foreach (int dimension in Layout.KeyDimensions)
        {
            _dimensions[dimension].Write(_runKey.Output, batch.Dimensions[dimension], series);
        }
    }

    internal override void WriteObservation(ObservationBatch batch, int series, int row)
    {
        Out.Raw("<generic:Obs>"u8);
        if (Layout.IsFlat)
        {
            Out.Raw("<generic:ObsKey>"u8);
            Out.Raw(_runKey.Bytes);
            Time("<generic:Value"u8, batch, row);
            Out.Raw("</generic:ObsKey>"u8);
        }
        else if (_atObservation is not null)
        {
            _atObservation.Write(Out, batch.Dimensions[Layout.ObservationDimension], series);
        }
        else
        {
            Time("<generic:ObsDimension"u8, batch, row);
        }

        if (!Layout.Measures.IsEmpty)
        {
            ReportFurtherMeasures();
            Measure(batch.Measures[Layout.Measures[0]][row]);
        }

        Attributes(Layout.OnObservation, _seriesAttributes, batch.SeriesAttributes, series, batch.ObservationAttributes, row);
        Out.Raw("</generic:Obs>"u8);
    }

    private void ReportFurtherMeasures()
    {
        if (Layout.Measures.Length > 1 && _measuresOf != Layout)
        {
            _measuresOf = Layout;
            foreach (int measure in Layout.Measures.Skip(1))
            {
                Losses.Say("ObservationBatch.Measures", Layout.Schema.Measures[measure]);
            }
        }
    }

    private void Key(ObservationBatch batch, int series)
    {
        foreach (int dimension in Layout.KeyDimensions)
        {
            _dimensions[dimension].Write(Out, batch.Dimensions[dimension], series);
        }
    }

    // A period that could not be read goes out as it came in.
    private void Time(ReadOnlySpan<byte> element, ObservationBatch batch, int row)
    {
        if (row >= 0 && (!batch.Periods[row].IsNone || batch.BadPeriods[row] is { Length: > 0 }))
        {
            Out.Raw(element);
            Out.Raw(_time);
            Period(batch, row);
            Out.Raw("\"/>"u8);
        }
    }

    private void Measure(in ObservationValue value)
    {
        if (value.Kind == ObservationValueKind.Absent)
        {
            return;
        }

        Out.Raw("<generic:ObsValue value=\""u8);
        if (_measureComp is not null)
        {
            XmlEscape.Write(Out, _measureComp.PlainText(value.ToString()));
        }
        else if (!Out.TryNumber(value))
        {
            XmlEscape.Write(Out, value.ToString());
        }

        Out.Raw("\"/>"u8);
    }

    private void Attributes(
        ImmutableArray<int> first, ImmutableArray<ValuePieces> firstPieces, ImmutableArray<ValueColumn> firstColumns, int series,
        ImmutableArray<ValueColumn> second, int row)
    {
        // The element must not be empty, so it is opened by the first value.
        bool open = false;
        foreach (int i in first)
        {
            open = Open(open, firstColumns[i], series);
            firstPieces[i].Write(Out, firstColumns[i], series);
        }

        foreach (int i in second.IsEmpty ? [] : Layout.ObservationAttributes)
        {
            open = Open(open, second[i], row);
            _observationAttributes[i].Write(Out, second[i], row);
        }

        if (open)
        {
            Out.Raw("</generic:Attributes>"u8);
        }
    }

    private bool Open(bool open, ValueColumn column, int row)
    {
        if (!open && column.HasValue(row))
        {
            Out.Raw("<generic:Attributes>"u8);
            return true;
        }

        return open;
    }

    private void Values(string element, ImmutableArray<int> attributes, IReadOnlyList<string?> values)
    {
        if (values.All(v => v is null))
        {
            return;
        }

        Out.Text($"<{element}>");
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value)
            {
                Value(Layout.Schema.SeriesAttributes[attributes[i]].Id, _seriesComps[attributes[i]]?.PlainText(value) ?? value);
            }
        }

        Out.Text($"</{element}>");
    }

    private void Value(string id, string value)
    {
        Out.Text($"<generic:Value id=\"{id}\" value=\"");
        XmlEscape.Write(Out, value);
        Out.Raw("\"/>"u8);
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

    private static ValuePieces Pieces(string id, string element = "Value", XmlComp? comp = null)
    {
        string before = $"<generic:{element} id=\"{id}\" value=\"";
        byte[] start = XmlEscape.Utf8(before);
        return new ValuePieces(
            (output, text) =>
            {
                output.Raw(start);
                XmlEscape.Write(output, comp?.PlainText(text) ?? text);
                output.Raw("\"/>"u8);
            },
            code => XmlEscape.ToBytes(before, code, "\"/>"));
    }
}
