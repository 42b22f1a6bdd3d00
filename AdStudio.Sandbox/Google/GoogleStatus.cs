using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Google;

/// <summary>Shows a resource with what the platform works out: primary status, review, sizes.</summary>
public sealed class GoogleStatus(GoogleContext context)
{
    private static readonly string[] BiddingFields =
        ["maximizeConversions", "maximizeConversionValue", "manualCpc", "manualCpm", "targetSpend", "targetCpa", "targetRoas", "targetImpressionShare", "targetCpm", "targetCpv", "manualCpv", "percentCpc", "targetCpc", "fixedCpm", "commission"];

    public JsonObject Show(SandboxObject item)
    {
        var shown = (JsonObject)item.Body.DeepClone();
        switch (item.Kind)
        {
            case "google.campaigns":
                var (status, reasons) = Campaign(item);
                shown["primaryStatus"] = status;
                shown["primaryStatusReasons"] = List(reasons);
                shown["servingStatus"] = status switch { "REMOVED" or "PAUSED" => "NONE", "ENDED" => "ENDED", "PENDING" => "PENDING", "NOT_ELIGIBLE" => "SUSPENDED", _ => "SERVING" };
                shown["biddingStrategyType"] = BiddingType(item.Body);
                break;
            case "google.adGroups":
                shown["primaryStatus"] = Group(item);
                break;
            case "google.adGroupAds":
                var (adStatus, why) = Ad(item);
                shown["primaryStatus"] = adStatus;
                shown["primaryStatusReasons"] = List(why);
                shown["policySummary"] = Policy(item);
                shown["adStrength"] = "GOOD";
                break;
            case "google.campaignBudgets":
                shown["referenceCount"] = context.All("campaigns", item.AccountId).Count(c => GoogleContext.Status(c) != "REMOVED" && c.Body["campaignBudget"]?.ToString() == item.Id).ToString(System.Globalization.CultureInfo.InvariantCulture);
                shown["hasRecommendedBudget"] = false;
                break;
            case "google.assets":
                shown.Remove("contentHash");
                break;
            case "google.conversionActions" when shown["type"]?.ToString() == "WEBPAGE":
                shown["tagSnippets"] = new JsonArray(Snippet(item.AccountId, shown["id"]!.ToString()));
                break;
        }
        return shown;
    }

    public (string Status, string[] Reasons) Campaign(SandboxObject campaign)
    {
        var customer = context.Customer(campaign.AccountId);
        var moment = campaign.History[^1];
        if (moment.Status == "REMOVED") return ("REMOVED", ["CAMPAIGN_REMOVED"]);
        if (moment.End <= context.Now) return ("ENDED", ["CAMPAIGN_ENDED"]);
        if (moment.Status == "PAUSED") return ("PAUSED", ["CAMPAIGN_PAUSED"]);
        if (GoogleContext.Status(customer) != "ENABLED") return ("NOT_ELIGIBLE", []);
        if (moment.Start > context.Now) return ("PENDING", ["CAMPAIGN_PENDING"]);
        var groups = context.All("adGroups", campaign.AccountId).Where(g => g.ParentId == campaign.Id && GoogleContext.Status(g) != "REMOVED").ToList();
        if (groups.Count == 0) return ("NOT_ELIGIBLE", ["NO_AD_GROUPS"]);
        if (groups.TrueForAll(g => GoogleContext.Status(g) == "PAUSED")) return ("NOT_ELIGIBLE", ["AD_GROUPS_PAUSED"]);
        var ads = groups.SelectMany(g => context.Store.Under("google.adGroupAds", g.Id)).Where(a => GoogleContext.Status(a) != "REMOVED").ToList();
        if (ads.Count == 0) return ("NOT_ELIGIBLE", ["NO_AD_GROUP_ADS"]);
        if (ads.TrueForAll(a => Rejection(a) is not null)) return ("NOT_ELIGIBLE", ["HAS_ADS_DISAPPROVED"]);
        if (ads.TrueForAll(InReview)) return ("PENDING", ["MOST_ADS_UNDER_REVIEW"]);
        return context.Now - campaign.CreatedAt < TimeSpan.FromDays(7) && campaign.Body["manualCpc"] is null ? ("LEARNING", ["BIDDING_STRATEGY_LEARNING"]) : ("ELIGIBLE", []);
    }

