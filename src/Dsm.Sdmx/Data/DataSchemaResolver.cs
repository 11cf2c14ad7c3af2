using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Data;

/// <summary>Makes a <see cref="DataSchema"/>: follows the references from agreement to codelists and turns constraints into bit sets.</summary>
internal sealed class DataSchemaResolver(StructureSet structures, IssueList issues)
{
    private readonly Dictionary<(string Urn, bool FromDraft), CodeIndex> _indexes = [];
    private readonly Dictionary<(string Urn, bool FromDraft), Codelist?> _codelists = [];
    private readonly HashSet<string> _ids = [];

    public DataSchema? Resolve(StructureReference reference)
    {
        ProvisionAgreement? agreement = structures.Find<ProvisionAgreement>(reference);
        Dataflow? flow = agreement is null ? structures.Find<Dataflow>(reference) : structures.FindFrom<Dataflow>(agreement, agreement.Dataflow);
        DataStructure? structure = flow is null ? structures.Find<DataStructure>(reference) : structures.FindFrom<DataStructure>(flow, flow.Structure);
        if (structure is null)
        {
            issues.Add(IssueCodes.UnknownStructure, Location.None, flow?.Structure?.ToString() ?? agreement?.Dataflow?.ToString() ?? reference.ToString());
            return null;
        }

        ImmutableArray<SchemaComponent> components = [.. Components(structure)];
        return new DataSchema(structure, flow, agreement, components, [.. Constraints(components, structure, flow, agreement)])
        {
            MetadataAttributes = structures.FindFrom<MetadataStructure>(structure, structure.MetadataStructure) is { } metadata ? MetadataAttributes(metadata, metadata.Attributes, "") : [],
        };
    }

    /// <summary>Attributes of a metadata structure with their codes.</summary>
    /// <param name="owner">The metadata structure; named in findings.</param>
    /// <param name="attributes">The attributes.</param>
    /// <param name="parent">What stands before their ids in paths.</param>
    public ImmutableArray<SchemaMetadataAttribute> MetadataAttributes(MetadataStructure owner, ImmutableArray<MetadataAttribute> attributes, string parent)
        => [.. attributes.Select((attribute, index) =>
        {
            string path = parent + attribute.Id;
            return new SchemaMetadataAttribute(
                Component(owner, attribute, index, ComponentRole.Attribute, isMetadata: true),
                path,
                attribute.IsPresentational,
                attribute.MinOccurs,
                attribute.MaxOccurs,
                MetadataAttributes(owner, attribute.Children, path + "."));
        })];

    /// <summary>Ids are unique in a data structure; of components of one id only the first counts.</summary>
    private bool IsFirst(Component component, DataStructure structure)
    {
        bool isFirst = _ids.Add(component.Id);
        if (!isFirst)
        {
            issues.Add(IssueCodes.DuplicateId, new Location(Component: component.Id), component.Id, structure.Reference);
        }

        return isFirst;
    }

    private IEnumerable<SchemaComponent> Components(DataStructure structure)
    {
        int index = 0;
        foreach (Dimension dimension in structure.Dimensions.Where(d => !d.IsTime && IsFirst(d, structure)))
        {
            yield return Component(structure, dimension, index++, ComponentRole.Dimension) with { IsMandatory = true };
        }

        if (structure.TimeDimension is { } time && IsFirst(time, structure))
        {
            yield return Component(structure, time, 0, ComponentRole.TimeDimension) with { IsMandatory = true };
        }

        index = 0;
        foreach (Measure measure in structure.Measures.Where(m => IsFirst(m, structure)))
        {
            yield return Component(structure, measure, index++, ComponentRole.Measure) with { IsMandatory = measure.IsMandatory };
        }

        index = 0;
        foreach (DataAttribute attribute in structure.Attributes.Where(a => IsFirst(a, structure)))
        {
            yield return Attach(structure, attribute, Component(structure, attribute, index++, ComponentRole.Attribute));
        }
    }

    private static SchemaComponent Attach(DataStructure structure, DataAttribute attribute, SchemaComponent component)
    {
        string[] keyDimensions = [.. structure.Dimensions.Where(d => !d.IsTime).Select(d => d.Id)];
        string[] dimensions = attribute.Relationship switch
        {
            AttributeRelationship.Group => [.. structure.Groups.FirstOrDefault(g => g.Id == attribute.Group)?.Dimensions ?? []],
            AttributeRelationship.Dimensions => [.. attribute.Dimensions],
            _ => [],
        };
        AttachmentLevel level = attribute.Relationship switch
        {
            AttributeRelationship.Dataflow => AttachmentLevel.DataSet,
            AttributeRelationship.Observation => AttachmentLevel.Observation,
            _ when structure.TimeDimension is { } time && dimensions.Contains(time.Id) => AttachmentLevel.Observation,
            _ when keyDimensions.All(dimensions.Contains) => AttachmentLevel.Series,
            _ => AttachmentLevel.Group,
        };
        return component with
        {
            IsMandatory = attribute.IsMandatory,
            MeasureIds = attribute.Measures,
            Level = level,
            GroupDimensions = level == AttachmentLevel.Group ? [.. dimensions.Select(d => Array.IndexOf(keyDimensions, d)).Where(i => i >= 0)] : [],
            GroupId = attribute.Relationship == AttributeRelationship.Group
                ? attribute.Group
                : structure.Groups.FirstOrDefault(g => g.Dimensions.ToHashSet().SetEquals(dimensions))?.Id,
        };
    }

