using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>Campaigns: budget, times, targeting and what goes with what.</summary>
internal sealed class LinkedInCampaigns(LinkedInContext context, LinkedInGroups groups, LinkedInTargeting targeting)
{
    private static readonly Dictionary<string, string[]> Targets = new()
    {
        ["BRAND_AWARENESS"] = ["MAX_IMPRESSION", "MAX_REACH", "NONE"], ["WEBSITE_VISIT"] = ["MAX_CLICK", "MAX_IMPRESSION", "NONE"], ["ENGAGEMENT"] = ["MAX_CLICK", "MAX_IMPRESSION", "NONE"], ["VIDEO_VIEW"] = ["MAX_VIDEO_VIEW", "NONE"],
        ["LEAD_GENERATION"] = ["MAX_LEAD", "MAX_CLICK", "NONE"], ["WEBSITE_CONVERSION"] = ["MAX_CONVERSION", "MAX_CLICK", "NONE"], ["JOB_APPLICANT"] = ["MAX_CLICK", "NONE"],
    };

    private static readonly LinkedInShape Shape = new LinkedInShape().With("account!", LinkedInShape.Urn("urn:li:sponsoredAccount")).With("campaignGroup!", LinkedInShape.Urn("urn:li:sponsoredCampaignGroup"))
        .With("name!", LinkedInShape.Text(255)).With("status!", LinkedInShape.OneOf(LinkedInGroups.Statuses)).With("type!", LinkedInShape.OneOf("TEXT_AD", "SPONSORED_UPDATES", "SPONSORED_INMAILS", "DYNAMIC"))
        .With("costType!", LinkedInShape.OneOf("CPM", "CPC", "CPV")).With("dailyBudget", LinkedInShape.Money).With("totalBudget", LinkedInShape.Money).With("unitCost!", LinkedInShape.Money)
        .With("locale!", new LinkedInShape().With("country!", LinkedInShape.Text(2)).With("language!", LinkedInShape.Text(2))).With("targetingCriteria!", (_, _) => []).With("offsiteDeliveryEnabled!", LinkedInShape.Flag)
        .With("politicalIntent!", LinkedInShape.OneOf("NOT_POLITICAL", "POLITICAL", "NOT_DECLARED")).With("associatedEntity", LinkedInShape.Urn("urn:li:organization", "urn:li:person")).With("runSchedule!", LinkedInShape.Schedule)
        .With("objectiveType", LinkedInShape.OneOf([.. Targets.Keys])).With("optimizationTargetType", LinkedInShape.OneOf([.. Targets.Values.SelectMany(t => t).Distinct()]))
        .With("format", LinkedInShape.OneOf("STANDARD_UPDATE", "SINGLE_VIDEO", "CAROUSEL", "TEXT_AD", "SPONSORED_INMAIL", "SPOTLIGHT", "FOLLOW_COMPANY"))
        .With("creativeSelection", LinkedInShape.OneOf("OPTIMIZED", "ROUND_ROBIN")).With("pacingStrategy", LinkedInShape.OneOf("LIFETIME", "ACCELERATED")).With("audienceExpansionEnabled", LinkedInShape.Flag);

    public LinkedInReply List(LinkedInCall call, SandboxObject account) => LinkedInGroups.Search(call, context.Store.InAccount(LinkedInWorld.Campaign, account.Id), Show, ["id", "name", "status", "campaignGroup", "type", "test"], c => new()
    {
        ["id"] = "urn:li:sponsoredCampaign:" + c.Id, ["name"] = c.Body["name"]!.ToString(), ["status"] = LinkedInStatus.Own(c), ["campaignGroup"] = c.Body["campaignGroup"]!.ToString(), ["type"] = c.Body["type"]!.ToString(), ["test"] = "false",
    });

    public LinkedInReply Get(LinkedInCall call, SandboxObject account) => InAccount(account, call.Path[3]) is { } campaign && !LinkedInGroups.IsGone(campaign) ? Show(campaign) : LinkedInReply.NotFound("Campaign " + call.Path[3]);

