using System.Globalization;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats;

/// <summary>Counts of series and observations, which formats before SDMX 3.1 tell by annotations of a constraint (REST 1.5, availability).</summary>
internal static class AvailabilityCounts
{
    private const string MetricsType = "sdmx_metrics";

    /// <summary>A constraint on what there is with its counts as annotations; any other as it is.</summary>
    public static DataConstraint ToAnnotations(DataConstraint constraint)
    {
        if (constraint.Role != ConstraintRole.Actual)
        {
            return constraint;
        }

        Annotation? Metric(string id, long? count) => count is null ? null
            : new Annotation { Id = id, Type = MetricsType, Title = count.Value.ToString(CultureInfo.InvariantCulture) };
        Annotation[] metrics = [.. new[] { Metric("series_count", constraint.SeriesCount), Metric("obs_count", constraint.ObservationCount) }.OfType<Annotation>()];
        return metrics.Length == 0 ? constraint : constraint with { Annotations = constraint.Annotations.AddRange(metrics) };
    }

    /// <summary>Takes the counts out of the annotations.</summary>
    public static DataConstraint FromAnnotations(DataConstraint constraint)
    {
        if (constraint.Role != ConstraintRole.Actual)
        {
            return constraint;
        }

        foreach (Annotation annotation in constraint.Annotations.Where(a => a is { Type: MetricsType, Id: "series_count" or "obs_count" }))
        {
            if (long.TryParse(annotation.Title, NumberStyles.None, CultureInfo.InvariantCulture, out long count))
            {
                constraint = (annotation.Id == "series_count" ? constraint with { SeriesCount = count } : constraint with { ObservationCount = count })
                    with { Annotations = constraint.Annotations.Remove(annotation) };
            }
        }

        return constraint;
    }
}
