using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>Turns an ad account's campaigns into plans for the delivery model.</summary>
public sealed class PinterestDelivery(PinterestContext context)
{
    public List<DeliveryPlan> Plans(SandboxObject account)
    {
        var plans = new List<DeliveryPlan>();
        var groups = context.Store.InAccount(PinterestWorld.AdGroup, account.Id).ToLookup(g => g.ParentId);
        var ads = context.Store.InAccount(PinterestWorld.Ad, account.Id).ToLookup(a => a.ParentId);
        foreach (var campaign in context.Store.InAccount(PinterestWorld.Campaign, account.Id))
        {
            var sharing = new List<PlannedAd>();
            foreach (var group in groups[campaign.Id])
            {
                var own = ads[group.Id].Select(ad => Plan(account, campaign, group, ad, shared: false)).Where(a => a.Running.Count > 0).ToList();
                if (own.Count > 0) plans.Add(new DeliveryPlan(group.Id, group.History, own));
                sharing.AddRange(ads[group.Id].Select(ad => Plan(account, campaign, group, ad, shared: true)).Where(a => a.Running.Count > 0));
            }
            if (sharing.Count > 0) plans.Add(new DeliveryPlan(campaign.Id, campaign.History, sharing));
        }
        return plans;
    }

    private PlannedAd Plan(SandboxObject account, SandboxObject campaign, SandboxObject group, SandboxObject ad, bool shared)
    {
        var changes = new List<DateTimeOffset>();
        foreach (var m in campaign.History.Concat(group.History).Concat(account.History).Concat(ad.History))
        {
            changes.Add(m.At);
            foreach (var at in new[] { m.Start, m.End, m.ReviewedAt }) if (at is { } instant) changes.Add(instant);
        }
        var running = DeliveryPlan.Where(changes, context.Now, at =>
            On(account, at) is not null && On(campaign, at) is { } c && InTime(c, at)
            && On(group, at) is { } g && InTime(g, at) && g is { DailyBudget: 0, LifetimeBudget: 0 } == shared
            && On(ad, at) is { Rejection: null, ReviewedAt: { } reviewed } && reviewed <= at);
        var audience = PinterestTargeting.AudienceOf(group.Body["targeting_spec"] as JsonObject, id => context.Store.Find(PinterestWorld.Audience, id) is { } found ? PinterestAudiences.Size(context, found) : 0);
        return new PlannedAd(ad.Id, group.Id, campaign.Id, new AdProfile(ad.Id, campaign.Id, GoalOf(campaign, group), Channel.Social, account.Body["currency"]!.ToString(), audience), running);
    }

    private static Goal GoalOf(SandboxObject campaign, SandboxObject group) => campaign.Body["objective_type"]!.ToString() switch
    {
        "AWARENESS" => Goal.Awareness,
        "CONSIDERATION" => Goal.Traffic,
        "VIDEO_COMPLETION" => Goal.Engagement,
        _ => group.Body["optimization_goal_metadata"]?["conversion_tag_v3_goal_metadata"]?["conversion_event"]?.ToString() is "LEAD" or "SIGNUP" ? Goal.Leads : Goal.Sales,
    };

    private static Moment? On(SandboxObject item, DateTimeOffset at)
    {
        for (var i = item.History.Count - 1; i >= 0; i--)
            if (item.History[i].At <= at) return item.History[i].Status == "ACTIVE" ? item.History[i] : null;
        return null;
    }

    private static bool InTime(Moment m, DateTimeOffset at) => (m.Start is null || m.Start <= at) && (m.End is null || m.End > at);
}
