using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>What holds an object back, beside its own status.</summary>
internal static class LinkedInStatus
{
    public static string Own(SandboxObject item) => (item.Body["status"] ?? item.Body["intendedStatus"])!.ToString();

    public static JsonArray OfAccount(SandboxObject account) => LinkedInContext.Standing(account) switch { "ACTIVE" => ["RUNNABLE"], "BILLING_HOLD" => ["BILLING_HOLD"], "RESTRICTED_HOLD" => ["RESTRICTED_HOLD"], _ => ["STOPPED"] };

    public static List<string> OfGroup(LinkedInContext context, SandboxObject group)
    {
        var holds = new List<string>();
        if (Own(group) != "ACTIVE") holds.Add("STOPPED");
        if (LinkedInContext.Standing(context.Store.Find(LinkedInWorld.Account, group.AccountId)!) != "ACTIVE") holds.Add("ACCOUNT_SERVING_HOLD");
        if (LinkedInContext.Instant(group.Body["runSchedule"]?["end"]) <= context.Now) holds.Add("CAMPAIGN_GROUP_END_DATE_HOLD");
        if (LinkedInContext.Instant(group.Body["runSchedule"]?["start"]) > context.Now) holds.Add("CAMPAIGN_GROUP_START_DATE_HOLD");
        return holds.Count == 0 ? ["RUNNABLE"] : holds;
    }

    public static List<string> OfCampaign(LinkedInContext context, SandboxObject campaign)
    {
        var holds = new List<string>();
        if (Own(campaign) != "ACTIVE") holds.Add("STOPPED");
        var group = context.Store.Find(LinkedInWorld.Group, campaign.ParentId)!;
        if (Own(group) != "ACTIVE") holds.Add("CAMPAIGN_GROUP_STATUS_HOLD");
        if (LinkedInContext.Standing(context.Store.Find(LinkedInWorld.Account, campaign.AccountId)!) != "ACTIVE") holds.Add("ACCOUNT_SERVING_HOLD");
        if (LinkedInContext.Instant(campaign.Body["runSchedule"]?["end"]) <= context.Now) holds.Add("CAMPAIGN_END_DATE_HOLD");
        return holds.Count == 0 ? ["RUNNABLE"] : holds;
    }

    /// <summary>Null for an ad that was never switched on.</summary>
    public static (string Status, string? Reason)? Review(LinkedInContext context, SandboxObject creative) => creative.History[^1] switch
    {
        { ReviewedAt: null } => null,
        { ReviewedAt: { } at } when at > context.Now => ("PENDING", null),
        { Rejection: { } reason } => ("REJECTED", reason),
        _ => ("APPROVED", null),
    };

    public static List<string> OfCreative(LinkedInContext context, SandboxObject creative)
    {
        var holds = new List<string>();
        if (Own(creative) != "ACTIVE") holds.Add("STOPPED");
        if (Review(context, creative) is { Status: not "APPROVED" } review) holds.Add(review.Status == "REJECTED" ? "REJECTED" : "UNDER_REVIEW");
        var campaign = OfCampaign(context, context.Store.Find(LinkedInWorld.Campaign, creative.ParentId)!);
        if (campaign is not ["RUNNABLE"]) holds.Add("CAMPAIGN_STOPPED");
        return holds;
    }
}
