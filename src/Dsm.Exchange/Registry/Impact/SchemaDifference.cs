using System.Collections.Immutable;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>What is other in a data schema.</summary>
public enum SchemaChange
{
    /// <summary>The data structure cannot be resolved any more.</summary>
    StructureGone,

    /// <summary>The flow has another version: data sent from then on are kept apart from those there are.</summary>
    FlowVersion,

    /// <summary>A component is new.</summary>
    ComponentAdded,

    /// <summary>A component is gone.</summary>
    ComponentRemoved,

    /// <summary>A component is something else, or stands at another level.</summary>
    RoleChanged,

    /// <summary>A value must be given now.</summary>
    BecameMandatory,

    /// <summary>A value need not be given any more.</summary>
    BecameOptional,

    /// <summary>The type or the limits of the values are others, or the component is coded now or no more.</summary>
    FormatChanged,

    /// <summary>Codes are gone.</summary>
    CodesRemoved,

    /// <summary>Codes are new.</summary>
    CodesAdded,

    /// <summary>Codes have another name.</summary>
    CodesRenamed,

    /// <summary>Codes have another parent.</summary>
    CodesMoved,

    /// <summary>Codes are valid for another time.</summary>
    CodesValidity,

    /// <summary>A constraint is new, gone or other.</summary>
    ConstraintChanged,
}

/// <summary>One difference between two data schemas.</summary>
/// <param name="Change">What is other.</param>
/// <param name="Component">Id of the component; short reference of a constraint or flow; empty for the structure as a whole.</param>
/// <param name="Codes">Ids of the codes concerned; empty when it is not about codes.</param>
/// <param name="MayInvalidate">True when stored data that are valid may not be so any more.</param>
public sealed record SchemaDifference(SchemaChange Change, string Component, ImmutableArray<string> Codes, bool MayInvalidate);
