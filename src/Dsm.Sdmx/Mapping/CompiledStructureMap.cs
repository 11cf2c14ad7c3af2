using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Mapping;

/// <summary>
/// A structure map made ready to run over batches: one data structure to another (SDMX 3.0 information model, "Structure Map").
/// Immutable, may be kept and shared; <see cref="Start"/> it for each data set.
/// </summary>
/// <remarks>
/// Only what the map names is carried over: components of the same id are not copied by themselves. An observation for which a
/// mapping gives nothing for a dimension is left out, as the standard says ("zero output series"); it is reported with its reason.
/// </remarks>
public sealed class CompiledStructureMap
{
    internal CompiledStructureMap(string name, DataSchema source, DataSchema target, bool isSummed, ImmutableArray<MapRule> rules, ImmutableArray<(ColumnSlot, string)> fixedValues)
        => (Name, Source, Target, IsSummed, Rules, FixedValues) = (name, source, target, isSummed, rules, fixedValues);

    /// <summary>Short reference of the structure map, for messages.</summary>
    public string Name { get; }

    /// <summary>Schema of what goes in.</summary>
    public DataSchema Source { get; }

    /// <summary>Schema of what comes out.</summary>
    public DataSchema Target { get; }

    /// <summary>
    /// True when observations that meet on one target key and period are to be added up (<see cref="Aggregator"/>) by whoever stages
    /// them; else they are collisions (<see cref="Validation.ValidationOptions.Mapped"/>).
    /// </summary>
    public bool IsSummed { get; }

    internal ImmutableArray<MapRule> Rules { get; }

    internal ImmutableArray<(ColumnSlot Slot, string Text)> FixedValues { get; }

    /// <summary>
    /// Compiles a structure map. Faults of the map (unknown component, wrong number of values, expression that cannot be read, target
    /// dimension without a source) are reported as <see cref="IssueCodes.MapDefinition"/>; the result is then null.
    /// </summary>
    public static CompiledStructureMap? Compile(StructureMap map, StructureSet structures, DataSchema source, DataSchema target, IssueList issues, MappingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        return new StructureMapCompiler(map, structures, source, target, issues, options ?? MappingOptions.Default).Compile();
    }

    /// <summary>The map of a structure to itself: every component copied.</summary>
    public static CompiledStructureMap Identity(DataSchema schema) => Identity(schema, schema);

    /// <summary>The map between two schemas of one structure, e.g. of an agreement and of its dataflow: components of the same id copied.</summary>
    public static CompiledStructureMap Identity(DataSchema source, DataSchema target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        string name = target.Structure.Reference.ToString();
        ImmutableArray<MapRule> rules = [.. source.Components.Where(c => target.Find(c.Id) is not null).Select(c => new CopyRule
        {
            SourceIds = c.Id,
            Source = ColumnSlot.Of(source, c),
            Targets = [ColumnSlot.Of(target, target.Find(c.Id)!)],
            IsOfSeries = ColumnSlot.Of(source, c).IsOfSeries,
            MapName = name,
        })];
        return new CompiledStructureMap(name, source, target, false, rules, []);
    }

    /// <summary>Starts the map on a data set of the source structure. Findings go to the list.</summary>
    /// <exception cref="ArgumentException">The data set has another schema.</exception>
    public StructureMapper Start(DataSetSpace source, IssueList issues)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(issues);
        return ReferenceEquals(source.Schema, Source)
            ? new StructureMapper(this, source, issues)
            : throw new ArgumentException("The data set has another schema than the map was compiled for.", nameof(source));
    }
}
