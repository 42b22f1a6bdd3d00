using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Apple;

/// <summary>Turns an organization's campaigns into plans for the delivery model: a campaign's ads share its day's budget.</summary>
internal sealed class AppleDelivery(AppleContext context)
{
    public List<DeliveryPlan> Plans(SandboxObject organization)
    {
        var groups = context.Store.InAccount(AppleWorld.AdGroup, organization.Id).ToLookup(g => g.ParentId);
        var ads = context.Store.InAccount(AppleWorld.Ad, organization.Id).ToLookup(a => a.ParentId);
        var plans = new List<DeliveryPlan>();
        foreach (var campaign in context.Store.InAccount(AppleWorld.Campaign, organization.Id))
        {
            var planned = groups[campaign.Id].SelectMany(g => ads[g.Id].Any() ? ads[g.Id].Select(a => Plan(organization, campaign, g, a)) : [Plan(organization, campaign, g, null)]).Where(a => a.Running.Count > 0).ToList();
            if (planned.Count > 0) plans.Add(new DeliveryPlan(campaign.Id, campaign.History, planned));
        }
        return plans;
    }

    /// <param name="ad">Null where nobody made one: the product page is shown all the same, and no ad's report tells of it.</param>
    private PlannedAd Plan(SandboxObject organization, SandboxObject campaign, SandboxObject group, SandboxObject? ad)
    {
        var changes = campaign.History.Concat(group.History).Concat(organization.History).Concat(ad?.History ?? []).SelectMany(m => new[] { m.At, m.Start, m.End, m.ReviewedAt }).OfType<DateTimeOffset>();
        var running = DeliveryPlan.Where(changes, context.Now, at =>
            At(organization, at) is { } payer && payer.Status != AppleWorld.Unpaid && IsOn(campaign, at) && IsOn(group, at)
            && (ad is null || IsOn(ad, at) && At(ad, at) is { Rejection: null, ReviewedAt: { } reviewed } && reviewed <= at));
        var isSearch = campaign.Body["adChannelType"]!.ToString() == "SEARCH";
        var profile = new AdProfile(ad?.Id ?? group.Id, campaign.Id, isSearch ? Goal.Apps : Goal.Awareness, isSearch ? Channel.Search : Channel.Display, organization.Body["currency"]!.ToString(), AudienceOf(campaign, group));
        return new PlannedAd(ad?.Id ?? "", group.Id, campaign.Id, profile, running);
    }

    private static Audience AudienceOf(SandboxObject campaign, SandboxObject group)
    {
        var dimensions = group.Body["targetingDimensions"];
        var range = (dimensions?["age"]?["included"] as JsonArray)?.FirstOrDefault();
        var genders = (dimensions?["gender"]?["included"] as JsonArray ?? []).Select(g => g!.ToString()).ToList();
        var countries = campaign.Body["countriesOrRegions"]!.AsArray().Select(c => c!.ToString()).ToList();
        var isNarrow = dimensions?["adminArea"] is not null || dimensions?["locality"] is not null;
        return new(countries, range?["minAge"]?.GetValue<int>() ?? 18, range?["maxAge"]?.GetValue<int>() ?? 65, genders.Count == 0 || genders.Contains("F"), genders.Count == 0 || genders.Contains("M"),
            countries.Count * (isNarrow ? 1_500_000L : 18_000_000L), []);
    }

    private static Moment? At(SandboxObject item, DateTimeOffset at) => item.History.FindLast(m => m.At <= at);

    private static bool IsOn(SandboxObject item, DateTimeOffset at) => At(item, at) is { Status: "ENABLED" } moment && (moment.Start is null || moment.Start <= at) && (moment.End is null || moment.End > at);
}
