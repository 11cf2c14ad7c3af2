using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>How a request went (SDMXRegistryBase.xsd, StatusMessageType).</summary>
/// <param name="Status">Whether it went well.</param>
/// <param name="Texts">What there is to say.</param>
public sealed record StatusMessage(RequestStatus Status, ImmutableArray<StatusText> Texts);

/// <summary>A text about how a request went.</summary>
/// <param name="Code">Code of the standard or of the registry, or null.</param>
/// <param name="Text">Text by language.</param>
public sealed record StatusText(string? Code, LocalisedText Text);

/// <summary>Whether a request went well.</summary>
public enum RequestStatus
{
    /// <summary>It did.</summary>
    Success,

    /// <summary>It did, with something to be told.</summary>
    Warning,

    /// <summary>It did not.</summary>
    Failure,
}
