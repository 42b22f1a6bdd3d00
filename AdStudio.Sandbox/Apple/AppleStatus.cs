using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Apple;

/// <summary>What an object's own status comes to with everything above it, and why it does not run.</summary>
internal static class AppleStatus
{
    public static (string Display, List<string> Reasons) Campaign(AppleContext context, SandboxObject campaign)
    {
        if (AppleContext.IsDeleted(campaign)) return ("DELETED", ["DELETED_BY_USER"]);
        if (campaign.Body["status"]!.ToString() == "PAUSED") return ("PAUSED", ["PAUSED_BY_USER"]);
        if (!AppleContext.CanPay(context.Store.Find(AppleWorld.Organization, campaign.AccountId)!)) return ("ON_HOLD", ["NO_PAYMENT_METHOD_ON_FILE"]);
        if (AppleTime.Read(campaign.Body["startTime"]) > context.Now) return ("ON_HOLD", ["CAMPAIGN_START_DATE_IN_FUTURE"]);
        if (AppleTime.Read(campaign.Body["endTime"]) <= context.Now) return ("ON_HOLD", ["CAMPAIGN_END_DATE_REACHED"]);
        return context.Store.Under(AppleWorld.AdGroup, campaign.Id).Any(g => Own(context, g) is null) ? ("RUNNING", []) : ("ON_HOLD", ["NO_AVAILABLE_AD_GROUPS"]);
    }

    public static (string Display, List<string> Reasons) AdGroup(AppleContext context, SandboxObject group)
    {
        if (AppleContext.IsDeleted(group)) return ("DELETED", ["DELETED_BY_USER"]);
        if (Own(context, group) is { } reason) return (reason == "AD_GROUP_PAUSED_BY_USER" ? "PAUSED" : "ON_HOLD", [reason]);
        return Campaign(context, context.Store.Find(AppleWorld.Campaign, group.ParentId)!).Display == "RUNNING" ? ("RUNNING", []) : ("ON_HOLD", ["CAMPAIGN_NOT_RUNNING"]);
    }

    public static List<string> Ad(AppleContext context, SandboxObject ad)
    {
        if (AppleContext.IsDeleted(ad)) return ["DELETED_BY_USER"];
        var reasons = new List<string>();
        if (ad.Body["status"]!.ToString() == "PAUSED") reasons.Add("PAUSED_BY_USER");
        var moment = ad.History[^1];
        if (moment.ReviewedAt > context.Now) reasons.Add("AD_APPROVAL_PENDING");
        else if (moment.Rejection is not null) reasons.Add("AD_APPROVAL_REJECTED");
        return reasons;
    }

    /// <summary>Why the ad group itself does not run; null when it would.</summary>
    private static string? Own(AppleContext context, SandboxObject group)
    {
        if (AppleContext.IsDeleted(group)) return "DELETED_BY_USER";
        if (group.Body["status"]!.ToString() == "PAUSED") return "AD_GROUP_PAUSED_BY_USER";
        if (AppleTime.Read(group.Body["startTime"]) > context.Now) return "START_DATE_IN_THE_FUTURE";
        return AppleTime.Read(group.Body["endTime"]) <= context.Now ? "END_DATE_REACHED" : null;
    }
}
