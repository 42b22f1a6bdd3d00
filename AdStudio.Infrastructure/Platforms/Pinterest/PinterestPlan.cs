using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>
/// A launch on Pinterest: audiences, campaign, ad group, videos, pins and ads, all paused, then everything is switched on from the ads upwards.
/// Bodies are one item of the lists that Pinterest takes; "id" in the body of a change says which.
/// </summary>
internal sealed class PinterestPlan(LaunchBrief brief)
{
    private readonly List<PlannedStep> steps = [];
    private readonly List<PlanNote> notes = [];
    private readonly string objective = ObjectiveOf(brief);

    public static LaunchPlan Of(LaunchBrief brief) => new PinterestPlan(brief).Make();

    public static string BudgetTypeOf(BudgetType type) => type == BudgetType.Daily ? "DAILY" : "LIFETIME";

    /// <summary>Whom a brief's ads are for once it runs: with the audiences that are there, and those that the launch made.</summary>
    /// <param name="made">Audiences that the launch made, by the audience's own id.</param>
    public static JsonObject TargetingOf(LaunchBrief brief, IReadOnlyDictionary<Guid, string> made, List<PlanNote> notes)
    {
        var used = new List<string>();
        foreach (var audience in brief.Audiences)
            if ((audience.ExternalId ?? made.GetValueOrDefault(audience.Id)) is { } id) used.Add(id);
            else notes.Add(PlanWords.LeftOut("audienceIds", $"“{audience.Name}” is not on this Pinterest account yet. Send it there first."));
        return PinterestTargeting.Of(brief, used, notes);
    }

    public static string ObjectiveOf(LaunchBrief brief) => brief.Objective switch
    {
        Objective.Engagement when brief.Creatives.Count > 0 && brief.Creatives.All(c => c.Type == CreativeType.Video) => "VIDEO_COMPLETION",
        Objective.Leads when brief.Pixel is not null => "WEB_CONVERSION",
        _ when PinterestCatalogue.Rules.Offer(brief.Objective) is { IsOffered: true } offer => offer.Wire,
        _ => throw new InvalidOperationException($"Pinterest is not offered for {brief.Objective}."),
    };

    private LaunchPlan Make()
    {
        var audiences = Audiences();
        Campaign();
        AdGroup(audiences);
        var pins = new PinterestPins(brief, objective, steps, notes);
        foreach (var (creative, number) in brief.Creatives.Select((c, i) => (c, i + 1))) pins.Add(creative, number, "{{adset}}");
        foreach (var (creative, number) in brief.Creatives.Select((c, i) => (c, i + 1))) Activate($"ad:{number}", $"Switch on the ad “{creative.Name}”");
        Activate("adset", "Switch on the ad group");
        Activate("campaign", "Switch on the campaign");
        return new(steps, notes);
    }

    private void Campaign() => Add("campaign", StepKind.Campaign, "Create the campaign", new JsonObject
    {
        ["ad_account_id"] = brief.Account.ExternalId, ["name"] = PlanWords.Named(brief.Name, brief.Marker, PinterestFromMemory.MaxName), ["objective_type"] = objective, ["status"] = "PAUSED", ["is_campaign_budget_optimization"] = false,
    });

    private void AdGroup(IReadOnlyList<string> audiences)
    {
        var body = new JsonObject
        {
            ["name"] = PlanWords.Named(brief.Name, brief.Marker, PinterestFromMemory.MaxName), ["campaign_id"] = "{{campaign}}", ["status"] = "PAUSED",
            ["budget_in_micro_currency"] = brief.Budget.Micros, ["budget_type"] = BudgetTypeOf(brief.BudgetType), ["pacing_delivery_type"] = "STANDARD",
            ["billable_event"] = PinterestFromMemory.BillableEvent(objective), ["bid_strategy_type"] = brief.Bid is null ? PinterestFromMemory.AutomaticBid : "MAX_BID", ["placement_group"] = "ALL",
            // Otherwise Pinterest shows the ads to others than those chosen.
            ["auto_targeting_enabled"] = false,
        };
        notes.Add(PlanWords.Converted("budget.amount", $"{(brief.BudgetType == BudgetType.Daily ? "Daily" : "Lifetime")} budget {brief.Budget} becomes {brief.Budget.Micros.ToString(System.Globalization.CultureInfo.InvariantCulture)} millionths."));
        if (brief.Bid is { AmountMicros: { } bid }) body["bid_in_micro_currency"] = bid;
        if (Goal() is { } goal) body["optimization_goal_metadata"] = goal;
        if (brief.Start is { } start) body["start_time"] = Time("schedule.start", "Starts", start);
        if (brief.End is { } end) body["end_time"] = Time("schedule.end", "Ends", end);
        body["targeting_spec"] = PinterestTargeting.Of(brief, audiences, notes);
        Add("adset", StepKind.AdSet, "Create the ad group", body);
    }

