using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Formats.Xml;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats;

/// <summary>A message to or from a registry (SDMXMessage.xsd, RegistryInterface).</summary>
/// <param name="Header">The header; null when the message has none.</param>
/// <param name="Content">What it says; null when it says nothing, or nothing that could be read.</param>
public sealed record RegistryMessage(MessageHeader? Header, RegistryContent? Content)
{
    /// <summary>Format of the message; null when it could not be told.</summary>
    public SdmxFormat? Format { get; init; }

    /// <summary>Notes in the footer.</summary>
    public ImmutableArray<FooterNote> Footer { get; init; } = [];
}

/// <summary>What a message to or from a registry says: one of the eleven requests, responses and notifications of the standard.</summary>
public abstract record RegistryContent;

/// <summary>Structures to be added, replaced or deleted.</summary>
public sealed record SubmitStructureRequest : RegistryContent
{
    /// <summary>Where the structures are; null when they are in the message.</summary>
    public string? StructureLocation { get; init; }

    /// <summary>The structures.</summary>
    public ImmutableArray<Maintainable> Structures { get; init; } = [];

    /// <summary>What is to be done with single structures, against <see cref="Action"/>.</summary>
    public ImmutableArray<SubmittedStructure> Submitted { get; init; } = [];

    /// <summary>What is to be done, as written: Append when not said.</summary>
    public string Action { get; init; } = "Append";

    /// <summary>True when the registry is to fetch external references.</summary>
    public bool ExternalDependencies { get; init; }
}

/// <summary>A structure that is or was submitted.</summary>
/// <param name="Object">The structure; null when it could not be read.</param>
/// <param name="Action">What is to be, or was, done; null when not said.</param>
/// <param name="ExternalDependencies">Whether external references are to be fetched; null when not said.</param>
public sealed record SubmittedStructure(StructureReference? Object, string? Action = null, bool? ExternalDependencies = null);

/// <summary>How a submission of structures went.</summary>
/// <param name="Results">One for each structure.</param>
public sealed record SubmitStructureResponse(ImmutableArray<SubmissionResult> Results) : RegistryContent;

/// <summary>How the submission of a structure went.</summary>
/// <param name="Submitted">The structure.</param>
/// <param name="Status">How it went.</param>
public sealed record SubmissionResult(SubmittedStructure Submitted, StatusMessage Status);

/// <summary>Registrations to be added, replaced or deleted.</summary>
/// <param name="Requests">The registrations.</param>
public sealed record SubmitRegistrationsRequest(ImmutableArray<RegistrationRequest> Requests) : RegistryContent;

/// <summary>A registration to be added, replaced or deleted.</summary>
/// <param name="Action">What is to be done.</param>
/// <param name="Registration">The registration.</param>
public sealed record RegistrationRequest(string Action, Registration Registration);

/// <summary>How a submission of registrations went.</summary>
/// <param name="Results">One for each registration.</param>
public sealed record SubmitRegistrationsResponse(ImmutableArray<RegistrationStatus> Results) : RegistryContent;

/// <summary>How the submission of a registration went.</summary>
/// <param name="Registration">The registration.</param>
/// <param name="Status">How it went.</param>
public sealed record RegistrationStatus(Registration Registration, StatusMessage Status);

/// <summary>A question for registrations.</summary>
public sealed record QueryRegistrationRequest : RegistryContent
{
    /// <summary>Of what: <c>DataSets</c>, <c>MetadataSets</c> or <c>AllSets</c>.</summary>
    public string QueryType { get; init; } = "AllSets";

    /// <summary>A provision agreement, data provider, dataflow or metadataflow; null for all.</summary>
    public StructureReference? About { get; init; }

    /// <summary>First instant of what is asked for, as written; null when not said.</summary>
    public string? ReferencePeriodStart { get; init; }

    /// <summary>Last instant of what is asked for, as written; null when not said.</summary>
    public string? ReferencePeriodEnd { get; init; }

    /// <summary>Keys of data asked for.</summary>
    public ImmutableArray<DataKeySet> KeySets { get; init; } = [];

