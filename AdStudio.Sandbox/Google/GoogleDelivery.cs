using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Google;

/// <summary>Turns a customer's campaigns into plans for the delivery model.</summary>
public sealed class GoogleDelivery(GoogleContext context)
{
    public List<DeliveryPlan> Plans(SandboxObject customer)
    {
        var groups = context.All("adGroups", customer.Id).ToLookup(g => g.ParentId);
        var ads = context.All("adGroupAds", customer.Id).ToLookup(a => a.ParentId);
        var criteria = context.All("campaignCriteria", customer.Id).Concat(context.All("adGroupCriteria", customer.Id)).Where(c => GoogleContext.Status(c) != "REMOVED").ToLookup(c => c.ParentId);
        var planned = new Dictionary<string, List<PlannedAd>>();
        var ends = new Dictionary<string, (DateTimeOffset? Start, DateTimeOffset? End)>();
        foreach (var campaign in context.All("campaigns", customer.Id))
        {
            var channel = ChannelOf(campaign);
            foreach (var group in groups[campaign.Id])
            {
                var audience = AudienceOf([.. criteria[campaign.Id], .. criteria[group.Id]]);
                foreach (var ad in ads[group.Id])
                {
                    var profile = new AdProfile(ad.Id, campaign.Id, GoalOf(campaign), channel, customer.Body["currencyCode"]!.GetValue<string>(), audience);
                    foreach (var budget in campaign.History.Select(m => m.BudgetId!).Distinct())
                    {
                        var running = Running(customer, campaign, group, ad, budget);
                        if (running.Count == 0) continue;
                        if (!planned.TryGetValue(budget, out var list)) planned[budget] = list = [];
                        list.Add(new PlannedAd(ad.Id, group.Id, campaign.Id, profile, running));
                        var (start, end) = ends.GetValueOrDefault(budget);
                        ends[budget] = (Earlier(start, campaign.History[^1].Start), campaign.History[^1].End is { } last && (end is null || last > end) ? last : end);
                    }
                }
            }
        }
        return [.. planned.Select(p => new DeliveryPlan(p.Key, [.. context.Store.Find("google.campaignBudgets", p.Key)!.History.Select(m => m with { Start = ends[p.Key].Start, End = ends[p.Key].End })], p.Value))];
    }

    private List<Span> Running(SandboxObject customer, SandboxObject campaign, SandboxObject group, SandboxObject ad, string budget)
    {
        var changes = new List<DateTimeOffset>();
        foreach (var m in customer.History.Concat(campaign.History).Concat(group.History).Concat(ad.History))
        {
            changes.Add(m.At);
            if (m.Start is { } start) changes.Add(start);
            if (m.End is { } end) changes.Add(end);
            if (m.ReviewedAt is { } reviewed) changes.Add(reviewed);
        }
        return DeliveryPlan.Where(changes, context.Now, at =>
            On(customer, at) is not null && On(campaign, at) is { } c && c.BudgetId == budget && (c.Start is null || c.Start <= at) && (c.End is null || c.End > at)
            && On(group, at) is not null && On(ad, at) is { Rejection: null } a && (a.ReviewedAt is null || a.ReviewedAt <= at));
    }

    public static Channel ChannelOf(SandboxObject campaign) => campaign.Body["advertisingChannelType"]!.ToString() switch { "SEARCH" => Channel.Search, "DISPLAY" => Channel.Display, _ => Channel.Mixed };

    private static Goal GoalOf(SandboxObject campaign)
    {
        var body = campaign.Body;
        if (body["maximizeConversionValue"] is not null || body["targetRoas"] is not null) return Goal.Sales;
        if (body["maximizeConversions"] is not null || body["targetCpa"] is not null) return Goal.Apps;
        if (body["manualCpm"] is not null || body["targetCpm"] is not null || body["targetImpressionShare"] is not null) return Goal.Awareness;
        return Goal.Traffic;
    }

    private static Audience AudienceOf(List<SandboxObject> criteria)
    {
        var wanted = criteria.Where(c => c.Body["negative"]?.GetValue<bool>() != true).ToList();
        var places = GoogleGeo.Places.Where(p => wanted.Any(c => c.Body["location"]?["geoTargetConstant"]?.ToString() == GoogleGeo.Name(p.Id))).ToList();
        var countries = places.Count == 0 ? ["US"] : places.Select(p => p.Country).Distinct().ToList();
        var people = places.Count == 0 ? 60 : places.Sum(p => p.Millions);
        var ages = wanted.Select(c => c.Body["ageRange"]?["type"]?.ToString()).OfType<string>().Where(a => a.Length > 12 && char.IsDigit(a[10])).ToList();
        var from = ages.Count == 0 ? 18 : ages.Min(a => int.Parse(a[10..12], System.Globalization.CultureInfo.InvariantCulture));
        var to = ages.Count == 0 ? 65 : ages.Max(a => a.EndsWith("UP", StringComparison.Ordinal) ? 65 : int.Parse(a[13..15], System.Globalization.CultureInfo.InvariantCulture));
        var genders = wanted.Select(c => c.Body["gender"]?["type"]?.ToString()).OfType<string>().ToList();
        people *= Math.Clamp((to - from + 1) / 48.0, 0.05, 1) * (genders.Count == 1 ? 0.5 : 1);
        if (wanted.Any(c => c.Body["userInterest"] is not null || c.Body["keyword"] is not null)) people *= 0.25;
        return new Audience(countries, from, to, genders.Count == 0 || genders.Contains("FEMALE"), genders.Count == 0 || genders.Contains("MALE"), Math.Max(1000, (long)(people * 1_000_000)), []);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null ? a : a < b ? a : b;

    private static Moment? On(SandboxObject item, DateTimeOffset at)
    {
        for (var i = item.History.Count - 1; i >= 0; i--)
            if (item.History[i].At <= at) return item.History[i].Status == "ENABLED" ? item.History[i] : null;
        return null;
    }
}
