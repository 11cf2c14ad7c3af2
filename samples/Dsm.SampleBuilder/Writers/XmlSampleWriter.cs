using System.Text;
using System.Xml;

namespace Dsm.SampleBuilder.Writers;

/// <summary>Writes SDMX-ML 2.1 generic, 2.1 structure-specific and 3.0 data messages; series where the structure has time, flat where it has not.</summary>
public sealed class XmlSampleWriter
{
    private const string Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    private readonly NationalDataset dataset;
    private readonly XmlWriter xml;
    private readonly bool is30;
    private readonly bool isGeneric;
    private readonly string message;
    private readonly string common;
    private readonly string data;

    private XmlSampleWriter(NationalDataset dataset, XmlWriter xml)
    {
        this.dataset = dataset;
        this.xml = xml;
        is30 = dataset.Format == SampleFormat.StructureSpecific30;
        isGeneric = dataset.Format == SampleFormat.Generic21;
        string root = "http://www.sdmx.org/resources/sdmxml/schemas/" + (is30 ? "v3_0/" : "v2_1/");
        message = root + "message";
        common = root + "common";
        data = root + (isGeneric ? "data/generic" : "data/structurespecific");
    }

    private FlowShape Shape => dataset.Shape;

    private string ObservationDimension => Shape.HasTime ? "TIME_PERIOD" : "AllDimensions";

    private string Namespace => $"{Shape.Urn}:ObsLevelDim:{ObservationDimension}";

    /// <summary>Writes the rows; rows of one series must follow each other.</summary>
    public static void Write(Stream output, NationalDataset dataset, IEnumerable<SampleRow> rows)
    {
        XmlWriterSettings settings = new() { Encoding = new UTF8Encoding(false), Indent = true, IndentChars = " ", NewLineChars = "\n" };
        using XmlWriter xml = XmlWriter.Create(output, settings);
        new XmlSampleWriter(dataset, xml).WriteMessage(rows);
    }

