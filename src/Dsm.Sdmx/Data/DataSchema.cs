using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Data;

/// <summary>
/// The resolved contract of a dataset: components with their codes and limits, and all constraints of data structure, dataflow and
/// provision agreement. Made once, immutable, shared by readers, validation, mapping, writers and storage.
/// </summary>
public sealed class DataSchema
{
    /// <summary>Word of the standard for "no dimension is apart at the observation": flat data.</summary>
    public const string AllDimensions = "AllDimensions";

    private readonly FrozenDictionary<string, SchemaComponent> _byId;

    internal DataSchema(DataStructure structure, Dataflow? dataflow, ProvisionAgreement? agreement, ImmutableArray<SchemaComponent> components, ImmutableArray<SchemaConstraint> constraints)
    {
        Structure = structure;
        Dataflow = dataflow;
        Agreement = agreement;
        Components = components;
        Constraints = constraints;
        Dimensions = [.. components.Where(c => c.Role == ComponentRole.Dimension)];
        TimeDimension = components.FirstOrDefault(c => c.Role == ComponentRole.TimeDimension);
        Measures = [.. components.Where(c => c.Role == ComponentRole.Measure)];
        SeriesAttributes = [.. components.Where(c => c.Role == ComponentRole.Attribute && c.Level != AttachmentLevel.Observation)];
        ObservationAttributes = [.. components.Where(c => c.Role == ComponentRole.Attribute && c.Level == AttachmentLevel.Observation)];
        Frequency = Dimensions.FirstOrDefault(d => d.Id == "FREQ")
            ?? Dimensions.FirstOrDefault(d => structure.Dimensions.First(x => x.Id == d.Id).ConceptRoles.Any(r => r.ItemId == "FREQ"));
        _byId = components.ToFrozenDictionary(c => c.Id);
    }

    /// <summary>The data structure.</summary>
    public DataStructure Structure { get; }

    /// <summary>The dataflow; null when resolved from a data structure alone.</summary>
    public Dataflow? Dataflow { get; }

    /// <summary>The provision agreement; null when not resolved from one.</summary>
    public ProvisionAgreement? Agreement { get; }

    /// <summary>All components: dimensions in key order, time, measures, attributes.</summary>
    public ImmutableArray<SchemaComponent> Components { get; }

    /// <summary>Dimensions of the series key in order; time is not among them.</summary>
    public ImmutableArray<SchemaComponent> Dimensions { get; }

    /// <summary>The time dimension, or null.</summary>
    public SchemaComponent? TimeDimension { get; }

    /// <summary>Measures in order.</summary>
    public ImmutableArray<SchemaComponent> Measures { get; }

    /// <summary>Attributes above the observation (data set, group, series), in order of the structure.</summary>
    public ImmutableArray<SchemaComponent> SeriesAttributes { get; }

    /// <summary>Attributes of the observation, in order of the structure.</summary>
    public ImmutableArray<SchemaComponent> ObservationAttributes { get; }

    /// <summary>
    /// Top attributes of the metadata structure that the data structure names, whose values may be reported inside data sets at any
    /// level (<see cref="ObservationBatch.Metadata"/>); empty when it names none or one that is not known.
    /// </summary>
    public ImmutableArray<SchemaMetadataAttribute> MetadataAttributes { get; internal init; } = [];

    /// <summary>True when the data structure names a metadata structure that is known.</summary>
    public bool HasMetadataStructure => !MetadataAttributes.IsEmpty;

    /// <summary>The frequency dimension (id or role FREQ), or null.</summary>
    public SchemaComponent? Frequency { get; }

    /// <summary>Constraints; all must hold.</summary>
    public ImmutableArray<SchemaConstraint> Constraints { get; }

    /// <summary>Reference to what the schema was resolved from: agreement, dataflow or data structure.</summary>
    public StructureReference Reference => (Agreement as Maintainable ?? Dataflow ?? (Maintainable)Structure).Reference;

    /// <summary>Languages of the names that messages of data show: of the structure and flow, of components and of their codes.</summary>
    public FrozenSet<string> Languages => field ??= NameLanguages();

    /// <summary>The component with an id, or null.</summary>
    public SchemaComponent? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>
    /// Codes of a component that some key allowed by all constraints can have, as bits over its <see cref="SchemaComponent.Codes"/>:
    /// what partial codelists and templates show. All bits when nothing constrains it; empty for an uncoded component.
    /// </summary>
    public BitArray Allowed(SchemaComponent component)
    {
        ArgumentNullException.ThrowIfNull(component);
        BitArray allowed = new(component.Codes?.Count ?? 0, true);
        foreach (SchemaConstraint constraint in Constraints)
        {
            allowed.And(constraint.Allowed(component));
        }

        return allowed;
    }

    /// <summary>A constraint in the numbers of this schema, whether it is attached to it or not; components that the schema has not are passed over.</summary>
    public SchemaConstraint InNumbers(DataConstraint constraint)
    {
        ArgumentNullException.ThrowIfNull(constraint);
        return DataSchemaResolver.InNumbers(Components, constraint);
    }

    /// <summary>
    /// Resolves a provision agreement, dataflow or data structure against a set of structures. Problems (dangling references) become
    /// issues; the result is null when the structure itself cannot be found.
    /// </summary>
    public static DataSchema? Resolve(StructureSet structures, StructureReference reference, IssueList issues)
        => new DataSchemaResolver(structures, issues).Resolve(reference);

    private FrozenSet<string> NameLanguages()
    {
        HashSet<string> languages = new(StringComparer.OrdinalIgnoreCase);
        Learn(Structure.Name);
        Learn(Dataflow?.Name ?? default);
        Learn(Agreement?.Name ?? default);
        foreach (SchemaComponent component in Components)
        {
            Learn(component.Name);
            foreach (Code code in component.Codelist?.Codes ?? [])
            {
                Learn(code.Name);
            }
        }

        return languages.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

        void Learn(LocalisedText name)
        {
            foreach (KeyValuePair<string, string> text in name.Texts)
            {
                languages.Add(text.Key);
            }
        }
    }
}
