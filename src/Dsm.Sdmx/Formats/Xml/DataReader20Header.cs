using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>The opening of a data set: its layout, its structure and its action.</summary>
public sealed partial class DataReader20
{
    private protected override DataSetHeader? ReadDataSetHeader(XmlDataReaderHeader header, List<XmlDataReaderAttribute> attributes, int line, int column, out XmlDataReaderStructure structure)
    {
        structure = XmlDataReaderStructure.Unknown;
        string? Find(string name) => attributes.Where(a => !a.IsQualified && a.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(a => a.Value).FirstOrDefault();
        string uri = Xml.NamespaceURI;
        string? keyFamily = ReadOpening(uri);
        string agency = header.KeyFamilyAgency ?? Header?.SenderId ?? "";
        List<StructureReference> named = [];
        if (Find("dataflowID") is { Length: > 0 } flow)
        {
            named.Add(DataSetNames20.Dataflow(flow, Find("dataflowAgencyID") ?? agency));
        }

        StructureReference? ofNamespace = DataSetNames20.OfUrn(uri), ofAddress = DataSetNames20.OfAddress(Find("keyFamilyURI"), agency);
        if ((keyFamily ?? header.KeyFamily) is { Length: > 0 } id)
        {
            // The element names the key family without its agency, which something else may say.
            named.AddRange(new[] { header.KeyFamilyAgency, ofNamespace?.AgencyId, ofAddress?.AgencyId, Header?.SenderId }
                .Where(a => !string.IsNullOrEmpty(a)).Distinct().Select(a => DataSetNames20.Of(id, a!)));
        }

        if (ofNamespace is not null)
        {
            named.Add(ofNamespace);
        }

        if (StructureOf(named, ofAddress) is not { } reference)
        {
            Issues.Add(IssueCodes.UnknownStructure, new Location(line, column), uri);
            return null;
        }

        string action = (Find("action") ?? header.Action)?.Trim() ?? nameof(DataSetAction.Information);
        if (ActionOf(action) is not { } parsed)
        {
            Issues.Add(IssueCodes.UnknownAction, new Location(line, column), action);
            return null;
        }

        return new DataSetHeader
        {
            Structure = reference,
            Action = parsed,
            DimensionAtObservation = _layout == Layout20.CrossSectional ? DataSchema.AllDimensions : "TIME_PERIOD",
            DataProvider = Find("dataProviderID") is { Length: > 0 } provider
                ? new StructureReference(StructureType.DataProviderScheme, Find("dataProviderSchemeAgencyId") ?? agency, "DATA_PROVIDERS", "1.0", provider) : null,
            SetId = Find("datasetID") ?? header.DataSetId,
            ValidFrom = Find("validFromDate"),
            ValidTo = Find("validToDate"),
            ReportingBegin = Find("reportingBeginDate"),
            ReportingEnd = Find("reportingEndDate"),
            PublicationYear = Find("publicationYear"),
            PublicationPeriod = Find("publicationPeriod"),
            Line = line,
        };
    }

    /// <summary>Actions of 2.0, and those of 1.0, whose Update adds or changes.</summary>
    private static DataSetAction? ActionOf(string action) => action.ToUpperInvariant() switch
    {
        "APPEND" or "UPDATE" => DataSetAction.Append,
        "REPLACE" => DataSetAction.Replace,
        "DELETE" => DataSetAction.Delete,
        "INFORMATION" => DataSetAction.Information,
        _ => null,
    };

    /// <summary>Tells the layout, for which the first element may be needed, and reads the key family where it is that element.</summary>
    private string? ReadOpening(string uri)
    {
        _layout = Root switch
        {
            "GenericData" => Layout20.Generic,
            "UtilityData" => Layout20.Utility,
            "CrossSectionalData" => Layout20.CrossSectional,
            _ => Layout20.Compact,
        };
        bool isGroup = Root == "MessageGroup";
        if (isGroup)
        {
            _layout = uri.EndsWith("/generic", StringComparison.OrdinalIgnoreCase) ? Layout20.Generic
                : uri.Contains("utility", StringComparison.OrdinalIgnoreCase) ? Layout20.Utility
                : uri.Contains("cross", StringComparison.OrdinalIgnoreCase) ? Layout20.CrossSectional
                : Layout20.Compact;
        }

        if (Xml.IsEmptyElement)
        {
            return null;
        }

        Peek();
        if (isGroup && Xml.NodeType == XmlNodeType.Element && Xml.NamespaceURI.EndsWith("/generic", StringComparison.OrdinalIgnoreCase))
        {
            _layout = Layout20.Generic;
        }

        if (_layout != Layout20.Generic || Xml.NodeType != XmlNodeType.Element || Xml.LocalName != "KeyFamilyRef")
        {
            return null;
        }

        TakePeeked();
        return ReadText();
    }

    /// <summary>
    /// The first of the structures named that is known, with its version. An address says little: when it leads nowhere, or nothing is
    /// named at all, the structure that was agreed on holds; also when it is what is named but for the agency.
    /// </summary>
    private StructureReference? StructureOf(List<StructureReference> named, StructureReference? ofAddress)
    {
        foreach (StructureReference reference in ofAddress is null ? named : [.. named, ofAddress])
        {
            if (Resolve(reference) is { } schema)
            {
                return reference.HasWildcard ? Concrete(reference, schema) : reference;
            }
        }

        if (FallbackStructure is { } agreed && (named.Count == 0 || named.Exists(r => r.Id == Resolve(agreed)?.Structure.Id)))
        {
            return agreed;
        }

        return named.FirstOrDefault() ?? ofAddress;
    }

    private static StructureReference Concrete(StructureReference reference, DataSchema schema)
        => reference.Type == StructureType.Dataflow && schema.Dataflow is { } flow ? flow.Reference : schema.Structure.Reference;
}
