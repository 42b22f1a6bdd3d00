using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>Everything that stands on a LinkedIn account, with the posts that its ads show.</summary>
internal sealed class LinkedInImport(LinkedInApi api, TimeProvider time) : IImportsCampaigns
{
    private const int PostsACall = 40;

    public Platform Platform => Platform.LinkedIn;

    public async IAsyncEnumerable<Result<ImportedCampaign>> ReadAllAsync(PlatformAccess access, [EnumeratorCancellation] CancellationToken ct)
    {
        if (!(await LinkedInTree.ReadAsync(api, access, "(test:false)", ct)).TryGet(out var all, out var refusal))
        {
            yield return Result<ImportedCampaign>.Refused(refusal);
            yield break;
        }
        var groups = all.Where(g => !LinkedInTree.IsGone(g.Body)).ToList();
        if (!(await PostsAsync(access, groups, ct)).TryGet(out var posts, out refusal) || !(await PlacesAsync(access, groups, ct)).TryGet(out var places, out refusal))
        {
            yield return Result<ImportedCampaign>.Refused(refusal);
            yield break;
        }
        foreach (var group in groups) yield return Of(group, posts, places, access.Account!);
    }

    private ImportedCampaign Of(LinkedInGroup group, Dictionary<string, JsonObject> posts, IReadOnlyDictionary<string, string> places, AccountHandle account)
    {
        var campaigns = group.Campaigns.Where(c => !LinkedInTree.IsGone(c.Body)).ToList();
        var states = campaigns.Select(c => new AdSetState(LinkedInTree.Id(c.Body), LinkedInTree.Name(c.Body), LinkedInTree.Status(c.Body), [.. c.Creatives.Where(a => !LinkedInTree.IsGone(a)).Select(LinkedInTree.Ad)])).ToList();
        var sets = campaigns.Select(c => new ImportedAdSet(LinkedInTree.Id(c.Body), LinkedInTree.Name(c.Body), LinkedInTree.Status(c.Body), [.. c.Creatives.Where(a => !LinkedInTree.IsGone(a)).Select(a => Ad(a, posts))])).ToList();
        var (daily, total) = (Sum(campaigns, "dailyBudget"), Sum(campaigns, "totalBudget") ?? Micros(group.Body["totalBudget"]));
        return new(LinkedInTree.Id(group.Body), LinkedInTree.Name(group.Body), LinkedInTree.Whole(group, states, time.GetUtcNow()), LinkedInTree.Status(group.Body), sets)
        {
            Objective = campaigns.Select(c => ObjectiveOf(c.Body["objectiveType"]?.ToString())).FirstOrDefault(o => o is not null),
            Budget = (daily ?? total) is { } micros ? new Money(micros, account.Currency) : null, BudgetType = daily is null && total is not null ? BudgetType.Lifetime : BudgetType.Daily,
            Start = LinkedInTree.Instant(group.Body["runSchedule"]?["start"]), End = LinkedInTree.End(group.Body) ?? campaigns.Select(c => LinkedInTree.End(c.Body)).Max(), CreatedAt = LinkedInTree.Instant(group.Body["changeAuditStamps"]?["created"]?["time"]),
            Audience = campaigns.Select(c => c.Body["targetingCriteria"]).OfType<JsonObject>().FirstOrDefault() is { } criteria ? Audience(criteria, places) : null,
            // Where there are several campaigns nobody can say which one is meant to get the money.
            Ids = campaigns is [var only] ? new Dictionary<string, string> { ["adset"] = LinkedInTree.Id(only.Body) } : [],
        };
    }

    /// <summary>One value stands for sales and for leads; sales are the more common.</summary>
    private static Objective? ObjectiveOf(string? wire) => wire switch
    {
        "WEBSITE_CONVERSION" => Objective.Sales, "LEAD_GENERATION" => Objective.Leads, "VIDEO_VIEW" => Objective.Engagement,
        _ => LinkedInCatalogue.Rules.Objectives.FirstOrDefault(o => o.IsOffered && o.Wire == wire)?.Objective,
    };

    private static ImportedAd Ad(JsonObject creative, Dictionary<string, JsonObject> posts) => new(LinkedInTree.Id(creative), LinkedInTree.Name(creative), LinkedInTree.Status(creative), LinkedInTree.Rejection(creative),
        creative["content"]?["reference"]?.ToString() is { } urn && posts.TryGetValue(urn, out var post) ? Creative(urn, post) : null);