    public string Group(SandboxObject group)
    {
        var own = GoogleContext.Status(group);
        if (own is "REMOVED" or "PAUSED") return own;
        return Campaign(context.Store.Find("google.campaigns", group.ParentId)!).Status switch { "ELIGIBLE" or "LEARNING" => "ELIGIBLE", "PENDING" => "PENDING", _ => "NOT_ELIGIBLE" };
    }

    public (string Status, string[] Reasons) Ad(SandboxObject ad)
    {
        var own = GoogleContext.Status(ad);
        if (own == "REMOVED") return ("REMOVED", ["AD_GROUP_AD_REMOVED"]);
        if (Rejection(ad) is not null) return ("NOT_ELIGIBLE", ["AD_GROUP_AD_DISAPPROVED"]);
        if (own == "PAUSED") return ("PAUSED", ["AD_GROUP_AD_PAUSED"]);
        var group = context.Store.Find("google.adGroups", ad.ParentId)!;
        switch (GoogleContext.Status(group))
        {
            case "REMOVED": return ("NOT_ELIGIBLE", ["AD_GROUP_REMOVED"]);
            case "PAUSED": return ("NOT_ELIGIBLE", ["AD_GROUP_PAUSED"]);
        }
        switch (GoogleContext.Status(context.Store.Find("google.campaigns", group.ParentId)!))
        {
            case "REMOVED": return ("NOT_ELIGIBLE", ["CAMPAIGN_REMOVED"]);
            case "PAUSED": return ("NOT_ELIGIBLE", ["CAMPAIGN_PAUSED"]);
        }
        return InReview(ad) ? ("PENDING", ["AD_GROUP_AD_UNDER_REVIEW"]) : ("ELIGIBLE", []);
    }

    private JsonObject Policy(SandboxObject ad)
    {
        if (InReview(ad)) return new JsonObject { ["reviewStatus"] = "REVIEW_IN_PROGRESS", ["approvalStatus"] = "UNKNOWN" };
        if (Rejection(ad) is { } topic)
            return new JsonObject { ["reviewStatus"] = "REVIEWED", ["approvalStatus"] = "DISAPPROVED", ["policyTopicEntries"] = new JsonArray(new JsonObject { ["topic"] = topic, ["type"] = "PROHIBITED" }) };
        return new JsonObject { ["reviewStatus"] = "REVIEWED", ["approvalStatus"] = "APPROVED" };
    }

    private bool InReview(SandboxObject ad) => ad.History[^1].ReviewedAt > context.Now;

    private string? Rejection(SandboxObject ad) => InReview(ad) ? null : ad.History[^1].Rejection;

    /// <summary>The lines for a website: the account's tag, and the event of one conversion action.</summary>
    private static JsonObject Snippet(string customer, string action) => new()
    {
        ["type"] = "WEBPAGE", ["pageFormat"] = "HTML",
        ["globalSiteTag"] = $"<!-- Google tag (gtag.js) -->\n<script async src=\"https://www.googletagmanager.com/gtag/js?id=AW-{customer}\"></script>\n"
            + $"<script>window.dataLayer = window.dataLayer || []; function gtag(){{dataLayer.push(arguments);}} gtag('js', new Date()); gtag('config', 'AW-{customer}');</script>",
        ["eventSnippet"] = $"<script>gtag('event', 'conversion', {{'send_to': 'AW-{customer}/{action}'}});</script>",
    };

    private static string BiddingType(JsonObject campaign) =>
        BiddingFields
            .Where(b => campaign[b] is not null).Select(b => GoogleShapes.Snake(b).ToUpperInvariant()).FirstOrDefault() ?? "UNKNOWN";

    private static JsonArray List(string[] values) => new([.. values.Select(v => (JsonNode)v)]);
}
