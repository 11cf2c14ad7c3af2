using System.Collections.Immutable;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>Subscriptions and notifications.</summary>
internal sealed partial class RegistryParser
{
    private SubscriptionRequest SubscriptionRequest()
    {
        string action = cursor.Attribute("action") ?? "";
        return new SubscriptionRequest(action, List("Subscription", Subscription).FirstOrDefault() ?? new Subscription());
    }

    private SubscriptionStatus SubscriptionStatus()
    {
        SubscriptionStatus result = new(null, null, NoStatus);
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "SubscriptionURN":
                    result = result with { Urn = cursor.Token() };
                    break;
                case "SubscriberAssignedID":
                    result = result with { SubscriberAssignedId = cursor.Token() };
                    break;
                case "StatusMessage":
                    result = result with { Status = Status() };
                    break;
                default:
                    cursor.Unexpected("SubscriptionStatus");
                    break;
            }
        }

        return result;
    }

    private QuerySubscriptionResponse QuerySubscriptionResponse()
    {
        QuerySubscriptionResponse response = new(NoStatus, []);
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "StatusMessage":
                    response = response with { Status = Status() };
                    break;
                case "Subscription":
                    response = response with { Subscriptions = response.Subscriptions.Add(Subscription()) };
                    break;
                default:
                    cursor.Unexpected("QuerySubscriptionResponse");
                    break;
            }
        }

        return response;
    }

    private Subscription Subscription()
    {
        Subscription subscription = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "Organisation":
                    subscription = subscription with { Organisation = _parser.Reference("Agency") };
                    break;
                case "RegistryURN":
                    subscription = subscription with { RegistryUrn = cursor.Token() };
                    break;
                case "NotificationMailTo":
                    subscription = subscription with { MailTo = subscription.MailTo.Add(Address()) };
                    break;
                case "NotificationHTTP":
                    subscription = subscription with { Http = subscription.Http.Add(Address()) };
                    break;
                case "SubscriberAssignedID":
                    subscription = subscription with { SubscriberAssignedId = cursor.Token() };
                    break;
                case "ValidityPeriod":
                    subscription = Validity(subscription);
                    break;
                case "EventSelector":
                    subscription = Events(subscription);
                    break;
                default:
                    cursor.Unexpected("Subscription");
                    break;
            }
        }

        return subscription;
    }

    private NotificationAddress Address()
    {
        bool isSoap = cursor.Flag("isSOAP") ?? false;
        return new NotificationAddress(cursor.Token(), isSoap);
    }

    private Subscription Validity(Subscription subscription)
    {
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "StartDate":
                    subscription = subscription with { StartDate = cursor.Token() };
                    break;
                case "EndDate":
                    subscription = subscription with { EndDate = cursor.Token() };
                    break;
                default:
                    cursor.Unexpected("ValidityPeriod");
                    break;
            }
        }

        return subscription;
    }

    private Subscription Events(Subscription subscription)
    {
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "StructuralRepositoryEvents":
                    subscription = subscription with { StructuralEvents = StructuralEvents() };
                    break;
                case "DataRegistrationEvents":
                    subscription = subscription with { DataEvents = RegistrationEvents() };
                    break;
                case "MetadataRegistrationEvents":
                    subscription = subscription with { MetadataEvents = RegistrationEvents() };
                    break;
                default:
                    cursor.Unexpected("EventSelector");
                    break;
            }
        }

        return subscription;
    }

    private StructuralEvents StructuralEvents()
    {
        StructuralEvents events = new([], []);
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "AgencyID":
                    // The schema gives an empty element its default.
                    string agency = cursor.Token();
                    events = events with { AgencyIds = events.AgencyIds.Add(agency.Length == 0 ? "%" : agency) };
                    break;
                case "AllEvents":
                    break;
                default:
                    events = events with { Objects = events.Objects.Add(StructuralObject(name)) };
                    break;
            }
        }

        return events;
    }

    private StructuralEventObject StructuralObject(string kind)
    {
        StructuralEventObject found = new(kind);
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "All":
                    break;
                case "URN":
                    found = found with { Urn = cursor.Token() };
                    break;
                case "ID":
                    found = found with { Id = OrAny(cursor.Token()) };
                    break;
                case "Version":
                    found = found with { Version = OrAny(cursor.Token()) };
                    break;
                default:
                    cursor.Unexpected(kind);
                    break;
            }
        }

        return found;
    }

    private static string OrAny(string text) => text.Length == 0 ? "%" : text;

    private RegistrationEvents RegistrationEvents()
    {
        ImmutableArray<RegistrationEventObject>.Builder objects = ImmutableArray.CreateBuilder<RegistrationEventObject>();
        string element = cursor.Name;
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "AllEvents":
                    break;
                case "RegistrationID":
                    objects.Add(new RegistrationEventObject(name) { RegistrationId = cursor.Token() });
                    break;
                case "ProvisionAgreement" or "DataProvider" or "Category":
                    objects.Add(new RegistrationEventObject(name) { Reference = _parser.Reference(name) });
                    break;
                case "DataflowReference" or "KeyFamilyReference" or "MetadataflowReference" or "MetadataStructureDefinitionReference":
                    objects.Add(Maintainables(name));
                    break;
                default:
                    cursor.Unexpected(element);
                    break;
            }
        }

        return new RegistrationEvents(objects.DrainToImmutable());
    }

    private RegistrationEventObject Maintainables(string kind)
    {
        RegistrationEventObject found = new(kind);
        foreach (string name in cursor.Children())
        {
            found = name == "URN" ? found with { Urn = cursor.Token() }
                : found with { Query = new MaintainableQuery(cursor.Attribute("agencyID"), cursor.Attribute("id"), cursor.Attribute("version")) };
        }

        return found;
    }

    private NotifyRegistryEvent NotifyRegistryEvent()
    {
        NotifyRegistryEvent told = new();
        foreach (string name in cursor.Children())
        {
            switch (name)
            {
                case "EventTime":
                    told = told with { EventTime = cursor.Token() };
                    break;
                case "ObjectURN":
                    told = told with { ObjectUrn = cursor.Token() };
                    break;
                case "RegistrationID":
                    told = told with { RegistrationId = cursor.Token() };
                    break;
                case "SubscriptionURN":
                    told = told with { SubscriptionUrn = cursor.Token() };
                    break;
                case "EventAction":
                    told = told with { EventAction = cursor.Token() };
                    break;
                case "StructuralEvent":
                    foreach (string part in cursor.Children())
                    {
                        told = part == "Structures" ? told with { Structures = [.. told.Structures, .. Structures()] } : told;
                    }

                    break;
                case "RegistrationEvent":
                    told = told with { Registration = List("Registration", Registration).FirstOrDefault() };
                    break;
                default:
                    cursor.Unexpected("NotifyRegistryEvent");
                    break;
            }
        }

        return told;
    }
}
