using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>Turns an ad account's campaigns into plans for the delivery model; each campaign spends a budget of its own.</summary>
internal sealed class LinkedInDelivery(LinkedInContext context, LinkedInTargeting targeting)
{
    public List<DeliveryPlan> Plans(SandboxObject account)
    {
        var plans = new List<DeliveryPlan>();
        var creatives = context.Store.InAccount(LinkedInWorld.Creative, account.Id).ToLookup(c => c.ParentId);
        foreach (var campaign in context.Store.InAccount(LinkedInWorld.Campaign, account.Id))
        {
            var group = context.Store.Find(LinkedInWorld.Group, campaign.ParentId)!;
            var ads = creatives[campaign.Id].Select(c => Plan(account, group, campaign, c)).Where(a => a.Running.Count > 0).ToList();
            if (ads.Count > 0) plans.Add(new DeliveryPlan(campaign.Id, campaign.History, ads));
        }
        return plans;
    }

    private PlannedAd Plan(SandboxObject account, SandboxObject group, SandboxObject campaign, SandboxObject creative)
    {
        var changes = new List<DateTimeOffset>();
        foreach (var m in account.History.Concat(group.History).Concat(campaign.History).Concat(creative.History))
        {
            changes.Add(m.At);
            foreach (var at in new[] { m.Start, m.End, m.ReviewedAt }) if (at is { } instant) changes.Add(instant);
        }
        var running = DeliveryPlan.Where(changes, context.Now, at => On(account, at) is not null && On(group, at) is { } g && InTime(g, at) && On(campaign, at) is { } c && InTime(c, at)
            && On(creative, at) is { Rejection: null, ReviewedAt: { } reviewed } && reviewed <= at);
        var audience = targeting.AudienceOf(campaign.Body["targetingCriteria"] as JsonObject);
        return new PlannedAd(creative.Id, campaign.Id, group.Id, new AdProfile(creative.Id, group.Id, GoalOf(campaign), Channel.Social, account.Body["currency"]!.ToString(), audience), running);
    }

    public Goal GoalOf(SandboxObject campaign) => campaign.Body["objectiveType"]!.ToString() switch
    {
        "BRAND_AWARENESS" => Goal.Awareness, "WEBSITE_VISIT" => Goal.Traffic, "ENGAGEMENT" or "VIDEO_VIEW" => Goal.Engagement, "LEAD_GENERATION" => Goal.Leads,
        _ => context.Store.Under(LinkedInWorld.Association, campaign.Id).Select(a => context.Store.Find(LinkedInWorld.Conversion, a.Body["conversion"]!.ToString())).Any(r => r?.Body["type"]?.ToString() is "LEAD" or "QUALIFIED_LEAD") ? Goal.Leads : Goal.Sales,
    };

    private static Moment? On(SandboxObject item, DateTimeOffset at)
    {
        for (var i = item.History.Count - 1; i >= 0; i--)
            if (item.History[i].At <= at) return item.History[i].Status == "ACTIVE" ? item.History[i] : null;
        return null;
    }

    private static bool InTime(Moment m, DateTimeOffset at) => (m.Start is null || m.Start <= at) && (m.End is null || m.End > at);
}
