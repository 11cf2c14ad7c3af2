using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;

namespace Dsm.Sdmx.Validation;

/// <summary>
/// Judges reference metadata inside a data set against the metadata structure: known attributes, how often they occur, each value
/// against codelist or format. Top attributes may be left out: an update reports what it changes.
/// </summary>
internal sealed class MetadataCheck(DataSchema schema, IssueList issues)
{
    private readonly ReportedAttributeCheck _attributes = new(issues, (path, location) => new Issue(IssueCodes.UnknownComponent, location, path));

    /// <summary>Judges a report.</summary>
    public void Check(MetadataReport report)
    {
        if (schema.HasMetadataStructure)
        {
            _attributes.Check(report.Attributes, schema.MetadataAttributes, (_, path) => At(report, path), isPart: true);
        }
        else if (schema.Structure.MetadataStructure is null)
        {
            // No metadata structure is named at all; one that is named and not known here says nothing either way.
            issues.Add(new Issue(IssueCodes.UnexpectedElement, At(report, null), "Metadata", schema.Structure.Reference));
        }
    }

    private static Location At(MetadataReport report, string? path)
        => new(report.Line, report.Column, report.KeyText, report.Period.IsNone ? null : report.Period.ToString(), path);
}
