using System.Globalization;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Conformance.Clients;

/// <summary>
/// What a message says, one fact a line, fields separated by tabs: the common tongue of our model and of the scripts that ask the
/// clients. Facts stand in ordinal order, because clients keep what they read in orders of their own.
/// </summary>
internal static class ClientFacts
{
    private static readonly string[] Languages = ["en", "ru"];

    public static IReadOnlyList<string> Of(IEnumerable<Maintainable> artefacts) => Sorted(artefacts.SelectMany(Of));

    public static IReadOnlyList<string> Of(IEnumerable<ObservationBatch> batches) => Sorted(batches.SelectMany(Of));

    /// <summary>Facts in order. Clients have numbers where we have digits: <c>343.10</c> is <c>343.1</c> here.</summary>
    public static IReadOnlyList<string> Sorted(IEnumerable<string> facts) => [.. facts.Select(WithPlainNumber).Order(StringComparer.Ordinal)];

    /// <summary>What is expected and was not found, and what was found and is not expected, the first of each; empty when all agree.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<string> found, IEnumerable<string> expected)
    {
        ILookup<string, string> foundBy = found.ToLookup(f => f), expectedBy = Sorted(expected).ToLookup(f => f);
        return
        [
            .. expectedBy.Where(e => foundBy[e.Key].Count() < e.Count()).Take(2).Select(e => "not found: " + e.Key),
            .. foundBy.Where(f => expectedBy[f.Key].Count() < f.Count()).Take(2).Select(f => "not expected: " + f.Key),
        ];
    }

    private static string WithPlainNumber(string fact)
        => string.Join('\t', fact.Split('\t').Select(f => f.StartsWith("OBS_VALUE=", StringComparison.Ordinal)
            && decimal.TryParse(f.AsSpan(10), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
                ? string.Create(CultureInfo.InvariantCulture, $"OBS_VALUE={value:0.##########}")
                : f));

    private static IEnumerable<string> Of(Maintainable artefact)
    {
        string identity = $"{artefact.AgencyId}:{artefact.Id}({artefact.Version})";
        switch (artefact)
        {
            case Codelist list:
                return Items("Codelist", "Code", identity, list);
            case ConceptScheme scheme:
                return Items("ConceptScheme", "Concept", identity, scheme);
            case Dataflow flow:
                return [Line(["Dataflow", identity, flow.Structure!.Id, .. Names(flow.Name)])];
            case DataStructure structure:
                return structure.Dimensions.Select((d, i) => Line("Dimension", identity, $"{i + 1}", d.Id, d.Representation?.Enumeration?.Id ?? ""))
                    .Concat(structure.Attributes.Select(a => Line("Attribute", identity, a.Id, a.Representation?.Enumeration?.Id ?? "")))
                    .Concat(structure.Measures.Select(m => Line("Measure", identity, m.Id)));
            default:
                throw new ArgumentException($"{artefact.Type.Class} is not asked of clients", nameof(artefact));
        }
    }

    private static IEnumerable<string> Items(string scheme, string item, string identity, ItemScheme items)
        => items.AllItems.Select(i => Line([item, identity, i.Id, .. Names(i.Name)]))
            .Prepend(Line([scheme, identity, $"{items.AllItems.Count()}", .. Names(items.Name)]));

    private static IEnumerable<string> Names(LocalisedText name) => Languages.Select(l => name[l] ?? "");

    private static IEnumerable<string> Of(ObservationBatch batch)
    {
        for (int row = 0; row < batch.Count; row++)
        {
            int series = batch.SeriesOf[row];
            IEnumerable<(string Id, string? Value)> values = batch.Dimensions.Concat(batch.SeriesAttributes).Select(c => (c.Component.Id, Plain(c, series)))
                .Concat(batch.ObservationAttributes.Select(c => (c.Component.Id, Plain(c, row))))
                .Append(("TIME_PERIOD", batch.Periods[row].ToString()))
                .Append(("OBS_VALUE", batch.Measures.Single()[row].ToString()));
            yield return Line(["Observation", .. values.Where(v => v.Value is not null).Select(v => $"{v.Id}={v.Value}").Order(StringComparer.Ordinal)]);
        }
    }

    private static string? Plain(ValueColumn column, int row)
        => column[row] is { } cell ? ComplexValue.Parse(column.Component, cell).ToDisplay("; ") : null;

    private static string Line(params string[] fields)
        => string.Join('\t', fields.Select(f => f
            .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)));
}
