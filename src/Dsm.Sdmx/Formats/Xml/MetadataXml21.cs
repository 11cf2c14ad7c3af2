using System.Collections.Immutable;
using System.Xml;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Metadata messages of SDMX-ML 2.1, generic and structure-specific. Names of types of the latter are those that the standard gives them:
/// <c>MetadataSetType</c>, the report, <c>REPORT.TARGET</c>, <c>TARGET.OBJECT</c>; attributes are elements of their ids.
/// </summary>
internal sealed class MetadataXml21(XmlWriter xml, SdmxFormat format, IssueList issues) : MetadataXml(xml, format, new StructureXml21(xml, issues))
{
    private const string Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    private readonly bool _generic = format == MediaTypes.GenericMetadata21;
    private Dictionary<StructureReference, string> _prefixes = [];

    // Inside a structure-specific set elements are in no namespace.
    private string Uri => _generic ? Namespaces.GenericMetadata : "";

    private StructureXml21 Parts21 => (StructureXml21)Parts;

    /// <summary>True when 2.1 has a form for a set.</summary>
    internal static bool CanCarry(MetadataSet set)
        => !set.Attributes.IsEmpty && (set.ReportTarget is { Values.IsEmpty: false } || !set.Targets.IsEmpty) && !set.IsExternalReference;

    /// <inheritdoc/>
    protected override bool HasForm(MetadataSet set) => CanCarry(set);

    /// <inheritdoc/>
    protected override StructureReference StructureOf(MetadataSet set)
        => set.Metadataflow ?? set.MetadataProvisionAgreement ?? set.MetadataStructure ?? new StructureReference(StructureType.Metadataflow, set.AgencyId, set.Id, set.Version.ToString());

    /// <inheritdoc/>
    protected override void DeclareNamespaces()
    {
        Xml.WriteAttributeString("xmlns", "md", null, _generic ? Namespaces.GenericMetadata : Namespaces.StructureSpecificMetadata);
        if (!_generic)
        {
            Xml.WriteAttributeString("xmlns", "xsi", null, Xsi);
        }
    }

    /// <inheritdoc/>
    protected override void HeaderStructureAttributes(StructureReference structure)
    {
        if (!_generic)
        {
            Parts.Attribute("namespace", NamespaceOf(structure));
        }
    }

    // The structure that the reference beside it names.
    internal static string NamespaceOf(StructureReference structure) => (structure with { Version = StructureXml21.PlainVersion(structure.Version) }).Urn;

    /// <inheritdoc/>
    protected override void SetAttribute(string name, string? value)
    {
        if (value is not null && !_generic)
        {
            Xml.WriteAttributeString(name, Namespaces.StructureSpecificMetadata, XmlText.Clean(value));
        }
        else
        {
            Parts.Attribute(name, value);
        }
    }

    /// <inheritdoc/>
    protected override void Sets(ImmutableArray<MetadataSet> sets, IReadOnlyDictionary<StructureReference, string> structures)
    {
        _prefixes = structures.ToDictionary(s => s.Key, s => s.Value.ToLowerInvariant());
        for (int first = 0, next; first < sets.Length; first = next)
        {
            next = first + 1;
            while (next < sets.Length && IsOneSet(sets[first], sets[next]))
            {
                next++;
            }

            Set(sets[first..next], first, structures);
        }
    }

    /// <summary>True when two reports were of one metadata set.</summary>
    private bool IsOneSet(MetadataSet a, MetadataSet b)
        => a.SetId is not null && a.SetId == b.SetId && StructureOf(a) == StructureOf(b) && a.Provider == b.Provider && a.Name == b.Name
            && (a.Action, a.ReportingBeginDate, a.ReportingEndDate, a.PublicationYear, a.PublicationPeriod, a.ValidFrom, a.ValidTo)
                == (b.Action, b.ReportingBeginDate, b.ReportingEndDate, b.PublicationYear, b.PublicationPeriod, b.ValidFrom, b.ValidTo)
            && a.Annotations.SequenceEqual(b.Annotations);

    private void Set(ImmutableArray<MetadataSet> reports, int index, IReadOnlyDictionary<StructureReference, string> structures)
    {
        MetadataSet set = reports[0];
        StructureReference structure = StructureOf(set);
        // Ids that were made on reading need not be written.
        string? setId = set.SetId ?? (set.ReportId is not null && set.Id == $"{set.ReportId}_{index + 1}" ? null : set.Id);
        foreach ((int number, MetadataSet report) in reports.Index())
        {
            Losses(report, structure, reports.Length == 1 ? setId : $"{setId}_{number + 1}");
        }

        Xml.WriteStartElement("MetadataSet", Namespaces.Message);
        if (!_generic)
        {
            Xml.WriteAttributeString("xmlns", _prefixes[structure], null, NamespaceOf(structure));
            TypeOf(set, "MetadataSetType");
        }

        SetAttribute("structureRef", structures[structure]);
        SetAttribute("setID", setId);
        SetAttributes(set);
        SetAttribute("validFromDate", set.ValidFrom);
        SetAttribute("validToDate", set.ValidTo);
        Parts.Annotations(set.Annotations);
        Parts.Texts("Name", set.Name, Namespaces.Common);
        if (CarriedProvider(set) is { } provider)
        {
            Xml.WriteStartElement("DataProvider", Uri);
            Parts.ReferenceContent(provider);
            Xml.WriteEndElement();
        }

        foreach (MetadataSet report in reports)
        {
            Report(report);
        }

        Xml.WriteEndElement();
    }

