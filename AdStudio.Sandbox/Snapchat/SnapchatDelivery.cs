using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>Turns an ad account's campaigns into plans for the delivery model.</summary>
public sealed class SnapchatDelivery(SnapchatContext context)
{
    public Market MarketOf(SandboxObject account) => new(account.Id, account.Body["currency"]!.ToString(), context.Zone(account));

    /// <summary>One plan for each ad squad, whose budget its ads share.</summary>
    public List<DeliveryPlan> Plans(SandboxObject account)
    {
        var ads = context.Store.InAccount(SnapchatWorld.Ad, account.Id).ToLookup(a => a.ParentId);
        var plans = new List<DeliveryPlan>();
        foreach (var squad in context.Store.InAccount(SnapchatWorld.AdSquad, account.Id))
        {
            var campaign = context.Store.Find(SnapchatWorld.Campaign, squad.ParentId)!;
            var planned = ads[squad.Id].Select(ad => Plan(account, campaign, squad, ad)).Where(a => a.Running.Count > 0).ToList();
            if (planned.Count > 0) plans.Add(new DeliveryPlan(squad.Id, squad.History, planned));
        }
        return plans;
    }

    private PlannedAd Plan(SandboxObject account, SandboxObject campaign, SandboxObject squad, SandboxObject ad)
    {
        var changes = campaign.History.Concat(squad.History).Concat(account.History).Concat(ad.History).SelectMany(m => new[] { m.At, m.Start, m.End, m.ReviewedAt }).OfType<DateTimeOffset>();
        var running = DeliveryPlan.Where(changes, context.Now, at =>
            On(account, at) is not null && On(campaign, at) is { } c && InTime(c, at) && On(squad, at) is { } s && InTime(s, at) && On(ad, at) is { Rejection: null } a && (a.ReviewedAt is null || a.ReviewedAt <= at));
        var audience = SnapchatTargeting.AudienceOf((JsonObject)squad.Body["targeting"]!, id => context.Store.Find(SnapchatWorld.Segment, id)?.Body["approximate_number_users"]?.GetValue<long>() ?? 0);
        return new PlannedAd(ad.Id, squad.Id, campaign.Id, new AdProfile(ad.Id, campaign.Id, GoalOf(campaign, squad), Channel.Social, account.Body["currency"]!.ToString(), audience), running);
    }

    private static Goal GoalOf(SandboxObject campaign, SandboxObject squad) => campaign.Body["objective_v2_properties"]!["objective_v2_type"]!.ToString() switch
    {
        "TRAFFIC" => Goal.Traffic,
        "LEADS" => Goal.Leads,
        "APP_PROMOTION" => Goal.Apps,
        "SALES" => Goal.Sales,
        _ => squad.Body["optimization_goal"]!.ToString() == "IMPRESSIONS" ? Goal.Awareness : Goal.Engagement,
    };

    private static Moment? On(SandboxObject item, DateTimeOffset at)
    {
        for (var i = item.History.Count - 1; i >= 0; i--)
            if (item.History[i].At <= at) return item.History[i].Status == "ACTIVE" ? item.History[i] : null;
        return null;
    }

    private static bool InTime(Moment m, DateTimeOffset at) => (m.Start is null || m.Start <= at) && (m.End is null || m.End > at);
}
