namespace Dsm.Exchange.Registry.Subscriptions;

/// <summary>How somebody is told.</summary>
public enum ChangeChannel
{
    /// <summary>By a letter.</summary>
    Email,

    /// <summary>By a signed HTTP POST.</summary>
    Post,
}

/// <summary>How far a subscription is.</summary>
public enum SubscriptionStatus
{
    /// <summary>The address has not confirmed that it wants this.</summary>
    Pending,

    /// <summary>Changes are sent.</summary>
    Active,

    /// <summary>The address did not take what was sent; nothing is lost, and nothing is sent until the owner resumes.</summary>
    Suspended,

    /// <summary>Over.</summary>
    Ended,
}

/// <summary>The wish to be told of changes of structures.</summary>
public sealed class ChangeSubscription
{
    /// <summary>Number.</summary>
    public long Id { get; set; }

    /// <summary>How.</summary>
    public ChangeChannel Channel { get; set; }

    /// <summary>E-mail address or URL.</summary>
    public required string Address { get; set; }

    /// <summary>Language of letters, two letters.</summary>
    public required string Language { get; set; }

    /// <summary><see cref="ChangeFilter.AgencyId"/>.</summary>
    public string? AgencyId { get; set; }

    /// <summary><see cref="ChangeFilter.Class"/>.</summary>
    public string? Class { get; set; }

    /// <summary><see cref="ChangeFilter.ArtefactId"/>.</summary>
    public string? ArtefactId { get; set; }

    /// <summary><see cref="ChangeFilter.WithDrafts"/>.</summary>
    public bool WithDrafts { get; set; }

    /// <summary><see cref="ChangeFilter.WithProposals"/>; only of subscriptions with an owner.</summary>
    public bool WithProposals { get; set; }

    /// <summary>User who made it; null for a reader without an account.</summary>
    public string? Owner { get; set; }

    /// <summary>The secret that messages are signed with, protected; null for letters.</summary>
    public string? Secret { get; set; }

    /// <summary>How far it is.</summary>
    public SubscriptionStatus Status { get; set; }

    /// <summary>Only changes by transactions above this number are sent.</summary>
    public long Since { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the address confirmed it.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Which changes are wanted.</summary>
    public ChangeFilter Filter => new() { AgencyId = AgencyId, Class = Class, ArtefactId = ArtefactId, WithDrafts = WithDrafts, WithProposals = WithProposals };
}
