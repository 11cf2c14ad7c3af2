using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>That an organisation wants to be told of events in a registry (SDMXRegistrySubscription.xsd, SubscriptionType).</summary>
public sealed record Subscription
{
    /// <summary>The organisation; null only where a message does not say it.</summary>
    public StructureReference? Organisation { get; init; }

    /// <summary>URN that the registry gave the subscription; null in a new one.</summary>
    public string? RegistryUrn { get; init; }

    /// <summary>Mail addresses, as URIs, for notifications.</summary>
    public ImmutableArray<NotificationAddress> MailTo { get; init; } = [];

    /// <summary>Web addresses for notifications.</summary>
    public ImmutableArray<NotificationAddress> Http { get; init; } = [];

    /// <summary>Id that the subscriber gave, or null.</summary>
    public string? SubscriberAssignedId { get; init; }

    /// <summary>First day, as written.</summary>
    public string StartDate { get; init; } = "";

    /// <summary>Last day, as written.</summary>
    public string EndDate { get; init; } = "";

    /// <summary>Changes of structures it is about; null for none.</summary>
    public StructuralEvents? StructuralEvents { get; init; }

    /// <summary>Registrations of data it is about; null for none.</summary>
    public RegistrationEvents? DataEvents { get; init; }

    /// <summary>Registrations of reference metadata it is about; null for none.</summary>
    public RegistrationEvents? MetadataEvents { get; init; }
}

/// <summary>Where notifications go.</summary>
/// <param name="Url">Address.</param>
/// <param name="IsSoap">True when they are to be sent as SOAP messages.</param>
public sealed record NotificationAddress(string Url, bool IsSoap = false);

/// <summary>Changes of structures that a subscription is about.</summary>
/// <param name="AgencyIds">Agencies whose structures are meant; <c>%</c> stands for any.</param>
/// <param name="Objects">What kinds of structures, and which; empty for all.</param>
public sealed record StructuralEvents(ImmutableArray<string> AgencyIds, ImmutableArray<StructuralEventObject> Objects);

/// <summary>A kind of structures, or some of them. Without any property all of the kind are meant.</summary>
/// <param name="Kind">Element of the standard, e.g. <c>Codelist</c>, <c>KeyFamily</c> (a data structure).</param>
public sealed record StructuralEventObject(string Kind)
{
    /// <summary>URN of the one meant, or null.</summary>
    public string? Urn { get; init; }

    /// <summary>Id, <c>%</c> for any; null when not said.</summary>
    public string? Id { get; init; }

    /// <summary>Version, <c>%</c> for any; null when not said.</summary>
    public string? Version { get; init; }
}

/// <summary>Registrations that a subscription is about.</summary>
/// <param name="Objects">Of what; empty for all.</param>
public sealed record RegistrationEvents(ImmutableArray<RegistrationEventObject> Objects);

/// <summary>What registrations are about that a subscription is about: exactly one property beside the kind is not null.</summary>
/// <param name="Kind">Element of the standard, e.g. <c>ProvisionAgreement</c>, <c>DataflowReference</c>.</param>
public sealed record RegistrationEventObject(string Kind)
{
    /// <summary>Id of a registration.</summary>
    public string? RegistrationId { get; init; }

    /// <summary>An agreement, a provider or a category.</summary>
    public StructureReference? Reference { get; init; }

    /// <summary>URN of a flow or structure.</summary>
    public string? Urn { get; init; }

    /// <summary>Flows or structures by agency, id and version.</summary>
    public MaintainableQuery? Query { get; init; }
}

/// <summary>Artefacts by their identity, each part of which may be <c>%</c> for any (version <c>*</c>); null when not said.</summary>
/// <param name="AgencyId">Agency.</param>
/// <param name="Id">Id.</param>
/// <param name="Version">Version.</param>
public sealed record MaintainableQuery(string? AgencyId, string? Id, string? Version);
