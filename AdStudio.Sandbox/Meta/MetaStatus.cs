using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>What an object's status comes to, with those above it and the review taken in.</summary>
public static class MetaStatus
{
    public static string Own(SandboxObject item) => item.Body["status"]!.GetValue<string>();

    public static string Effective(MetaContext context, SandboxObject item) => item.Kind switch
    {
        MetaWorld.Campaign => OfCampaign(context, item),
        MetaWorld.AdSet => OfAdSet(context, item),
        _ => OfAd(context, item),
    };

    /// <summary>Why an ad or a campaign does not run although it should.</summary>
    public static JsonArray? Issues(MetaContext context, SandboxObject item)
    {
        var effective = Effective(context, item);
        if (effective == "DISAPPROVED")
        {
            var rejection = item.History[^1].Rejection!;
            return [Issue("AD", 1815869, "Ad rejected: " + rejection, $"This ad was rejected because it doesn't follow our policy \"{rejection}\". Edit it or ask for another review.")];
        }
        return effective == "WITH_ISSUES" ? [Issue(item.Kind == MetaWorld.Campaign ? "CAMPAIGN" : "AD_SET", 1815946, "Ad account can't run ads", "The ad account is not active, so nothing in it is shown.")] : null;
    }

    /// <summary>The review's words, once it has rejected the ad.</summary>
    public static JsonObject? Feedback(MetaContext context, SandboxObject ad) =>
        Rejected(context, ad) is { } rejection
            ? new JsonObject { ["global"] = new JsonObject { [rejection] = $"Ads must not go against our policy on \"{rejection}\". Change the text and it will be reviewed again." } }
            : null;

    private static string OfCampaign(MetaContext context, SandboxObject campaign)
    {
        var own = Own(campaign);
        return own == "ACTIVE" && !AccountRuns(context, campaign) ? "WITH_ISSUES" : own;
    }

    private static string OfAdSet(MetaContext context, SandboxObject adSet)
    {
        var own = Own(adSet);
        if (own is "DELETED" or "ARCHIVED") return own;
        var campaign = Own(context.Store.Find(MetaWorld.Campaign, adSet.ParentId)!);
        if (campaign is "DELETED" or "ARCHIVED") return campaign;
        if (own == "PAUSED") return own;
        if (campaign == "PAUSED") return "CAMPAIGN_PAUSED";
        return AccountRuns(context, adSet) ? "ACTIVE" : "WITH_ISSUES";
    }

    private static string OfAd(MetaContext context, SandboxObject ad)
    {
        var own = Own(ad);
        if (own is "DELETED" or "ARCHIVED") return own;
        var adSet = context.Store.Find(MetaWorld.AdSet, ad.ParentId)!;
        var above = OfAdSet(context, adSet);
        if (above is "DELETED" or "ARCHIVED") return above;
        if (Rejected(context, ad) is not null) return "DISAPPROVED";
        if (own == "PAUSED") return own;
        if (above == "CAMPAIGN_PAUSED" || Own(context.Store.Find(MetaWorld.Campaign, adSet.ParentId)!) == "PAUSED") return "CAMPAIGN_PAUSED";
        if (above == "PAUSED") return "ADSET_PAUSED";
        if (ad.History[^1].ReviewedAt is { } at && at > context.Now) return "PENDING_REVIEW";
        return above == "WITH_ISSUES" ? "PENDING_BILLING_INFO" : "ACTIVE";
    }

    private static string? Rejected(MetaContext context, SandboxObject ad) =>
        ad.History[^1] is { ReviewedAt: { } at, Rejection: { } rejection } && at <= context.Now ? rejection : null;

    private static bool AccountRuns(MetaContext context, SandboxObject item) => context.AccountOf(item).Body["account_status"]!.GetValue<int>() is 1 or 9;

    private static JsonObject Issue(string level, int code, string summary, string message) => new()
    {
        ["level"] = level, ["error_code"] = code, ["error_summary"] = summary, ["error_message"] = message, ["error_type"] = "HARD_ERROR",
    };
}