    private JsonObject? Goal()
    {
        if (brief.Objective == Objective.Engagement && objective == "CONSIDERATION") notes.Add(PlanWords.Converted("objective", "Pinterest has no goal of engagement for images: it looks for people who open the Pin. With videos alone it would look for people who watch them."));
        if (brief.Objective == Objective.Leads && objective == "CONSIDERATION") notes.Add(PlanWords.Converted("objective", "Without a conversion tag Pinterest cannot see leads on your site: it looks for people who open the link."));
        if (objective != "WEB_CONVERSION") return null;
        return new JsonObject
        {
            ["conversion_tag_v3_goal_metadata"] = new JsonObject
            {
                ["conversion_event"] = brief.Objective == Objective.Leads ? "LEAD" : "CHECKOUT", ["conversion_tag_id"] = brief.Pixel?.Id,
                ["attribution_windows"] = new JsonObject { ["click_window_days"] = 30, ["engagement_window_days"] = 30, ["view_window_days"] = 1 },
            },
        };
    }

    /// <summary>Unix seconds.</summary>
    private long Time(string field, string what, DateTimeOffset instant)
    {
        notes.Add(PlanWords.Converted(field, $"{what} {PlanWords.Moment(instant.ToUniversalTime())} UTC; Pinterest counts its days in UTC."));
        return instant.ToUnixTimeSeconds();
    }

    private List<string> Audiences()
    {
        var used = new List<string>();
        foreach (var audience in brief.Audiences)
        {
            var number = steps.Count(s => s.Key.StartsWith("audience:", StringComparison.Ordinal)) + 1;
            var marker = $"{brief.Marker}-{number}";
            if (audience.ExternalId is { } there) used.Add(there);
            else if (Body(audience, number, marker) is { } body)
            {
                Step($"audience:{number}", $"Create the audience “{audience.Name}”", body);
                if (audience.Type == AudienceType.CustomerMatch)
                    Step($"members:{number}", $"Send the members of “{audience.Name}”, as hashes only", new() { ["id"] = $"{{{{list:{number}}}}}", ["operation_type"] = "ADD", ["records"] = "(SHA-256 of each member's e-mail address)" });
                used.Add($"{{{{audience:{number}}}}}");
            }

            void Step(string key, string title, JsonObject step) => steps.Add(new(key, StepKind.Audience, title, marker, step) { AudienceId = audience.Id });
        }
        return used;
    }

    /// <summary>What the audience is made from, after the step of its list where it needs one; null when Pinterest cannot have it.</summary>
    private JsonObject? Body(BriefAudience audience, int number, string marker)
    {
        var name = PlanWords.Named(audience.Name, marker, PinterestAudience.MaxName);
        if (audience.Type == AudienceType.CustomerMatch)
        {
            steps.Add(new($"list:{number}", StepKind.Audience, $"Create the customer list of “{audience.Name}”", marker, PinterestAudience.List(name, marker)) { AudienceId = audience.Id });
            return PinterestAudience.OfList(name, $"{{{{list:{number}}}}}");
        }
        var body = PinterestAudience.Other(audience, brief.Pixel, brief.Audience.Places is [var first, ..] ? first.Country : null, name, out var whyNot);
        if (body is null) notes.Add(PlanWords.LeftOut("audienceIds", whyNot!));
        return body;
    }

    private void Activate(string key, string title)
    {
        var body = new JsonObject { ["id"] = $"{{{{{key}}}}}", ["status"] = "ACTIVE" };
        if (key == "campaign") body["ad_account_id"] = brief.Account.ExternalId;
        Add($"activate:{key}", StepKind.Activate, title, body);
    }

    private void Add(string key, StepKind kind, string title, JsonObject body) => steps.Add(new(key, kind, title, brief.Marker, body));
}
