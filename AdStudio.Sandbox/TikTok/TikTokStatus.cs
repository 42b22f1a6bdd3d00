using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <param name="Called">In paths and field names: "adgroup".</param>
internal sealed record TikTokLevel(string Kind, string Called, string Prefix);

/// <summary>What an object's status comes to, with those above it and the review taken in: its secondary_status.</summary>
internal static class TikTokStatus
{
    public static readonly TikTokLevel Campaign = new(TikTokWorld.Campaign, "campaign", "CAMPAIGN_STATUS_"), AdGroup = new(TikTokWorld.AdGroup, "adgroup", "ADGROUP_STATUS_"), Ad = new(TikTokWorld.Ad, "ad", "AD_STATUS_");
    public static readonly TikTokLevel[] Levels = [Campaign, AdGroup, Ad];

    public static string Of(TikTokContext context, SandboxObject item) => item.Kind switch { TikTokWorld.Campaign => OfCampaign(context, item), TikTokWorld.AdGroup => OfAdGroup(context, item), _ => OfAd(context, item) };

    /// <summary>The review's words, once it has rejected the ad.</summary>
    public static string? Rejected(TikTokContext context, SandboxObject ad) => ad.History[^1] is { ReviewedAt: { } at, Rejection: { } rejection } && at <= context.Now ? rejection : null;

    public static bool IsInReview(TikTokContext context, SandboxObject ad) => ad.History[^1].ReviewedAt > context.Now;

    private static string Own(SandboxObject item) => item.Body["operation_status"]!.ToString();

    private static bool IsPunished(TikTokContext context, SandboxObject item) => !TikTokContext.Runs(context.Store.Find(TikTokWorld.Account, item.AccountId)!);

    private static string OfCampaign(TikTokContext context, SandboxObject campaign) => Own(campaign) switch
    {
        "DELETE" => "CAMPAIGN_STATUS_DELETE",
        _ when IsPunished(context, campaign) => "ADVERTISER_ACCOUNT_PUNISH",
        "DISABLE" => "CAMPAIGN_STATUS_DISABLE",
        _ => "CAMPAIGN_STATUS_ENABLE",
    };

    private static string OfAdGroup(TikTokContext context, SandboxObject group)
    {
        if (Own(group) == "DELETE") return "ADGROUP_STATUS_DELETE";
        var ads = context.Store.Under(TikTokWorld.Ad, group.Id).Where(a => Own(a) != "DELETE").ToList();
        return When(context, group) switch
        {
            "DONE" => "ADGROUP_STATUS_TIME_DONE",
            _ when Own(group) == "DISABLE" => "ADGROUP_STATUS_DISABLE",
            _ when Own(context.Store.Find(TikTokWorld.Campaign, group.ParentId)!) == "DISABLE" => "ADGROUP_STATUS_CAMPAIGN_DISABLE",
            _ when ads.Count > 0 && ads.TrueForAll(a => Rejected(context, a) is not null) => "ADGROUP_STATUS_AUDIT_DENY",
            _ when ads.Count > 0 && ads.TrueForAll(a => IsInReview(context, a)) => "ADGROUP_STATUS_AUDIT",
            _ when IsPunished(context, group) => "ADVERTISER_ACCOUNT_PUNISH",
            "EARLY" => "ADGROUP_STATUS_NOT_START",
            _ => ads.Count == 0 ? "ADGROUP_STATUS_CREATE" : "ADGROUP_STATUS_DELIVERY_OK",
        };
    }

    private static string OfAd(TikTokContext context, SandboxObject ad)
    {
        if (Own(ad) == "DELETE") return "AD_STATUS_DELETE";
        if (Rejected(context, ad) is not null) return "AD_STATUS_AUDIT_DENY";
        var group = context.Store.Find(TikTokWorld.AdGroup, ad.ParentId)!;
        if (When(context, group) == "DONE") return "AD_STATUS_DONE";
        if (Own(ad) == "DISABLE") return "AD_STATUS_DISABLE";
        if (Own(group) == "DISABLE") return "AD_STATUS_ADGROUP_DISABLE";
        if (Own(context.Store.Find(TikTokWorld.Campaign, group.ParentId)!) == "DISABLE") return "AD_STATUS_CAMPAIGN_DISABLE";
        if (IsInReview(context, ad)) return "AD_STATUS_AUDIT";
        if (IsPunished(context, ad)) return "ADVERTISER_ACCOUNT_PUNISH";
        return When(context, group) == "EARLY" ? "AD_STATUS_NOT_START" : "AD_STATUS_DELIVERY_OK";
    }

    private static string When(TikTokContext context, SandboxObject group) =>
        group.Body["schedule_type"]?.ToString() == "SCHEDULE_START_END" && TikTokTime.Read(group.Body["schedule_end_time"]?.ToString()) <= context.Now ? "DONE"
        : TikTokTime.Read(group.Body["schedule_start_time"]?.ToString()) > context.Now ? "EARLY" : "NOW";
}

/// <summary>POST …/status/update/: on, off, gone.</summary>
internal sealed class TikTokSwitches(TikTokContext context)
{
    public TikTokReply Set(TikTokCall call, SandboxObject account, TikTokLevel level)
    {
        var (field, ids, status) = (level.Called + "_ids", call.List(level.Called + "_ids"), call.Text("operation_status"));
        if (ids.Count == 0) return TikTokReply.Missing(field);
        if (ids.Count > 20) return TikTokReply.Wrong(field, "Longer than maximum length 20.");
        if (status is null) return TikTokReply.Missing("operation_status");
        if (status is not ("ENABLE" or "DISABLE" or "DELETE")) return TikTokReply.Wrong("operation_status", "Must be one of: ENABLE, DISABLE, DELETE.");
        foreach (var id in ids)
        {
            if (context.Store.Find(level.Kind, id) is not { } item || item.AccountId != account.Id) return TikTokReply.Wrong(field, $"{level.Called} {id} does not exist.");
            if (item.Body["operation_status"]!.ToString() == "DELETE") return TikTokReply.Wrong(field, $"{level.Called} {id} has been deleted.");
            Put(item, status);
        }
        return new JsonObject { [field] = new JsonArray([.. ids.Select(i => (JsonNode)i)]), ["status"] = status };
    }

    private void Put(SandboxObject item, string status)
    {
        var changed = item.Clone();
        changed.Body["operation_status"] = status;
        changed.Remember(changed.History[^1] with { At = context.Now, Status = status });
        context.Keep(changed);
        // What lies beneath goes with it.
        if (status == "DELETE")
            foreach (var child in context.Store.Under(item.Kind == TikTokWorld.Campaign ? TikTokWorld.AdGroup : TikTokWorld.Ad, item.Id).Where(c => c.Body["operation_status"]!.ToString() != "DELETE").ToList()) Put(child, status);
    }
}
