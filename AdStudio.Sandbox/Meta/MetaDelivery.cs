using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Turns an ad account's campaigns into plans for the delivery model.</summary>
public sealed class MetaDelivery(MetaContext context)
{
    public Market MarketOf(SandboxObject account) => new(account.Id, account.Body["currency"]!.GetValue<string>(), context.Zone(account));

    /// <summary>The plans of an account, or of the one campaign.</summary>
    public List<DeliveryPlan> Plans(SandboxObject account, string? campaignId = null)
    {
        var plans = new List<DeliveryPlan>();
        var adSets = context.Store.InAccount(MetaWorld.AdSet, account.Id).ToLookup(s => s.ParentId);
        var ads = context.Store.InAccount(MetaWorld.Ad, account.Id).ToLookup(a => a.ParentId);
        foreach (var campaign in context.Store.InAccount(MetaWorld.Campaign, account.Id))
        {
            if (campaignId is not null && campaign.Id != campaignId) continue;
            var sharing = new List<PlannedAd>();
            foreach (var adSet in adSets[campaign.Id])
            {
                var own = ads[adSet.Id].Select(ad => Plan(account, campaign, adSet, ad, shared: false)).Where(a => a.Running.Count > 0).ToList();
                if (own.Count > 0) plans.Add(new DeliveryPlan(adSet.Id, adSet.History, own));
                sharing.AddRange(ads[adSet.Id].Select(ad => Plan(account, campaign, adSet, ad, shared: true)).Where(a => a.Running.Count > 0));
            }
            if (sharing.Count == 0) continue;
            // A campaign's lifetime budget ends with the last of its ad sets.
            var end = adSets[campaign.Id].Select(s => s.History[^1].End).DefaultIfEmpty(null).Max();
            plans.Add(new DeliveryPlan(campaign.Id, [.. campaign.History.Select(m => m with { End = m.End ?? end })], sharing));
        }
        return plans;
    }

    private PlannedAd Plan(SandboxObject account, SandboxObject campaign, SandboxObject adSet, SandboxObject ad, bool shared)
    {
        var changes = new List<DateTimeOffset>();
        foreach (var m in campaign.History.Concat(adSet.History).Concat(account.History))
        {
            changes.Add(m.At);
            if (m.Start is { } start) changes.Add(start);
            if (m.End is { } end) changes.Add(end);
        }
        foreach (var m in ad.History)
        {
            changes.Add(m.At);
            if (m.ReviewedAt is { } reviewed) changes.Add(reviewed);
        }
        var running = DeliveryPlan.Where(changes, context.Now, at =>
            On(account, at) is not null && On(campaign, at) is { } c && InTime(c, at)
            && On(adSet, at) is { } s && InTime(s, at) && s is { DailyBudget: 0, LifetimeBudget: 0 } == shared
            && On(ad, at) is { Rejection: null } a && (a.ReviewedAt is null || a.ReviewedAt <= at));
        var audience = MetaGeo.AudienceOf(adSet.Body["targeting"] as System.Text.Json.Nodes.JsonObject, id => context.Store.Find(MetaWorld.Audience, id) is { } found ? MetaAudiences.Size(found) : 0);
        var profile = new AdProfile(ad.Id, campaign.Id, GoalOf(campaign), Channel.Social, account.Body["currency"]!.GetValue<string>(), audience);
        return new PlannedAd(ad.Id, adSet.Id, campaign.Id, profile, running);
    }

    private static Goal GoalOf(SandboxObject campaign) => campaign.Body["objective"]!.GetValue<string>() switch
    {
        "OUTCOME_AWARENESS" => Goal.Awareness,
        "OUTCOME_TRAFFIC" => Goal.Traffic,
        "OUTCOME_ENGAGEMENT" => Goal.Engagement,
        "OUTCOME_LEADS" => Goal.Leads,
        "OUTCOME_APP_PROMOTION" => Goal.Apps,
        _ => Goal.Sales,
    };

    private static Moment? On(SandboxObject item, DateTimeOffset at)
    {
        for (var i = item.History.Count - 1; i >= 0; i--)
            if (item.History[i].At <= at) return item.History[i].Status == "ACTIVE" ? item.History[i] : null;
        return null;
    }

    private static bool InTime(Moment m, DateTimeOffset at) => (m.Start is null || m.Start <= at) && (m.End is null || m.End > at);
}
