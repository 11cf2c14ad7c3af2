using System.Collections.Immutable;
using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Validation;

/// <summary>Judges reported values against the attributes of a metadata structure: known, how often, each value against codelist or format.</summary>
/// <param name="issues">Takes the findings.</param>
/// <param name="unknown">Makes the finding about an attribute that the structure does not have, of its path and place.</param>
internal sealed class ReportedAttributeCheck(IssueList issues, Func<string, Location, Issue> unknown)
{
    private readonly Dictionary<SchemaMetadataAttribute, ValueCheck?> _checks = [];

    /// <summary>Judges values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="known">What may be reported.</param>
    /// <param name="at">The place of a value (null: of what it is missing in) and path.</param>
    /// <param name="isPart">True when top attributes may be left out, as in an update.</param>
    public void Check(ImmutableArray<ReportedAttribute> values, ImmutableArray<SchemaMetadataAttribute> known, Func<ReportedAttribute?, string, Location> at, bool isPart)
        => Check(values, known, at, null, "", isPart);

    private void Check(
        ImmutableArray<ReportedAttribute> values, ImmutableArray<SchemaMetadataAttribute> known, Func<ReportedAttribute?, string, Location> at, ReportedAttribute? owner, string parent, bool isPart)
    {
        foreach (ReportedAttribute value in values)
        {
            if (known.FirstOrDefault(k => k.Component.Id == value.Id) is { } attribute)
            {
                CheckValue(value, attribute, at(value, attribute.Path));
                Check(value.Children, attribute.Children, at, value, attribute.Path + ".", isPart: false);
            }
            else
            {
                issues.Add(unknown(parent + value.Id, at(value, parent + value.Id)));
            }
        }

        foreach (SchemaMetadataAttribute attribute in known)
        {
            int count = values.Count(v => v.Id == attribute.Component.Id);
            string? limit = count > attribute.MaxOccurs ? string.Create(CultureInfo.InvariantCulture, $"≤ {attribute.MaxOccurs}")
                : count < attribute.MinOccurs && !isPart ? string.Create(CultureInfo.InvariantCulture, $"≥ {attribute.MinOccurs}")
                : null;
            if (limit is not null)
            {
                issues.Add(new Issue(IssueCodes.ValueCount, at(values.LastOrDefault(v => v.Id == attribute.Component.Id) ?? owner, attribute.Path), attribute.Path, count, limit));
            }
        }
    }

    private void CheckValue(ReportedAttribute value, SchemaMetadataAttribute attribute, Location location)
    {
        IEnumerable<string> texts = value.Value is { } plain ? value.Text.Texts.Select(t => t.Value).Prepend(plain) : value.Text.Texts.Select(t => t.Value);
        foreach (string text in texts)
        {
            SchemaComponent component = attribute.Component with { Id = attribute.Path };
            if (attribute.IsPresentational)
            {
                issues.Add(new Issue(IssueCodes.BadValue, location, text, attribute.Path, "-"));
            }
            else if (component.IsCoded)
            {
                if (component.Codes!.IndexOf(text) < 0 && text != MissingValues.Other)
                {
                    issues.Add(new Issue(IssueCodes.UnknownCode, location, text, attribute.Path, component.CodelistName));
                }
            }
            else if (CheckOf(attribute)?.Find(text) is { } fault)
            {
                issues.Add(fault.At(location, component, text));
            }
        }

        foreach (string language in value.Text.Texts.GroupBy(t => t.Key, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            issues.Add(new Issue(IssueCodes.DuplicateLanguage, location, attribute.Path, language));
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
