using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Validation;

/// <summary>
/// Judges reference metadata inside a data set against the metadata structure: known attributes, how often they occur, each value
/// against codelist or format. Top attributes may be left out: an update reports what it changes.
/// </summary>
internal sealed class MetadataCheck(DataSchema schema, IssueList issues)
{
    private readonly Dictionary<SchemaMetadataAttribute, ValueCheck?> _checks = [];

    /// <summary>Judges a report.</summary>
    public void Check(MetadataReport report)
    {
        if (schema.HasMetadataStructure)
        {
            Check(report, report.Attributes, schema.MetadataAttributes, "", isTop: true);
        }
        else if (schema.Structure.MetadataStructure is null)
        {
            // No metadata structure is named at all; one that is named and not known here says nothing either way.
            issues.Add(new Issue(IssueCodes.UnexpectedElement, At(report, null), "Metadata", schema.Structure.Reference));
        }
    }

    private static Location At(MetadataReport report, string? path)
        => new(report.Line, report.Column, report.KeyText, report.Period.IsNone ? null : report.Period.ToString(), path);

    private void Check(MetadataReport report, ImmutableArray<ReportedAttribute> values, ImmutableArray<SchemaMetadataAttribute> known, string parent, bool isTop)
    {
        foreach (ReportedAttribute value in values)
        {
            if (known.FirstOrDefault(k => k.Component.Id == value.Id) is { } attribute)
            {
                CheckValue(report, value, attribute);
                Check(report, value.Children, attribute.Children, attribute.Path + ".", isTop: false);
            }
            else
            {
                issues.Add(new Issue(IssueCodes.UnknownComponent, At(report, parent + value.Id), parent + value.Id));
            }
        }

        foreach (SchemaMetadataAttribute attribute in known)
        {
            int count = values.Count(v => v.Id == attribute.Component.Id);
            string? limit = count > attribute.MaxOccurs ? string.Create(CultureInfo.InvariantCulture, $"≤ {attribute.MaxOccurs}")
                : count < attribute.MinOccurs && !isTop ? string.Create(CultureInfo.InvariantCulture, $"≥ {attribute.MinOccurs}")
                : null;
            if (limit is not null)
            {
                issues.Add(new Issue(IssueCodes.ValueCount, At(report, attribute.Path), attribute.Path, count, limit));
            }
        }
    }

    private void CheckValue(MetadataReport report, ReportedAttribute value, SchemaMetadataAttribute attribute)
    {
        IEnumerable<string> texts = value.Value is { } plain ? value.Text.Texts.Select(t => t.Value).Prepend(plain) : value.Text.Texts.Select(t => t.Value);
        foreach (string text in texts)
        {
            SchemaComponent component = attribute.Component with { Id = attribute.Path };
            if (attribute.IsPresentational)
            {
                issues.Add(new Issue(IssueCodes.BadValue, At(report, attribute.Path), text, attribute.Path, "-"));
            }
            else if (component.IsCoded)
            {
                if (component.Codes!.IndexOf(text) < 0 && text != MissingValues.Other)
                {
                    issues.Add(new Issue(IssueCodes.UnknownCode, At(report, attribute.Path), text, attribute.Path, component.CodelistName));
                }
            }
            else if (CheckOf(attribute)?.Find(text) is { } fault)
            {
                issues.Add(fault.At(At(report, attribute.Path), component, text));
            }
        }

        foreach (string language in value.Text.Texts.GroupBy(t => t.Key, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            issues.Add(new Issue(IssueCodes.DuplicateLanguage, At(report, attribute.Path), attribute.Path, language));
        }
    }

    private ValueCheck? CheckOf(SchemaMetadataAttribute attribute)
    {
        if (!_checks.TryGetValue(attribute, out ValueCheck? check))
        {
            _checks.Add(attribute, check = ValueCheck.For(attribute.Component));
        }

        return check;
    }
}
