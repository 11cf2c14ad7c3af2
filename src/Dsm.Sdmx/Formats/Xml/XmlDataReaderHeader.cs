using System.Collections.Immutable;
using System.Text;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Reads header, footer and the opening of data sets for <see cref="XmlDataReader"/>.</summary>
internal sealed class XmlDataReaderHeader(XmlDataReader reader)
{
    private readonly List<XmlDataReaderStructure> _structures = [];
    private StructureReference? _dataProvider;
    private string? _reportingBegin, _reportingEnd;

    private XmlReader Xml => reader.Xml;

    /// <summary>Action for data sets that say none; null when not said.</summary>
    public string? Action { get; private set; }

    /// <summary>Id of the data set; null when not said.</summary>
    public string? DataSetId { get; private set; }

    /// <summary>Key family of the data sets (2.0 and 1.0); null when not said.</summary>
    public string? KeyFamily { get; private set; }

    /// <summary>Agency of the key family (2.0 and 1.0), or else of the data set; null when not said.</summary>
    public string? KeyFamilyAgency { get; private set; }

    /// <summary>Reads the Header element; its parts may stand in any order.</summary>
    public MessageHeader Read()
    {
        MessageHeader header = new() { Id = "" };
        if (Xml.IsEmptyElement)
        {
            return header;
        }

        List<KeyValuePair<string, string>> names = [], sources = [];
        int depth = Xml.Depth;
        while (reader.NextChild(depth))
        {
            switch (Xml.LocalName)
            {
                case "ID":
                    header = header with { Id = reader.ReadText() };
                    break;
                case "Test":
                    header = header with { IsTest = reader.ReadText() is "true" or "1" };
                    break;
                case "Prepared":
                    header = header with { Prepared = reader.ReadText() };
                    break;
                case "Sender":
                    header = header with { SenderId = Xml.GetAttribute("id") ?? header.SenderId };
                    break;
                case "Receiver":
                    header = header with { ReceiverIds = header.ReceiverIds.Add(Xml.GetAttribute("id") ?? "") };
                    break;
                case "Name":
                    names.Add(ReadLocalised());
                    break;
                case "Source":
                    sources.Add(ReadLocalised());
                    break;
                case "Structure":
                    _structures.Add(ReadStructure());
                    break;
                case "DataProvider":
                    _dataProvider = ReadReference(StructureType.DataProviderScheme);
                    break;
                case "DataSetAction":
                    Action = reader.ReadText();
                    break;
                case "DataSetID":
                    DataSetId = reader.ReadText();
                    break;
                case "KeyFamilyRef":
                    KeyFamily = reader.ReadText();
                    break;
                case "KeyFamilyAgency":
                    KeyFamilyAgency = reader.ReadText();
                    break;
                case "DataSetAgency":
                    KeyFamilyAgency ??= reader.ReadText();
                    break;
                case "ReportingBegin":
                    _reportingBegin = reader.ReadText();
                    break;
                case "ReportingEnd":
                    _reportingEnd = reader.ReadText();
                    break;
                default:
                    // Extracted, EmbargoDate and the like say nothing that reading needs.
                    reader.Skip();
                    break;
            }
        }

        return header with { Name = new LocalisedText(names), Source = new LocalisedText(sources) };
    }

    /// <summary>What is known of a data set by its opening tag and the header; null with an issue when it cannot be read.</summary>
    public DataSetHeader? DataSetHeader(List<XmlDataReaderAttribute> attributes, int line, int column, out XmlDataReaderStructure structure)
    {
        string? Find(string name) => attributes.Where(a => a.Name == name && !a.IsInstance).Select(a => a.Value).FirstOrDefault();
        Location location = new(line, column);
        structure = FindStructure(Find("structureRef"), attributes.Where(a => a is { IsInstance: true, Name: "type" }).Select(a => a.Value).FirstOrDefault(), location);
        StructureReference? reference = structure.Reference ?? reader.FallbackStructure;
        if (reference is null)
        {
            reader.Issues.Add(IssueCodes.UnknownStructure, location, Find("structureRef") ?? "-");
            return null;
        }

        // Enum.TryParse alone would take numbers and lists of names too.
        string action = (Find("action") ?? Action)?.Trim() ?? nameof(DataSetAction.Information);
        if (!action.All(char.IsAsciiLetter) || !Enum.TryParse(action, ignoreCase: true, out DataSetAction parsed))
        {
            reader.Issues.Add(IssueCodes.UnknownAction, location, action);
            return null;
        }

        return new DataSetHeader
        {
            Structure = reference,
            Action = parsed,
            DimensionAtObservation = structure.DimensionAtObservation ?? "TIME_PERIOD",
            ProvisionAgreement = reference.Type == StructureType.ProvisionAgreement ? reference : null,
            DataProvider = _dataProvider,
            SetId = Find("setID") ?? DataSetId,
            ValidFrom = Find("validFromDate"),
            ValidTo = Find("validToDate"),
            ReportingBegin = Find("reportingBeginDate") ?? _reportingBegin,
            ReportingEnd = Find("reportingEndDate") ?? _reportingEnd,
            PublicationYear = Find("publicationYear"),
            PublicationPeriod = Find("publicationPeriod"),
            Line = line,
        };
    }

