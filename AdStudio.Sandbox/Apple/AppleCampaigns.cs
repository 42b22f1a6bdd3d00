using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Apple;

/// <summary>Campaigns.</summary>
internal sealed class AppleCampaigns(AppleContext context)
{
    public AppleReply Create(AppleCall call)
    {
        var body = (JsonObject)AppleShapes.Check(call.Body, AppleShapes.Campaign).DeepClone();
        var app = context.AppOf(call.Organization, body["adamId"]!.ToString()) ?? throw AppleRefusal.Invalid("adamId", "The app does not belong to this organization.");
        CheckName(call, body["name"]!.ToString(), null);
        context.CheckMoney(call, body["dailyBudgetAmount"], "dailyBudgetAmount");
        CheckCountries(app, body["countriesOrRegions"]!.AsArray());
        CheckPlacement(body);
        if (AppleTime.Read(body["endTime"]) is { } end && (end <= context.Now || end <= AppleTime.Read(body["startTime"]))) throw new AppleRefusal(400, "INVALID_DATE", "The end must lie in the future and after the start.", "endTime");

        body["status"] ??= "ENABLED";
        body["startTime"] ??= AppleTime.Write(context.Now);
        var campaign = context.Create(AppleWorld.Campaign, call.Organization, "", body);
        context.Keep(campaign);
        return AppleReply.Data(Shown(campaign));
    }

    public AppleReply Change(AppleCall call, string id)
    {
        var request = AppleShapes.Check(call.Body, AppleShapes.CampaignChange);
        var fields = AppleShapes.Check(request["campaign"], AppleShapes.CampaignFields, "campaign.");
        var campaign = context.Get(call, AppleWorld.Campaign, "campaign", id).Clone();
        if (fields["name"]?.ToString() is { } name) CheckName(call, name, id);
        context.CheckMoney(call, fields["dailyBudgetAmount"], "dailyBudgetAmount");
        if (fields["countriesOrRegions"] is JsonArray countries) ChangeCountries(campaign, countries, request["clearGeoTargetingOnCountryOrRegionChange"]?.GetValue<bool>() == true);
        foreach (var (field, value) in fields) campaign.Body[field] = value?.DeepClone();
        context.Keep(campaign);
        return AppleReply.Data(Shown(campaign));
    }

    public AppleReply Delete(AppleCall call, string id)
    {
        context.Delete(context.Get(call, AppleWorld.Campaign, "campaign", id));
        foreach (var group in context.Store.Under(AppleWorld.AdGroup, id).Where(g => !AppleContext.IsDeleted(g)).ToList())
        {
            context.Delete(group);
            foreach (var ad in context.Store.Under(AppleWorld.Ad, group.Id).Where(a => !AppleContext.IsDeleted(a)).ToList()) context.Delete(ad);
        }
        return AppleReply.Data(null);
    }

    public IEnumerable<JsonObject> All(AppleCall call) => context.Store.InAccount(AppleWorld.Campaign, call.Organization.Id).Select(Shown);

    public JsonObject Shown(SandboxObject campaign)
    {
        var body = (JsonObject)campaign.Body.DeepClone();
        var (display, reasons) = AppleStatus.Campaign(context, campaign);
        (body["displayStatus"], body["servingStatus"], body["servingStateReasons"]) = (display, display == "RUNNING" ? "RUNNING" : "NOT_RUNNING", reasons.Count == 0 ? null : new JsonArray([.. reasons.Select(r => (JsonNode)r)]));
        (body["modificationTime"], body["countryOrRegionServingStateReasons"]) = (AppleTime.Write(campaign.UpdatedAt), new JsonObject());
        body["paymentModel"] = context.Store.Find(AppleWorld.Organization, campaign.AccountId)!.Body["paymentModel"]!.ToString() is var model && model == AppleWorld.Unpaid ? null : model;
        foreach (var absent in new[] { "budgetAmount", "endTime", "locInvoiceDetails", "targetCpa" }) body.TryAdd(absent, null);
        body.TryAdd("budgetOrders", new JsonArray());
        body.TryAdd("biddingStrategy", "MANUAL_CPT");
        return body;
    }

    private void CheckName(AppleCall call, string name, string? own)
    {
        if (name.Length is 0 or > 200) throw AppleRefusal.Invalid("name", "The name must have between 1 and 200 characters.");
        if (context.Store.InAccount(AppleWorld.Campaign, call.Organization.Id).Any(c => c.Id != own && !AppleContext.IsDeleted(c) && string.Equals(c.Body["name"]!.ToString(), name, StringComparison.OrdinalIgnoreCase)))
            throw new AppleRefusal(400, "DUPLICATE_CAMPAIGN_NAME", "Another campaign of this organization has this name.", "name");
    }

    private static void CheckCountries(SandboxObject app, JsonArray countries)
    {
        if (countries.Count == 0) throw AppleRefusal.Invalid("countriesOrRegions", "At least one country or region is needed.");
        var available = app.Body["countryOrRegionCodes"]!.AsArray().Select(c => c!.ToString()).ToList();
        if (countries.Select(c => c!.ToString()).FirstOrDefault(c => !available.Contains(c)) is { } missing)
            throw AppleRefusal.Invalid("countriesOrRegions", AppleGeo.IsCountry(missing) ? $"The app is not available in {missing}." : $"{missing} is not a country or region.");
    }

    private void ChangeCountries(SandboxObject campaign, JsonArray countries, bool clears)
    {
        CheckCountries(context.Store.Find(AppleWorld.App, campaign.Body["adamId"]!.ToString())!, countries);
        var narrowed = context.Store.Under(AppleWorld.AdGroup, campaign.Id).Where(g => g.Body["targetingDimensions"] is JsonObject d && (d["adminArea"] is not null || d["locality"] is not null)).ToList();
        if (narrowed.Count > 0 && !clears) throw AppleRefusal.Invalid("clearGeoTargetingOnCountryOrRegionChange", "Ad groups of this campaign have geotargeting; say that it is to be cleared.");
        foreach (var group in narrowed.Select(g => g.Clone()))
        {
            foreach (var name in new[] { "country", "adminArea", "locality" }) group.Body["targetingDimensions"]![name] = null;
            context.Keep(group);
        }
    }

    private static void CheckPlacement(JsonObject body)
    {
        if (body["supplySources"]!.AsArray() is not [{ } source]) throw AppleRefusal.Invalid("supplySources", "A campaign has one placement.");
        var isSearch = source.ToString() == "APPSTORE_SEARCH_RESULTS";
        if (isSearch != (body["adChannelType"]!.ToString() == "SEARCH")) throw AppleRefusal.Invalid("adChannelType", $"{source} is not a placement of the channel {body["adChannelType"]}.");
        if (body["billingEvent"]!.ToString() != "TAPS") throw AppleRefusal.Invalid("billingEvent", "This placement is billed by taps.");
        if (body["biddingStrategy"]?.ToString() == "MAX_CONVERSIONS" && (!isSearch || body["targetCpa"] is null)) throw AppleRefusal.Invalid("targetCpa", "MAX_CONVERSIONS is for search results and needs a target CPA.");
    }
}