    public LinkedInReply Create(LinkedInCall call, SandboxObject account)
    {
        if (context.Closed(call, account) is { } closed) return closed;
        var problems = Shape.Check(call.Body, partial: false);
        if (problems.Count > 0) return LinkedInReply.Of(problems);
        var body = (JsonObject)call.Body!.DeepClone();
        if (body["status"]!.ToString() is not ("ACTIVE" or "DRAFT" or "PAUSED")) problems.Add(LinkedInProblem.Wrong("/status", body["status"]));
        problems.AddRange(LinkedInGroups.Account(body, account));
        var group = context.Store.Find(LinkedInWorld.Group, LinkedInCall.IdOf(body["campaignGroup"]!.ToString()));
        if (group is null || group.AccountId != account.Id) problems.Add(new("FIELD_VALUE_DOES_NOT_EXIST", "/campaignGroup", $"/campaignGroup value {body["campaignGroup"]} doesn't exist"));
        if (problems.Count > 0) return LinkedInReply.Of(problems);

        body["objectiveType"] ??= "WEBSITE_VISIT";
        body["optimizationTargetType"] ??= "NONE";
        body["creativeSelection"] ??= "OPTIMIZED";
        body["audienceExpansionEnabled"] ??= false;
        var campaign = context.Create(LinkedInWorld.Campaign, "campaign", account.Id, group!.Id, body);
        problems.AddRange(Rules(campaign, null, account, group));
        if (body["type"]!.ToString() == "SPONSORED_UPDATES" && !context.MayPostFor(call, body["associatedEntity"]?.ToString()))
            problems.Add(body["associatedEntity"] is null ? LinkedInProblem.Missing("/associatedEntity") : new("NO_PERMISSION_ON_ENTITY", "/associatedEntity", $"Viewer may not have permission CREATE_ADS on entity {body["associatedEntity"]}"));
        if (problems.Count > 0) return LinkedInReply.Of(problems);
        Remember(campaign);
        return LinkedInReply.Made(campaign.Id);
    }

    public LinkedInReply Update(LinkedInCall call, SandboxObject account)
    {
        if (context.Closed(call, account) is { } closed) return closed;
        if (InAccount(account, call.Path[3]) is not { } old || LinkedInGroups.IsGone(old)) return LinkedInReply.NotFound("Campaign " + call.Path[3]);
        if (call.Set is not { } set) return LinkedInReply.Of([LinkedInProblem.Missing("/patch/$set")]);
        var problems = Shape.Check(set, partial: true);
        foreach (var fixedField in (string[])["account", "campaignGroup", "type"])
            if (set.ContainsKey(fixedField)) problems.Add(new("FIELD_NOT_ALLOWED", "/" + fixedField, $"/{fixedField} is not allowed to be set"));
        if (problems.Count > 0) return LinkedInReply.Of(problems);
        var campaign = old.Clone();
        foreach (var (name, value) in set) campaign.Body[name] = value?.DeepClone();
        if (set["objectiveType"] is { } objective && objective.ToString() != old.Body["objectiveType"]!.ToString()) problems.Add(new("IMMUTABLE_CAMPAIGN_OBJECTIVE_TYPE", "/objectiveType", "Campaign objective type can't be updated once set"));
        if (set["format"] is { } format && old.Body["format"] is { } was && format.ToString() != was.ToString()) problems.Add(new("FIELD_IMMUTABLE_FOR_NON_DRAFT_CAMPAIGNS", "/format", "/format can't be updated unless in draft state"));
        problems.AddRange(LinkedInGroups.Transition(old, campaign).Concat(Rules(campaign, old, account, context.Store.Find(LinkedInWorld.Group, old.ParentId)!)));
        if (problems.Count > 0) return LinkedInReply.Of(problems);
        Remember(campaign);
        return LinkedInReply.Done;
    }

    public LinkedInReply Delete(LinkedInCall call, SandboxObject account)
    {
        if (context.Closed(call, account) is { } closed) return closed;
        if (InAccount(account, call.Path[3]) is not { } campaign) return LinkedInReply.NotFound("Campaign " + call.Path[3]);
        if (LinkedInStatus.Own(campaign) != "DRAFT") return LinkedInReply.Of([new("DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS", "/status", "Delete is allowed only in draft state")]);
        foreach (var creative in context.Store.Under(LinkedInWorld.Creative, campaign.Id).ToList()) context.Store.Remove(LinkedInWorld.Creative, creative.Id);
        context.Store.Remove(LinkedInWorld.Campaign, campaign.Id);
        return LinkedInReply.Done;
    }

    private SandboxObject? InAccount(SandboxObject account, string id) => context.Store.Find(LinkedInWorld.Campaign, id) is { } found && found.AccountId == account.Id ? found : null;

