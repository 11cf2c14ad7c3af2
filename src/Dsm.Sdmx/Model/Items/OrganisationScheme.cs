using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>Somebody to turn to.</summary>
public sealed record Contact
{
    /// <summary>Id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>Name of the person or office.</summary>
    public LocalisedText Name { get; init; }

    /// <summary>Department.</summary>
    public LocalisedText Department { get; init; }

    /// <summary>Role.</summary>
    public LocalisedText Role { get; init; }

    /// <summary>Telephone numbers, fax numbers, X.400 addresses, URIs and e-mail addresses: kind (element name) and text.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Details { get; init; } = [];
}

/// <summary>An agency, data provider, data consumer or organisation unit.</summary>
public sealed record Organisation : Item
{
    /// <summary>Contacts.</summary>
    public ImmutableArray<Contact> Contacts { get; init; } = [];
}

/// <summary>
/// A scheme of organisations: agencies, data providers, data consumers, metadata providers or units; <see cref="SchemeType"/> says which.
/// Agency and provider schemes have fixed ids and version 1.0 (information model, OrganisationScheme).
/// </summary>
public sealed record OrganisationScheme : ItemScheme
{
    /// <summary>Which of the organisation schemes.</summary>
    public required StructureType SchemeType { get; init; }

    /// <inheritdoc/>
    public override StructureType Type => SchemeType;

    /// <summary>The organisations in order.</summary>
    public ImmutableArray<Organisation> Organisations { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Organisations;
}
