using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>
/// A launch on LinkedIn. Its campaign group is our campaign, its campaign our ad set, its creative our ad, which shows a post made for it alone. One of its campaigns shows ads of one format: images, videos and
/// carousels get one each, and share the budget. All are drafts, then switched on from the group downwards, as LinkedIn wants it: nothing is spent before the campaigns, which come last.
/// </summary>
internal sealed class LinkedInPlan(LaunchBrief brief)
{
    /// <summary>Stands for the start until the step runs, where the launch is to begin at once.</summary>
    public const string AtLaunch = "(the moment of the launch)";

    public const int MaxName = 100;

    private readonly List<PlannedStep> steps = [];
    private readonly List<PlanNote> notes = [];

    public static LaunchPlan Of(LaunchBrief brief) => new LinkedInPlan(brief).Make();

    /// <summary>Stands for a start that an edit leaves where it is; LinkedIn wants it said again.</summary>
    public const string AsItIs = "(as it is)";

    /// <summary>The key of the campaign for a kind of creative; that for images has the plain one.</summary>
    public static string KeyOf(CreativeType type) => type == CreativeType.Image ? "adset" : $"adset:{type.ToString().ToLowerInvariant()}";

    /// <summary>The marker in that campaign's name.</summary>
    public static string MarkerOf(string key, string marker) => key == "adset" ? marker : $"{marker}-{key["adset:".Length..]}";

    /// <summary>Whole digits of the currency, as text: "60.00".</summary>
    public static JsonObject Wire(Money money) => new()
    {
        ["amount"] = (money.Minor / (decimal)Math.Pow(10, Currencies.Digits(money.Currency))).ToString("F" + Currencies.Digits(money.Currency), CultureInfo.InvariantCulture), ["currencyCode"] = money.Currency,
    };

    public static string BudgetField(BudgetType type) => type == BudgetType.Daily ? "dailyBudget" : "totalBudget";

    private LaunchPlan Make()
    {
        var creatives = Affordable(out var formats);
        var segments = Audiences();
        Group();
        var budgets = brief.Budget.Split(formats.Count);
        var criteria = LinkedInTargeting.Of(brief.Audience, segments, notes);
        foreach (var (format, i) in formats.Select((f, i) => (f, i))) Campaign(format, budgets[i], (JsonObject)criteria.DeepClone());
        BudgetNotes(formats, budgets);
        var posts = new LinkedInPosts(brief, notes, steps);
        foreach (var (creative, number) in creatives) posts.Add(creative, $"creative:{number}", $"{brief.Marker}-{number}", "");
        foreach (var (creative, number) in creatives)
            steps.Add(LinkedInPosts.Ad(creative, $"ad:{number}", $"{brief.Marker}-{number}", $"{{{{{KeyOf(creative.Type)}}}}}", $"{{{{creative:{number}}}}}"));

        Activate("campaign", "adCampaignGroups", "status", "Switch on the campaign group");
        foreach (var (creative, number) in creatives) Activate($"ad:{number}", "creatives", "intendedStatus", $"Switch on the ad “{creative.Name}”");
        foreach (var format in formats) Activate(KeyOf(format), "adCampaigns", "status", formats.Count == 1 ? "Switch on the campaign" : $"Switch on the campaign for {Words(format)}");
        return new(steps, notes);
    }

    /// <summary>The creatives of as many formats as the budget has the least amount for, in their order.</summary>
    private List<(BriefCreative Creative, int Number)> Affordable(out List<CreativeType> formats)
    {
        var days = brief.BudgetType == BudgetType.Lifetime && brief is { Start: { } start, End: { } end } ? Math.Max(1, (int)Math.Ceiling((end - start).TotalDays)) : 1;
        var least = LinkedInCatalogue.Rules.MinimumBudget(brief.Budget.Currency, days);
        var all = brief.Creatives.Select(c => c.Type).Distinct().ToList();
        var most = least.Micros == 0 ? all.Count : (int)Math.Clamp(brief.Budget.Micros / least.Micros, 1, all.Count);
        var used = formats = [.. all.Take(most)];
        foreach (var creative in brief.Creatives.Where(c => !used.Contains(c.Type)))
            notes.Add(PlanWords.LeftOut("creatives", $"“{creative.Name}” is left out: LinkedIn runs images, videos and carousels in campaigns of their own, and each needs at least {least}."));
        return [.. brief.Creatives.Where(c => used.Contains(c.Type)).Select((c, i) => (c, i + 1))];
    }

    private void Group() => Add("campaign", StepKind.Campaign, "Create the campaign group", brief.Marker, new JsonObject
    {
        ["account"] = Restli.Account(brief.Account.ExternalId), ["name"] = PlanWords.Named(brief.Name, brief.Marker, MaxName), ["status"] = "DRAFT", ["runSchedule"] = Schedule(withNotes: true),
    });

