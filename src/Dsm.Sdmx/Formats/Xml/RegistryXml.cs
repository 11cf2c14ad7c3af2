using System.Collections.Immutable;
using System.Xml;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>
/// Writes messages to and from registries: structures and registrations. The versions differ in how they refer to things, and in few
/// elements. Subscriptions stand in another file of this class.
/// </summary>
internal sealed partial class RegistryXml(XmlWriter xml, StructureXml parts)
{
    private readonly SdmxNamespaces _namespaces = parts.Namespaces;

    /// <summary>Writes a whole message.</summary>
    public void Message(RegistryContent content, MessageHeader header, ImmutableArray<FooterNote> footer)
    {
        xml.WriteStartDocument();
        xml.WriteStartElement("mes", "RegistryInterface", _namespaces.Message);
        xml.WriteAttributeString("xmlns", "reg", null, _namespaces.Registry);
        xml.WriteAttributeString("xmlns", "str", null, _namespaces.Structure);
        xml.WriteAttributeString("xmlns", "com", null, _namespaces.Common);
        XmlMessageParts.WriteHeader(xml, _namespaces, header);
        xml.WriteStartElement(content.GetType().Name, _namespaces.Message);
        Content(content);
        End();
        XmlMessageParts.WriteFooter(xml, _namespaces, footer);
        End();
        xml.WriteEndDocument();
    }

    private void Content(RegistryContent content)
    {
        switch (content)
        {
            case SubmitStructureRequest request:
                StructureRequest(request);
                break;
            case SubmitStructureResponse response:
                Each("SubmissionResult", response.Results, r =>
                {
                    Submitted(r.Submitted);
                    Status(r.Status);
                });
                break;
            case SubmitRegistrationsRequest request:
                Each("RegistrationRequest", request.Requests, r =>
                {
                    Action(r.Action, "RegistrationRequest");
                    Registration(r.Registration);
                });
                break;
            case SubmitRegistrationsResponse response:
                Each("RegistrationStatus", response.Results, r =>
                {
                    Registration(r.Registration);
                    Status(r.Status);
                });
                break;
            case QueryRegistrationRequest request:
                Query(request);
                break;
            case QueryRegistrationResponse response:
                Status(response.Status);
                Each("QueryResult", response.Results, Result);
                break;
            default:
                SubscriptionContent(content);
                break;
        }
    }

    private void StructureRequest(SubmitStructureRequest request)
    {
        Action(request.Action, "SubmitStructureRequest");
        parts.Flag("externalDependencies", request.ExternalDependencies);
        if (request.StructureLocation is not null)
        {
            Element("StructureLocation", request.StructureLocation);
        }
        else
        {
            Structures(request.Structures);
        }

        foreach (SubmittedStructure submitted in request.Submitted)
        {
            Submitted(submitted);
        }
    }

    private void Structures(ImmutableArray<Maintainable> artefacts)
    {
        xml.WriteStartElement("Structures", _namespaces.Structure);
        parts.Structures(artefacts);
        End();
    }

    private void Submitted(SubmittedStructure submitted)
    {
        Start("SubmittedStructure");
        if (submitted.Action is { } action)
        {
            Action(action, "SubmittedStructure");
        }

        if (submitted.ExternalDependencies is { } external)
        {
            parts.Attribute("externalDependencies", external ? "true" : "false");
        }

        Reference("MaintainableObject", submitted.Object);
        End();
    }

    private void Status(StatusMessage status)
    {
        Start("StatusMessage");
        parts.Attribute("status", status.Status.ToString());
        foreach (StatusText text in status.Texts)
        {
            Start("MessageText");
            parts.Attribute("code", text.Code);

            // The schema wants a text: where there is none, the code stands for it.
            XmlMessageParts.WriteTexts(xml, "Text", text.Text.IsEmpty ? LocalisedText.Of(text.Code ?? "") : text.Text, _namespaces.Common);
            End();
        }

        End();
    }

