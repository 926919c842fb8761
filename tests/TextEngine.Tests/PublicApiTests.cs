using System.Reflection;

namespace TextEngine.Tests;

/// <summary>What users of the package rely on is listed in PublicAPI.txt; whoever changes it sees that they do.</summary>
public class PublicApiTests
{
    [Fact]
    public void PublicMembersAreThoseOfTheList()
    {
        var listed = Repository.Read("src", "TextEngine", "PublicAPI.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var actual = Members().ToArray();
        var changes = actual.Except(listed).Select(member => "+ " + member).Concat(listed.Except(actual).Select(member => "- " + member)).ToList();
        Assert.True(changes.Count == 0, "Put these changes into src/TextEngine/PublicAPI.txt, if they are meant:\n" + string.Join('\n', changes));
    }

    [Fact]
    public void TheLibraryStandsOnTheBaseClassLibraryAlone() =>
        Assert.All(typeof(TextEngine.WatchTerms.WatchSet).Assembly.GetReferencedAssemblies(),
            used => Assert.StartsWith("System.", used.Name, StringComparison.Ordinal));

    static IEnumerable<string> Members()
    {
        var assembly = typeof(TextEngine.WatchTerms.WatchSet).Assembly;
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            yield return type.FullName!;
            foreach (var member in type.GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(member => member is not MethodInfo { IsSpecialName: true } and not FieldInfo { IsSpecialName: true })
                .Select(member => $"{type.FullName}: {member}").Order(StringComparer.Ordinal))
            {
                yield return member;
            }
        }
    }
}
