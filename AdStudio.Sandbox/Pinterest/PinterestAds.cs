using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Pinterest;

/// <summary>Creates, changes and lists ads: a pin that an ad group promotes, with what review says about it.</summary>
public sealed class PinterestAds(PinterestContext context)
{
    public PinterestReply Create(PinterestCall call) => PinterestReply.Each(call, given =>
    {
        if (context.InAccount(call, PinterestWorld.AdGroup, given["ad_group_id"]!.ToString()) is not { } group) return (null, $"Ad group {given["ad_group_id"]} was not found in this ad account.");
        if (PinterestStatus.Own(group) is "ARCHIVED" or "DELETED_DRAFT") return (null, "An archived ad group takes no ads.");
        if (context.Store.Find(PinterestWorld.Pin, given["pin_id"]!.ToString()) is not { } pin || pin.AccountId != PinterestContext.OwnerOf(call)) return (null, $"Pin {given["pin_id"]} was not found.");
        var body = (JsonObject)given.DeepClone();
        body["status"] ??= "ACTIVE";
        if (body["status"]!.ToString() is not ("ACTIVE" or "PAUSED" or "DRAFT")) return (null, "'status' must be ACTIVE, PAUSED or DRAFT when an ad is created.");
        if (Problem(group, pin, body) is { } problem) return (null, problem);
        var ad = context.Create(PinterestWorld.Ad, call.Account!.Id, group.Id, body);
        var words = string.Join('\n', body["name"]?.ToString(), pin.Body["title"]?.ToString(), pin.Body["description"]?.ToString(), string.Join('\n', PinterestPins.SlotTexts(pin)));
        Keep(ad, context.Now + context.Options.ReviewDelay, context.Policy.Broken("pinterest", "review", words)?.Reason);
        var promoted = pin.Clone();
        promoted.Body["has_been_promoted"] = true;
        context.Store.Put(promoted);
        return (Show(ad), null);
    }, single: true);

    public PinterestReply Update(PinterestCall call) => PinterestReply.Each(call, given =>
    {
        if (context.InAccount(call, PinterestWorld.Ad, given["id"]!.ToString()) is not { } old) return (null, $"Ad {given["id"]} was not found in this ad account.");
        if (PinterestStatus.Own(old) == "ARCHIVED" && given["status"]?.ToString() is not (null or "ARCHIVED")) return (null, "An archived ad cannot be changed.");
        foreach (var name in (string[])["pin_id", "ad_group_id", "creative_type"])
            if (given[name] is { } value && value.ToString() != old.Body[name]!.ToString()) return (null, $"'{name}' cannot be changed.");
        var ad = old.Clone();
        PinterestContext.Merge(ad.Body, given);
        if (Problem(context.Store.Find(PinterestWorld.AdGroup, ad.ParentId)!, context.Store.Find(PinterestWorld.Pin, ad.Body["pin_id"]!.ToString())!, ad.Body) is { } problem) return (null, problem);
        ad.UpdatedAt = context.Now;
        Keep(ad, old.History[^1].ReviewedAt, old.History[^1].Rejection);
        return (Show(ad), null);
    }, single: true);

    public PinterestReply List(PinterestCall call)
    {
        var (campaigns, groups, ads) = (call.List("campaign_ids"), call.List("ad_group_ids"), call.List("ad_ids"));
        if (new[] { campaigns, groups, ads }.Count(l => l.Count > 0) > 1) return PinterestReply.Invalid("Provide only one of campaign_ids, ad_group_ids and ad_ids.");
        return PinterestReply.Page(call, PinterestContext.Chosen(call, context.Store.InAccount(PinterestWorld.Ad, call.Account!.Id)
            .Where(a => (groups.Count == 0 || groups.Contains(a.ParentId)) && (ads.Count == 0 || ads.Contains(a.Id)) && (campaigns.Count == 0 || campaigns.Contains(CampaignOf(a))))).Select(Show));
    }

    public PinterestReply Get(PinterestCall call) => context.InAccount(call, PinterestWorld.Ad, call.Ids["ad_id"]) is { } ad ? Show(ad) : PinterestReply.NotFound("Ad");

    private string CampaignOf(SandboxObject ad) => context.Store.Find(PinterestWorld.AdGroup, ad.ParentId)!.ParentId;

    private void Keep(SandboxObject ad, DateTimeOffset? reviewed, string? rejection)
    {
        ad.Remember(new Moment(context.Now) { Status = PinterestStatus.Own(ad), ReviewedAt = reviewed, Rejection = rejection });
        context.Store.Put(ad);
    }

    private string? Problem(SandboxObject group, SandboxObject pin, JsonObject body)
    {
        if (body["name"]?.ToString().Length > 255) return "'name' must have at most 255 characters.";
        var (type, objective) = (body["creative_type"]!.ToString(), context.Store.Find(PinterestWorld.Campaign, group.ParentId)!.Body["objective_type"]!.ToString());
        if (type != pin.Body["creative_type"]!.ToString()) return $"'creative_type' {type} does not go with pin {pin.Id}, which is {pin.Body["creative_type"]}.";
        if (objective == "VIDEO_COMPLETION" && type != "VIDEO") return "'creative_type' must be VIDEO for the objective VIDEO_COMPLETION.";
        if (body["destination_url"] is { } link && !PinterestPins.IsLink(link.ToString())) return "'destination_url' is not a valid URL.";
        if (body["lead_form_id"] is not null) return $"Lead form {body["lead_form_id"]} was not found in this ad account.";
        if (body["customizable_cta_type"]?.ToString() is { } action && (objective is "AWARENESS" or "VIDEO_COMPLETION" || !Actions.Contains(action))) return $"'customizable_cta_type' {action} is not available for the objective {objective}.";
        return null;
    }

    private static readonly string[] Actions = ["LEARN_MORE", "SHOP_NOW", "BOOK_NOW", "SIGN_UP", "VISIT_SITE", "BUY_NOW", "GET_OFFER", "ORDER_NOW", "ADD_TO_CART"];

    private JsonObject Show(SandboxObject ad)
    {
        var shown = (JsonObject)ad.Body.DeepClone();
        var review = PinterestStatus.Review(context, ad);
        shown["ad_account_id"] = ad.AccountId;
        shown["campaign_id"] = CampaignOf(ad);
        shown["review_status"] = review;
        shown["rejected_reasons"] = review == "REJECTED" ? new JsonArray(ad.History[^1].Rejection) : new JsonArray();
        shown["rejection_labels"] = review == "REJECTED" ? new JsonArray(Label(ad.History[^1].Rejection!)) : new JsonArray();
        shown["summary_status"] = PinterestStatus.Ad(context, ad);
        shown["type"] = "ad";
        shown["is_pin_deleted"] = context.Store.Find(PinterestWorld.Pin, ad.Body["pin_id"]!.ToString()) is null;
        shown["created_time"] = ad.CreatedAt.ToUnixTimeSeconds();
        shown["updated_time"] = ad.UpdatedAt.ToUnixTimeSeconds();
        return shown;
    }

    private static string Label(string reason) => reason switch
    {
        "EXAGGERATED_CLAIMS" => "This ad makes exaggerated claims.",
        "UNACCEPTABLE_BUSINESS" => "This ad promotes a business model that is not acceptable.",
        _ => $"This ad does not follow the advertising guidelines ({reason}).",
    };
}
