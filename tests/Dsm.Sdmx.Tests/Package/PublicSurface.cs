using System.Reflection;
using System.Runtime.CompilerServices;

namespace Dsm.Sdmx.Tests.Package;

/// <summary>Prints what an assembly offers to others: one line a type and member, sorted.</summary>
internal static class PublicSurface
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes()
        .SelectMany(t => Members(t).Prepend($"{Kind(t)} {Name(t)}{Base(t)}"))
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(n => $"{Name(type)}.{n}");
        }

        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetMembers(Own).Where(IsOffered).Select(m => $"{Name(type)}.{Member(m)}");
    }

    // What the compiler makes for records (equality, printing, cloning) follows from their being records.
    private static bool IsOffered(MemberInfo member) => member switch
    {
        _ when member.IsDefined(typeof(CompilerGeneratedAttribute)) => false,
        ConstructorInfo constructor => (constructor.IsPublic || constructor.IsFamily) && !(constructor.GetParameters() is [{ } only] && only.ParameterType == member.DeclaringType),
        MethodInfo method => (method.IsPublic || method.IsFamily) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) && method.Name != "<Clone>$",
        PropertyInfo property => property.GetAccessors(true).Any(a => a.IsPublic || a.IsFamily) && property.Name != "EqualityContract",
        FieldInfo field => field.IsPublic || field.IsFamily,
        _ => false,
    };

    private static string Member(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $".ctor({Parameters(constructor)})",
        MethodInfo method => $"{method.Name}{Generic(method)}({Parameters(method)}) : {Name(method.ReturnType)}",
        PropertyInfo property => $"{property.Name}{(property.GetIndexParameters() is { Length: > 0 } index ? $"[{string.Join(", ", index.Select(p => Name(p.ParameterType)))}]" : "")} : {Name(property.PropertyType)}{Accessors(property)}",
        FieldInfo field => $"{field.Name} : {Name(field.FieldType)}{(field.IsLiteral ? " const" : "")}",
        _ => member.Name,
    };

    private static string Accessors(PropertyInfo property)
    {
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit") == true;
        return property.SetMethod is { IsPublic: true } ? isInit ? " { get; init; }" : " { get; set; }" : " { get; }";
    }

    private static string Generic(MethodInfo method) => method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? " = …" : "")}"));

    private static string Kind(Type type) => type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
        : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";

    private static string Base(Type type) => type.BaseType is { } from && from != typeof(object) && from != typeof(ValueType) && from != typeof(Enum) ? $" : {Name(from)}" : "";

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return "ref " + Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        string name = type.Namespace?.StartsWith("Dsm.Sdmx", StringComparison.Ordinal) == true ? type.FullName ?? $"{type.Namespace}.{type.Name}" : type.Name;
        int tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? name : $"{name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
