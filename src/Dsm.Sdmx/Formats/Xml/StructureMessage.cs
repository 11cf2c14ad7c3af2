using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Xml;

/// <summary>A structure message: its header and what it holds.</summary>
/// <param name="Header">The header; null when the message has none.</param>
/// <param name="Structures">The artefacts.</param>
public sealed record StructureMessage(MessageHeader? Header, StructureSet Structures)
{
    /// <summary>Format of the message; null when it could not be told.</summary>
    public SdmxFormat? Format { get; init; }

    /// <summary>Notes in the footer: code, severity (as written, may be empty) and text.</summary>
    public ImmutableArray<FooterNote> Footer { get; init; } = [];
}

/// <summary>A note in the footer of a message.</summary>
/// <param name="Code">Code of the standard or of the sender.</param>
/// <param name="Severity">Error, Warning, Information, or null when not said.</param>
/// <param name="Text">The text.</param>
public sealed record FooterNote(string Code, string? Severity, LocalisedText Text);
