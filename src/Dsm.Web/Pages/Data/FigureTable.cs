using System.Collections.Immutable;
using System.Globalization;
using Dsm.Exchange.Overview;
using Dsm.Sdmx.Data;
using Dsm.Web.Localisation;

namespace Dsm.Web.Pages.Data;

/// <summary>One figure of a table.</summary>
/// <param name="Value">The number; null when it is missing.</param>
/// <param name="Statuses">Codes of OBS_STATUS other than the normal one.</param>
/// <param name="Confidentiality">Code of CONF_STATUS other than free; null when free.</param>
/// <param name="Parts">Figures added up by the hub; 1 for a figure as sent.</param>
/// <param name="Missing">Of those, how many had no number.</param>
public readonly record struct Figure(decimal? Value, ImmutableArray<string> Statuses, string? Confidentiality = null, int Parts = 1, int Missing = 0)
{
    /// <summary>The figure as shown: a number by the page's culture, or <c>:</c> when it is missing.</summary>
    public string Text => Value is { } value ? value.ToString("#,0.##########", CultureInfo.CurrentCulture) : ":";

    /// <summary>Letters beside it: statuses, confidentiality, Σ for a sum of the hub, * for a sum with gaps.</summary>
    public string Flags => string.Concat(Statuses.IsDefault ? [] : Statuses) + (Confidentiality is { } c ? $"({c})" : "") + (Parts > 1 ? Missing > 0 ? "Σ*" : "Σ" : "");

    /// <summary>The letters without Σ, for a table in which everything is a sum.</summary>
    public string FlagsOfSums => Flags.Replace("Σ", "", StringComparison.Ordinal);
}

/// <summary>A row: a series, or a total.</summary>
/// <param name="Key">Codes by dimension position; null where all codes are meant.</param>
/// <param name="Figures">Figures by period.</param>
public sealed record FigureRow(ImmutableArray<string?> Key, IReadOnlyDictionary<TimePeriod, Figure> Figures);

/// <summary>Rows of figures with periods across, ready to be shown.</summary>
public sealed class FigureTable
{
    private readonly DataSchema _schema;
    private readonly PageTexts _texts;

    /// <summary>Arranges rows.</summary>
    public FigureTable(DataSchema schema, IReadOnlyList<FigureRow> rows, int stateDimension, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(rows);
        (_schema, _texts, Rows) = (schema, texts, rows);
        Periods = [.. rows.SelectMany(r => r.Figures.Keys).Distinct().Order()];

        // The state stands in front where it tells rows apart, as every dimension; it names a row that nothing else does.
        Labels = [.. schema.Dimensions.Where(d => rows.Select(r => r.Key[d.Index]).Distinct().Skip(1).Any()).OrderBy(d => d.Index == stateDimension ? 0 : 1)];
        Labels = Labels.IsEmpty ? [.. schema.Dimensions.Where(d => d.Index == stateDimension)] : Labels;
        Fixed = rows.Count == 0 ? [] : [.. schema.Dimensions.Where(d => !Labels.Contains(d) && rows[0].Key[d.Index] is not null)];
    }

    /// <summary>The rows.</summary>
    public IReadOnlyList<FigureRow> Rows { get; }

    /// <summary>The periods in order.</summary>
    public ImmutableArray<TimePeriod> Periods { get; }

    /// <summary>True when every number is a sum of the hub: then it is said once.</summary>
    public bool IsAllSums => Rows.SelectMany(r => r.Figures.Values).Where(f => f.Value is not null).All(f => f.Parts > 1);

    /// <summary>Dimensions that label rows.</summary>
    public ImmutableArray<SchemaComponent> Labels { get; }

    /// <summary>Dimensions with one code in all rows.</summary>
    public ImmutableArray<SchemaComponent> Fixed { get; }

    /// <summary>Name of a row's code in a dimension.</summary>
    public string Name(FigureRow row, SchemaComponent dimension)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(dimension);
        return CodeName(dimension, row.Key[dimension.Index], _texts);
    }

    /// <summary>Name of a row in one line.</summary>
    public string Name(FigureRow row) => string.Join(", ", Labels.Select(d => Name(row, d)));

    /// <summary>Codes of a status attribute that occur, with their names.</summary>
    public IEnumerable<(string Code, string Name)> Legend(string attribute)
    {
        IEnumerable<string> codes = Rows.SelectMany(r => r.Figures.Values)
            .SelectMany(f => attribute == "OBS_STATUS" ? f.Statuses.IsDefault ? [] : f.Statuses.AsEnumerable() : f.Confidentiality is { } c ? [c] : []);
        return codes.Distinct().Order(StringComparer.Ordinal).Select(c => (c, _schema.Find(attribute) is { } component ? CodeName(component, c, _texts) : c));
    }

    /// <summary>Name of a code in the page's language.</summary>
    public static string CodeName(SchemaComponent component, string? code, PageTexts texts)
    {
        ArgumentNullException.ThrowIfNull(component);
        ArgumentNullException.ThrowIfNull(texts);
        return code is null ? texts["data.all"] : component.Codelist?.Find(code) is { } found ? texts.Of(found.Name, code) : code;
    }

    /// <summary>A row of totals.</summary>
    public static FigureRow Of(TotalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new FigureRow(row.Key, row.Values.ToDictionary(v => v.Key, v => new Figure(v.Value.Value, v.Value.Statuses, null, v.Value.Parts, v.Value.Missing)));
    }
}
