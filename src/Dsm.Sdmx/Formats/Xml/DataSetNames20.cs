using System.Text.RegularExpressions;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// How data sets of SDMX-ML 2.0 name what they follow: an element, attributes, the namespace made for their key family
/// (<c>urn:sdmx:org.sdmx.infomodel.keyfamily.KeyFamily=BIS:EXT_DEBT:compact</c>) or the address of the key family.
/// </summary>
internal static partial class DataSetNames20
{
    /// <summary>Version of references that name none.</summary>
    private const string Latest = "latest";

    /// <summary>True for attributes of data sets that are no components.</summary>
    public static bool IsDataSetAttribute(string name) => name.ToUpperInvariant() is "KEYFAMILYURI" or "ID" or "DATASETID" or "ACTION" or "REPORTINGBEGINDATE"
        or "REPORTINGENDDATE" or "VALIDFROMDATE" or "VALIDTODATE" or "PUBLICATIONYEAR" or "PUBLICATIONPERIOD" or "DATAFLOWID" or "DATAFLOWAGENCYID"
        or "DATAPROVIDERID" or "DATAPROVIDERSCHEMEID" or "DATAPROVIDERSCHEMEAGENCYID";

    /// <summary>The key family of a URN or of a namespace made for it; null when the text is none.</summary>
    public static StructureReference? OfUrn(string uri)
    {
        Match match = Urn().Match(uri);
        return !match.Success ? null : new StructureReference(
            StructureType.DataStructure,
            match.Groups["agency"].Value,
            match.Groups["id"].Value,
            match.Groups["version"].Success ? match.Groups["version"].Value : Latest);
    }

    /// <summary>The key family in an address such as <c>http://host/GetKeyFamily/ID/AGENCY</c>; null when it names none.</summary>
    public static StructureReference? OfAddress(string? address, string agency)
    {
        if (address is null)
        {
            return null;
        }

        Match match = Address().Match(address);
        return OfUrn(address) ?? (!match.Success ? null
            : Of(match.Groups["id"].Value, match.Groups["agency"].Success ? match.Groups["agency"].Value : agency));
    }

    /// <summary>A key family by its id alone.</summary>
    public static StructureReference Of(string id, string agency) => new(StructureType.DataStructure, agency, id, Latest);

    /// <summary>A dataflow by agency and id.</summary>
    public static StructureReference Dataflow(string id, string agency) => new(StructureType.Dataflow, agency, id, Latest);

    [GeneratedRegex(@"=(?<agency>[A-Za-z0-9_.\-]+):(?<id>[A-Za-z0-9_@$\-]+)(?:[:,\[\(](?<version>[0-9][0-9.]*)[\]\)]?)?(?::(?:compact|utility|cross|generic).*)?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Urn();

    [GeneratedRegex(@"/Get(?:KeyFamily|DataStructure|Schema)/(?<id>[A-Za-z0-9_@$\-]+)(?:/(?<agency>[A-Za-z0-9_.\-]+))?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
