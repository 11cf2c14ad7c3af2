using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Subscriptions and notifications.</summary>
internal sealed partial class RegistryXml
{
    private void SubscriptionContent(RegistryContent content)
    {
        switch (content)
        {
            case SubmitSubscriptionsRequest request:
                Each("SubscriptionRequest", request.Requests, r =>
                {
                    Action(r.Action, "SubscriptionRequest");
                    Start("Subscription");
                    Subscription(r.Subscription);
                    End();
                });
                break;
            case SubmitSubscriptionsResponse response:
                Each("SubscriptionStatus", response.Results, r =>
                {
                    Element("SubscriptionURN", r.Urn);
                    Element("SubscriberAssignedID", r.SubscriberAssignedId);
                    Status(r.Status);
                });
                break;
            case QuerySubscriptionRequest request:
                Organisation(request.Organisation);
                break;
            case QuerySubscriptionResponse response:
                Status(response.Status);
                Each("Subscription", response.Subscriptions, Subscription);
                break;
            case NotifyRegistryEvent told:
                Notification(told);
                break;
        }
    }

    private void Subscription(Subscription subscription)
    {
        Organisation(subscription.Organisation);
        Element("RegistryURN", subscription.RegistryUrn);
        Addresses("NotificationMailTo", subscription.MailTo);
        Addresses("NotificationHTTP", subscription.Http);
        Element("SubscriberAssignedID", subscription.SubscriberAssignedId);
        Start("ValidityPeriod");
        Element("StartDate", subscription.StartDate);
        Element("EndDate", subscription.EndDate);
        End();
        Start("EventSelector");
        if (subscription.StructuralEvents is { } structural)
        {
            Structural(structural);
        }

        Registrations("DataRegistrationEvents", subscription.DataEvents);
        Registrations("MetadataRegistrationEvents", subscription.MetadataEvents);
        End();
    }

    /// <summary>Writes the organisation, of which there are four kinds: 2.1 has no Ref element for what may be any of them.</summary>
    private void Organisation(StructureReference? organisation)
    {
        if (organisation is null || parts.IsVersion3)
        {
            Reference("Organisation", organisation);
            return;
        }

        Start("Organisation");
        xml.WriteElementString("URN", "", XmlText.Clean(organisation.Urn));
        End();
    }

    private void Addresses(string element, ImmutableArray<NotificationAddress> addresses) => Each(element, addresses, a =>
    {
        parts.Flag("isSOAP", a.IsSoap);
        xml.WriteString(XmlText.Clean(a.Url));
    });

    private void Structural(StructuralEvents events)
    {
        Start("StructuralRepositoryEvents");
        foreach (string agency in events.AgencyIds)
        {
            Element("AgencyID", agency);
        }

        if (events.Objects.IsEmpty)
        {
            Empty("AllEvents");
        }

        foreach (StructuralEventObject one in events.Objects)
        {
            Start(one.Kind);
            if (one.Urn is { } urn)
            {
                Element("URN", urn);
            }
            else if (one.Id is null && one.Version is null)
            {
                Empty("All");
            }
            else
            {
                Element("ID", one.Id ?? "%");

                // Categorisations have no version here.
                Element("Version", one.Kind == "Categorisation" ? null : one.Version ?? "%");
            }

            End();
        }

        End();
    }

    private void Registrations(string element, RegistrationEvents? events)
    {
        if (events is null)
        {
            return;
        }

        Start(element);
        if (events.Objects.IsEmpty)
        {
            Empty("AllEvents");
        }

        foreach (RegistrationEventObject one in events.Objects)
        {
            if (one.RegistrationId is { } id)
            {
                Element("RegistrationID", id);
            }
            else if (one.Reference is { } reference)
            {
                Reference(one.Kind, reference);
            }
            else
            {
                Start(one.Kind);
                Element("URN", one.Urn);
                if (one.Query is { } query)
                {
                    Start("Ref");
                    parts.Attribute("agencyID", query.AgencyId);
                    parts.Attribute("id", query.Id);
                    parts.Attribute("version", query.Version);
                    End();
                }

                End();
            }
        }

        End();
    }

    private void Notification(NotifyRegistryEvent told)
    {
        Element("EventTime", told.EventTime);
        if (told.ObjectUrn is { } urn)
        {
            Element("ObjectURN", urn);
        }
        else
        {
            Element("RegistrationID", told.RegistrationId);
        }

        Element("SubscriptionURN", told.SubscriptionUrn);
        string action = told.EventAction;
        if (action == "Merge" && _namespaces != SdmxNamespaces.V31)
        {
            parts.NotCarried("RegistryContent.Action", "NotifyRegistryEvent");
            action = "Append";
        }

        Element("EventAction", action);
        if (!told.Structures.IsEmpty)
        {
            Start("StructuralEvent");
            Structures(told.Structures);
            End();
        }
        else if (told.Registration is { } registration)
        {
            Start("RegistrationEvent");
            Registration(registration);
            End();
        }
    }
}
