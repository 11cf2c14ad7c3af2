using System.Collections;
using System.Collections.Immutable;
using Dsm.Sdmx.Issues;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Data;

/// <summary>Makes a <see cref="DataSchema"/>: follows the references from agreement to codelists and turns constraints into bit sets.</summary>
internal sealed class DataSchemaResolver(StructureSet structures, IssueList issues)
{
    private readonly Dictionary<string, CodeIndex> _indexes = [];

    public DataSchema? Resolve(StructureReference reference)
    {
        ProvisionAgreement? agreement = structures.Find<ProvisionAgreement>(reference);
        Dataflow? flow = structures.Find<Dataflow>(agreement is null ? reference : agreement.Dataflow);
        DataStructure? structure = structures.Find<DataStructure>(flow is null ? reference : flow.Structure);
        if (structure is null)
        {
            issues.Add(IssueCodes.UnknownStructure, Location.None, flow?.Structure?.ToString() ?? agreement?.Dataflow?.ToString() ?? reference.ToString());
            return null;
        }

        ImmutableArray<SchemaComponent> components = [.. Components(structure)];
        return new DataSchema(structure, flow, agreement, components, [.. Constraints(components, structure, flow, agreement)]);
    }

    private IEnumerable<SchemaComponent> Components(DataStructure structure)
    {
        int index = 0;
        foreach (Dimension dimension in structure.Dimensions.Where(d => !d.IsTime))
        {
            yield return Component(structure, dimension, index++, ComponentRole.Dimension) with { IsMandatory = true };
        }

        if (structure.TimeDimension is { } time)
        {
            yield return Component(structure, time, 0, ComponentRole.TimeDimension) with { IsMandatory = true };
        }

        index = 0;
        foreach (Measure measure in structure.Measures)
        {
            yield return Component(structure, measure, index++, ComponentRole.Measure) with { IsMandatory = measure.IsMandatory };
        }

        index = 0;
        foreach (DataAttribute attribute in structure.Attributes)
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
            Level = level,
            GroupDimensions = level == AttachmentLevel.Group ? [.. dimensions.Select(d => Array.IndexOf(keyDimensions, d)).Where(i => i >= 0)] : [],
            GroupId = attribute.Relationship == AttributeRelationship.Group
                ? attribute.Group
                : structure.Groups.FirstOrDefault(g => g.Dimensions.ToHashSet().SetEquals(dimensions))?.Id,
        };
    }

    private SchemaComponent Component(DataStructure structure, Component component, int index, ComponentRole role)
    {
        Concept? concept = structures.FindConcept(component.Concept);
        if (concept is null)
        {
            issues.Add(IssueCodes.UnresolvedReference, new Location(Component: component.Id), component.Concept, structure.Reference);
        }

        Representation representation = component.Representation ?? concept?.CoreRepresentation
            ?? Representation.Of(role == ComponentRole.TimeDimension ? SdmxDataType.ObservationalTimePeriod : SdmxDataType.String);
        StructureReference? list = representation.Enumeration;
        return new SchemaComponent
        {
            Id = component.Id,
            Index = index,
            Role = role,
            Concept = component.Concept,
            Representation = representation,
            Name = concept?.Name ?? default,
            Codes = list is null ? null : IndexOf(list, structure),
            Codelist = list is null ? null : structures.Find<Codelist>(list) is { } codelist ? CodelistExtensions.Resolve(structures, codelist) : null,
            CodelistName = list?.ToString(),
        };
    }

    private CodeIndex IndexOf(StructureReference list, DataStructure structure)
    {
        if (_indexes.TryGetValue(list.Urn, out CodeIndex? index))
        {
            return index;
        }

        IEnumerable<string>? codes = structures.Find(list) switch
        {
            Codelist codelist => CodelistExtensions.Resolve(structures, codelist).Codes.Select(c => c.Id),
            ItemScheme scheme => scheme.AllItems.Select(i => i.Id),
            _ => null,
        };
        if (codes is null)
        {
            issues.Add(IssueCodes.UnresolvedReference, Location.None, list, structure.Reference);
        }

        return _indexes[list.Urn] = new CodeIndex(codes ?? []);
    }

    private IEnumerable<SchemaConstraint> Constraints(ImmutableArray<SchemaComponent> components, params Maintainable?[] cascade)
    {
        foreach (DataConstraint constraint in structures.Of<DataConstraint>().Where(c => c.Role == ConstraintRole.Allowed))
        {
            bool attached = cascade.OfType<Maintainable>().Any(a => constraint.Attachments.Any(r => structures.Means(r, a)))
                || cascade.OfType<ProvisionAgreement>().Any(a => a.DataProvider is not null && constraint.Attachments.Any(r => r.ItemId is not null && r.Urn == a.DataProvider.Urn));
            if (attached)
            {
                yield return new SchemaConstraint(
                    constraint.Reference.ToString(),
                    [.. constraint.Regions.Where(r => r.IsIncluded).Select(r => Region(components, r))],
                    [.. constraint.Regions.Where(r => !r.IsIncluded).Select(r => Region(components, r))],
                    [.. constraint.KeySets.Select(k => KeySet(components, k))]);
            }
        }
    }

    private static SchemaRegion Region(ImmutableArray<SchemaComponent> components, CubeRegion region)
        => new([.. region.Selections.Select(s => Selection(components, s)).OfType<SchemaSelection>()]);

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
            return new SchemaSelection(component, null, start, end);
        }

        if (component.Codes is null)
        {
            return null;
        }

        BitArray bits = new(component.Codes.Count);
        foreach (MemberValue value in selection.Values)
        {
            foreach (string code in Cascade(component.Codelist, value))
            {
                int index = component.Codes.IndexOf(code);
                if (index >= 0)
                {
                    bits[index] = true;
                }
            }
        }

        return new SchemaSelection(component, selection.IsIncluded ? bits : bits.Not());
    }

    private static IEnumerable<string> Cascade(Codelist? codelist, MemberValue value)
    {
        if (value.Value.Contains('%', StringComparison.Ordinal) && codelist is not null)
        {
            return codelist.Codes.Select(c => c.Id).Where(id => CodelistExtensions.Matches(id, value.Value));
        }

        IEnumerable<string> root = value.Cascade == CascadeValues.ExcludeRoot ? [] : [value.Value];
        return value.Cascade == CascadeValues.None || codelist is null ? root : root.Concat(CodelistExtensions.Descendants(codelist, value.Value));
    }

    private static SchemaKeySet KeySet(ImmutableArray<SchemaComponent> components, DataKeySet set)
    {
        ImmutableArray<SchemaComponent> dimensions = [.. components.Where(c => c.Role == ComponentRole.Dimension)];
        return new SchemaKeySet(set.IsIncluded, [.. set.Keys.Select(key => dimensions
            .Select(d => key.TryGetValue(d.Id, out string? code) ? NumberOf(d, code) : -1).ToImmutableArray())]);

        // A code that does not exist must not become "any": it fits no key at all.
        static int NumberOf(SchemaComponent dimension, string code)
            => code == "%" || dimension.Codes is null ? -1 : dimension.Codes.IndexOf(code) is >= 0 and int number ? number : SchemaKeySet.NoCode;
    }
}
