using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>What an object's status comes to, with those above it and the review taken in.</summary>
public static class SnapchatStatus
{
    public static string Own(SandboxObject item) => SnapchatContext.IsDeleted(item) ? "DELETED" : item.Body["status"]!.ToString();

    /// <summary>PENDING, APPROVED or REJECTED, with the reasons.</summary>
    public static (string Status, IReadOnlyList<string> Reasons) Review(SnapchatContext context, SandboxObject ad)
    {
        var last = ad.History[^1];
        if (last.ReviewedAt > context.Now) return ("PENDING", []);
        return last.Rejection is { } rejection ? ("REJECTED", [rejection]) : ("APPROVED", []);
    }

    public static string Effective(SnapchatContext context, SandboxObject item)
    {
        var own = Own(item);
        if (own != "ACTIVE") return own;
        if (item.Kind == SnapchatWorld.Ad && Review(context, item).Status is not "APPROVED" and var review) return review;
        if (context.Store.Find(SnapchatWorld.Account, item.AccountId)!.Body["status"]!.ToString() != "ACTIVE") return "ACCOUNT_NOT_ACTIVE";
        var above = item.Kind switch { SnapchatWorld.Ad => context.Store.Find(SnapchatWorld.AdSquad, item.ParentId), SnapchatWorld.AdSquad => context.Store.Find(SnapchatWorld.Campaign, item.ParentId), _ => null };
        return above is null ? own : Effective(context, above);
    }
}