    /// <summary>LinkedIn gives no lasting addresses of a post's files.</summary>
    private static ImportedCreative Creative(string urn, JsonObject post)
    {
        var content = post["content"];
        var first = content?["carousel"]?["cards"]?[0];
        var type = first is not null ? CreativeType.Carousel : content?["media"]?["id"]?.ToString().StartsWith("urn:li:video:", StringComparison.Ordinal) == true ? CreativeType.Video : CreativeType.Image;
        var label = post["contentCallToActionLabel"]?.ToString() ?? "";
        return new(urn, post["adContext"]?["dscName"]?.ToString() ?? "", type, LinkedInPosts.Unescaped(post["commentary"]?.ToString() ?? ""), (first?["media"]?["title"] ?? content?["media"]?["title"] ?? content?["article"]?["title"])?.ToString() ?? "",
            content?["article"]?["description"]?.ToString() ?? "", LinkedInCatalogue.Rules.CallsToAction.FirstOrDefault(c => c.Wire == label)?.Name ?? label, (post["contentLandingPage"] ?? first?["landingPage"] ?? content?["article"]?["source"])?.ToString() ?? "", []);
    }

    private async Task<Result<Dictionary<string, JsonObject>>> PostsAsync(PlatformAccess access, List<LinkedInGroup> groups, CancellationToken ct)
    {
        var posts = new Dictionary<string, JsonObject>();
        var urns = groups.SelectMany(g => g.Campaigns).SelectMany(c => c.Creatives).Select(c => c["content"]?["reference"]?.ToString()).OfType<string>().Distinct();
        foreach (var some in urns.Chunk(PostsACall))
        {
            var answer = await api.GetAsync(access, "posts", [("ids", Restli.List(some))], ct, method: "BATCH_GET");
            if (!answer.TryGet(out var body, out var refusal))
            {
                // Ads can be seen by who may not see the page's posts.
                if (refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission }) return posts;
                return Result<Dictionary<string, JsonObject>>.Refused(refusal);
            }
            foreach (var (urn, post) in body["results"] as JsonObject ?? []) if (post is JsonObject found) posts[urn] = found;
        }
        return posts;
    }

    private async Task<Result<IReadOnlyDictionary<string, string>>> PlacesAsync(PlatformAccess access, List<LinkedInGroup> groups, CancellationToken ct) =>
        await LinkedInPlaces.NamesAsync(api, access, groups.SelectMany(g => g.Campaigns).SelectMany(c => Facets(c.Body["targetingCriteria"])).Where(f => f.Urn.StartsWith("urn:li:geo:", StringComparison.Ordinal)).Select(f => f.Urn), ct);

    private static AudienceSpec Audience(JsonObject criteria, IReadOnlyDictionary<string, string> places)
    {
        var facets = Facets(criteria).ToLookup(f => f.Facet, f => f.Urn);
        var groups = LinkedInCatalogue.Rules.AgeGroups.Where(g => facets["ageRanges"].Contains(g.Wire)).ToList();
        var genders = facets["genders"].ToList();
        return new()
        {
            Places = [.. facets["locations"].Select(urn => Place(urn, places)).OfType<TargetPlace>()], Genders = genders is [var only] ? [only.EndsWith(":FEMALE", StringComparison.Ordinal) ? Gender.Women : Gender.Men] : [],
            AgeMin = groups.Count == 0 ? 18 : groups[0].From, AgeMax = groups.Count == 0 ? 65 : groups[^1].To ?? 65,
        };
    }

    private static TargetPlace? Place(string urn, IReadOnlyDictionary<string, string> names)
    {
        if (!names.TryGetValue(urn, out var name)) return null;
        var option = LinkedInPlaces.Option(urn, name);
        return option is { PlaceKind: { } kind, Country: { } country } ? new() { Kind = kind, Name = option.Name, Country = country, Ids = new Dictionary<Platform, string> { [Platform.LinkedIn] = urn } } : null;
    }

    /// <summary>What criteria include, facet by facet.</summary>
    private static IEnumerable<(string Facet, string Urn)> Facets(JsonNode? criteria) => (criteria?["include"]?["and"] as JsonArray ?? []).SelectMany(c => c?["or"] as JsonObject ?? [])
        .SelectMany(f => (f.Value as JsonArray ?? []).Select(v => (Restli.IdOf(f.Key), v?.ToString() ?? "")));

    private static long? Sum(List<LinkedInCampaign> campaigns, string field) => campaigns.Select(c => Micros(c.Body[field])).OfType<long>().ToList() is { Count: > 0 } found ? found.Sum() : null;

    private static long? Micros(JsonNode? money) => decimal.TryParse(money?["amount"]?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var units) ? decimal.ToInt64(decimal.Round(units * Money.MicrosPerUnit)) : null;
}
