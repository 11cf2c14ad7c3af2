using Dsm.Sdmx.Data;

namespace Dsm.Sdmx.Formats.Csv;

/// <summary>
/// The order of columns (field guide 2.0, "Columns"): the dimensions of all structures, then the measures of all, then the attributes,
/// each in the order of their structure. Structures share the columns of components with one id.
/// </summary>
internal static class CsvColumnOrder
{
    /// <summary>The columns with their ids, and the components of the structures that share them.</summary>
    public static IEnumerable<(string Id, IReadOnlyList<SchemaComponent> Components)> Of(DataSchema[] schemas, Func<DataSchema, SchemaComponent, string> idOf, DataSelection selection)
        => schemas is [{ } only] ? Ordered(only).Where(selection.Includes).Select(c => (idOf(only, c), (IReadOnlyList<SchemaComponent>)[c])) : Shared(schemas, idOf, selection);

    private static IEnumerable<(string Id, IReadOnlyList<SchemaComponent> Components)> Shared(DataSchema[] schemas, Func<DataSchema, SchemaComponent, string> idOf, DataSelection selection)
        => schemas.SelectMany(s => Ordered(s).Where(selection.Includes).Select(c => (Id: idOf(s, c), Component: c)))
            .GroupBy(c => c.Id, (id, all) => (Id: id, Components: (IReadOnlyList<SchemaComponent>)[.. all.Select(c => c.Component)]))
            .OrderBy(c => c.Components[0].Role switch { ComponentRole.Dimension or ComponentRole.TimeDimension => 0, ComponentRole.Measure => 1, _ => 2 });

    private static IEnumerable<SchemaComponent> Ordered(DataSchema schema) => schema.Dimensions
        .Concat(schema.TimeDimension is { } time ? [time] : [])
        .Concat(schema.Measures)
        .Concat(schema.Components.Where(c => c.Role == ComponentRole.Attribute));
}