    private IEnumerable<LinkedInProblem> Rules(SandboxObject campaign, SandboxObject? old, SandboxObject account, SandboxObject group)
    {
        var body = campaign.Body;
        foreach (var problem in targeting.Check(body["targetingCriteria"], account).Concat(groups.Times(body, old)).Concat(LinkedInGroups.Money(body, account, "dailyBudget", "totalBudget", "unitCost"))) yield return problem;

        var (objective, target) = (body["objectiveType"]!.ToString(), body["optimizationTargetType"]!.ToString());
        if (!Targets[objective].Contains(target) || target.StartsWith("MAX_", StringComparison.Ordinal) && body["costType"]!.ToString() == "CPC")
            yield return new("INVALID_CAMPAIGN_CONFIGURATION", "/optimizationTargetType", $"ObjectiveType {objective}, CampaignFormat {body["format"]}, CampaignType {body["type"]}, OptimizationTargetType {target}, CostType {body["costType"]}, OffsiteDeliveryEnabled {body["offsiteDeliveryEnabled"]}, audienceExpansionEnabled {body["audienceExpansionEnabled"]} is not a valid CampaignConfiguration");

        var (daily, total) = (LinkedInContext.Micros(body["dailyBudget"]), LinkedInContext.Micros(body["totalBudget"]));
        if (body["dailyBudget"] is null && body["totalBudget"] is null) yield return LinkedInProblem.Missing("/dailyBudget");
        var least = LinkedInContext.LeastBudget(account);
        if (body["dailyBudget"] is not null && daily < least) yield return TooLow("/dailyBudget/amount", body["dailyBudget"]!, least);
        if (body["totalBudget"] is not null)
        {
            var (start, end) = (LinkedInContext.Instant(body["runSchedule"]!["start"])!.Value, LinkedInContext.Instant(body["runSchedule"]!["end"]));
            if (end is null && body["dailyBudget"] is null) yield return new("CONDITIONAL_MISSING_FIELD", "/runSchedule/end", "/runSchedule/end is required if /totalBudget is set");
            var days = end is null ? 1 : Math.Max(1, (long)Math.Floor((end.Value - start).TotalDays));
            if (total < least * days) yield return TooLow("/totalBudget/amount", body["totalBudget"]!, least * days);
        }
        if (LinkedInStatus.Own(campaign) is not ("DRAFT" or "PENDING_DELETION") && LinkedInStatus.Own(group) == "DRAFT") yield return new("ONLY_DRAFT_CAMPAIGNS_ALLOWED_IN_DRAFT_CAMPAIGN_GROUPS", "/status", "Only draft campaigns are allowed in draft campaign groups");
        if (objective == "WEBSITE_CONVERSION" && LinkedInStatus.Own(campaign) == "ACTIVE" && !context.Store.Under(LinkedInWorld.Association, campaign.Id).Any())
            yield return new("CONVERSION_CAMPAIGN_MISSING_ASSOCIATED_CONVERSION", "/optimizationTargetType", "Campaign being optimized for conversion should have at least one valid conversion associated with it");
    }

    private static LinkedInProblem TooLow(string path, JsonNode money, long least) => new("FIELD_VALUE_TOO_LOW", path, $"{path} value {money["amount"]} can't be lower than {(least / 1_000_000m).ToString("0.##", CultureInfo.InvariantCulture)}");

    private void Remember(SandboxObject campaign)
    {
        campaign.UpdatedAt = context.Now;
        campaign.Remember(new Moment(context.Now)
        {
            Status = LinkedInStatus.Own(campaign), DailyBudget = LinkedInContext.Micros(campaign.Body["dailyBudget"]), LifetimeBudget = LinkedInContext.Micros(campaign.Body["totalBudget"]),
            Start = context.StartOf(campaign), End = LinkedInContext.Instant(campaign.Body["runSchedule"]?["end"]),
        });
        context.Store.Put(campaign);
    }

    private JsonObject Show(SandboxObject campaign)
    {
        var shown = (JsonObject)campaign.Body.DeepClone();
        shown["id"] = long.Parse(campaign.Id, CultureInfo.InvariantCulture);
        shown["servingStatuses"] = new JsonArray([.. LinkedInStatus.OfCampaign(context, campaign).Select(s => (JsonNode)s)]);
        shown["changeAuditStamps"] = context.Stamps(campaign);
        shown["test"] = false;
        return shown;
    }
}