    private void Report(MetadataSet set)
    {
        string id = set.ReportId ?? StructureOf(set).Id;
        Xml.WriteStartElement("Report", Uri);
        Parts.Attribute("id", id);
        TypeOf(set, id);
        Parts.Annotations(set.ReportAnnotations);
        ReportTarget target = set.ReportTarget
            ?? new ReportTarget("TARGET", [.. set.Targets.Select((t, i) => new TargetValue(i == 0 ? "OBJECT" : $"OBJECT_{i + 1}") { Object = t })]);
        Xml.WriteStartElement("Target", Uri);
        Parts.Attribute("id", target.Id);
        TypeOf(set, $"{id}.{target.Id}");
        foreach (TargetValue value in target.Values)
        {
            Xml.WriteStartElement("ReferenceValue", Uri);
            Parts.Attribute("id", value.Id);
            TypeOf(set, $"{target.Id}.{TypeOf(value)}");
            Value(value, set);
            Xml.WriteEndElement();
        }

        Xml.WriteEndElement();
        AttributeSet(set.Attributes, set);
        Xml.WriteEndElement();
    }

    private static string TypeOf(TargetValue value) => value.Id switch
    {
        TargetValue.PeriodId => "ReportPeriodTarget",
        TargetValue.DataSetId => "DataSetTarget",
        TargetValue.DataKeyId => "KeyDescriptorValuesTarget",
        TargetValue.ConstraintId => "ConstraintContentTarget",
        string id => id,
    };

    private void Value(TargetValue value, MetadataSet set)
    {
        switch (value)
        {
            case { DataKey: { } key }:
                Xml.WriteStartElement("DataKey", Uri);
                Parts21.Key(key, set.Reference, metadata: false);
                Xml.WriteEndElement();
                break;
            case { DataSet: { } data }:
                Xml.WriteStartElement("DataSetReference", Uri);
                Parts21.SetContent(data);
                Xml.WriteEndElement();
                break;
            case { Constraint: { } constraint }:
                Xml.WriteStartElement("ConstraintContentReference", Uri);
                Parts.ReferenceContent(constraint);
                Xml.WriteEndElement();
                break;
            case { Period: { } period }:
                Xml.WriteElementString("ReportPeriod", Uri, XmlText.Clean(period));
                break;
            default:
                Xml.WriteStartElement("ObjectReference", Uri);
                Xml.WriteElementString("URN", "", XmlText.Clean(StructureReference.TryParseUrn(value.Object, out StructureReference? reference) ? reference.Urn : value.Object ?? ""));
                Xml.WriteEndElement();
                break;
        }
    }

    private void AttributeSet(ImmutableArray<ReportedAttribute> attributes, MetadataSet set)
    {
        // Structure-specific elements are named as the attributes.
        ImmutableArray<ReportedAttribute> carried = _generic ? attributes : [.. attributes.Where(a => IsName(a.Id))];
        foreach (ReportedAttribute lost in attributes.Except(carried))
        {
            Parts.NotCarried("ReportedAttribute.Id", $"{lost.Id} {set.Reference}");
        }

        if (carried.IsEmpty)
        {
            return;
        }

        Xml.WriteStartElement("AttributeSet", Uri);
        foreach (ReportedAttribute attribute in carried)
        {
            if (_generic)
            {
                Xml.WriteStartElement("ReportedAttribute", Uri);
                Parts.Attribute("id", attribute.Id);
            }
            else
            {
                Xml.WriteStartElement(attribute.Id, "");
            }

            Parts.Attribute("value", attribute.Value);
            Parts.Annotations(attribute.Annotations);
            Texts(attribute, unique: false, set.Reference);
            AttributeSet(attribute.Children, set);
            Xml.WriteEndElement();
        }

        Xml.WriteEndElement();
    }

    private static bool IsName(string id) => id.Length > 0 && (char.IsAsciiLetter(id[0]) || id[0] == '_') && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private void TypeOf(MetadataSet set, string name)
    {
        if (!_generic)
        {
            Xml.WriteAttributeString("xsi", "type", Xsi, $"{_prefixes[StructureOf(set)]}:{name}");
        }
    }

    private static StructureReference? CarriedProvider(MetadataSet set) => set.Provider?.Type == StructureType.DataProviderScheme ? set.Provider : null;

    private void Losses(MetadataSet set, StructureReference structure, string? id)
    {
        void Lost(string property, bool isLost)
        {
            if (isLost)
            {
                Parts.NotCarried(property, set.Reference);
            }
        }

        Lost("MetadataSet.AgencyId", set.AgencyId != (CarriedProvider(set) ?? structure).AgencyId);
        Lost("MetadataSet.Id", id is not null && set.Id != id);
        Lost("Maintainable.Version", set.Version != SdmxVersion.Default);
        Lost("Maintainable.IsPartialLanguage", set.IsPartialLanguage);
        Lost("Maintainable.Links", !set.Links.IsEmpty);
        Lost("MetadataSet.Description", !set.Description.IsEmpty);
        Lost("MetadataSet.Addresses", set.Uri is not null || set.StructureUrl is not null || set.ServiceUrl is not null);
        Lost("MetadataSet.Provider", set.Provider is not null && CarriedProvider(set) is null);
        Lost("MetadataSet.MetadataStructure", structure != set.MetadataStructure && (set.MetadataStructure is not null || (set.Metadataflow is null && set.MetadataProvisionAgreement is null)));
        Lost("MetadataSet.MetadataProvisionAgreement", set.MetadataProvisionAgreement is not null && structure != set.MetadataProvisionAgreement);
        Lost("MetadataSet.Targets", set.ReportTarget is { } target && !target.Values.Select(v => v.Object).OfType<string>().SequenceEqual(set.Targets));
    }
}
