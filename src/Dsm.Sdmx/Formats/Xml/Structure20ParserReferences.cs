using System.Text.RegularExpressions;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Start tags and references: in 2.0 a set of elements or attributes, or a URN in one of its old spellings.</summary>
internal sealed partial class Structure20Parser
{
    /// <summary>Version of a reference that names none, until <see cref="Settle"/>.</summary>
    private const string NoVersion = "";

    /// <summary>Latest version of each artefact that was read.</summary>
    private readonly Dictionary<(string Class, string Agency, string Id), SdmxVersion> _latest = [];

    /// <summary>The only agency that has an artefact of an id; null when several have.</summary>
    private readonly Dictionary<(string Class, string Id), string?> _agencies = [];

    private Structure20Head? ReadHead(StructureType type)
    {
        (string? id, string? agency) = (cursor.Attribute("id"), cursor.Attribute("agencyID") ?? cursor.Attribute("agency")); // 1.0 has agency
        foreach ((string attribute, string? value) in new[] { ("id", id), ("agencyID", agency) })
        {
            if (value is null)
            {
                cursor.Report(IssueCodes.MissingElement, attribute, cursor.Name);
            }
            else if (!Ids.IsMatch(value, allowDots: attribute == "agencyID"))
            {
                cursor.Report(IssueCodes.InvalidId, value, cursor.Name);
            }
        }

        if (id is null || agency is null)
        {
            return null;
        }

        _agency = agency;
        return new Structure20Head
        {
            Location = cursor.Location,
            Type = type,
            Id = id,
            AgencyId = agency,
            Version = ReadVersion(),
            ValidFrom = TimeText20.Instant(cursor.Attribute("validFrom"), isEnd: false),
            ValidTo = TimeText20.Instant(cursor.Attribute("validTo"), isEnd: true),
            IsFinal = cursor.Flag("isFinal"),
            IsExternalReference = cursor.Flag("isExternalReference") ?? false,
            Uri = cursor.Attribute("uri"),
        };
    }

    private SdmxVersion ReadVersion()
    {
        string? written = cursor.Attribute("version");
        SdmxVersion version = SdmxVersion.Default;
        if (written is not null && !SdmxVersion.TryParse(written, out version))
        {
            cursor.Report(IssueCodes.InvalidVersion, written);
            return SdmxVersion.Default;
        }

        return version;
    }

    /// <summary>
    /// Reads a reference made of elements: <c>URN</c>, or one that ends in <c>AgencyID</c>, one that ends in <c>ID</c>, and <c>Version</c>.
    /// Its version is not settled yet. Null with an issue when it names nothing.
    /// </summary>
    private StructureReference? Reference(StructureType type, Action<string>? other = null)
    {
        (string element, Location location) = (cursor.Name, cursor.Location);
        string? id = null, agency = null, version = null, urn = null;
        foreach (string name in cursor.Children())
        {
            if (name is "Datasource" or "Constraint")
            {
                NotCarried($"{name} of {element}");
            }
            else if (name == "URN")
            {
                urn = cursor.Token();
            }
            else if (name.EndsWith("AgencyID", StringComparison.Ordinal))
            {
                agency = cursor.Token();
            }
            else if (name.EndsWith("Version", StringComparison.Ordinal))
            {
                version = cursor.Token();
            }
            else if (name is "Alias" or "CategoryID" or "DataProviderID")
            {
                other?.Invoke(name);
            }
            else if (name.EndsWith("ID", StringComparison.Ordinal))
            {
                id = cursor.Token();
            }
            else
            {
                cursor.Unexpected(element);
            }
        }

        if (string.IsNullOrEmpty(id))
        {
            return urn is null ? Nothing(element, location) : OfUrn(urn, type, location);
        }

        return new StructureReference(type, string.IsNullOrEmpty(agency) ? _agency : agency, id, version ?? NoVersion);
    }

    private StructureReference? Nothing(string element, Location location)
    {
        cursor.Issues.Add(IssueCodes.MissingElement, location, "ID", element);
        return null;
    }

