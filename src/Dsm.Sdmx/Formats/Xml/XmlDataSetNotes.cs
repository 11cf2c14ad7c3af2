using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Writes what stands at the start of a data set of any version: its annotations, and who provides it.</summary>
internal static class XmlDataSetNotes
{
    public static void Write(Utf8Output output, SdmxNamespaces namespaces, DataSetHeader header, string provider)
    {
        bool isVersion21 = namespaces == SdmxNamespaces.V21;
        if (!header.Annotations.IsEmpty)
        {
            output.Raw("<common:Annotations>"u8);
            foreach (Annotation annotation in header.Annotations)
            {
                Write(output, annotation, isVersion21);
            }

            output.Raw("</common:Annotations>"u8);
        }

        if (header.DataProvider is { } reference)
        {
            output.Text($"<{provider}>");
            if (isVersion21)
            {
                output.Raw("<URN>"u8);
                XmlEscape.Write(output, reference.Urn);
                output.Raw("</URN>"u8);
            }
            else
            {
                XmlEscape.Write(output, reference.Urn);
            }

            output.Text($"</{provider}>");
        }
    }

    private static void Write(Utf8Output output, Annotation annotation, bool isVersion21)
    {
        output.Raw("<common:Annotation"u8);
        if (annotation.Id is { } id)
        {
            output.Raw(" id=\""u8);
            XmlEscape.Write(output, id);
            output.Raw("\""u8);
        }

        output.Raw(">"u8);
        Element(output, "AnnotationTitle", "", annotation.Title);
        Element(output, "AnnotationType", "", annotation.Type);
        Element(output, "AnnotationURL", "", annotation.Url);
        foreach ((string language, string url) in isVersion21 ? [] : annotation.Urls.Texts)
        {
            Element(output, "AnnotationURL", language, url);
        }

        foreach ((string language, string text) in annotation.Text.Texts)
        {
            Element(output, "AnnotationText", language, text);
        }

        Element(output, "AnnotationValue", "", isVersion21 ? null : annotation.Value);
        output.Raw("</common:Annotation>"u8);
    }

    private static void Element(Utf8Output output, string name, string language, string? text)
    {
        if (text is not null)
        {
            output.Text($"<common:{name}");
            if (language.Length > 0)
            {
                output.Raw(" xml:lang=\""u8);
                XmlEscape.Write(output, language);
                output.Raw("\""u8);
            }

            output.Raw(">"u8);
            XmlEscape.Write(output, text);
            output.Text($"</common:{name}>");
        }
    }
}
