using System.Text.RegularExpressions;

namespace NewsMonitor.Tests.House;

/// <summary>Who may import whom. The order of the stages is the order of the pipeline; the floor carries them all and knows none.</summary>
public sealed partial class ImportRules
{
    static readonly string[] Stages = ["Feeds", "Articles", "Stories", "Watches", "Alerts", "Deliveries", "Review", "Pages"];
    static readonly string[] Floor = ["Database", "Outbound", "Operations"];

    [Theory]
    [InlineData("TextEngine")]
    [InlineData("FeedParser")]
    public void PureProjectsReferenceTheFrameworkOnly(string project)
    {
        var assembly = System.Reflection.Assembly.Load(project);
        var foreign = assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => !(name.StartsWith("System.", StringComparison.Ordinal) || name is "System" or "netstandard" or "mscorlib"));
        Assert.Empty(foreign);
        Assert.DoesNotContain("PackageReference", File.ReadAllText(Repository.Path("src", project, project + ".csproj")), StringComparison.Ordinal);
    }

    [Fact]
    public void StagesUseEarlierStagesOnly() => Assert.Empty(
        from stage in Stages
        from file in Files(stage)
        from used in Imports(file)
        where Array.IndexOf(Stages, used) > Array.IndexOf(Stages, stage)
        select $"{stage}/{Path.GetFileName(file)} imports {used}");

    [Fact]
    public void TheFloorKnowsNoStage() => Assert.Empty(
        from room in Floor
        from file in Files(room)
        from used in Imports(file)
        where Stages.Contains(used)
        select $"{room}/{Path.GetFileName(file)} imports {used}");

    [Fact]
    public void OnlyTheScheduleKnowsQuartz() => Assert.Empty(
        from file in Directory.EnumerateFiles(Repository.Path("src", "NewsMonitor"), "*.cs", SearchOption.AllDirectories)
        where !InBuildOutput(file) && !file.Contains($"{Path.DirectorySeparatorChar}Schedule{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        where QuartzUse().IsMatch(File.ReadAllText(file))
        select file);

    [Fact]
    public void EveryFolderOfTheHostHasItsPlaceInTheOrder() => Assert.Empty(
        Directory.GetDirectories(Repository.Path("src", "NewsMonitor")).Select(d => Path.GetFileName(d)!)
            .Except([.. Stages, .. Floor, "Schedule", "bin", "obj", "Properties", "wwwroot"]));

    static IEnumerable<string> Files(string folder) => Directory.Exists(Repository.Path("src", "NewsMonitor", folder))
        ? Directory.EnumerateFiles(Repository.Path("src", "NewsMonitor", folder), "*.cs", SearchOption.AllDirectories)
        : [];

    static IEnumerable<string> Imports(string file) =>
        Import().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value).Distinct();

    static bool InBuildOutput(string file) => file.Contains("/obj/", StringComparison.Ordinal) || file.Contains("/bin/", StringComparison.Ordinal);

    [GeneratedRegex(@"\bNewsMonitor\.([A-Z]\w+)")]
    private static partial Regex Import();

    [GeneratedRegex(@"\busing (static )?Quartz\b|\bQuartz\.[A-Z]")]
    private static partial Regex QuartzUse();
}