    /// <summary>Reads the Footer element: what the sender adds (2.1: the message itself may be somewhere else).</summary>
    public void ReadFooter()
    {
        int depth = Xml.Depth;
        while (!(Xml.IsEmptyElement && Xml.Depth == depth) && reader.NextChild(depth))
        {
            (int line, int column) = (reader.Line, reader.Column);
            string code = Xml.GetAttribute("code") ?? "";
            string severity = Xml.GetAttribute("severity") ?? nameof(Severity.Information);
            reader.Issues.Add(IssueCodes.FooterMessage, new Location(line, column), severity, code, ReadTexts());
        }
    }

    /// <summary>Reads an SDMX error message, whose root is at hand.</summary>
    public static void ReadError(XmlDataReader reader)
    {
        XmlDataReaderHeader header = new(reader);
        int depth = reader.Xml.Depth;
        bool any = false;
        while (!(reader.Xml.IsEmptyElement && reader.Xml.Depth == depth) && reader.NextChild(depth))
        {
            Location location = new(reader.Line, reader.Column);
            string code = reader.Xml.GetAttribute("code") ?? "";
            reader.Issues.Add(IssueCodes.SdmxErrorMessage, location, code, header.ReadTexts());
            any = true;
        }

        if (!any)
        {
            reader.Issues.Add(IssueCodes.SdmxErrorMessage, Location.None, "", "");
        }
    }

    /// <summary>The reference of a DataProvider element at hand; null when it has none.</summary>
    public StructureReference? ReadProvider() => ReadReference(StructureType.DataProviderScheme);

    /// <summary>The annotations of the element at hand.</summary>
    public ImmutableArray<Annotation> ReadAnnotations()
    {
        ImmutableArray<Annotation>.Builder annotations = ImmutableArray.CreateBuilder<Annotation>();
        int depth = Xml.Depth;
        while (!(Xml.IsEmptyElement && Xml.Depth == depth) && reader.NextChild(depth))
        {
            annotations.Add(ReadAnnotation());
        }

        return annotations.ToImmutable();
    }

    private Annotation ReadAnnotation()
    {
        Annotation annotation = new() { Id = Xml.GetAttribute("id") };
        List<KeyValuePair<string, string>> texts = [], urls = [];
        int depth = Xml.Depth;
        while (!(Xml.IsEmptyElement && Xml.Depth == depth) && reader.NextChild(depth))
        {
            switch (Xml.LocalName)
            {
                case "AnnotationTitle":
                    annotation = annotation with { Title = reader.ReadText() };
                    break;
                case "AnnotationType":
                    annotation = annotation with { Type = reader.ReadText() };
                    break;
                case "AnnotationURL" when annotation.Url is null && Xml.GetAttribute("xml:lang") is null:
                    annotation = annotation with { Url = reader.ReadText() };
                    break;
                case "AnnotationURL":
                    string language = Xml.GetAttribute("xml:lang") ?? "";
                    urls.Add(new(language, reader.ReadText()));
                    break;
                case "AnnotationValue":
                    annotation = annotation with { Value = reader.ReadText() };
                    break;
                case "AnnotationText":
                    texts.Add(ReadLocalised());
                    break;
                default:
                    reader.Unexpected("Annotation");
                    break;
            }
        }

        return annotation with { Text = new LocalisedText(texts), Urls = urls.Count == 0 ? default : new LocalisedText(urls) };
    }

