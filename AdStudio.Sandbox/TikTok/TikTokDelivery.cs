using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <summary>Turns an advertiser's campaigns into plans for the delivery model.</summary>
internal sealed class TikTokDelivery(TikTokContext context)
{
    public Market MarketOf(SandboxObject account) => new(account.Id, account.Body["currency"]!.ToString(), context.Zone(account));

    public List<DeliveryPlan> Plans(SandboxObject account)
    {
        var plans = new List<DeliveryPlan>();
        var groups = context.Store.InAccount(TikTokWorld.AdGroup, account.Id).ToLookup(g => g.ParentId);
        var ads = context.Store.InAccount(TikTokWorld.Ad, account.Id).ToLookup(a => a.ParentId);
        foreach (var campaign in context.Store.InAccount(TikTokWorld.Campaign, account.Id))
        {
            var shares = campaign.Body["budget_optimize_on"]?.ToString() == "true";
            var together = new List<PlannedAd>();
            foreach (var group in groups[campaign.Id])
            {
                var running = ads[group.Id].Select(ad => Plan(account, campaign, group, ad)).Where(a => a.Running.Count > 0).ToList();
                if (shares) together.AddRange(running);
                else if (running.Count > 0) plans.Add(new DeliveryPlan(group.Id, group.History, running));
            }
            var end = groups[campaign.Id].Select(g => g.History[^1].End).DefaultIfEmpty(null).Max();
            if (together.Count > 0) plans.Add(new DeliveryPlan(campaign.Id, [.. campaign.History.Select(m => m with { End = m.End ?? end })], together));
        }
        return plans;
    }

    private PlannedAd Plan(SandboxObject account, SandboxObject campaign, SandboxObject group, SandboxObject ad)
    {
        var changes = campaign.History.Concat(group.History).Concat(account.History).Concat(ad.History).SelectMany(m => new[] { m.At, m.Start, m.End, m.ReviewedAt }).OfType<DateTimeOffset>().ToList();
        var running = DeliveryPlan.Where(changes, context.Now, at =>
            On(account, at) is not null && On(campaign, at) is not null && On(group, at) is { } g && (g.Start is null || g.Start <= at) && (g.End is null || g.End > at)
            && On(ad, at) is { Rejection: null } a && (a.ReviewedAt is null || a.ReviewedAt <= at));
        var audience = TikTokGeo.AudienceOf(group.Body, id => context.Store.Find(TikTokWorld.Audience, id) is { } found ? TikTokAudiences.Size(found) : 0);
        return new(ad.Id, group.Id, campaign.Id, new AdProfile(ad.Id, campaign.Id, GoalOf(campaign.Body), Channel.Social, account.Body["currency"]!.ToString(), audience), running);
    }

    private static Goal GoalOf(JsonObject campaign) => campaign["objective_type"]!.ToString() switch
    {
        "REACH" => Goal.Awareness, "TRAFFIC" => Goal.Traffic, "VIDEO_VIEWS" or "ENGAGEMENT" => Goal.Engagement, "LEAD_GENERATION" => Goal.Leads, "APP_PROMOTION" => Goal.Apps, _ => Goal.Sales,
    };

    private static Moment? On(SandboxObject item, DateTimeOffset at) => item.History.LastOrDefault(m => m.At <= at) is { Status: "ENABLE" } moment ? moment : null;
}