    private void Campaign(CreativeType type, Money budget, JsonObject criteria)
    {
        var key = KeyOf(type);
        var marker = MarkerOf(key, brief.Marker);
        var objective = brief.LeadFormId is not null ? "LEAD_GENERATION" : LinkedInCatalogue.Rules.Offer(brief.Objective).Wire;
        Add(key, StepKind.AdSet, $"Create the campaign for {Words(type)}", marker, new JsonObject
        {
            ["account"] = Restli.Account(brief.Account.ExternalId), ["campaignGroup"] = Restli.Group("{{campaign}}"), ["name"] = PlanWords.Named(brief.Name, marker, MaxName), ["status"] = "DRAFT", ["type"] = "SPONSORED_UPDATES",
            ["format"] = LinkedInFromMemory.FormatOf(type), ["objectiveType"] = objective, ["optimizationTargetType"] = LinkedInFromMemory.TargetOf(objective), ["costType"] = "CPM",
            ["unitCost"] = new JsonObject { ["amount"] = LinkedInFromMemory.NoBid, ["currencyCode"] = budget.Currency }, [BudgetField(brief.BudgetType)] = Wire(budget), ["creativeSelection"] = "OPTIMIZED",
            ["associatedEntity"] = Restli.Organization(brief.Page?.Id ?? ""), ["locale"] = new JsonObject { ["country"] = "US", ["language"] = "en" }, ["runSchedule"] = Schedule(withNotes: false), ["targetingCriteria"] = criteria,
            // The people chosen and nobody else, on LinkedIn and nowhere else.
            ["audienceExpansionEnabled"] = false, ["offsiteDeliveryEnabled"] = false, ["politicalIntent"] = "NOT_POLITICAL",
        });
        if (objective == "WEBSITE_CONVERSION" && brief.Pixel is { } rule)
            Add($"conversion:{key}", StepKind.Change, $"Count “{rule.Name}” for the campaign", marker, new JsonObject { ["campaign"] = Restli.Campaign($"{{{{{key}}}}}"), ["conversion"] = Restli.Conversion(rule.Id) });
    }

    private JsonObject Schedule(bool withNotes)
    {
        var schedule = new JsonObject { ["start"] = brief.Start is { } start ? start.ToUnixTimeMilliseconds() : AtLaunch };
        if (brief.End is { } end) schedule["end"] = end.ToUnixTimeMilliseconds();
        if (!withNotes) return schedule;
        foreach (var (field, what, at) in new[] { ("schedule.start", "Starts", brief.Start), ("schedule.end", "Ends", brief.End) })
            if (at is { } instant) notes.Add(PlanWords.Converted(field, $"{what} {PlanWords.Moment(instant.ToUniversalTime())} UTC: LinkedIn's days are those of UTC."));
        return schedule;
    }

    private void BudgetNotes(List<CreativeType> formats, IReadOnlyList<Money> budgets)
    {
        var kind = brief.BudgetType == BudgetType.Daily ? "Daily" : "Lifetime";
        notes.Add(PlanWords.Converted("budget.amount", formats.Count == 1
            ? $"{kind} budget {brief.Budget} becomes {Wire(brief.Budget)["amount"]} {brief.Budget.Currency}."
            : $"{kind} budget {brief.Budget} is shared by campaigns for {string.Join(" and ", formats.Select((f, i) => $"{Words(f)} ({budgets[i]})"))}."));
    }

    /// <summary>Whether LinkedIn has the audience, or can be given it.</summary>
    public static bool IsMade(BriefAudience audience) => audience.ExternalId is not null || audience.Type == AudienceType.CustomerMatch;

    /// <summary>The places of the segments' urns.</summary>
    private List<string> Audiences()
    {
        var used = new List<string>();
        foreach (var audience in brief.Audiences)
        {
            if (!IsMade(audience))
            {
                notes.Add(PlanWords.LeftOut("audienceIds", $"LinkedIn cannot make the audience “{audience.Name}”."));
                continue;
            }
            var (number, marker) = (used.Count + 1, $"{brief.Marker}-{used.Count + 1}");
            var id = audience.ExternalId;
            if (id is null)
            {
                id = $"{{{{audience:{number}}}}}";
                steps.Add(new($"audience:{number}", StepKind.Audience, $"Create the audience “{audience.Name}”", marker, LinkedInSegments.Body(audience.Name, marker, brief.Account.ExternalId)) { AudienceId = audience.Id });
                steps.Add(new($"members:{number}", StepKind.Audience, $"Send the members of “{audience.Name}”, as hashes only", marker, LinkedInSegments.Members(id)) { AudienceId = audience.Id });
            }
            Add($"segment:{number}", StepKind.Audience, $"Wait until LinkedIn has matched “{audience.Name}”", marker, new JsonObject { ["id"] = id });
            used.Add($"{{{{segment:{number}}}}}");
        }
        return used;
    }

    public static string Words(CreativeType type) => type switch { CreativeType.Video => "videos", CreativeType.Carousel => "carousels", _ => "images" };

    private void Activate(string key, string resource, string field, string title) => steps.Add(Set($"activate:{key}", StepKind.Activate, title, brief.Marker, resource, $"{{{{{key}}}}}", field, "ACTIVE"));

    /// <summary>A change of one field: "resource" and "id" are the object in the path.</summary>
    public static PlannedStep Set(string key, StepKind kind, string title, string marker, string resource, string id, string field, JsonNode value) =>
        new(key, kind, title, marker, new JsonObject { ["resource"] = resource, ["id"] = id, [field] = value });

    private void Add(string key, StepKind kind, string title, string marker, JsonObject body) => steps.Add(new(key, kind, title, marker, body));
}