    private string ReadTexts()
    {
        List<string> texts = [];
        int depth = Xml.Depth;
        while (!(Xml.IsEmptyElement && Xml.Depth == depth) && reader.NextChild(depth))
        {
            texts.Add(reader.ReadText());
        }

        return string.Join(' ', texts);
    }

    private KeyValuePair<string, string> ReadLocalised()
    {
        string language = Xml.GetAttribute("xml:lang") ?? "en";
        return new(language, reader.ReadText());
    }

    private XmlDataReaderStructure FindStructure(string? structureRef, string? type, Location location)
    {
        if (_structures.Find(s => s.Id == structureRef) is { } named)
        {
            return named;
        }

        string? uri = type is not null && type.Contains(':', StringComparison.Ordinal) ? Xml.LookupNamespace(type.Split(':')[0]) : null;
        XmlDataReaderStructure found = (uri is null ? null : _structures.Find(s => s.Namespace == uri))
            ?? (_structures.Count == 1 ? _structures[0] : XmlDataReaderStructure.Unknown);
        if (structureRef is not null && found.Reference is { } taken)
        {
            // Some senders make up ids; with one structure, or by the namespace of the types, it is clear what they mean.
            reader.Issues.Add(IssueCodes.UnannouncedStructure, location, structureRef, taken);
        }

        return found;
    }

    private XmlDataReaderStructure ReadStructure()
    {
        XmlDataReaderStructure structure = new()
        {
            Id = Xml.GetAttribute("structureID"),
            Namespace = Xml.GetAttribute("namespace"),
            DimensionAtObservation = reader.IsTimeSeries ? "TIME_PERIOD" : Xml.GetAttribute("dimensionAtObservation"),
            HasExplicitMeasures = Xml.GetAttribute("explicitMeasures") is "true" or "1",
        };
        int depth = Xml.Depth;
        while (!(Xml.IsEmptyElement && Xml.Depth == depth) && reader.NextChild(depth))
        {
            StructureType? type = Xml.LocalName switch
            {
                "Structure" => StructureType.DataStructure,
                "StructureUsage" => StructureType.Dataflow,
                "ProvisionAgrement" or "ProvisionAgreement" => StructureType.ProvisionAgreement, // 2.1 has it misspelt
                _ => null,
            };
            if (type is not null)
            {
                structure = structure with { Reference = ReadReference(type) ?? structure.Reference };
            }
        }

        return structure;
    }

    /// <summary>A reference as <c>Ref</c> or <c>URN</c> (2.1), or as text (3.x). Ends on the end tag.</summary>
    private StructureReference? ReadReference(StructureType type)
    {
        if (Xml.IsEmptyElement)
        {
            return null;
        }

        (int line, int column) = (reader.Line, reader.Column);
        int depth = Xml.Depth;
        StructureReference? reference = null;
        StringBuilder text = new(); // a comment parts a text in two
        while (Xml.Read() && !(Xml.NodeType == XmlNodeType.EndElement && Xml.Depth == depth))
        {
            reader.CheckDepth();
            reader.CheckLength(text.Length);
            if (Xml.NodeType == XmlNodeType.Element && Xml.LocalName == "Ref")
            {
                reference ??= ReadRef(type);
            }
            else if (Xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                text.Append(Xml.Value);
            }
        }

        string urn = text.ToString().Trim();
        if (urn.Length > 0 && !StructureReference.TryParseUrn(urn, out reference))
        {
            reader.Issues.Add(IssueCodes.InvalidUrn, new Location(line, column), urn);
        }

        return reference;
    }

    private StructureReference? ReadRef(StructureType type)
    {
        string? id = Xml.GetAttribute("id"), agency = Xml.GetAttribute("agencyID");
        if (id is null || agency is null)
        {
            reader.Issues.Add(IssueCodes.MissingElement, new Location(reader.Line, reader.Column), id is null ? "id" : "agencyID", "Ref");
            return null;
        }

        return Xml.GetAttribute("maintainableParentID") is { } parent
            ? new StructureReference(type, agency, parent, Xml.GetAttribute("maintainableParentVersion") ?? "1.0", id)
            : new StructureReference(StructureType.FromClass(Xml.GetAttribute("class") ?? "") ?? type, agency, id, Xml.GetAttribute("version") ?? "1.0");
    }
}
