using System.Collections.Immutable;

namespace Dsm.Sdmx.Model;

/// <summary>What a report of SDMX 2.1 is about: a target of the metadata structure with values for its parts (TargetType).</summary>
/// <param name="Id">Id of the target in the metadata structure.</param>
/// <param name="Values">Values of its parts in order.</param>
public sealed record ReportTarget(string Id, ImmutableArray<TargetValue> Values);

/// <summary>A value of a part of a report's target (ReferenceValueType): exactly one of its properties beside the id is not null.</summary>
/// <param name="Id">Id of the target object, e.g. <c>REPORT_PERIOD_TARGET</c>.</param>
public sealed record TargetValue(string Id)
{
    /// <summary>Id that the standard fixes for the period of a report.</summary>
    public const string PeriodId = "REPORT_PERIOD_TARGET";

    /// <summary>Id that the standard fixes for a data set.</summary>
    public const string DataSetId = "DATA_SET_TARGET";

    /// <summary>Id that the standard fixes for the key of a series or group.</summary>
    public const string DataKeyId = "DIMENSION_DESCRIPTOR_VALUES_TARGET";

    /// <summary>Id that the standard fixes for an attachment constraint.</summary>
    public const string ConstraintId = "CONSTRAINT_CONTENT_TARGET";

    /// <summary>URN of an object.</summary>
    public string? Object { get; init; }

    /// <summary>A (partial) key of data.</summary>
    public DataKey? DataKey { get; init; }

    /// <summary>A data set.</summary>
    public SetReference? DataSet { get; init; }

    /// <summary>An attachment constraint whose keys are meant.</summary>
    public StructureReference? Constraint { get; init; }

    /// <summary>A period, as written.</summary>
    public string? Period { get; init; }
}
