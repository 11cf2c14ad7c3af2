using System.Reflection;
using Dsm.Sdmx.Data;

namespace Dsm.Exchange.Tests;

/// <summary>Holds the direction of dependencies that <c>docs/architecture.md</c> promises.</summary>
public sealed class DependencyTests
{
    // A room may use rooms of a lower number, and its own.
    private static readonly Dictionary<string, int> Rooms = new()
    {
        ["Issues"] = 0, ["Model"] = 1, ["Data"] = 2, ["Validation"] = 3, ["Mapping"] = 3, ["Formats"] = 3, ["Rest"] = 3,
    };

    [Fact]
    public void The_standard_knows_neither_database_nor_web_nor_the_exchange()
    {
        string[] references = [.. typeof(DataSchema).Assembly.GetReferencedAssemblies().Select(a => a.Name!)];

        references.Should().OnlyContain(name => name.StartsWith("System", StringComparison.Ordinal));
    }

    [Fact]
    public void The_exchange_does_not_know_the_web_pages()
        => typeof(SubmissionPipeline).Assembly.GetReferencedAssemblies().Should().NotContain(a => a.Name == "Dsm.Web");

    [Fact]
    public void Rooms_of_the_standard_depend_one_way()
    {
        IEnumerable<string> wrong =
            from type in typeof(DataSchema).Assembly.GetTypes()
            where RoomOf(type) is not null
            from used in UsedBy(type)
            where RoomOf(used) is { } room && room != RoomOf(type) && Rooms[room] > Rooms[RoomOf(type)!]
            select $"{type.FullName} uses {used.FullName}";

        wrong.Distinct().Should().BeEmpty();
    }

    private static string? RoomOf(Type type)
    {
        string[] parts = (type.Namespace ?? "").Split('.');
        return parts.Length > 2 && parts[0] == "Dsm" && parts[1] == "Sdmx" && Rooms.ContainsKey(parts[2]) ? parts[2] : null;
    }

    private static IEnumerable<Type> UsedBy(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        IEnumerable<Type?> used = type.GetFields(All).Select(f => f.FieldType)
            .Concat(type.GetInterfaces())
            .Append(type.BaseType)
            .Concat(type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).SelectMany(m =>
                m.GetParameters().Select(p => p.ParameterType)
                    .Concat(m.GetMethodBody()?.LocalVariables.Select(v => v.LocalType) ?? [])
                    .Append((m as MethodInfo)?.ReturnType ?? typeof(void))));
        return used.OfType<Type>().SelectMany(Unwrap).Distinct();
    }

    private static IEnumerable<Type> Unwrap(Type type)
        => type.HasElementType ? Unwrap(type.GetElementType()!)
            : type.IsGenericType ? type.GetGenericArguments().SelectMany(Unwrap).Append(type.GetGenericTypeDefinition())
            : [type];
}
