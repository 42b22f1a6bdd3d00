using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Apple;

/// <summary>Creatives, which name a product page, and ads, which assign them to ad groups.</summary>
internal sealed class AppleAds(AppleContext context)
{
    public AppleReply CreateCreative(AppleCall call)
    {
        var body = (JsonObject)AppleShapes.Check(call.Body, AppleShapes.Creative).DeepClone();
        var (app, type) = (body["adamId"]!.ToString(), body["type"]!.ToString());
        if (context.AppOf(call.Organization, app) is null) throw AppleRefusal.Invalid("adamId", "The app does not belong to this organization.");
        var page = body["productPageId"]?.ToString();
        if (type == "DEFAULT_PRODUCT_PAGE" ? page is not null : page is null || context.Store.Find(AppleWorld.Page, page)?.Body["adamId"]!.ToString() != app)
            throw AppleRefusal.Invalid("productPageId", type == "DEFAULT_PRODUCT_PAGE" ? "The default product page has no id." : "This app has no such product page.");
        if (context.Store.InAccount(AppleWorld.Creative, call.Organization.Id).Any(c => c.Body["adamId"]!.ToString() == app && c.Body["type"]!.ToString() == type && c.Body["productPageId"]?.ToString() == page))
            throw new AppleRefusal(400, "DUPLICATE_CREATIVE", "There is a creative of this product page already.", "productPageId");
        var creative = context.Create(AppleWorld.Creative, call.Organization, "", body);
        creative.Body.Remove("deleted");
        context.Store.Put(creative);
        return AppleReply.Data(ShownCreative(creative));
    }

    public IEnumerable<JsonObject> Creatives(AppleCall call) => context.Store.InAccount(AppleWorld.Creative, call.Organization.Id).Select(ShownCreative);

    public AppleReply Create(AppleCall call, string campaignId, string groupId)
    {
        var body = (JsonObject)AppleShapes.Check(call.Body, AppleShapes.Ad).DeepClone();
        var campaign = context.Get(call, AppleWorld.Campaign, "campaign", campaignId);
        var group = context.Get(call, AppleWorld.AdGroup, "ad group", groupId, campaignId);
        var creative = CreativeFor(call, campaign, body["creativeId"]!.ToString());
        if (campaign.Body["supplySources"]![0]!.ToString() == "APPSTORE_TODAY_TAB" && creative.Body["type"]!.ToString() != "CUSTOM_PRODUCT_PAGE") throw AppleRefusal.Invalid("creativeId", "The Today tab wants a custom product page.");
        CheckName(group, body["name"]!.ToString(), null);
        (body["campaignId"], body["adGroupId"]) = (AppleWorld.Number(campaignId), AppleWorld.Number(groupId));
        var ad = context.Create(AppleWorld.Ad, call.Organization, groupId, body);
        context.Keep(ad);
        return AppleReply.Data(Shown(ad));
    }

    public AppleReply Change(AppleCall call, string campaignId, string groupId, string id)
    {
        var fields = AppleShapes.Check(call.Body, AppleShapes.AdChange);
        var campaign = context.Get(call, AppleWorld.Campaign, "campaign", campaignId);
        var group = context.Get(call, AppleWorld.AdGroup, "ad group", groupId, campaignId);
        var ad = context.Get(call, AppleWorld.Ad, "ad", id, groupId).Clone();
        CheckName(group, fields["name"]!.ToString(), id);
        if (fields["creativeId"]?.ToString() is { } creative) CreativeFor(call, campaign, creative);
        foreach (var (name, value) in fields) ad.Body[name] = value?.DeepClone();
        context.Keep(ad);
        return AppleReply.Data(Shown(ad));
    }

    public AppleReply Delete(AppleCall call, string campaignId, string groupId, string id)
    {
        context.Get(call, AppleWorld.AdGroup, "ad group", groupId, campaignId);
        context.Delete(context.Get(call, AppleWorld.Ad, "ad", id, groupId));
        return AppleReply.Data(null);
    }

    /// <summary>Null is all of the organization.</summary>
    public IEnumerable<JsonObject> All(AppleCall call, string? campaign, string? group) => context.Store.InAccount(AppleWorld.Ad, call.Organization.Id)
        .Where(a => (campaign is null || a.Body["campaignId"]!.ToString() == campaign) && (group is null || a.ParentId == group)).Select(Shown);

    public JsonObject Shown(SandboxObject ad)
    {
        var body = (JsonObject)ad.Body.DeepClone();
        var reasons = AppleStatus.Ad(context, ad);
        var runs = reasons.Count == 0 && AppleStatus.AdGroup(context, context.Store.Find(AppleWorld.AdGroup, ad.ParentId)!).Display == "RUNNING";
        if (!runs && reasons.Count == 0) reasons.Add("AD_GROUP_NOT_RUNNING");
        (body["servingStatus"], body["servingStateReasons"]) = (runs ? "RUNNING" : "NOT_RUNNING", reasons.Count == 0 ? null : new JsonArray([.. reasons.Select(r => (JsonNode)r)]));
        (body["creativeType"], body["modificationTime"]) = (context.Store.Find(AppleWorld.Creative, ad.Body["creativeId"]!.ToString())!.Body["type"]!.ToString(), AppleTime.Write(ad.UpdatedAt));
        return body;
    }

    private static JsonObject ShownCreative(SandboxObject creative)
    {
        var body = (JsonObject)creative.Body.DeepClone();
        (body["state"], body["stateReasons"], body["modificationTime"]) = ("VALID", null, AppleTime.Write(creative.UpdatedAt));
        body.TryAdd("productPageId", null);
        return body;
    }

    private SandboxObject CreativeFor(AppleCall call, SandboxObject campaign, string id) =>
        context.Store.Find(AppleWorld.Creative, id) is { } creative && creative.AccountId == call.Organization.Id && creative.Body["adamId"]!.ToString() == campaign.Body["adamId"]!.ToString()
            ? creative : throw AppleRefusal.Invalid("creativeId", "There is no such creative of the campaign's app.");

    private void CheckName(SandboxObject group, string name, string? own)
    {
        if (name.Length is 0 or > 255) throw AppleRefusal.Invalid("name", "The name must have between 1 and 255 characters.");
        if (context.Store.Under(AppleWorld.Ad, group.Id).Any(a => a.Id != own && !AppleContext.IsDeleted(a) && a.Body["name"]!.ToString() == name)) throw new AppleRefusal(400, "DUPLICATE_AD_NAME", "Another ad of this ad group has this name.", "name");
    }
}