    /// <summary>Keys of reports asked for (2.1).</summary>
    public ImmutableArray<DataKeySet> MetadataKeySets { get; init; } = [];

    /// <summary>Regions of data asked for.</summary>
    public ImmutableArray<CubeRegion> Regions { get; init; } = [];

    /// <summary>Regions of reference metadata asked for.</summary>
    public ImmutableArray<MetadataTargetRegion> TargetRegions { get; init; } = [];

    /// <summary>True when constraints are asked for too.</summary>
    public bool ReturnConstraints { get; init; }
}

/// <summary>The answer to a question for registrations.</summary>
/// <param name="Status">How it went.</param>
/// <param name="Results">The registrations found.</param>
public sealed record QueryRegistrationResponse(StatusMessage Status, ImmutableArray<QueryRegistrationResult> Results) : RegistryContent;

/// <summary>A registration found.</summary>
/// <param name="Registration">The registration.</param>
/// <param name="IsOfMetadata">True when it is of reference metadata, false when it is of data.</param>
/// <param name="TimeSeriesMatch">True when what was asked for was found in the keys of series.</param>
/// <param name="Constraints">Constraints on it, when they were asked for.</param>
public sealed record QueryRegistrationResult(Registration Registration, bool IsOfMetadata, bool TimeSeriesMatch, ImmutableArray<StructureReference> Constraints);

/// <summary>Subscriptions to be added, replaced or deleted.</summary>
/// <param name="Requests">The subscriptions.</param>
public sealed record SubmitSubscriptionsRequest(ImmutableArray<SubscriptionRequest> Requests) : RegistryContent;

/// <summary>A subscription to be added, replaced or deleted.</summary>
/// <param name="Action">What is to be done.</param>
/// <param name="Subscription">The subscription.</param>
public sealed record SubscriptionRequest(string Action, Subscription Subscription);

/// <summary>How a submission of subscriptions went.</summary>
/// <param name="Results">One for each subscription.</param>
public sealed record SubmitSubscriptionsResponse(ImmutableArray<SubscriptionStatus> Results) : RegistryContent;

/// <summary>How the submission of a subscription went.</summary>
/// <param name="Urn">URN that the registry gave it, or null.</param>
/// <param name="SubscriberAssignedId">Id that the subscriber gave it, or null.</param>
/// <param name="Status">How it went.</param>
public sealed record SubscriptionStatus(string? Urn, string? SubscriberAssignedId, StatusMessage Status);

/// <summary>A question for the subscriptions of an organisation.</summary>
/// <param name="Organisation">The organisation; null when it could not be read.</param>
public sealed record QuerySubscriptionRequest(StructureReference? Organisation) : RegistryContent;

/// <summary>The answer to a question for subscriptions.</summary>
/// <param name="Status">How it went.</param>
/// <param name="Subscriptions">The subscriptions found.</param>
public sealed record QuerySubscriptionResponse(StatusMessage Status, ImmutableArray<Subscription> Subscriptions) : RegistryContent;

/// <summary>What a registry tells a subscriber.</summary>
public sealed record NotifyRegistryEvent : RegistryContent
{
    /// <summary>When it happened, as written.</summary>
    public string EventTime { get; init; } = "";

    /// <summary>URN of the structure it happened to; null when it was a registration.</summary>
    public string? ObjectUrn { get; init; }

    /// <summary>Id of the registration it happened to; null when it was a structure.</summary>
    public string? RegistrationId { get; init; }

    /// <summary>URN of the subscription that led to this message.</summary>
    public string SubscriptionUrn { get; init; } = "";

    /// <summary>What happened: Append, Replace, Delete, Information.</summary>
    public string EventAction { get; init; } = "Information";

    /// <summary>The structures it happened to, when they are told.</summary>
    public ImmutableArray<Maintainable> Structures { get; init; } = [];

    /// <summary>The registration it happened to, when it is told.</summary>
    public Registration? Registration { get; init; }
}
