using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>
/// Every name that a plan sends is one that the platform publishes. The names stand in a table here; where the platforms' documents lie beside the repository, the table and the values are checked against them.
/// </summary>
public sealed class PlanSpecTests : IDisposable
{
    private const string V = "GoogleAdsGoogleadsV25Services__";

    private readonly Wire wire = new();

    /// <summary>"adsets targeting.age_min" → values sent; for Google "campaigns operations.create.name".</summary>
    private Dictionary<string, HashSet<string>> Sent(Platform platform)
    {
        var sent = new Dictionary<string, HashSet<string>>();
        var publishes = wire.Get<IPublishes>(platform);
        foreach (var objective in Catalogue.RulesOf(platform).Objectives.Where(o => o.IsOffered).Select(o => o.Objective))
            foreach (var type in Enum.GetValues<BudgetType>())
            {
                var brief = (platform == Platform.Meta ? Briefs.Meta(objective) : Briefs.Google(objective)).Full() with { BudgetType = type };
                foreach (var one in new[] { brief, brief with { LeadFormId = "99", Audience = brief.Audience.Everything() }, brief with { SpecialAdCategories = ["HOUSING"], SpecialAdCountries = ["US"] } })
                    foreach (var step in publishes.PlanLaunch(one).Steps.Concat(Changes(publishes, one)))
                        Flatten(step.Body, Where(platform, step) + " ", sent);
            }
        return sent;
    }

    private static IEnumerable<PlannedStep> Changes(IPublishes publishes, LaunchBrief brief)
    {
        var launched = new LaunchedObjects(brief.Account, brief.Marker, new Dictionary<string, string> { ["budget"] = "1", ["campaign"] = "2", ["adset"] = "3" });
        return [.. publishes.PlanPause(launched), .. publishes.PlanResume(launched), .. publishes.PlanBudget(launched, brief.Budget, brief.BudgetType), .. publishes.PlanRemove(launched)];
    }

    private static string Where(Platform platform, PlannedStep step) => (platform, step.Kind) switch
    {
        (Platform.Meta, StepKind.Campaign) => "campaigns", (Platform.Meta, StepKind.AdSet) => "adsets", (Platform.Meta, StepKind.Ad) => "ads", (Platform.Meta, StepKind.Creative) => "adcreatives",
        (Platform.Meta, StepKind.Media) => step.Body.ContainsKey("source") ? "advideos" : step.Body.ContainsKey("id") ? "video" : "adimages",
        (Platform.Meta, StepKind.Audience) => step.Key.StartsWith("members", StringComparison.Ordinal) ? "users" : "customaudiences",
        (Platform.Meta, _) => step.Key.Contains("adset", StringComparison.Ordinal) ? "adset" : step.Key.Contains("ad:", StringComparison.Ordinal) ? "ad" : "campaign",
        (_, StepKind.Budget or StepKind.ChangeBudget) => "CampaignBudgets", (_, StepKind.Campaign or StepKind.Pause) => "Campaigns", (_, StepKind.AdSet) => "AdGroups", (_, StepKind.Ad) => "AdGroupAds", (_, StepKind.Media) => "Assets",
        (_, StepKind.Targeting) => step.Key == "places" ? "CampaignCriteria" : "AdGroupCriteria",
        (_, StepKind.Audience) => step.Key.StartsWith("members", StringComparison.Ordinal) ? "Job" : "UserLists",
        _ => step.Key.Contains("budget", StringComparison.Ordinal) ? "CampaignBudgets" : step.Key.Contains("adset", StringComparison.Ordinal) ? "AdGroups" : step.Key.Contains("ad:", StringComparison.Ordinal) ? "AdGroupAds" : "Campaigns",
    };

