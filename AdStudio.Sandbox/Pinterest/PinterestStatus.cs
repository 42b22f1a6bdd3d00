using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>What an object's own status comes to with its times, its account and the review.</summary>
internal static class PinterestStatus
{
    public static string Own(SandboxObject item) => item.Body["status"]!.ToString();

    public static string Campaign(PinterestContext context, SandboxObject campaign)
    {
        if (Own(campaign) is not "ACTIVE" and var own) return own;
        if (!PinterestContext.IsUsable(context.Store.Find(PinterestWorld.Account, campaign.AccountId)!)) return "ADVERTISER_DISABLED";
        var groups = context.Store.Under(PinterestWorld.AdGroup, campaign.Id).Where(g => Own(g) is "ACTIVE" or "PAUSED").ToList();
        if (InTime(context, campaign) is { } late) return late;
        if (groups.Count > 0 && groups.TrueForAll(g => InTime(context, g) == "COMPLETED")) return "COMPLETED";
        return groups.Count > 0 && groups.TrueForAll(g => InTime(context, g) == "NOT_STARTED") ? "NOT_STARTED" : "RUNNING";
    }

    public static string AdGroup(PinterestContext context, SandboxObject group)
    {
        if (Own(group) is not "ACTIVE" and var own) return own;
        if (!PinterestContext.IsUsable(context.Store.Find(PinterestWorld.Account, group.AccountId)!)) return "ADVERTISER_DISABLED";
        var campaign = context.Store.Find(PinterestWorld.Campaign, group.ParentId)!;
        if (Own(campaign) is not "ACTIVE" and var above) return above == "DRAFT" ? "PAUSED" : above;
        return InTime(context, campaign) ?? InTime(context, group) ?? "RUNNING";
    }

    public static string Review(PinterestContext context, SandboxObject ad) =>
        ad.History[^1] is not { ReviewedAt: { } at } moment || at > context.Now ? "PENDING" : moment.Rejection is null ? "APPROVED" : "REJECTED";

    public static string Ad(PinterestContext context, SandboxObject ad)
    {
        if (Own(ad) is "ARCHIVED" or "DRAFT" or "DELETED_DRAFT") return Own(ad);
        if (!PinterestContext.IsUsable(context.Store.Find(PinterestWorld.Account, ad.AccountId)!)) return "ADVERTISER_DISABLED";
        var review = Review(context, ad);
        if (review == "REJECTED") return review;
        return Own(ad) == "PAUSED" ? "PAUSED" : review;
    }

    private static string? InTime(PinterestContext context, SandboxObject item)
    {
        if (PinterestContext.Instant(item.Body, "end_time") <= context.Now) return "COMPLETED";
        return PinterestContext.Instant(item.Body, "start_time") > context.Now ? "NOT_STARTED" : null;
    }
}
