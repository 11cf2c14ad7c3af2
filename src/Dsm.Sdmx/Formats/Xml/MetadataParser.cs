using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Reads messages of reference metadata into the model: metadata sets of 3.x (SDMXMetadataGeneric.xsd); reports of 2.1, generic and
/// structure-specific, which differ only in where ids stand (2.1: SDMXMetadataGeneric.xsd, SDMXMetadataStructureSpecific.xsd).
/// </summary>
internal sealed partial class MetadataParser(XmlCursor cursor, SdmxFormat format, MetadataLocations locations)
{
    private readonly StructureParser _parser = new(cursor, format.Standard, []);
    private readonly Dictionary<string, StructureReference> _announced = [];
    private readonly ImmutableArray<MetadataSet>.Builder _sets = ImmutableArray.CreateBuilder<MetadataSet>();
    private readonly HashSet<(string Agency, string Id, string Version)> _seen = [];
    private StructureReference? _provider;
    private string? _action;

    /// <summary>What was read so far.</summary>
    public ImmutableArray<MetadataSet> Sets => _sets.ToImmutable();

    /// <summary>Reads a child of the header that says something about the sets.</summary>
    public void HeaderPart(string name)
    {
        switch (name)
        {
            case "Structure":
                string id = cursor.Attribute("structureID") ?? "";
                if (Announced() is { } structure)
                {
                    _announced[id] = structure;
                }

                break;
            case "DataProvider" or "MetadataProvider":
                _provider = _parser.Reference(name);
                break;
            case "DataSetAction":
                _action = cursor.Token();
                break;
        }
    }

    /// <summary>Reads the MetadataSet element at hand.</summary>
    public void MetadataSet()
    {
        if (format.IsVersion3)
        {
            if (Set() is { } set)
            {
                Add(set);
            }
        }
        else
        {
            Reports();
        }
    }

    private void Add((MetadataSet Set, Location Location) read)
    {
        if (!_seen.Add((read.Set.AgencyId, read.Set.Id, read.Set.Version.ToString())))
        {
            cursor.Issues.Add(IssueCodes.DuplicateId, read.Location, read.Set.Reference, "MetadataSet");
        }

        _sets.Add(locations.Keep(read.Set, read.Location));
    }

    private StructureReference? Announced()
    {
        StructureReference? structure = null;
        foreach (string name in cursor.Children())
        {
            // 2.1 spells the agreement with one e, and has one kind of agreements for data and metadata.
            StructureReference? found = name switch
            {
                "ProvisionAgrement" or "ProvisionAgreement" => _parser.Reference("ProvisionAgreement"),
                "StructureUsage" => _parser.Reference("Metadataflow"),
                "Structure" => _parser.Reference("MetadataStructure"),
                _ => null,
            };
            structure ??= found?.Type == StructureType.ProvisionAgreement ? found with { Type = StructureType.MetadataProvisionAgreement } : found;
        }

        return structure;
    }

    private (MetadataSet, Location)? Set()
    {
        Location location = cursor.Location;
        (string id, string agency) = (cursor.Attribute("id") ?? "", cursor.Attribute("agencyID") ?? "");
        SdmxVersion version = SdmxVersion.Default;
        if (cursor.Attribute("version") is { } written && !SdmxVersion.TryParse(written, out version))
        {
            cursor.Report(IssueCodes.InvalidVersion, written);
            version = SdmxVersion.Default;
        }

        foreach ((string attribute, string value) in new[] { ("id", id), ("agencyID", agency) })
        {
            if (value.Length == 0)
            {
                cursor.Report(IssueCodes.MissingElement, attribute, "MetadataSet");
            }
            else if (!Ids.IsMatch(value, allowDots: attribute == "agencyID"))
            {
                cursor.Report(IssueCodes.InvalidId, value, "MetadataSet");
            }
        }

        MetadataSet set = new()
        {
            AgencyId = agency,
            Id = id,
            Version = version,
            ValidFrom = cursor.Attribute("validFrom"),
            ValidTo = cursor.Attribute("validTo"),
            IsExternalReference = cursor.Flag("isExternalReference") ?? false,
            IsPartialLanguage = cursor.Flag("isPartialLanguage") ?? false,
            StructureUrl = cursor.Attribute("structureURL"),
            ServiceUrl = cursor.Attribute("serviceURL"),
            Uri = cursor.Attribute("uri"),
            MetadataStructure = _announced.Values.ToArray() is [{ } only] && only.Type == StructureType.MetadataStructure ? only : null,
            Provider = _provider,
        };
        set = WithSetAttributes(set);
        set = Content(set);
        return id.Length == 0 || agency.Length == 0 ? null : (set, location);
    }

