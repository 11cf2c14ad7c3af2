using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Annotations, names, descriptions and references.</summary>
internal sealed partial class StructureParser
{
    /// <summary>Annotations, names and descriptions of what is being read. Accumulates.</summary>
    internal sealed class NameParts
    {
        // Made when needed: most items have names only, and a list may have a million items.
        private List<KeyValuePair<string, string>>? _names, _descriptions;
        private ImmutableArray<Annotation> _annotations = [];
        private ImmutableArray<Link> _links = [];

        public LocalisedText Name => Text(_names);

        public LocalisedText Description => Text(_descriptions);

        public ImmutableArray<Annotation> Annotations => _annotations;

        public ImmutableArray<Link> Links => _links;

        /// <summary>Reads the current element when it is a part that everything nameable has; false when it is not.</summary>
        public bool Take(XmlCursor cursor, string name)
        {
            switch (name)
            {
                case "Name":
                    (_names ??= []).Add(new(cursor.Language, cursor.Text()));
                    return true;
                case "Description":
                    (_descriptions ??= []).Add(new(cursor.Language, cursor.Text()));
                    return true;
                case "Annotations":
                    _annotations = _annotations.AddRange(ReadAnnotations(cursor));
                    return true;
                case "Link":
                    _links = _links.Add(new Link(cursor.Attribute("rel") ?? "", cursor.Attribute("url") ?? "", cursor.Attribute("urn"), cursor.Attribute("type")));
                    return true;
                default:
                    return false;
            }
        }

        public static LocalisedText Text(List<KeyValuePair<string, string>>? texts) => texts is null or { Count: 0 } ? default : new LocalisedText(texts);
    }

    internal static List<Annotation> ReadAnnotations(XmlCursor cursor)
    {
        List<Annotation> annotations = [];
        foreach (string _ in cursor.Children())
        {
            Annotation annotation = new() { Id = cursor.Attribute("id") };
            List<KeyValuePair<string, string>> texts = [], urls = [];
            foreach (string part in cursor.Children())
            {
                switch (part)
                {
                    case "AnnotationTitle":
                        annotation = annotation with { Title = cursor.Text() };
                        break;
                    case "AnnotationType":
                        annotation = annotation with { Type = cursor.Text() };
                        break;
                    case "AnnotationURL" when annotation.Url is null && cursor.StatedLanguage is null:
                        annotation = annotation with { Url = cursor.Token() };
                        break;
                    case "AnnotationURL":
                        urls.Add(new(cursor.StatedLanguage ?? "", cursor.Token()));
                        break;
                    case "AnnotationValue":
                        annotation = annotation with { Value = cursor.Text() };
                        break;
                    case "AnnotationText":
                        texts.Add(new(cursor.Language, cursor.Text()));
                        break;
                    default:
                        cursor.Unexpected("Annotation");
                        break;
                }
            }

            annotations.Add(texts.Count + urls.Count == 0 ? annotation : annotation with { Text = NameParts.Text(texts), Urls = NameParts.Text(urls) });
        }

        return annotations;
    }

    /// <summary>Reads what may be said about a list of components; null when it says nothing.</summary>
    private static ListNotes? Notes(NameParts parts, string? uri)
        => parts.Annotations.IsEmpty && parts.Links.IsEmpty && uri is null ? null : new ListNotes { Annotations = parts.Annotations, Links = parts.Links, Uri = uri };

    /// <summary>
    /// Reads a reference: the URN as text (3.x), or a Ref or URN element (2.1). Null with an issue when it cannot be read.
    /// </summary>
    /// <param name="expected">Class of what is referred to when a Ref does not say it (2.1 schema default), e.g. <c>Codelist</c> or <c>Concept</c>.</param>
    internal StructureReference? Reference(string expected)
    {
        string element = cursor.Name;
        if (_version3)
        {
            return Parse(cursor.Token());
        }

        StructureReference? reference = null;
        bool found = false;
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Ref":
                    found = true;
                    reference ??= Parse(UrnOfRef(expected));
                    break;
                case "URN":
                    found = true;
                    // Beside a Ref the URN says the same once more.
                    reference ??= Parse(cursor.Token());
                    break;
                default:
                    cursor.Unexpected(element);
                    break;
            }
        }

        if (!found)
        {
            cursor.Report(IssueCodes.MissingElement, "Ref", element);
        }

        return reference;
    }

    private StructureReference? Parse(string urn)
    {
        if (StructureReference.TryParseUrn(urn, out StructureReference? reference))
        {
            return reference;
        }

        cursor.Report(IssueCodes.InvalidUrn, urn);
        return null;
    }

    /// <summary>The URN that a 2.1 Ref element means, its defaults filled in: agency of the artefact it stands in, version 1.0, class by context.</summary>
    private string UrnOfRef(string expected)
    {
        string id = cursor.Attribute("id") ?? "";
        string agency = cursor.Attribute("agencyID") ?? _agency;
        string name = (cursor.Attribute("class") ?? expected) switch { "StructureSet" => "StructureMap", string known => known };
        string? parent = cursor.Attribute("maintainableParentID");
        string package = cursor.Attribute("package") ?? "any";
        // Agency and provider references may leave the scheme out: its id is fixed.
        parent ??= name switch
        {
            "DataProvider" => "DATA_PROVIDERS",
            "Agency" => "AGENCIES",
            "DataConsumer" => "DATA_CONSUMERS",
            _ => null,
        };
        if (name == "Hierarchy" && parent is not null)
        {
            (id, parent) = (HierarchyId(parent, id), null);
            return $"urn:sdmx:org.sdmx.infomodel.codelist.Hierarchy={agency}:{id}({cursor.Attribute("maintainableParentVersion") ?? "1.0"})";
        }

        string container = cursor.Attribute("containerID") is { } path ? path + "." : "";
        return parent is null
            ? $"urn:sdmx:org.sdmx.infomodel.{package}.{name}={agency}:{id}({cursor.Attribute("version") ?? "1.0"})"
            : $"urn:sdmx:org.sdmx.infomodel.{package}.{name}={agency}:{parent}({cursor.Attribute("maintainableParentVersion") ?? "1.0"}).{container}{id}";
    }

    /// <summary>Reads a reference to something inside the same artefact: its id as text (3.x) or in a Ref (2.1).</summary>
    private string LocalReference()
    {
        if (_version3)
        {
            return cursor.Token();
        }

        string? id = null;
        string text = "";
        foreach (string name in cursor.Children())
        {
            if (name == "Ref")
            {
                id = (cursor.Attribute("containerID") is { } path ? path + "." : "") + cursor.Attribute("id");
            }
            else if (name == "URN")
            {
                text = cursor.Token();
                id ??= StructureReference.TryParseUrn(text, out StructureReference? reference) ? reference.ItemId : null;
            }
        }

        if (id is null)
        {
            cursor.Report(IssueCodes.MissingElement, "Ref", cursor.Name);
        }

        return id ?? "";
    }
}
