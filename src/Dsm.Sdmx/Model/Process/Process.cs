using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>What goes into a step of a process, or comes out of it.</summary>
/// <param name="Object">The object.</param>
/// <param name="LocalId">Id by which the step speaks of it, or null.</param>
public sealed record ProcessArtefact(StructureReference Object, string? LocalId = null)
{
    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>How a step is done.</summary>
public sealed record Computation
{
    /// <summary>Id by which the step speaks of it, or null.</summary>
    public string? LocalId { get; init; }

    /// <summary>Software, or null.</summary>
    public string? SoftwarePackage { get; init; }

    /// <summary>Language of the software, or null.</summary>
    public string? SoftwareLanguage { get; init; }

    /// <summary>Version of the software, or null.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>What is done.</summary>
    public LocalisedText Description { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>A way from one step to another.</summary>
/// <param name="Id">Id; null when the source gave none.</param>
/// <param name="TargetStep">Id path of the step it leads to, dotted when nested.</param>
/// <param name="Condition">When it is taken.</param>
public sealed record Transition(string? Id, string TargetStep, LocalisedText Condition)
{
    /// <summary>Id by which the step speaks of it, or null.</summary>
    public string? LocalId { get; init; }

    /// <summary>Links to further resources (SDMX 3.0 Link).</summary>
    public ImmutableArray<Link> Links { get; init; } = [];

    /// <summary>Further link, as a URI, or null.</summary>
    public string? Uri { get; init; }

    /// <summary>Annotations.</summary>
    public ImmutableArray<Annotation> Annotations { get; init; } = [];
}

/// <summary>A step of a process; its children are nested.</summary>
public sealed record ProcessStep : Item
{
    /// <summary>What goes in.</summary>
    public ImmutableArray<ProcessArtefact> Inputs { get; init; } = [];

    /// <summary>What comes out.</summary>
    public ImmutableArray<ProcessArtefact> Outputs { get; init; } = [];

    /// <summary>How it is done, or null.</summary>
    public Computation? Computation { get; init; }

    /// <summary>Ways to other steps.</summary>
    public ImmutableArray<Transition> Transitions { get; init; } = [];

    /// <summary>Steps inside this one.</summary>
    public ImmutableArray<ProcessStep> Children { get; init; } = [];
}

/// <summary>A statistical process described by its steps (Process).</summary>
public sealed record Process : Maintainable
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.Process;

    /// <summary>Top steps in order.</summary>
    public ImmutableArray<ProcessStep> Steps { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References
        => Flatten(Steps).SelectMany(s => s.Inputs.Concat(s.Outputs)).Select(a => a.Object).Distinct();

    private static IEnumerable<ProcessStep> Flatten(IEnumerable<ProcessStep> steps) => steps.SelectMany(s => Flatten(s.Children).Prepend(s));
}
