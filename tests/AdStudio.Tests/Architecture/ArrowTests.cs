using System.Reflection;
using System.Text.RegularExpressions;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Architecture;

/// <summary>The arrows of the house: who may know whom.</summary>
public sealed partial class ArrowTests
{
    private static readonly Assembly Core = typeof(StudioDb).Assembly;
    private static readonly Assembly Infrastructure = typeof(AdStudio.Infrastructure.Data.DatabaseSetup).Assembly;
    private static readonly Assembly Sandbox = Assembly.Load("AdStudio.Sandbox");

    /// <summary>Core's features from top to bottom: each may know those before it.</summary>
    private static readonly string[] Order = ["Common", "Data", "Mail", "Platforms", "Accounts", "Connections", "Creatives", "Audiences", "Pixels", "LeadForms", "Campaigns", "Operations", "Leads", "Insights", "Partners", "Upkeep"];

    [Fact]
    public void Core_knows_no_other_project_and_no_database_product()
    {
        var known = Core.GetReferencedAssemblies().Select(a => a.Name!).ToList();

        known.ShouldNotContain(name => name.StartsWith("AdStudio.", StringComparison.Ordinal));
        known.ShouldNotContain(name => name.Contains("Sqlite", StringComparison.Ordinal) || name.Contains("SqlServer", StringComparison.Ordinal) || name.Contains("SqlClient", StringComparison.Ordinal));
        known.ShouldNotContain(name => name.StartsWith("Microsoft.AspNetCore.Http", StringComparison.Ordinal) || name == "System.Net.Http");
    }

    [Fact]
    public void Infrastructure_knows_Core_alone_and_the_sandbox_knows_nobody()
    {
        Infrastructure.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("AdStudio.", StringComparison.Ordinal)).ShouldBe(["AdStudio.Core"]);
        Sandbox.GetReferencedAssemblies().Select(a => a.Name!).ShouldNotContain(n => n.StartsWith("AdStudio.", StringComparison.Ordinal));
    }

    [Fact]
    public void Among_Cores_features_the_arrows_run_upward()
    {
        // The one DbContext and its audit see every feature: that is what they are for.
        string[] exempt = ["StudioDb.cs", "AuditTrail.cs"];
        var wrong =
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "AdStudio.Core"), "*.cs", SearchOption.AllDirectories)
            let parts = Path.GetRelativePath(Path.Combine(Repository.Root, "AdStudio.Core"), file).Split(Path.DirectorySeparatorChar)
            where parts.Length > 1 && !exempt.Contains(parts[^1]) && parts[0] is not ("bin" or "obj")
            from Match used in FeatureName().Matches(File.ReadAllText(file))
            let feature = used.Groups[1].Value
            where Array.IndexOf(Order, feature) > Array.IndexOf(Order, parts[0])
            select $"{parts[0]}/{parts[^1]} knows {feature}";

        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Every_feature_of_Core_has_its_place_in_the_order() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "AdStudio.Core")).Select(d => Path.GetFileName(d)!).Except(["bin", "obj"]).ShouldBeSubsetOf(Order);

    [Fact]
    public void Pages_never_see_the_database()
    {
        var features = Path.Combine(Repository.Root, "AdStudio.Web", "Features");
        var wrong = Directory.Exists(features)
            ? Directory.EnumerateFiles(features, "*.*", SearchOption.AllDirectories).Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
                .Where(f => StudioDbName().IsMatch(File.ReadAllText(f))).Select(f => Path.GetFileName(f))
            : [];

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void An_action_takes_its_actor_first_and_runs_in_one_method()
    {
        var actions = Core.GetExportedTypes().Where(t => t is { IsClass: true, IsSealed: true } && t.GetMethod("RunAsync") is not null && !t.IsDefined(typeof(WithoutActorAttribute), false));

        foreach (var action in actions)
            action.GetMethod("RunAsync")!.GetParameters().First().ParameterType.ShouldBe(typeof(Actor), action.Name);
    }

    [Fact]
    public void Time_is_asked_of_the_TimeProvider()
    {
        string[] projects = ["AdStudio.Core", "AdStudio.Infrastructure", "AdStudio.Web"];
        var wrong =
            from project in projects
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.*", SearchOption.AllDirectories)
            where (file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".razor", StringComparison.Ordinal)) && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            where WallClock().IsMatch(File.ReadAllText(file))
            select Path.GetFileName(file);

        wrong.ShouldBeEmpty();
    }

    [GeneratedRegex(@"\bAdStudio\.Core\.([A-Z]\w+)\b")]
    private static partial Regex FeatureName();

    [GeneratedRegex(@"\bStudioDb\b|\bDbContext\b")]
    private static partial Regex StudioDbName();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex WallClock();
}
