using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Annotations, links, names and descriptions.</summary>
internal abstract partial class StructureXml
{
    /// <summary>Annotations, links, names and descriptions of an artefact.</summary>
    protected void Names(Maintainable artefact)
    {
        Annotations(artefact.Annotations);
        Links(artefact.Links, "Maintainable", artefact.Reference);
        Names(artefact.Id, artefact.Name, artefact.Description);
    }

    /// <summary>Annotations, links, names and descriptions of an item.</summary>
    protected void Names(Item item)
    {
        Annotations(item.Annotations);
        Links(item.Links, "Item", item.Id);
        Names(item.Id, item.Name, item.Description);
    }

    /// <summary>Names and descriptions. The schemas require a name; where there is none the id stands for it.</summary>
    protected void Names(string id, LocalisedText name, LocalisedText description, bool nameRequired = true)
    {
        if (name.IsEmpty && nameRequired)
        {
            name = LocalisedText.Of(id);
        }

        Texts("Name", name, Namespaces.Common);
        Texts("Description", description, Namespaces.Common);
    }

    /// <summary>Writes annotations; nothing when there are none.</summary>
    protected internal void Annotations(IReadOnlyCollection<Annotation> annotations)
    {
        if (annotations.Count == 0)
        {
            return;
        }

        Xml.WriteStartElement("Annotations", Namespaces.Common);
        foreach (Annotation annotation in annotations)
        {
            Xml.WriteStartElement("Annotation", Namespaces.Common);
            Attribute("id", annotation.Id);
            Common("AnnotationTitle", annotation.Title);
            Common("AnnotationType", annotation.Type);
            Common("AnnotationURL", annotation.Url);
            Urls(annotation);
            Texts("AnnotationText", annotation.Text, Namespaces.Common);
            if (IsVersion3)
            {
                Common("AnnotationValue", annotation.Value);
            }
            else if (annotation.Value is not null)
            {
                NotCarried("Annotation.Value", annotation.Id ?? annotation.Type ?? "");
            }

            End();
        }

        End();
    }

    private void Urls(Annotation annotation)
    {
        if (!IsVersion3)
        {
            NotCarried("Annotation.Urls", annotation.Urls.Texts, annotation.Id ?? annotation.Type ?? "");
            return;
        }

        foreach ((string language, string url) in annotation.Urls.Texts)
        {
            Xml.WriteStartElement("AnnotationURL", Namespaces.Common);
            if (language.Length > 0)
            {
                Xml.WriteAttributeString("xml", "lang", null, XmlText.Clean(language));
            }

            Xml.WriteString(XmlText.Clean(url));
            End();
        }
    }

    /// <summary>Writes links to further resources, which 2.1 does not have.</summary>
    /// <param name="links">The links.</param>
    /// <param name="type">Type of the model that has them.</param>
    /// <param name="owner">What has them.</param>
    protected internal void Links(ImmutableArray<Link> links, string type, object owner)
    {
        if (!IsVersion3)
        {
            NotCarried($"{type}.Links", links, owner);
            return;
        }

        foreach (Link link in links)
        {
            Xml.WriteStartElement("Link", Namespaces.Common);
            Attribute("rel", link.Rel);
            Attribute("url", link.Url);
            Attribute("urn", link.Urn);
            Attribute("type", link.Type);
            End();
        }
    }

    /// <summary>Writes the id and what may be said about a list of components, which has just been started.</summary>
    protected void Notes(string id, ListNotes? notes)
    {
        Attribute("id", id);
        if (notes is not null)
        {
            Attribute("uri", notes.Uri);
            Annotations(notes.Annotations);
            Links(notes.Links, "ListNotes", id);
        }
    }

    /// <summary>Writes a text in each of its languages.</summary>
    protected internal void Texts(string name, LocalisedText text, string uri)
    {
        foreach ((string language, string value) in text.Texts)
        {
            Xml.WriteStartElement(name, uri);
            Xml.WriteAttributeString("xml", "lang", null, XmlText.Clean(language));
            Xml.WriteString(XmlText.Clean(value));
            End();
        }
    }

    private void Common(string name, string? text)
    {
        if (text is not null)
        {
            Xml.WriteElementString(name, Namespaces.Common, XmlText.Clean(text));
        }
    }
}
