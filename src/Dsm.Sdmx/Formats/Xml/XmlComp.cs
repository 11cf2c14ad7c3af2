using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Writes the cells of one component that may have several values or texts by language: as XML attribute where it is one value without
/// language, else as <c>Comp</c> element (SDMX-ML 3.x). SDMX-ML 2.1 has no such elements: several texts are written as one, of several
/// codes, numbers and the like the first is, which is reported.
/// </summary>
internal sealed class XmlComp
{
    private readonly SchemaComponent _component;
    private readonly DataWriterOptions _options;
    private readonly DataLosses _losses;
    private readonly bool _isVersion21, _isMultiValued, _isStructured;
    private readonly byte[] _attribute, _element;

    private XmlComp(SchemaComponent component, string typePrefix, bool isVersion21, DataWriterOptions options, DataLosses losses)
    {
        _losses = losses;
        (_component, _options, _isVersion21, _isMultiValued) = (component, options, isVersion21, component.IsMultiValued);
        _isStructured = component.Format?.DataType == SdmxDataType.XHTML;
        _attribute = XmlEscape.Utf8($" {component.Id}=\"");
        _element = XmlEscape.Utf8($"<Comp id=\"{component.Id}\" xsi:type=\"{typePrefix}:{TypeOf(component)}\">");
    }

    /// <summary>Writes the cells of a component; null for one whose cells are plain values.</summary>
    public static XmlComp? For(SchemaComponent component, string typePrefix, bool isVersion21, DataWriterOptions options, DataLosses losses)
        => component.IsComplex ? new XmlComp(component, typePrefix, isVersion21, options, losses) : null;

    /// <summary>Name of the type of a component's Comp elements in the schema of its structure.</summary>
    public static string TypeOf(SchemaComponent component) => component.Id + ".Comp";

    /// <summary>Writes the XML attribute of a cell, with its blank; false, with nothing written, when the cell needs an element.</summary>
    public bool TryWriteAttribute(Utf8Output output, string? cell)
    {
        if (cell is null)
        {
            return true;
        }

        if (NeedsElement(cell))
        {
            return false;
        }

        output.Raw(_attribute);
        XmlEscape.Write(output, PlainText(cell));
        output.Raw("\""u8);
        return true;
    }

    /// <summary>Writes the element of a cell that needs one; nothing for others.</summary>
    public void WriteElement(Utf8Output output, string? cell)
    {
        if (cell is null || !NeedsElement(cell))
        {
            return;
        }

        output.Raw(_element);
        foreach (LocalisedText value in ComplexValue.Parse(_component, cell).Values)
        {
            Value(output, value);
        }

        output.Raw("</Comp>"u8);
    }

    /// <summary>The one text that stands for a cell where there are neither several values nor languages.</summary>
    public string PlainText(string cell)
    {
        if (!_isMultiValued && !CellText.LooksLabelled(cell))
        {
            return cell;
        }

        ComplexValue value = ComplexValue.Parse(_component, cell);
        if (value.Values.Length > 1)
        {
            _losses.Say("ComplexValue.Values", _component);
        }

        if (value.Values.Any(v => v.Texts is not [{ Key: ComplexValue.NoLanguage }]))
        {
            _losses.Say("LocalisedText.Texts", _component);
        }

        string[] languages = [.. _options.Languages];
        bool isText = _component.Format?.DataType is null or SdmxDataType.String or SdmxDataType.XHTML;
        return _component.IsCoded || !isText || value.Values.Length == 1 ? value.Values[0].Best(languages) ?? "" : value.ToDisplay("; ", languages);
    }

    private bool NeedsElement(string cell)
        => !_isVersion21 && (_isMultiValued || (CellText.LooksLabelled(cell) && CellText.Texts(cell).Texts is not [{ Key: ComplexValue.NoLanguage }]));

    private void Value(Utf8Output output, LocalisedText value)
    {
        output.Raw("<Value>"u8);
        if (!_component.IsMultilingual)
        {
            XmlEscape.Write(output, value.Best() ?? "");
        }
        else
        {
            // In an element for texts by language one without is in no language that is known.
            foreach ((string language, string text) in value.Texts)
            {
                XmlMetadata.Text(output, language, text, _isStructured);
            }
        }

        output.Raw("</Value>"u8);
    }
}
