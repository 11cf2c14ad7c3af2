using System.Globalization;
using System.Collections.Immutable;
using System.Text;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Reads values that are elements (SDMX-ML 3.x): those of a component (<c>Comp</c> with <c>Value</c>) and those of reference metadata
/// (<c>Metadata</c> with <c>Attribute</c>). Texts are taken with their languages; marked-up text keeps its markup.
/// </summary>
internal sealed class XmlComplexValue(XmlDataReader reader)
{
    private const string Xhtml = " xmlns=\"http://www.w3.org/1999/xhtml\"";

    private XmlReader Xml => reader.Xml;

    /// <summary>The values of the Comp element at hand; ends on its end tag. Blanks around codes, numbers and the like do not count.</summary>
    public ComplexValue Read(bool keepsBlanks)
    {
        List<LocalisedText> values = [];
        int depth = Xml.Depth;
        while (!(Xml.IsEmptyElement && Xml.Depth == depth) && reader.NextChild(depth))
        {
            if (Xml.LocalName == "Value")
            {
                values.Add(ReadValue(keepsBlanks));
            }
            else if (Xml.LocalName == "Annotations")
            {
                reader.ReportAnnotations();
                reader.Skip();
            }
            else
            {
                reader.Unexpected("Comp");
            }
        }

        return new ComplexValue(values);
    }

    /// <summary>The reported attributes of the Metadata element at hand; ends on its end tag.</summary>
    public ImmutableArray<ReportedAttribute> ReadMetadata()
    {
        ImmutableArray<ReportedAttribute>.Builder attributes = ImmutableArray.CreateBuilder<ReportedAttribute>();
        int depth = Xml.Depth;
        while (!(Xml.IsEmptyElement && Xml.Depth == depth) && reader.NextChild(depth))
        {
            if (Xml.LocalName == "Attribute")
            {
                attributes.Add(ReadAttribute());
            }
            else
            {
                reader.Unexpected("Metadata");
            }
        }

        return attributes.ToImmutable();
    }

    private ReportedAttribute ReadAttribute()
    {
        int depth = Xml.Depth;
        reader.CheckDepth();
        string id = Xml.GetAttribute("id") ?? "";
        string? value = null;
        bool isStructured = false;
        List<KeyValuePair<string, string>> texts = [];
        ImmutableArray<ReportedAttribute>.Builder children = ImmutableArray.CreateBuilder<ReportedAttribute>();
        while (!(Xml.IsEmptyElement && Xml.Depth == depth) && reader.NextChild(depth))
        {
            switch (Xml.LocalName)
            {
                case "Value":
                    value = reader.ReadText();
                    break;
                case "Text":
                    texts.Add(ReadLocalised());
                    break;
                case "StructuredText":
                    isStructured = true;
                    texts.Add(ReadStructured());
                    break;
                case "Attribute":
                    children.Add(ReadAttribute());
                    break;
                default:
                    reader.Unexpected("Attribute");
                    break;
            }
        }

        return new ReportedAttribute { Id = id, Value = value, Text = new LocalisedText(texts), IsStructured = isStructured, Children = children.ToImmutable() };
    }

    private LocalisedText ReadValue(bool keepsBlanks)
    {
        if (Xml.IsEmptyElement)
        {
            return LocalisedText.Of("", ComplexValue.NoLanguage);
        }

        int depth = Xml.Depth;
        StringBuilder text = new();
        List<KeyValuePair<string, string>> texts = [];
        while (Xml.Read() && !(Xml.NodeType == XmlNodeType.EndElement && Xml.Depth == depth))
        {
            reader.CheckDepth();
            if (Xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                reader.CheckLength(text.Length + Xml.Value.Length);
                text.Append(Xml.Value);
            }
            else if (Xml.NodeType == XmlNodeType.Element && Xml.LocalName == "Text")
            {
                texts.Add(ReadLocalised());
            }
            else if (Xml.NodeType == XmlNodeType.Element && Xml.LocalName == "StructuredText")
            {
                texts.Add(ReadStructured());
            }
            else if (Xml.NodeType == XmlNodeType.Element)
            {
                reader.Unexpected("Value");
            }
        }

        return texts.Count > 0 ? new LocalisedText(texts) : LocalisedText.Of(keepsBlanks ? text.ToString() : text.ToString().Trim(), ComplexValue.NoLanguage);
    }

    private KeyValuePair<string, string> ReadLocalised()
    {
        string language = Language();
        return new(language, reader.ReadText(keepsBlanks: true));
    }

    private KeyValuePair<string, string> ReadStructured()
    {
        string language = Language();
        using XmlReader part = Xml.ReadSubtree();
        part.Read();
        using BoundedWriter text = new(reader);
        using (XmlTextWriter writer = new(text))
        {
            part.Read();
            while (!part.EOF && part.NodeType != XmlNodeType.EndElement)
            {
                writer.WriteNode(part, false);
            }
        }

        string markup = text.ToString();
        return new(language, markup.Replace(Xhtml, "", StringComparison.Ordinal).Trim());
    }

    /// <summary>Markup of bounded length: many small tags can make a large text.</summary>
    private sealed class BoundedWriter(XmlDataReader reader) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void Write(char value)
        {
            reader.CheckLength(GetStringBuilder().Length + 1);
            base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            reader.CheckLength(GetStringBuilder().Length + count);
            base.Write(buffer, index, count);
        }

        public override void Write(string? value)
        {
            reader.CheckLength(GetStringBuilder().Length + (value?.Length ?? 0));
            base.Write(value);
        }
    }

    /// <summary>Language of the text at hand: English when not said, as the schema has it; <c>und</c> when it is none.</summary>
    private string Language()
    {
        string language = Xml.GetAttribute("xml:lang") is { Length: > 0 } said ? said : "en";
        if (CellText.LabelLength(language + ":") > 0)
        {
            return language;
        }

        reader.Issues.Add(IssueCodes.InvalidText, new Location(reader.Line, reader.Column), language, "xml:lang", "BCP 47");
        return "und";
    }
}