    private SchemaComponent Component(Maintainable owner, Component component, int index, ComponentRole role, bool isMetadata = false)
    {
        (ConceptScheme? scheme, Concept? concept) = structures.FindConceptFrom(owner, component.Concept) ?? default;
        if (concept is null && !isMetadata)
        {
            issues.Add(IssueCodes.UnresolvedReference, new Location(Component: component.Id), component.Concept, owner.Reference);
        }

        Representation representation = component.Representation ?? concept?.CoreRepresentation
            ?? Representation.Of(role == ComponentRole.TimeDimension ? SdmxDataType.ObservationalTimePeriod : SdmxDataType.String);
        StructureReference? list = representation.Enumeration;
        Maintainable from = component.Representation is null && scheme is not null ? scheme : owner; // where the reference to the list stands
        return new SchemaComponent
        {
            Id = component.Id,
            Index = index,
            Role = role,
            Concept = component.Concept,
            Representation = representation,
            Name = concept?.Name ?? default,
            Codes = list is null ? null : IndexOf(list, from, owner),
            Codelist = list is null ? null : CodelistOf(list, from),
            CodelistName = list?.ToString(),
        };
    }

    /// <summary>The codelist with its extensions, resolved once however many components use it.</summary>
    private Codelist? CodelistOf(StructureReference list, Maintainable from)
    {
        (string, bool) key = (list.Urn, from.Version.Extension is not null);
        if (!_codelists.TryGetValue(key, out Codelist? codelist))
        {
            codelist = structures.FindFrom<Codelist>(from, list);
            _codelists.Add(key, codelist = codelist is null ? null : CodelistExtensions.Resolve(structures, codelist));
        }

        return codelist;
    }

    private CodeIndex IndexOf(StructureReference list, Maintainable from, Maintainable owner)
    {
        (string, bool) key = (list.Urn, from.Version.Extension is not null);
        if (_indexes.TryGetValue(key, out CodeIndex? index))
        {
            return index;
        }

        IEnumerable<string>? codes = structures.FindFrom(from, list) switch
        {
            Codelist => CodelistOf(list, from)!.Codes.Select(c => c.Id),
            ItemScheme scheme => scheme.AllItems.Select(i => i.Id),
            _ => null,
        };
        if (codes is null)
        {
            issues.Add(IssueCodes.UnresolvedReference, Location.None, list, owner.Reference);
        }

        return _indexes[key] = new CodeIndex(codes ?? []);
    }

    // Of a constraint in several versions the latest finished one that is attached here holds: an earlier one must not go on forbidding what
    // the later one allows, and a draft (1.1.0-draft) holds for nobody yet.
    private IEnumerable<SchemaConstraint> Constraints(ImmutableArray<SchemaComponent> components, params Maintainable?[] cascade)
        => structures.Of<DataConstraint>()
            .Where(c => c.Role == ConstraintRole.Allowed && c.Version.Extension is null && IsAttached(c, cascade))
            .GroupBy(c => (c.AgencyId, c.Id)).Select(g => g.MaxBy(c => c.Version)!)
            .Select(c => InNumbers(components, c));

    /// <summary>A constraint on data with some components.</summary>
    public static SchemaConstraint InNumbers(ImmutableArray<SchemaComponent> components, DataConstraint constraint) => new(
        constraint.Reference.ToString(),
        [.. constraint.Regions.Where(r => r.IsIncluded).Select(r => Region(components, r)).OfType<SchemaRegion>()],
        [.. constraint.Regions.Where(r => !r.IsIncluded).Select(r => Region(components, r)).OfType<SchemaRegion>()],
        [.. constraint.KeySets.Select(k => KeySet(components, k))]);

    private bool IsAttached(DataConstraint constraint, Maintainable?[] cascade)
        => cascade.OfType<Maintainable>().Any(a => constraint.Attachments.Any(r => structures.Means(r, a, constraint)))
            || cascade.OfType<ProvisionAgreement>().Any(a => a.DataProvider is not null && constraint.Attachments.Any(r => r.ItemId is not null && r.Urn == a.DataProvider.Urn));

