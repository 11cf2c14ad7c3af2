using System.Collections.Immutable;

namespace Dsm.Exchange.Registry;

/// <summary>
/// What somebody asks of the registry. All of it happens in one transaction or nothing does, whatever door it came through: REST, an
/// upload, a form, the folder of structures.
/// </summary>
public sealed record StructureSubmission
{
    /// <summary>What is to be done, in order.</summary>
    public required ImmutableArray<StructureTask> Tasks { get; init; }

    /// <summary>Who asks.</summary>
    public required Maintainer By { get; init; }

    /// <summary>The door it came through and what it is called there, e.g. <c>rest</c>, <c>upload codelists.xml</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>Why, in the words of who asks.</summary>
    public string? Comment { get; init; }

    /// <summary>The message as received; kept verbatim.</summary>
    public byte[]? Message { get; init; }

    /// <summary>Media type of the message.</summary>
    public string? MediaType { get; init; }

    /// <summary>
    /// <see cref="RegistrySnapshot.Transaction"/> of the state the asker looked at; null for whatever there is. When one of the artefacts
    /// was changed by somebody else since, the submission is refused (X0313).
    /// </summary>
    public long? BasedOn { get; init; }
}