    private MetadataSet Content(MetadataSet set)
    {
        StructureParser.NameParts names = new();
        ImmutableArray<string>.Builder targets = ImmutableArray.CreateBuilder<string>();
        ImmutableArray<ReportedAttribute>.Builder attributes = ImmutableArray.CreateBuilder<ReportedAttribute>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Metadataflow":
                    set = set with { Metadataflow = _parser.Reference(name) };
                    break;
                case "MetadataProvisionAgreement":
                    set = set with { MetadataProvisionAgreement = _parser.Reference(name) };
                    break;
                case "Target":
                    targets.Add(Target30());
                    break;
                case "Attribute":
                    attributes.Add(Attribute());
                    break;
                default:
                    if (!names.Take(cursor, name))
                    {
                        cursor.Unexpected("MetadataSet");
                    }

                    break;
            }
        }

        return set with
        {
            Name = names.Name,
            Description = names.Description,
            Annotations = names.Annotations,
            Links = names.Links,
            Targets = targets.DrainToImmutable(),
            Attributes = attributes.DrainToImmutable(),
        };
    }

    /// <summary>A target as written: a URN, which may have wildcards.</summary>
    private string Target30()
    {
        Location location = cursor.Location;
        string target = cursor.Token();
        if (!StructureReference.TryParseUrn(target, out _))
        {
            cursor.Issues.Add(IssueCodes.InvalidUrn, location, target);
        }

        return target;
    }

    private MetadataSet WithSetAttributes(MetadataSet set) => set with
    {
        Action = cursor.AnyAttribute("action") ?? _action,
        ReportingBeginDate = cursor.AnyAttribute("reportingBeginDate"),
        ReportingEndDate = cursor.AnyAttribute("reportingEndDate"),
        PublicationYear = cursor.AnyAttribute("publicationYear"),
        PublicationPeriod = cursor.AnyAttribute("publicationPeriod"),
    };

    /// <summary>Reads an attribute, which in 2.1 has its value in an XML attribute and those below it in an AttributeSet.</summary>
    private ReportedAttribute Attribute()
    {
        Location location = cursor.Location;
        string element = cursor.Name;
        string? id = cursor.Attribute("id") ?? (element is "Attribute" or "ReportedAttribute" ? null : element);
        if (id is null)
        {
            cursor.Report(IssueCodes.MissingElement, "id", element);
        }

        string? value = format.IsVersion3 ? null : cursor.RawAttribute("value");
        List<KeyValuePair<string, string>> texts = [];
        bool isStructured = false;
        ImmutableArray<Annotation> annotations = [];
        ImmutableArray<ReportedAttribute>.Builder children = ImmutableArray.CreateBuilder<ReportedAttribute>();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Value" when format.IsVersion3:
                    value = cursor.Text();
                    break;
                case "Text":
                    texts.Add(new(cursor.Language, cursor.Text()));
                    break;
                case "StructuredText":
                    isStructured = true;
                    texts.Add(new(cursor.Language, cursor.Markup()));
                    break;
                case "Annotations":
                    annotations = [.. annotations, .. StructureParser.ReadAnnotations(cursor)];
                    break;
                case "Attribute" when format.IsVersion3:
                    children.Add(Attribute());
                    break;
                case "AttributeSet" when !format.IsVersion3:
                    children.AddRange(AttributeSet());
                    break;
                default:
                    cursor.Unexpected(element);
                    break;
            }
        }

        return locations.Keep(
            new ReportedAttribute
            {
                Id = id ?? "",
                Value = value,
                Text = StructureParser.NameParts.Text(texts),
                IsStructured = isStructured,
                Children = children.DrainToImmutable(),
                Annotations = annotations,
            },
            location);
    }

    private IEnumerable<ReportedAttribute> AttributeSet()
    {
        foreach (string _ in cursor.Children())
        {
            yield return Attribute();
        }
    }
}