    private void Registration(Registration registration)
    {
        Start("Registration");
        parts.Attribute("id", registration.Id);
        parts.Attribute("validFrom", registration.ValidFrom);
        parts.Attribute("validTo", registration.ValidTo);
        parts.Attribute("lastUpdated", registration.LastUpdated);
        parts.Flag("indexTimeSeries", registration.IndexTimeSeries);
        parts.Flag("indexDataSet", registration.IndexDataSet);
        parts.Flag("indexAttributes", registration.IndexAttributes);
        parts.Flag("indexReportingPeriod", registration.IndexReportingPeriod);
        Reference("ProvisionAgreement", registration.ProvisionAgreement);
        Start("Datasource");
        Element("SimpleDataSource", registration.SimpleDataSource);
        if (registration.QueryableDataSource is { } source)
        {
            Start("QueryableDataSource");
            parts.Attribute("isRESTDatasource", source.IsRest ? "true" : "false");
            parts.Attribute("isWebServiceDatasource", source.IsWebService ? "true" : "false");
            foreach ((string name, string? url) in new[] { ("DataURL", source.Url), ("WSDLURL", source.WsdlUrl), ("WADLURL", source.WadlUrl) })
            {
                if (url is not null)
                {
                    xml.WriteElementString(name, _namespaces.Common, XmlText.Clean(url));
                }
            }

            End();
        }

        End();
        End();
    }

    private void Query(QueryRegistrationRequest request)
    {
        parts.Flag("returnConstraints", request.ReturnConstraints);
        Element("QueryType", request.QueryType);
        if (request.About is { } about)
        {
            Reference(about.Type == StructureType.DataProviderScheme ? "DataProvider" : about.Type.Class, about);
        }
        else
        {
            Empty("All");
        }

        if (request is { ReferencePeriodStart: { } start, ReferencePeriodEnd: { } end })
        {
            Start("ReferencePeriod");
            parts.Attribute("startTime", start);
            parts.Attribute("endTime", end);
            End();
        }
        else if (request.ReferencePeriodStart is not null || request.ReferencePeriodEnd is not null)
        {
            parts.NotCarried("QueryRegistrationRequest.ReferencePeriod", "request");
        }

        foreach (DataKeySet set in request.KeySets)
        {
            parts.KeySet(set, "request");
        }

        if (parts is StructureXml21 parts21)
        {
            foreach (DataKeySet set in request.MetadataKeySets)
            {
                parts21.MetadataKeySet(set, "request");
            }
        }
        else
        {
            parts.NotCarried("QueryRegistrationRequest.MetadataKeySets", request.MetadataKeySets, "request");
        }

        foreach (CubeRegion region in request.Regions)
        {
            parts.Region(region, "request");
        }

        foreach (MetadataTargetRegion region in request.TargetRegions)
        {
            parts.TargetRegion(region, "request");
        }
    }

    private void Result(QueryRegistrationResult result)
    {
        parts.Attribute("timeSeriesMatch", result.TimeSeriesMatch ? "true" : "false");
        Start(result.IsOfMetadata ? "MetadataResult" : "DataResult");
        Registration(result.Registration);
        foreach (StructureReference constraint in result.Constraints)
        {
            Reference(parts.IsVersion3 ? "Constraint" : "ContentConstraint", constraint);
        }

        End();
    }

    private void Action(string action, string owner)
    {
        if (action == "Merge" && _namespaces != SdmxNamespaces.V31)
        {
            // The word of 3.1; before, Append is the nearest.
            parts.NotCarried("RegistryContent.Action", owner);
            action = "Append";
        }

        parts.Attribute("action", action);
    }

    private void Each<T>(string element, ImmutableArray<T> items, Action<T> write)
    {
        foreach (T item in items)
        {
            Start(element);
            write(item);
            End();
        }
    }

    private void Reference(string element, StructureReference? reference)
    {
        if (reference is not null)
        {
            Start(element);
            parts.ReferenceContent(reference);
            End();
        }
    }

    private void Element(string name, string? text)
    {
        if (text is not null)
        {
            xml.WriteElementString(name, _namespaces.Registry, XmlText.Clean(text));
        }
    }

    private void Empty(string name)
    {
        Start(name);
        End();
    }

    private void Start(string name) => xml.WriteStartElement(name, _namespaces.Registry);

    private void End() => xml.WriteEndElement();
}
