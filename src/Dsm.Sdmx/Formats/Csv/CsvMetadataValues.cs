using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>The tree of reported attributes out of the fields of one record.</summary>
internal static class CsvMetadataValues
{
    /// <summary>The attributes of a metadata set.</summary>
    public static ImmutableArray<ReportedAttribute> Read(string[] fields, CsvMetadataHeader header)
        => [.. header.Attributes.SelectMany(c => Instances(c, c.Ordinal < 0 ? "" : fields[c.Ordinal], Fields(c, fields), header.SubSeparator))];

    /// <summary>The fields of the columns below one.</summary>
    private static Dictionary<CsvMetadataColumn, string> Fields(CsvMetadataColumn column, string[] fields)
    {
        Dictionary<CsvMetadataColumn, string> below = new(ReferenceEqualityComparer.Instance as IEqualityComparer<CsvMetadataColumn>);
        Add(column);
        return below;

        void Add(CsvMetadataColumn parent)
        {
            foreach (CsvMetadataColumn child in parent.Children)
            {
                below[child] = child.Ordinal < 0 ? "" : fields[child.Ordinal];
                Add(child);
            }
        }
    }

    /// <summary>The occurrences of an attribute in a part of a record: one, or as many as its column or a column below it has parts.</summary>
    private static IEnumerable<ReportedAttribute> Instances(CsvMetadataColumn column, string field, Dictionary<CsvMetadataColumn, string> below, char separator)
    {
        if (!column.IsMultiple)
        {
            return One(column, field, below, separator) is { } only ? [only] : [];
        }

        List<string> values = field.Length == 0 ? [] : CsvSubFields.Split(field, separator);
        Dictionary<CsvMetadataColumn, List<string>> parts = below.ToDictionary(b => b.Key, b => b.Value.Length == 0 ? [] : CsvSubFields.Split(b.Value, separator));
        int count = parts.Values.Select(p => p.Count).Append(values.Count).Max();
        return Enumerable.Range(0, count)
            .Select(i => One(column, values.ElementAtOrDefault(i) ?? "", parts.ToDictionary(p => p.Key, p => p.Value.ElementAtOrDefault(i) ?? ""), separator))
            .OfType<ReportedAttribute>();
    }

    private static ReportedAttribute? One(CsvMetadataColumn column, string value, Dictionary<CsvMetadataColumn, string> below, char separator)
    {
        ImmutableArray<ReportedAttribute> children = [.. column.Children.SelectMany(c => Instances(c, below[c], Within(c, below), separator))];
        if (value.Length == 0 && children.IsEmpty)
        {
            return null;
        }

        LocalisedText texts = column.IsMultilingual && value.Length > 0 ? CsvSubFields.Texts(value, separator) : default;
        bool hasLanguages = !texts.IsEmpty && texts.Texts[0].Key != ComplexValue.NoLanguage;
        string? plain = hasLanguages || value.Length == 0 ? null : texts.IsEmpty ? WithoutLabel(column, value) : texts.Texts[0].Value;
        return new ReportedAttribute
        {
            Id = column.Id,
            Value = plain,
            Text = hasLanguages ? texts : default,
            IsStructured = hasLanguages && ReportedAttribute.LooksStructured(texts),
            Children = children,
        };
    }

    private static Dictionary<CsvMetadataColumn, string> Within(CsvMetadataColumn column, Dictionary<CsvMetadataColumn, string> fields)
    {
        HashSet<CsvMetadataColumn> inside = [];
        Collect(column);
        return fields.Where(f => inside.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value);

        void Collect(CsvMetadataColumn parent)
        {
            foreach (CsvMetadataColumn child in parent.Children)
            {
                inside.Add(child);
                Collect(child);
            }
        }
    }

    /// <summary>The code in front of its name. Only what looks like a code is one: texts may hold colons too.</summary>
    private static string WithoutLabel(CsvMetadataColumn column, string value)
    {
        int label = column.IsLabelled ? value.IndexOf(": ", StringComparison.Ordinal) : -1;
        return label > 0 && !value.AsSpan(0, label).ContainsAny(" \t\r\n<>,;\"") ? value[..label] : value;
    }
}