    private void WriteMessage(IEnumerable<SampleRow> rows)
    {
        xml.WriteStartElement("message", isGeneric ? "GenericData" : "StructureSpecificData", message);
        xml.WriteAttributeString("xmlns", "common", null, common);
        xml.WriteAttributeString("xmlns", isGeneric ? "generic" : "ss", null, data);
        xml.WriteAttributeString("xmlns", "xsi", null, Xsi);
        if (!isGeneric)
        {
            xml.WriteAttributeString("xmlns", "ns1", null, Namespace);
        }

        WriteHeader();
        xml.WriteStartElement("DataSet", message);
        WriteDataSetStart();
        if (Shape.HasTime)
        {
            WriteSeries(rows);
        }
        else
        {
            foreach (SampleRow row in rows)
            {
                WriteFlat(row);
            }
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void WriteHeader()
    {
        xml.WriteStartElement("Header", message);
        xml.WriteElementString("ID", message, Shape.Flow);
        xml.WriteElementString("Test", message, "false");
        xml.WriteElementString("Prepared", message, "2025-11-01T00:00:00Z");
        xml.WriteStartElement("Sender", message);
        xml.WriteAttributeString("id", dataset.Agreement[(dataset.Agreement.IndexOf('_', 3) + 1)..]);
        xml.WriteEndElement();
        xml.WriteStartElement("Receiver", message);
        xml.WriteAttributeString("id", "EECA");
        xml.WriteEndElement();
        xml.WriteStartElement("Structure", message);
        xml.WriteAttributeString("structureID", "S1");
        if (!isGeneric)
        {
            xml.WriteAttributeString("namespace", Namespace);
        }

        xml.WriteAttributeString("dimensionAtObservation", ObservationDimension);
        xml.WriteStartElement("StructureUsage", common);
        if (is30)
        {
            xml.WriteString(Shape.Urn);
        }
        else
        {
            xml.WriteStartElement("Ref");
            xml.WriteAttributeString("agencyID", Shape.Agency);
            xml.WriteAttributeString("id", Shape.Flow);
            xml.WriteAttributeString("version", Shape.Version);
            xml.WriteAttributeString("class", "Dataflow");
            xml.WriteAttributeString("package", "datastructure");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteElementString("DataSetAction", message, "Replace");
        xml.WriteEndElement();
    }

    private void WriteDataSetStart()
    {
        if (isGeneric)
        {
            xml.WriteAttributeString("structureRef", "S1");
            xml.WriteAttributeString("action", "Replace");
        }
        else
        {
            xml.WriteAttributeString("type", Xsi, "ns1:DataSetType");
            xml.WriteAttributeString("structureRef", data, "S1");
            xml.WriteAttributeString("action", data, "Replace");
            if (!is30)
            {
                xml.WriteAttributeString("dataScope", data, "DataStructure");
            }
        }

        if (dataset.Rows.Count > 0)
        {
            WriteAttributes(dataset.Rows[0], AttributeLevel.DataSet);
        }
    }

    private void WriteSeries(IEnumerable<SampleRow> rows)
    {
        string? open = null;
        foreach (SampleRow row in rows)
        {
            string key = string.Join('|', Shape.Dimensions.Select(d => row.Key[d]));
            if (key != open)
            {
                if (open is not null)
                {
                    xml.WriteEndElement();
                }

                open = key;
                xml.WriteStartElement("Series", isGeneric ? data : "");
                WriteKey(row, "SeriesKey", false);
                WriteAttributes(row, AttributeLevel.Series);
            }

            xml.WriteStartElement("Obs", isGeneric ? data : "");
            if (isGeneric)
            {
                xml.WriteStartElement("ObsDimension", data);
                xml.WriteAttributeString("value", row.Key["TIME_PERIOD"]);
                xml.WriteEndElement();
            }
            else
            {
                xml.WriteAttributeString("TIME_PERIOD", row.Key["TIME_PERIOD"]);
            }

            WriteValue(row);
            WriteAttributes(row, AttributeLevel.Observation);
            xml.WriteEndElement();
        }

        if (open is not null)
        {
            xml.WriteEndElement();
        }
    }

    private void WriteFlat(SampleRow row)
    {
        xml.WriteStartElement("Obs", isGeneric ? data : "");
        WriteKey(row, "ObsKey", true);
        WriteValue(row);
        WriteAttributes(row, AttributeLevel.Series, AttributeLevel.Observation);
        xml.WriteEndElement();
    }

    private void WriteKey(SampleRow row, string element, bool withTime)
    {
        IEnumerable<string> ids = withTime && Shape.HasTime ? Shape.Dimensions.Append("TIME_PERIOD") : Shape.Dimensions;
        if (!isGeneric)
        {
            foreach (string id in ids)
            {
                xml.WriteAttributeString(id, row.Key[id]);
            }

            return;
        }

        xml.WriteStartElement(element, data);
        foreach (string id in ids)
        {
            WriteGenericValue(id, row.Key[id]);
        }

        xml.WriteEndElement();
    }

    private void WriteValue(SampleRow row)
    {
        if (row.Value is null)
        {
            return;
        }

        if (isGeneric)
        {
            xml.WriteStartElement("ObsValue", data);
            xml.WriteAttributeString("value", row.Value);
            xml.WriteEndElement();
        }
        else
        {
            xml.WriteAttributeString("OBS_VALUE", row.Value);
        }
    }

    private void WriteAttributes(SampleRow row, params AttributeLevel[] levels)
    {
        (string Id, string Value)[] attributes = Shape.Attributes
            .Where(a => levels.Contains(a.Value) && row.Attributes.ContainsKey(a.Key))
            .Select(a => (a.Key, row.Attributes[a.Key]))
            .ToArray();
        if (attributes.Length == 0)
        {
            return;
        }

        if (isGeneric)
        {
            xml.WriteStartElement("Attributes", data);
        }

        foreach ((string id, string value) in attributes)
        {
            if (isGeneric)
            {
                WriteGenericValue(id, value);
            }
            else
            {
                xml.WriteAttributeString(id, value);
            }
        }

        if (isGeneric)
        {
            xml.WriteEndElement();
        }
    }

    private void WriteGenericValue(string id, string value)
    {
        xml.WriteStartElement("Value", data);
        xml.WriteAttributeString("id", id);
        xml.WriteAttributeString("value", value);
        xml.WriteEndElement();
    }
}
