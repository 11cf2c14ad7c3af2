using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Dsm.Sdmx.Model;

namespace Dsm.Exchange.Registry.Editing;

/// <summary>
/// Copies of artefacts that refer elsewhere: every reference, wherever it stands in the model, goes through a function. What holds no
/// changed reference is shared with the original; an artefact without one is returned as it is.
/// </summary>
public static class ReferenceMove
{
    private static readonly MethodInfo CastMethod = typeof(ReferenceMove).GetMethod(nameof(Cast), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly ConcurrentDictionary<Type, (PropertyInfo[] Properties, MethodInfo Clone)> Plans = [];

    /// <summary>The artefact with every reference replaced by what <paramref name="move"/> gives for it.</summary>
    public static T Apply<T>(T artefact, Func<StructureReference, StructureReference> move)
        where T : Maintainable
    {
        ArgumentNullException.ThrowIfNull(artefact);
        ArgumentNullException.ThrowIfNull(move);
        return (T)Value(artefact, move)!;
    }

    /// <summary>
    /// The artefact with every version wildcard replaced by the version it means in a set, as SDMX 2.1 needs, which knows no wildcards.
    /// </summary>
    public static T Concrete<T>(T artefact, StructureSet structures)
        where T : Maintainable
    {
        ArgumentNullException.ThrowIfNull(structures);
        return Apply(artefact, r => r.HasWildcard && structures.FindFrom(artefact, r.Maintainable) is { } found ? r with { Version = found.Version.ToString() } : r);
    }

    private static object? Value(object? value, Func<StructureReference, StructureReference> move) => value switch
    {
        null or string => value,
        StructureReference reference => move(reference),
        IList list when value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
            => MayHold(type.GetGenericArguments()[0]) ? Members(value, list, type, move) : value,
        _ when MayHold(value.GetType()) => Parts(value, move),
        _ => value,
    };

    private static object Parts(object value, Func<StructureReference, StructureReference> move)
    {
        (PropertyInfo[] properties, MethodInfo clone) = Plans.GetOrAdd(value.GetType(), static t =>
        ([.. t.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && p.GetIndexParameters().Length == 0)], t.GetMethod("<Clone>$")!));
        object? copy = null;
        foreach (PropertyInfo property in properties)
        {
            object? before = property.GetValue(value), after = Value(before, move);
            if (!Equals(before, after))
            {
                copy ??= clone.Invoke(value, null)!;
                property.SetValue(copy, after);
            }
        }

        return copy ?? value;
    }

    private static object Members(object whole, IList members, Type type, Func<StructureReference, StructureReference> move)
    {
        // An array that was never set has no members to ask for.
        if ((bool)type.GetProperty(nameof(ImmutableArray<int>.IsDefaultOrEmpty))!.GetValue(whole)!)
        {
            return whole;
        }

        List<object?>? moved = null;
        for (int i = 0; i < members.Count; i++)
        {
            object? before = members[i], after = Value(before, move);
            if (!ReferenceEquals(before, after) && !Equals(before, after))
            {
                moved ??= [.. members.Cast<object?>()];
                moved[i] = after;
            }
        }

        return moved is null ? whole : CastMethod.MakeGenericMethod(type.GetGenericArguments()[0]).Invoke(null, [moved])!;
    }

    private static ImmutableArray<T> Cast<T>(List<object?> members) => [.. members.Cast<T>()];

    // Records of the model; texts, numbers and value types hold no references.
    private static bool MayHold(Type type) => type.IsClass && type != typeof(string) && type.Namespace == typeof(Maintainable).Namespace && type != typeof(StructureType);
}
