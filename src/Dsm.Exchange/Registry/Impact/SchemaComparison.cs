using System.Collections.Immutable;
using Dsm.Sdmx.Data;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Impact;

/// <summary>Compares what two sets of structures say about the data of one agreement or flow.</summary>
internal static class SchemaComparison
{
    /// <summary>The differences; none when the data are judged alike.</summary>
    /// <param name="before">Schema and structures it was resolved from.</param>
    /// <param name="after">The same after; a schema of null when it cannot be resolved any more.</param>
    public static ImmutableArray<SchemaDifference> Compare((DataSchema Schema, StructureSet Structures) before, (DataSchema? Schema, StructureSet Structures) after)
    {
        if (after.Schema is not { } schema)
        {
            return [new SchemaDifference(SchemaChange.StructureGone, "", [], true)];
        }

        ImmutableArray<SchemaDifference>.Builder found = ImmutableArray.CreateBuilder<SchemaDifference>();
        if (schema.Dataflow?.Urn != before.Schema.Dataflow?.Urn && schema.Dataflow is not null)
        {
            found.Add(new SchemaDifference(SchemaChange.FlowVersion, schema.Dataflow.Reference.ToString(), [], false));
        }

        foreach (SchemaComponent component in before.Schema.Components)
        {
            if (schema.Find(component.Id) is { } other)
            {
                Components(component, other, found);
            }
            else
            {
                found.Add(new SchemaDifference(SchemaChange.ComponentRemoved, component.Id, [], true));
            }
        }

        found.AddRange(schema.Components.Where(c => before.Schema.Find(c.Id) is null)
            .Select(c => new SchemaDifference(SchemaChange.ComponentAdded, c.Id, [], c.IsMandatory)));
        Constraints(before.Schema, before.Structures, schema, after.Structures, found);
        return found.ToImmutable();
    }

    /// <summary>True when both say the same.</summary>
    public static bool Same(ImmutableArray<SchemaDifference> left, ImmutableArray<SchemaDifference> right) => left.Length == right.Length
        && left.Zip(right).All(p => p.First.Change == p.Second.Change && p.First.Component == p.Second.Component && p.First.Codes.SequenceEqual(p.Second.Codes));

    /// <summary>What happened to the codes from one list to another.</summary>
    public static IEnumerable<(SchemaChange Change, ImmutableArray<string> Codes)> Codes(IEnumerable<Item> before, IEnumerable<Item> after)
    {
        Dictionary<string, Item> left = ById(before), right = ById(after);
        Item[] stay = [.. left.Values.Where(i => right.ContainsKey(i.Id))];
        (SchemaChange, IEnumerable<string>)[] all =
        [
            (SchemaChange.CodesRemoved, left.Keys.Where(id => !right.ContainsKey(id))),
            (SchemaChange.CodesRenamed, stay.Where(i => !SameTexts(i.Name, right[i.Id].Name)).Select(i => i.Id)),
            (SchemaChange.CodesMoved, stay.Where(i => i.ParentId != right[i.Id].ParentId).Select(i => i.Id)),
            (SchemaChange.CodesValidity, stay.Where(i => Validity(i) != Validity(right[i.Id])).Select(i => i.Id)),
            (SchemaChange.CodesAdded, right.Keys.Where(id => !left.ContainsKey(id))),
        ];
        return all.Select(c => (c.Item1, Ids: c.Item2.ToImmutableArray())).Where(c => !c.Ids.IsEmpty);
    }

    private static void Components(SchemaComponent before, SchemaComponent after, ImmutableArray<SchemaDifference>.Builder found)
    {
        void Add(SchemaChange change, bool mayInvalidate) => found.Add(new SchemaDifference(change, before.Id, [], mayInvalidate));
        if (before.Role != after.Role || before.Level != after.Level || !before.GroupDimensions.SequenceEqual(after.GroupDimensions))
        {
            Add(SchemaChange.RoleChanged, true);
        }

        if (before.IsMandatory != after.IsMandatory)
        {
            Add(after.IsMandatory ? SchemaChange.BecameMandatory : SchemaChange.BecameOptional, after.IsMandatory);
        }

        if (before.IsCoded != after.IsCoded || before.IsMultiValued != after.IsMultiValued || !SameFormat(before.Representation, after.Representation))
        {
            Add(SchemaChange.FormatChanged, true);
        }

        if (before.Codes is null || after.Codes is null || ReferenceEquals(before.Codes, after.Codes))
        {
            return;
        }

        IEnumerable<Item> left = Items(before), right = Items(after);
        found.AddRange(Codes(left, right).Select(c => new SchemaDifference(c.Change, before.Id, c.Codes, c.Change == SchemaChange.CodesRemoved)));
    }

