using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Dsm.Sdmx.Model;

namespace Dsm.Sdmx.Tests.Model.Comparison;

/// <summary>No property of the model can be forgotten in comparisons: each has a rule, and a change of each is found.</summary>
public sealed class VersionRulesTests
{
    [Fact]
    public void Every_property_of_the_model_has_a_rule_and_every_rule_a_property()
    {
        string[] properties = [.. Types().SelectMany(ModelValueText.Properties).Select(p => $"{p.DeclaringType!.Name}.{p.Name}").Distinct().Order()];
        VersionRules.Named.Order().Should().Equal(properties, "VersionRules.cs says for each property of the model how a change of it weighs");
    }

    [Fact]
    public void A_change_of_every_property_is_found_where_it_is()
    {
        List<string> overlooked = [];
        int compared = 0;
        foreach (Type type in Types().Where(t => !t.IsAbstract))
        {
            foreach (PropertyInfo property in ModelValueText.Properties(type).Where(p => VersionRules.Find(p) is not (null or VersionRule.Identity)))
            {
                object before = Make(type, 1, 0), after = Make(type, 1, 0);
                property.SetValue(after, Value(property.PropertyType, 2, 0));
                StructureChange[] changes = [.. ModelComparer.Compare(before, after)];
                compared++;
                if (changes.Length == 0 || changes.Any(c => !c.Path.StartsWith(property.Name, StringComparison.Ordinal) || c.Impact == ChangeImpact.None))
                {
                    overlooked.Add($"{type.Name}.{property.Name}: {string.Join(" | ", changes.Select(c => c.Path))}");
                }
            }

            ModelComparer.Compare(Make(type, 1, 0), Make(type, 1, 0)).Should().BeEmpty(type.Name);
        }

        compared.Should().BeGreaterThan(300);
        overlooked.Should().BeEmpty();
    }

    [Fact]
    public void A_value_that_comes_or_goes_is_found()
    {
        List<string> overlooked = [];
        foreach (Type type in Types().Where(t => !t.IsAbstract))
        {
            foreach (PropertyInfo property in ModelValueText.Properties(type).Where(p => VersionRules.Find(p) is not (null or VersionRule.Identity) && p.Name != "IsFinal"
                && (!p.PropertyType.IsValueType || Nullable.GetUnderlyingType(p.PropertyType) is not null)))
            {
                object with = Make(type, 1, 0), without = Make(type, 1, 0);
                property.SetValue(without, null);
                if (ModelComparer.Compare(without, with) is not [{ Kind: ChangeKind.Added }] || ModelComparer.Compare(with, without) is not [{ Kind: ChangeKind.Removed }])
                {
                    overlooked.Add($"{type.Name}.{property.Name}");
                }
            }
        }

        overlooked.Should().BeEmpty();
    }

    /// <summary>All types that make up artefacts, found by following the properties from the artefacts.</summary>
    private static HashSet<Type> Types()
    {
        HashSet<Type> found = [];
        Queue<Type> open = new(typeof(Maintainable).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Maintainable)) && !t.IsAbstract));
        while (open.TryDequeue(out Type? type))
        {
            if (found.Add(type))
            {
                foreach (Type part in ModelValueText.Properties(type).SelectMany(p => Parts(p.PropertyType)).Where(IsOfModel))
                {
                    open.Enqueue(part);
                }
            }
        }

        return found;
    }

    private static IEnumerable<Type> Parts(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts)
        : type.IsAbstract ? type.Assembly.GetTypes().Where(t => t.IsSubclassOf(type) && !t.IsAbstract) : [type];

    private static bool IsOfModel(Type type) => type.Namespace == typeof(Maintainable).Namespace && !type.IsEnum
        && type != typeof(LocalisedText) && type != typeof(SdmxVersion) && type != typeof(StructureType) && type != typeof(StructureReference)
        // Compared as a whole below what is only text.
        && type != typeof(Annotation) && type != typeof(Link) && type != typeof(Contact);

    /// <summary>An instance with every property set; the same number gives the same content.</summary>
    private static object Make(Type type, int number, int depth)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderBy(c => c.GetParameters().Length).First();
        object instance = constructor.Invoke([.. constructor.GetParameters().Select(p => Value(p.ParameterType, number, depth + 1))]);
        foreach (PropertyInfo property in ModelValueText.Properties(type))
        {
            property.SetValue(instance, Value(property.PropertyType, number, depth + 1));
        }

        return instance;
    }

    private static object? Value(Type type, int number, int depth)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Value(inner, number, depth);
        }

        if (type == typeof(string))
        {
            return "V" + number;
        }

        if (type == typeof(bool))
        {
            return number == 1;
        }

        if (type.IsEnum)
        {
            Array values = Enum.GetValues(type);
            return values.GetValue(number % values.Length);
        }

        if (type.IsPrimitive || type == typeof(decimal))
        {
            return Convert.ChangeType(number, type, System.Globalization.CultureInfo.InvariantCulture);
        }

        if (type == typeof(SdmxVersion))
        {
            return SdmxVersion.Parse($"1.{number}.0");
        }

        if (type == typeof(StructureType))
        {
            return StructureType.All[number];
        }

        if (type == typeof(StructureReference))
        {
            return new StructureReference(StructureType.Codelist, "A", "ID" + number, "1.0.0");
        }

        if (type == typeof(LocalisedText))
        {
            return LocalisedText.Of("T" + number);
        }

        if (type == typeof(KeyValuePair<string, string>))
        {
            return new KeyValuePair<string, string>("K", "V" + number);
        }

        if (type == typeof(ImmutableDictionary<string, string>))
        {
            return ImmutableDictionary<string, string>.Empty.Add("K", "V" + number);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            return List(type, depth > 4 ? Array.Empty<object>() : new[] { Value(type.GetGenericArguments()[0], number, depth) });
        }

        return depth > 5 ? null : Make(type.IsAbstract ? Parts(type).First() : type, number, depth);
    }

    private static object List(Type type, IList members)
    {
        Type member = type.GetGenericArguments()[0];
        Array array = Array.CreateInstance(member, members.Count);
        members.CopyTo(array, 0);
        return typeof(ImmutableArray).GetMethods().Single(m => m.Name == "CreateRange" && m.GetGenericArguments().Length == 1 && m.GetParameters().Length == 1)
            .MakeGenericMethod(member).Invoke(null, [array])!;
    }
}