    private static void Flatten(JsonNode? node, string path, Dictionary<string, HashSet<string>> into)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } o:
                foreach (var (name, value) in o) Flatten(value, path.EndsWith(' ') ? path + name : $"{path}.{name}", into);
                break;
            case JsonArray a:
                foreach (var item in a) Flatten(item, path, into);
                break;
            default:
                if (!into.TryGetValue(path, out var values)) into[path] = values = [];
                values.Add(node is JsonObject ? "" : node?.ToString() ?? "");
                break;
        }
    }

    [Theory]
    [InlineData(Platform.Meta)]
    [InlineData(Platform.Google)]
    public void Plans_send_published_names_only(Platform platform) => Sent(platform).Keys.ShouldBeSubsetOf(PublishedNames.Of(platform));

    [Fact]
    public void What_the_table_says_of_Meta_is_published()
    {
        if (Specs("meta", "specs") is not { } folder) return;
        var enums = Read(folder, "enum_types").EnumerateArray().ToDictionary(e => e.GetProperty("name").GetString()!, e => e.GetProperty("values").EnumerateArray().Select(v => v.ToString()).ToHashSet());
        var sent = Sent(Platform.Meta);
        foreach (var entry in PublishedNames.Of(Platform.Meta))
        {
            var (edge, path) = entry.Split(' ') is [var e, var p] ? (e, p.Split('.')) : throw new InvalidOperationException(entry);
            // The object in the path, and a file's part, are no parameters.
            if (path is ["id"] || entry == "adimages filename") continue;
            var (owner, name) = edge switch { "users" => ("CustomAudience", "users"), "campaign" => ("Campaign", null), "adset" => ("AdSet", null), "ad" => ("Ad", null), _ => ("AdAccount", edge) };
            var api = Read(folder, owner).GetProperty("apis").EnumerateArray().Single(a => a.GetProperty("method").GetString() == "POST" && (a.TryGetProperty("endpoint", out var at) ? at.GetString() : null) == name);
            var type = api.GetProperty("params").EnumerateArray().Single(x => x.GetProperty("name").GetString() == path[0], entry).GetProperty("type").GetString()!;
            if (type == "Object" && path[0] == "promoted_object") type = "AdPromotedObject";
            foreach (var field in path.Skip(1))
            {
                if (!File.Exists(Path.Combine(folder, Plain(type) + ".json")) || path[0] == "creative") break;
                type = Read(folder, Plain(type)).GetProperty("fields").EnumerateArray().Single(f => f.GetProperty("name").GetString() == field, entry).GetProperty("type").GetString()!;
            }
            if (enums.TryGetValue(Plain(type), out var allowed) && sent.TryGetValue(entry, out var values)) values.ShouldBeSubsetOf(allowed, entry);
        }
    }

    [Fact]
    public void What_the_table_says_of_Google_is_published()
    {
        if (Specs("google-ads") is not { } folder) return;
        var schemas = Read(folder, "googleads.v25.rest-discovery").GetProperty("schemas");
        var sent = Sent(Platform.Google);
        foreach (var entry in PublishedNames.Of(Platform.Google))
        {
            var (service, path) = entry.Split(' ') is [var s, var p] ? (s, p.Split('.')) : throw new InvalidOperationException(entry);
            var schema = schemas.GetProperty(service == "Job" ? V + "CreateOfflineUserDataJobRequest" : $"{V}Mutate{service}Request");
            JsonElement property = default;
            foreach (var field in path)
            {
                schema.GetProperty("properties").TryGetProperty(field, out property).ShouldBeTrue($"{entry}: {field}");
                var items = property.TryGetProperty("items", out var i) ? i : property;
                if (items.TryGetProperty("$ref", out var reference)) schema = schemas.GetProperty(reference.GetString()!);
            }
            if (property.TryGetProperty("enum", out var allowed) && sent.TryGetValue(entry, out var values)) values.ShouldBeSubsetOf(allowed.EnumerateArray().Select(v => v.GetString()!), entry);
        }
    }

    private static string Plain(string type) => type.StartsWith("list<", StringComparison.Ordinal) ? type[5..^1] : type;

    private static readonly Dictionary<string, JsonElement> Files = [];

    private static JsonElement Read(string folder, string name)
    {
        var path = Path.Combine(folder, name + ".json");
        lock (Files) return Files.TryGetValue(path, out var file) ? file : Files[path] = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(path));
    }

    private static string? Specs(params string[] path)
    {
        for (var folder = Directory.GetParent(Repository.Root); folder is not null; folder = folder.Parent)
            if (Path.Combine([folder.FullName, "shared", "specs", .. path]) is var found && Directory.Exists(found)) return found;
        return null;
    }

    public void Dispose() => wire.Dispose();
}

internal static class JsonSearch
{
    /// <summary>The only one that fits; the words say what was looked for.</summary>
    public static JsonElement Single(this IEnumerable<JsonElement> elements, Func<JsonElement, bool> fits, string words)
    {
        var found = elements.Where(fits).ToList();
        found.Count.ShouldBe(1, words);
        return found[0];
    }
}