    private static void Constraints(DataSchema before, StructureSet beforeSet, DataSchema after, StructureSet afterSet, ImmutableArray<SchemaDifference>.Builder found)
    {
        // Which codes a constraint means may depend on the tree of codes below those that it names.
        bool treesChanged = found.Any(d => d.Change is SchemaChange.CodesMoved or SchemaChange.CodesAdded);
        Dictionary<string, DataConstraint> left = Named(before, beforeSet), right = Named(after, afterSet);
        foreach (string name in left.Keys.Union(right.Keys))
        {
            DataConstraint? was = left.GetValueOrDefault(name), becomes = right.GetValueOrDefault(name);
            bool same = was is not null && becomes is not null
                && (ReferenceEquals(was, becomes) || StructureComparison.Compare(was, becomes).Changes.All(c => c.Impact <= ChangeImpact.Patch));
            if (!same)
            {
                found.Add(new SchemaDifference(SchemaChange.ConstraintChanged, name, [], becomes is not null));
            }
            else if (treesChanged && Cascades(was!))
            {
                found.Add(new SchemaDifference(SchemaChange.ConstraintChanged, name, [], true));
            }
        }
    }

    private static bool Cascades(DataConstraint constraint) => constraint.Regions
        .Any(r => r.Selections.Any(s => !s.IsIncluded || !r.IsIncluded || s.Values.Any(v => v.Cascade != CascadeValues.None || v.Value.Contains('%', StringComparison.Ordinal))));

    private static Dictionary<string, DataConstraint> Named(DataSchema schema, StructureSet structures)
    {
        HashSet<string> names = [.. schema.Constraints.Select(c => c.Name)];
        return structures.Of<DataConstraint>().Where(c => names.Contains(c.Reference.ToString())).ToDictionary(c => c.Reference.ToString());
    }

    private static Dictionary<string, Item> ById(IEnumerable<Item> items)
    {
        Dictionary<string, Item> byId = [];
        foreach (Item item in items)
        {
            byId.TryAdd(item.Id, item);
        }

        return byId;
    }

    private static IEnumerable<Item> Items(SchemaComponent component)
        => component.Codelist?.Codes.Cast<Item>() ?? component.Codes!.Codes.Select(c => new Item { Id = c });

    private static bool SameTexts(LocalisedText left, LocalisedText right) => left.Texts.SequenceEqual(right.Texts)
        || left.Texts.OrderBy(t => t.Key, StringComparer.Ordinal).SequenceEqual(right.Texts.OrderBy(t => t.Key, StringComparer.Ordinal));

    private static bool SameFormat(Representation left, Representation right)
        => left.MinOccurs == right.MinOccurs && left.MaxOccurs == right.MaxOccurs
            && (left.TextFormat is null || right.TextFormat is null ? left.TextFormat is null == right.TextFormat is null
                : left.TextFormat with { SentinelValues = [] } == right.TextFormat with { SentinelValues = [] }
                    && left.TextFormat.SentinelValues.Select(s => s.Value).SequenceEqual(right.TextFormat.SentinelValues.Select(s => s.Value)));

    // The standard gives items no validity of their own; registries write it as annotations (VALID_FROM, DSM_VALID_TO ...).
    private static string Validity(Item item) => string.Join(';', item.Annotations
        .Where(a => a.Type is { } type && type.Contains("VALID", StringComparison.OrdinalIgnoreCase))
        .Select(a => $"{a.Type}={a.Title}{a.Value}{string.Concat(a.Text.Texts.Select(t => t.Value))}").Order(StringComparer.Ordinal));
}