    /// <summary>Reads a URN; 2.0 has them as <c>AGENCY:ID(1.0)</c>, <c>AGENCY:ID:1.0</c>, <c>AGENCY:ID,1.0</c> and <c>AGENCY:ID[1.0]</c>.</summary>
    private StructureReference? OfUrn(string urn, StructureType type, Location location)
    {
        if (StructureReference.TryParseUrn(urn, out StructureReference? reference) && reference.Type == type)
        {
            return reference;
        }

        Match match = OldUrn().Match(urn);
        if (match.Success)
        {
            return new StructureReference(type, match.Groups["agency"].Value, match.Groups["id"].Value, match.Groups["version"].Value);
        }

        cursor.Issues.Add(IssueCodes.InvalidUrn, location, urn);
        return null;
    }

    private void Know(Maintainable artefact)
    {
        (string Class, string Agency, string Id) identity = (artefact.Type.Class, artefact.AgencyId, artefact.Id);
        if (!_latest.TryGetValue(identity, out SdmxVersion latest) || latest < artefact.Version)
        {
            _latest[identity] = artefact.Version;
        }

        (string Class, string Id) name = (artefact.Type.Class, artefact.Id);
        _agencies[name] = !_agencies.TryGetValue(name, out string? agency) || agency == artefact.AgencyId ? artefact.AgencyId : null;
    }

    /// <summary>
    /// Gives a reference its version, and its agency when the message has no such artefact of the one meant but of exactly one other:
    /// the latest that the message holds, else 1.0.
    /// </summary>
    private StructureReference Settle(StructureReference reference)
    {
        string name = reference.Type.Class;
        string agency = !_latest.ContainsKey((name, reference.AgencyId, reference.Id)) && _agencies.GetValueOrDefault((name, reference.Id)) is { } only
            ? only : reference.AgencyId;
        string version = reference.Version.Length > 0 ? reference.Version : _latest.GetValueOrDefault((name, agency, reference.Id)).ToString();
        return reference with { AgencyId = agency, Version = version };
    }

    /// <summary>The codelist that attributes of the element at hand name, e.g. <c>codelist</c>, <c>codelistAgency</c>, <c>codelistVersion</c>; null for none.</summary>
    private StructureReference? CodelistOf(string attribute) => cursor.Attribute(attribute) is not { } id ? null
        : Settle(new StructureReference(
            StructureType.Codelist,
            cursor.Attribute(attribute + "Agency") ?? _agency,
            id,
            cursor.Attribute(attribute + "Version") ?? cursor.Attribute(attribute + "VersionEstat") ?? NoVersion));

    /// <summary>The concept that attributes of the element at hand name; null with an issue when they name none.</summary>
    private StructureReference? ConceptOf()
    {
        string? id = cursor.Attribute("conceptRef") ?? cursor.Attribute("concept"); // 1.0 has concept
        if (id is null)
        {
            cursor.Report(IssueCodes.MissingElement, "conceptRef", cursor.Name);
            return null;
        }

        string? agency = cursor.Attribute("conceptSchemeAgency") ?? cursor.Attribute("conceptAgency");
        string? version = cursor.Attribute("conceptSchemeVersion") ?? cursor.Attribute("conceptSchemeVersionEstat") ?? cursor.Attribute("conceptVersion");
        return cursor.Attribute("conceptSchemeRef") is { } scheme
            ? Settle(new StructureReference(StructureType.ConceptScheme, agency ?? _agency, scheme, version ?? NoVersion)) with { ItemId = id }
            : ConceptWithoutScheme(agency ?? _agency, id);
    }

    [GeneratedRegex(@"^urn:[^=]*=(?<agency>[A-Za-z0-9_.\-]+):(?<id>[A-Za-z0-9_@$\-]+)(?:[:,\[\(](?<version>[0-9][0-9.]*)[\]\)]?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex OldUrn();
}