    /// <summary>
    /// A region in numbers; null for an excluded one that leaves nothing out: it names a component that the structure does not have,
    /// or no value at all. It must not become one without conditions, which would leave everything out.
    /// </summary>
    private static SchemaRegion? Region(ImmutableArray<SchemaComponent> components, CubeRegion region)
    {
        SchemaRegion conditions = new([.. region.Selections.Select(s => Selection(components, s)).OfType<SchemaSelection>()]);
        bool leavesNothingOut = conditions.Selections.IsEmpty || region.Selections.Any(s => !components.Any(c => c.Id == s.ComponentId));
        return region.IsIncluded || !leavesNothingOut ? conditions : null;
    }

    private static SchemaSelection? Selection(ImmutableArray<SchemaComponent> components, MemberSelection selection)
    {
        SchemaComponent? component = components.FirstOrDefault(c => c.Id == selection.ComponentId);
        if (component is null)
        {
            return null;
        }

        if (selection.StartPeriod is not null || selection.EndPeriod is not null)
        {
            DateTime? start = TimePeriod.TryParse(selection.StartPeriod, out TimePeriod from) ? (selection.StartInclusive ? from.Start : from.End) : null;
            DateTime? end = TimePeriod.TryParse(selection.EndPeriod, out TimePeriod to) ? (selection.EndInclusive ? to.End : to.Start) : null;
            return new SchemaSelection(component, null, start, end) { IsIncluded = selection.IsIncluded };
        }

        if (selection.Values.IsEmpty)
        {
            return null; // the component belongs to the region "with no regard to the value" (schema, DataComponentValueSetType)
        }

        return component.Codes is null
            ? new SchemaSelection(component, null) { Texts = selection.Values.Select(v => v.Value).ToFrozenSet(StringComparer.Ordinal), IsIncluded = selection.IsIncluded }
            : new SchemaSelection(component, Bits(component, component.Codes, selection)) { Spans = Spans(component, component.Codes, selection), IsTurned = !selection.IsIncluded };
    }

    /// <summary>When the codes of a selection belong to it, for those that do so for a time only.</summary>
    private static FrozenDictionary<int, ImmutableArray<SchemaSpan>>? Spans(SchemaComponent component, CodeIndex codes, MemberSelection selection)
    {
        if (selection is { ValidFrom: null, ValidTo: null } && selection.Values.All(v => v is { ValidFrom: null, ValidTo: null }))
        {
            return null;
        }

        Dictionary<int, ImmutableArray<SchemaSpan>> spans = [];
        HashSet<int> always = [];
        foreach (MemberValue value in selection.Values)
        {
            SchemaSpan span = new(
                TimePeriod.TryParse(value.ValidFrom ?? selection.ValidFrom, out TimePeriod from) ? from.Start : null,
                TimePeriod.TryParse(value.ValidTo ?? selection.ValidTo, out TimePeriod to) ? to.End : null);
            foreach (int code in Selected(component, [value]).Select(c => codes.IndexOf(c)).Where(c => c >= 0))
            {
                spans[code] = spans.GetValueOrDefault(code, []).Add(span);
                if (span is { Start: null, End: null })
                {
                    always.Add(code);
                }
            }
        }

        return spans.Where(s => !always.Contains(s.Key)).ToFrozenDictionary();
    }

    private static IEnumerable<string> Selected(SchemaComponent component, ImmutableArray<MemberValue> values)
        => component.Codelist is { } list ? new CodeTree(list).Select(values) : values.Select(v => v.Value);

    private static BitArray Bits(SchemaComponent component, CodeIndex codes, MemberSelection selection)
    {
        BitArray bits = new(codes.Count);
        foreach (string code in Selected(component, selection.Values))
        {
            if (codes.IndexOf(code) is >= 0 and int index)
            {
                bits[index] = true;
            }
        }

        return selection.IsIncluded ? bits : bits.Not();
    }

    private static SchemaKeySet KeySet(ImmutableArray<SchemaComponent> components, DataKeySet set)
    {
        ImmutableArray<SchemaComponent> dimensions = [.. components.Where(c => c.Role == ComponentRole.Dimension)];
        return new SchemaKeySet(set.IsIncluded, [.. set.Keys.SelectMany(Expand)]);

        // A key with several values of a dimension (SDMX 3.1) stands for a key with each of them.
        IEnumerable<ImmutableArray<int>> Expand(DataKey key)
        {
            IEnumerable<ImmutableArray<int>> keys = [[]];
            foreach (SchemaComponent dimension in dimensions)
            {
                ImmutableArray<MemberValue> values = key.Selections.FirstOrDefault(s => s.ComponentId == dimension.Id)?.Values ?? [];
                IEnumerable<int> numbers = values.IsEmpty ? [-1] : [.. values.Select(v => NumberOf(dimension, v.Value))];
                keys = [.. keys.SelectMany(k => numbers.Select(n => k.Add(n)))];
            }

            return keys;
        }

        // A code that does not exist must not become "any": it fits no key at all.
        static int NumberOf(SchemaComponent dimension, string code)
            => code == "%" || dimension.Codes is null ? -1 : dimension.Codes.IndexOf(code) is >= 0 and int number ? number : SchemaKeySet.NoCode;
    }
}
