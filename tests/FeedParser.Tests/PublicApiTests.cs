using System.Reflection;
using System.Runtime.CompilerServices;

namespace FeedParser.Tests;

/// <summary>What users of the package may rely on stands in PublicAPI.txt; a change there is a decision, never an accident.</summary>
public class PublicApiTests
{
    [Fact]
    public void ThePublicMembersAreThoseOfPublicApiTxt()
    {
        var declared = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "PublicAPI.txt")).Where(l => l.Length > 0).ToList();
        var actual = Members().ToList();
        var differences = actual.Except(declared).Select(m => $"+ {m}").Concat(declared.Except(actual).Select(m => $"- {m}"));
        Assert.True(actual.SequenceEqual(declared), $"PublicAPI.txt differs:\n{string.Join('\n', differences)}");
    }

    [Fact]
    public void TheLibraryReferencesNothingButTheFramework() => Assert.All(
        typeof(FeedReader).Assembly.GetReferencedAssemblies(),
        a => Assert.True(a.Name!.StartsWith("System.", StringComparison.Ordinal), a.Name));

    static IEnumerable<string> Members() => typeof(FeedReader).Assembly.GetExportedTypes()
        .SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => !m.IsDefined(typeof(CompilerGeneratedAttribute))
                && m is not MethodBase { IsSpecialName: true, IsConstructor: false }
                && m is not FieldInfo { IsSpecialName: true })
            .Select(m => $"{t.Name}.{Describe(m)}"))
        .Order(StringComparer.Ordinal);

    static string Describe(MemberInfo member) => member switch
    {
        PropertyInfo property =>
            $"{property.Name} -> {Name(property.PropertyType)}{(property.SetMethod is { IsPublic: true } ? " init" : "")}",
        FieldInfo field => $"{field.Name} -> {Name(field.FieldType)}",
        MethodInfo method => $"{method.Name}({Parameters(method)}) -> {Name(method.ReturnType)}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        _ => member.Name,
    };

    static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => Name(p.ParameterType) + (p.IsOptional ? "?" : "")));

    static string Name(Type type) => !type.IsGenericType ? type.Name
        : $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
}
