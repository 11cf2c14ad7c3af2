namespace Dsm.Sdmx.Model;

/// <summary>An annotation (SDMX information model, Base). All parts are optional.</summary>
public sealed record Annotation
{
    /// <summary>Id, unique within what it annotates.</summary>
    public string? Id { get; init; }

    /// <summary>Title, not translated.</summary>
    public string? Title { get; init; }

    /// <summary>Type: says how the annotation is to be processed.</summary>
    public string? Type { get; init; }

    /// <summary>Link to further text, whatever the language.</summary>
    public string? Url { get; init; }

    /// <summary>Links to further text by language (SDMX 3.0), and links beyond the first that name no language (language empty).</summary>
    public LocalisedText Urls { get; init; }

    /// <summary>Value (SDMX 3.0); not translated.</summary>
    public string? Value { get; init; }

    /// <summary>Text in several languages.</summary>
    public LocalisedText Text { get; init; }
}
