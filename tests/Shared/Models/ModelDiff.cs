using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Dsm.Sdmx.Model;

namespace Dsm.Tests;

/// <summary>A property that differs between two values of the model.</summary>
/// <param name="Owner">Type that has it, as it is at run time; for a missing artefact null.</param>
/// <param name="Property">The property; for a missing artefact its class.</param>
/// <param name="Path">Where, for messages.</param>
internal sealed record ModelDifference(Type? Owner, string Property, string Path)
{
    /// <summary>True for what stands inside something that differs as a whole: it may be lost or not.</summary>
    public bool IsInside { get; init; }

    /// <summary>True when a loss by this name, e.g. <c>Component.Id</c>, is this difference.</summary>
    public bool IsNamed(string loss)
    {
        if (Owner is null)
        {
            return loss == Property;
        }

        for (Type? type = Owner; type is not null && type != typeof(object); type = type.BaseType)
        {
            if (loss == $"{type.Name}.{Property}")
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Compares values of the model by content and says which properties differ.</summary>
internal static class ModelDiff
{
    /// <summary>Compares artefacts, found again by class, agency and id.</summary>
    public static IReadOnlyList<ModelDifference> Of(IEnumerable<Maintainable> before, IEnumerable<Maintainable> after)
    {
        List<ModelDifference> differences = [];
        List<Maintainable> left = [.. after];
        foreach (Maintainable artefact in before)
        {
            Maintainable? found = left.Find(a => a.Type == artefact.Type && a.AgencyId == artefact.AgencyId && a.Id == artefact.Id)
                ?? left.Find(a => IsAvailability(artefact, a));
            if (found is null)
            {
                differences.Add(new ModelDifference(null, artefact.Type.Class, artefact.Reference.ToString()));
                Inside([artefact], artefact.Reference.ToString(), differences);
                continue;
            }

            left.Remove(found);
            Compare(artefact, found, artefact.Reference.ToString(), differences);
        }

        differences.AddRange(left.Select(a => new ModelDifference(null, $"added {a.Type.Class}", a.Reference.ToString())));
        return differences;
    }

    // What there is comes back from 3.1 with the identity of what it is attached to.
    private static bool IsAvailability(Maintainable before, Maintainable after)
        => before is DataConstraint { Role: ConstraintRole.Actual, Attachments: [StructureReference attachment, ..] }
            && after is DataConstraint { Role: ConstraintRole.Actual } && after.Id == DataConstraint.AvailabilityId(attachment);

    private static void Compare(object before, object after, string path, List<ModelDifference> differences)
    {
        foreach (PropertyInfo property in Settable(before.GetType()))
        {
            if (before is Maintainable artefact && property.Name == nameof(Maintainable.IsFinal))
            {
                // Not said means: as the version says.
                if (artefact.IsFinal == true && ((Maintainable)after).IsFinal != true && !artefact.Version.IsStable)
                {
                    differences.Add(new ModelDifference(before.GetType(), property.Name, $"{path}.{property.Name}"));
                }

                continue;
            }

            if (before is Maintainable { Name.IsEmpty: true } nameless && property.Name == nameof(Maintainable.Name) && ((Maintainable)after).Name == LocalisedText.Of(nameless.Id))
            {
                // The schemas require a name; the id stands for it.
                continue;
            }

            if (before is Dimension { IsTime: true, Representation: null } && property.Name == nameof(Component.Representation))
            {
                // The schemas require a format of time; ObservationalTimePeriod stands for none.
                continue;
            }

            Value(property.GetValue(before), property.GetValue(after), before.GetType(), property.Name, $"{path}.{property.Name}", differences);
        }
    }

    private static void Value(object? before, object? after, Type owner, string property, string path, List<ModelDifference> differences)
    {
        switch (before)
        {
            case IDictionary or IReadOnlyDictionary<string, string>:
                if (ModelText.Of(before) != ModelText.Of(after))
                {
                    differences.Add(new ModelDifference(owner, property, path));
                }

                break;
            case IEnumerable list and not string:
                object?[] first = [.. list.Cast<object?>()], second = after is IEnumerable other ? [.. other.Cast<object?>()] : [];
                if (first.Length != second.Length)
                {
                    differences.Add(new ModelDifference(owner, property, path));
                    Inside(first, path, differences);
                    break;
                }

                for (int i = 0; i < first.Length; i++)
                {
                    Value(first[i], second[i], owner, property, $"{path}[{i}]", differences);
                }

                break;
            case not null when after is not null && before.GetType() == after.GetType() && IsComposite(before.GetType()):
                Compare(before, after, path, differences);
                break;
            default:
                if (!Equals(before, after))
                {
                    Inside([before], path, differences);
                    differences.Add(new ModelDifference(owner, property, $"{path} ({before} became {after})"));
                }

                break;
        }
    }

    private static void Inside(IEnumerable<object?> lost, string path, List<ModelDifference> differences)
    {
        foreach (object part in lost.OfType<object>().Where(p => IsComposite(p.GetType())))
        {
            foreach (PropertyInfo property in Settable(part.GetType()))
            {
                differences.Add(new ModelDifference(part.GetType(), property.Name, path) { IsInside = true });
                object? content = property.GetValue(part);
                Inside(content is IEnumerable list and not string ? list.Cast<object?>() : [content], path, differences);
            }
        }
    }

    /// <summary>True for records of the model, whose properties are compared one by one.</summary>
    public static bool IsComposite(Type type)
        => type.Namespace == typeof(Maintainable).Namespace && !type.IsEnum && type != typeof(LocalisedText) && type != typeof(SdmxVersion) && type != typeof(StructureType);

    /// <summary>Properties that can be set; what is computed follows from them.</summary>
    public static IEnumerable<PropertyInfo> Settable(Type type)
        => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && p.GetIndexParameters().Length == 0);
}
