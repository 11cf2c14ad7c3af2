using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>A scheme of VTL definitions (SDMX information model, Validation and Transformation Language).</summary>
public abstract record VtlScheme : ItemScheme
{
    /// <summary>Version of VTL, e.g. <c>2.0</c>; null only in stubs.</summary>
    public string? VtlVersion { get; init; }
}

/// <summary>One VTL statement.</summary>
public sealed record Transformation : Item
{
    /// <summary>Right side of the statement.</summary>
    public required string Expression { get; init; }

    /// <summary>Left side: name of the result.</summary>
    public required string Result { get; init; }

    /// <summary>True when the result is stored.</summary>
    public bool IsPersistent { get; init; }
}

/// <summary>VTL statements that are executed together.</summary>
public sealed record TransformationScheme : VtlScheme
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.TransformationScheme;

    /// <summary>The statements in order.</summary>
    public ImmutableArray<Transformation> Transformations { get; init; } = [];

    /// <summary>The VTL mapping scheme that gives the names used, or null.</summary>
    public StructureReference? VtlMappingScheme { get; init; }

    /// <summary>Ruleset schemes used.</summary>
    public ImmutableArray<StructureReference> RulesetSchemes { get; init; } = [];

    /// <summary>Name personalisation scheme used, or null.</summary>
    public StructureReference? NamePersonalisationScheme { get; init; }

    /// <summary>Custom type scheme used, or null.</summary>
    public StructureReference? CustomTypeScheme { get; init; }

    /// <summary>Operator schemes used.</summary>
    public ImmutableArray<StructureReference> UserDefinedOperatorSchemes { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Transformations;

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References
        => new[] { VtlMappingScheme, NamePersonalisationScheme, CustomTypeScheme }.OfType<StructureReference>()
            .Concat(RulesetSchemes).Concat(UserDefinedOperatorSchemes);
}

/// <summary>A VTL ruleset.</summary>
public sealed record Ruleset : Item
{
    /// <summary>The VTL statement that defines it.</summary>
    public required string Definition { get; init; }

    /// <summary><c>datapoint</c> or <c>hierarchical</c>.</summary>
    public required string RulesetType { get; init; }

    /// <summary><c>variable</c> or <c>valuedomain</c>.</summary>
    public required string Scope { get; init; }
}

/// <summary>A scheme of VTL rulesets.</summary>
public sealed record RulesetScheme : VtlScheme
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.RulesetScheme;

    /// <summary>The rulesets in order.</summary>
    public ImmutableArray<Ruleset> Rulesets { get; init; } = [];

    /// <summary>The VTL mapping scheme that gives the names used, or null.</summary>
    public StructureReference? VtlMappingScheme { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Rulesets;

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => VtlMappingScheme is null ? [] : [VtlMappingScheme];
}

/// <summary>A VTL operator defined by its user.</summary>
public sealed record UserDefinedOperator : Item
{
    /// <summary>The VTL statement that defines it.</summary>
    public required string Definition { get; init; }
}

/// <summary>A scheme of VTL operators.</summary>
public sealed record UserDefinedOperatorScheme : VtlScheme
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.UserDefinedOperatorScheme;

    /// <summary>The operators in order.</summary>
    public ImmutableArray<UserDefinedOperator> Operators { get; init; } = [];

    /// <summary>The VTL mapping scheme that gives the names used, or null.</summary>
    public StructureReference? VtlMappingScheme { get; init; }

    /// <summary>Ruleset schemes used.</summary>
    public ImmutableArray<StructureReference> RulesetSchemes { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Operators;

    /// <inheritdoc/>
    public override IEnumerable<StructureReference> References => VtlMappingScheme is null ? RulesetSchemes : RulesetSchemes.Prepend(VtlMappingScheme);
}

/// <summary>How a VTL scalar type is written in SDMX.</summary>
public sealed record CustomType : Item
{
    /// <summary>The VTL scalar type.</summary>
    public required string VtlScalarType { get; init; }

    /// <summary>The SDMX data type, or a type outside the standard.</summary>
    public required string DataType { get; init; }

    /// <summary>Format of literals in VTL, or null.</summary>
    public string? VtlLiteralFormat { get; init; }

    /// <summary>Format of the output, or null.</summary>
    public string? OutputFormat { get; init; }

    /// <summary>What stands for null, or null.</summary>
    public string? NullValue { get; init; }
}

/// <summary>A scheme of custom types.</summary>
public sealed record CustomTypeScheme : VtlScheme
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.CustomTypeScheme;

    /// <summary>The types in order.</summary>
    public ImmutableArray<CustomType> CustomTypes { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => CustomTypes;
}

/// <summary>Replaces a standard VTL name.</summary>
public sealed record NamePersonalisation : Item
{
    /// <summary>VTL object type that is named.</summary>
    public required string VtlArtefact { get; init; }

    /// <summary>The name VTL gives.</summary>
    public required string VtlDefaultName { get; init; }

    /// <summary>The name used instead.</summary>
    public required string PersonalisedName { get; init; }
}

/// <summary>A scheme of name personalisations.</summary>
public sealed record NamePersonalisationScheme : VtlScheme
{
    /// <inheritdoc/>
    public override StructureType Type => StructureType.NamePersonalisationScheme;

    /// <summary>The personalisations in order.</summary>
    public ImmutableArray<NamePersonalisation> Personalisations { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<Item> AllItems => Personalisations;
}
