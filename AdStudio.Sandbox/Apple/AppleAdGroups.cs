using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Apple;

/// <summary>Ad groups and their targeting.</summary>
internal sealed class AppleAdGroups(AppleContext context)
{
    public AppleReply Create(AppleCall call, string campaignId)
    {
        var body = (JsonObject)AppleShapes.Check(call.Body, AppleShapes.AdGroup).DeepClone();
        var campaign = context.Get(call, AppleWorld.Campaign, "campaign", campaignId);
        if (body["pricingModel"]!.ToString() != "CPC") throw AppleRefusal.Invalid("pricingModel", "A campaign that is billed by taps has the pricing model CPC.");
        Check(call, campaign, body, null);
        body["status"] ??= "ENABLED";
        body["automatedKeywordsOptIn"] ??= false;
        body["campaignId"] = AppleWorld.Number(campaignId);
        var group = context.Create(AppleWorld.AdGroup, call.Organization, campaignId, body);
        context.Keep(group);
        return AppleReply.Data(Shown(group));
    }

    public AppleReply Change(AppleCall call, string campaignId, string id)
    {
        var fields = AppleShapes.Check(call.Body, AppleShapes.AdGroupFields);
        var campaign = context.Get(call, AppleWorld.Campaign, "campaign", campaignId);
        var group = context.Get(call, AppleWorld.AdGroup, "ad group", id, campaignId).Clone();
        var dimensions = group.Body["targetingDimensions"] as JsonObject ?? [];
        foreach (var (name, value) in fields)
            if (name != "targetingDimensions") group.Body[name] = value?.DeepClone();
            else
            {
                var merged = (JsonObject)dimensions.DeepClone();
                foreach (var (dimension, criteria) in value!.AsObject()) merged[dimension] = criteria?.DeepClone();
                group.Body[name] = merged;
            }
        Check(call, campaign, group.Body, id);
        context.Keep(group);
        return AppleReply.Data(Shown(group));
    }

    public AppleReply Delete(AppleCall call, string campaignId, string id)
    {
        context.Delete(context.Get(call, AppleWorld.AdGroup, "ad group", id, campaignId));
        foreach (var ad in context.Store.Under(AppleWorld.Ad, id).Where(a => !AppleContext.IsDeleted(a)).ToList()) context.Delete(ad);
        return AppleReply.Data(null);
    }

    /// <param name="campaign">Null is all of the organization.</param>
    public IEnumerable<JsonObject> All(AppleCall call, string? campaign) => context.Store.InAccount(AppleWorld.AdGroup, call.Organization.Id).Where(g => campaign is null || g.ParentId == campaign).Select(Shown);

    public JsonObject Shown(SandboxObject group)
    {
        var body = (JsonObject)group.Body.DeepClone();
        var (display, reasons) = AppleStatus.AdGroup(context, group);
        (body["displayStatus"], body["servingStatus"], body["servingStateReasons"]) = (display, display == "RUNNING" ? "RUNNING" : "NOT_RUNNING", reasons.Count == 0 ? null : new JsonArray([.. reasons.Select(r => (JsonNode)r)]));
        (body["modificationTime"], body["automatedKeywordsRequired"]) = (AppleTime.Write(group.UpdatedAt), false);
        foreach (var absent in new[] { "cpaGoal", "endTime", "targetingDimensions" }) body.TryAdd(absent, null);
        body.Remove("creationTime");
        return body;
    }

    private void Check(AppleCall call, SandboxObject campaign, JsonObject body, string? own)
    {
        var name = body["name"]!.ToString();
        if (name.Length is 0 or > 200) throw AppleRefusal.Invalid("name", "The name must have between 1 and 200 characters.");
        if (context.Store.Under(AppleWorld.AdGroup, campaign.Id).Any(g => g.Id != own && !AppleContext.IsDeleted(g) && string.Equals(g.Body["name"]!.ToString(), name, StringComparison.OrdinalIgnoreCase)))
            throw new AppleRefusal(400, "DUPLICATE_AD_GROUP_NAME", "Another ad group of this campaign has this name.", "name");
        context.CheckMoney(call, body["defaultBidAmount"], "defaultBidAmount");
        context.CheckMoney(call, body["cpaGoal"], "cpaGoal");
        if (AppleContext.Micros(body["defaultBidAmount"]) > AppleContext.Micros(campaign.Body["dailyBudgetAmount"])) throw AppleRefusal.Invalid("defaultBidAmount", "The bid must not be greater than the campaign's daily budget.");
        if (AppleTime.Read(body["endTime"]) is { } end && (end <= context.Now || end <= AppleTime.Read(body["startTime"]))) throw new AppleRefusal(400, "INVALID_DATE", "The end must lie in the future and after the start.", "endTime");
        if (body["automatedKeywordsOptIn"]?.GetValue<bool>() == true && campaign.Body["adChannelType"]!.ToString() != "SEARCH") throw AppleRefusal.Invalid("automatedKeywordsOptIn", "Search Match is for search results only.");
        if (body["targetingDimensions"] is JsonObject dimensions) CheckTargeting(campaign, dimensions);
    }

    private static void CheckTargeting(SandboxObject campaign, JsonObject dimensions)
    {
        foreach (var range in dimensions["age"]?["included"]?.AsArray() ?? [])
            if (range!["minAge"]!.GetValue<long>() is var from && (from < 18 || range["maxAge"]?.GetValue<long>() < from)) throw AppleRefusal.Invalid("targetingDimensions.age", "Ages begin at 18, and the oldest must not be younger than the youngest.");

        var countries = campaign.Body["countriesOrRegions"]!.AsArray().Select(c => c!.ToString()).ToList();
        foreach (var (dimension, entity) in new[] { ("country", "Country"), ("adminArea", "AdminArea"), ("locality", "Locality") })
            foreach (var id in (dimensions[dimension]?["included"]?.AsArray() ?? []).Select(i => i!.ToString()))
            {
                if (!AppleGeo.Knows(entity, id)) throw AppleRefusal.Invalid("targetingDimensions." + dimension, $"{id} is not a place.");
                if (countries.Count > 1) throw AppleRefusal.Invalid("targetingDimensions." + dimension, "Campaigns for several countries or regions cannot use geotargeting.");
                if (id.Split('|')[0] != countries[0]) throw AppleRefusal.Invalid("targetingDimensions." + dimension, $"{id} does not lie in {countries[0]}.");
            }
    }
}
