using System.Collections;
using System.Reflection;
using Dsm.Sdmx.Model;

namespace Dsm.Tests;

/// <summary>Finds the properties of the model that no generated artefact sets.</summary>
internal static class ModelCoverage
{
    /// <summary>Names <c>Type.Property</c> of records reachable from artefacts that never differ from their default.</summary>
    public static IReadOnlySet<string> NeverSet(IEnumerable<Maintainable> artefacts)
    {
        HashSet<string> set = [], all = [];
        HashSet<Type> seen = [];
        foreach (Type type in typeof(Maintainable).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Maintainable)) && !t.IsAbstract))
        {
            Declare(type, seen, all);
        }

        foreach (Maintainable artefact in artefacts)
        {
            Walk(artefact, set);
        }

        all.ExceptWith(set);
        return all;
    }

    private static string NameOf(PropertyInfo property) => $"{property.DeclaringType!.Name}.{property.Name}";

    private static void Declare(Type type, HashSet<Type> seen, HashSet<string> all)
    {
        if (!ModelDiff.IsComposite(type) || !seen.Add(type))
        {
            return;
        }

        foreach (PropertyInfo property in ModelDiff.Settable(type))
        {
            all.Add(NameOf(property));
            foreach (Type part in Parts(property.PropertyType))
            {
                Declare(part, seen, all);
            }
        }
    }

    private static IEnumerable<Type> Parts(Type type)
        => type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts) : [type];

    private static void Walk(object value, HashSet<string> set)
    {
        foreach (PropertyInfo property in ModelDiff.Settable(value.GetType()))
        {
            object? content = property.GetValue(value);
            if (content is null || IsDefault(content))
            {
                continue;
            }

            set.Add(NameOf(property));
            foreach (object part in content is IEnumerable list and not string ? list.Cast<object>() : [content])
            {
                if (ModelDiff.IsComposite(part.GetType()))
                {
                    Walk(part, set);
                }
            }
        }
    }

    // Whatever the default of a yes/no property is, the other value counts: both are seen when values are random.
    private static bool IsDefault(object content) => content switch
    {
        IEnumerable list and not string => !list.Cast<object>().Any(),
        LocalisedText text => text.IsEmpty,
        false => true,
        Enum value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) == 0,
        _ => false,
    };
}
