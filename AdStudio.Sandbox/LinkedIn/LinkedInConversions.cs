using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>Conversion rules, the campaigns they count for, and conversions that servers tell.</summary>
internal sealed class LinkedInConversions(LinkedInContext context)
{
    private static readonly string[] Types = ["AD_CLICK", "AD_VIEW", "ADD_TO_CART", "BOOK_APPOINTMENT", "COMPLETE_SIGNUP", "DOWNLOAD", "INSTALL", "KEY_PAGE_VIEW", "LEAD", "OTHER", "PURCHASE", "SIGN_UP", "START_CHECKOUT", "SUBSCRIBE", "VIEW_CONTENT", "QUALIFIED_LEAD"];

    private static readonly LinkedInShape Shape = new LinkedInShape().With("name!", LinkedInShape.Text(255)).With("account!", LinkedInShape.Urn("urn:li:sponsoredAccount")).With("conversionMethod!", LinkedInShape.OneOf("CONVERSIONS_API", "INSIGHT_TAG"))
        .With("postClickAttributionWindowSize!", LinkedInShape.Whole).With("viewThroughAttributionWindowSize!", LinkedInShape.Whole).With("attributionType!", LinkedInShape.OneOf("LAST_TOUCH_BY_CAMPAIGN", "LAST_TOUCH_BY_CONVERSION"))
        .With("type!", LinkedInShape.OneOf(Types)).With("enabled", LinkedInShape.Flag).With("value", LinkedInShape.Money);

    private static readonly LinkedInShape Pair = new LinkedInShape().With("campaign!", LinkedInShape.Urn("urn:li:sponsoredCampaign")).With("conversion!", LinkedInShape.Urn("urn:lla:llaPartnerConversion"));

    private static readonly LinkedInShape Sent = new LinkedInShape().With("conversion!", LinkedInShape.Urn("urn:lla:llaPartnerConversion")).With("conversionHappenedAt!", LinkedInShape.Whole).With("conversionValue", LinkedInShape.Money).With("eventId", LinkedInShape.Text(200))
        .With("user!", new LinkedInShape().With("userIds!", LinkedInShape.ListOf(new LinkedInShape().With("idType!", LinkedInShape.OneOf("SHA256_EMAIL", "LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID", "ACXIOM_ID", "ORACLE_MOAT_ID")).With("idValue!", LinkedInShape.Text(500)).Check, fewest: 1))
            .With("userInfo", new LinkedInShape().With("firstName", LinkedInShape.Text(200)).With("lastName", LinkedInShape.Text(200)).With("title", LinkedInShape.Text(200)).With("companyName", LinkedInShape.Text(200)).With("countryCode", LinkedInShape.Text(2))));

    public LinkedInReply List(LinkedInCall call)
    {
        if (call.Stranger("q", "account", "fields", "start", "count") is { } stranger) return LinkedInReply.Query(stranger);
        if (call.Text("q") != "account") return LinkedInReply.Query("q");
        if (context.Account(call, LinkedInCall.IdOf(call.Text("account"))) is not { } account) return LinkedInReply.Error(403, $"Viewer may not have permission VIEW on entity {call.Text("account")}", "NO_PERMISSION_ON_ENTITY");
        return LinkedInContext.ByCount(call, [.. context.Store.InAccount(LinkedInWorld.Conversion, account.Id).OrderBy(c => c.CreatedAt).Select(Show)]);
    }

    public LinkedInReply Create(LinkedInCall call)
    {
        if (!call.Scopes.Contains("rw_ads") && !call.Scopes.Contains("rw_conversions")) return LinkedInReply.NoAccess("conversions.CREATE");
        var problems = Shape.Check(call.Body, partial: false);
        if (problems.Count > 0) return LinkedInReply.Old(problems);
        var body = (JsonObject)call.Body!.DeepClone();
        if (context.Account(call, LinkedInCall.IdOf(body["account"]!.ToString())) is not { } account) return LinkedInReply.Error(403, $"Viewer may not have permission EDIT on entity {body["account"]}", "NO_PERMISSION_ON_ENTITY");
        if (context.Closed(call, account) is { } closed) return closed;
        foreach (var window in (string[])["postClickAttributionWindowSize", "viewThroughAttributionWindowSize"])
            if (body[window]!.GetValue<long>() is not (1 or 7 or 30 or 90)) return LinkedInReply.Old([LinkedInProblem.Wrong("/" + window, body[window])]);
        body["enabled"] ??= true;
        var rule = context.Create(LinkedInWorld.Conversion, "conversion", account.Id, account.Id, body);
        (rule.Body["id"], rule.Body["created"], rule.Body["lastModified"]) = (long.Parse(rule.Id, CultureInfo.InvariantCulture), context.Now.ToUnixTimeMilliseconds(), context.Now.ToUnixTimeMilliseconds());
        context.Store.Put(rule);
        return new LinkedInReply(201, Show(rule)) { MadeId = rule.Id };
    }

    /// <summary>PUT /campaignConversions/(campaign:…,conversion:…)</summary>
    public LinkedInReply Associate(LinkedInCall call)
    {
        var problems = Pair.Check(call.Body, partial: false);
        if (problems.Count > 0) return LinkedInReply.Old(problems);
        var (campaignUrn, ruleUrn) = (call.Body!["campaign"]!.ToString(), call.Body["conversion"]!.ToString());
        if (call.Path[1] != $"(campaign:{campaignUrn},conversion:{ruleUrn})") return LinkedInReply.Old([new("MISMATCH_FIELDS", "/campaign", "The key of the path doesn't match the body")]);
        var (campaign, rule) = (context.Store.Find(LinkedInWorld.Campaign, LinkedInCall.IdOf(campaignUrn)), context.Store.Find(LinkedInWorld.Conversion, LinkedInCall.IdOf(ruleUrn)));
        if (campaign is null || rule is null || campaign.AccountId != rule.AccountId || context.Account(call, campaign.AccountId) is not { } account) return LinkedInReply.NotFound("Campaign or conversion");
        if (context.Closed(call, account) is { } closed) return closed;
        context.Store.Put(new SandboxObject { Kind = LinkedInWorld.Association, Id = $"{campaign.Id}/{rule.Id}", AccountId = account.Id, ParentId = campaign.Id, CreatedAt = context.Now, UpdatedAt = context.Now, Body = new() { ["conversion"] = rule.Id } });
        return LinkedInReply.Done;
    }

    /// <summary>POST /conversionEvents: one conversion, or a batch; one that was told before counts once.</summary>
    public LinkedInReply Tell(LinkedInCall call)
    {
        if (!call.Scopes.Contains("rw_conversions")) return LinkedInReply.NoAccess("conversionEvents.CREATE");
        if (call.Verb != "BATCH_CREATE")
        {
            var refused = One(call, call.Body);
            return refused ?? new LinkedInReply(201, null);
        }
        if (call.Body?["elements"] is not JsonArray { Count: > 0 and <= 5000 } elements) return LinkedInReply.Old([LinkedInProblem.Missing("/elements")]);
        foreach (var element in elements)
            if (One(call, element) is { } refused) return refused;
        return new JsonObject { ["elements"] = new JsonArray([.. elements.Select(_ => (JsonNode)new JsonObject { ["status"] = 201 })]) };
    }

    private LinkedInReply? One(LinkedInCall call, JsonNode? sent)
    {
        var problems = Sent.Check(sent, partial: false);
        if (problems.Count > 0) return LinkedInReply.Old(problems);
        var rule = context.Store.Find(LinkedInWorld.Conversion, LinkedInCall.IdOf(sent!["conversion"]!.ToString()));
        if (rule is null || context.Account(call, rule.AccountId) is null) return LinkedInReply.Old([new("FIELD_VALUE_DOES_NOT_EXIST", "/conversion", $"/conversion value {sent["conversion"]} doesn't exist")]);
        var at = LinkedInContext.Instant(sent["conversionHappenedAt"])!.Value;
        if (at > context.Now.AddMinutes(10) || at < context.Now.AddDays(-90)) return LinkedInReply.Old([LinkedInProblem.Wrong("/conversionHappenedAt", sent["conversionHappenedAt"])]);
        var id = sent["eventId"]?.ToString() ?? Tokens.New("", 9);
        context.Store.Put(new SandboxObject { Kind = LinkedInWorld.Event, Id = $"{rule.Id}/{id}", AccountId = rule.AccountId, ParentId = rule.Id, CreatedAt = context.Now, UpdatedAt = context.Now, Body = (JsonObject)sent.DeepClone() });
        return null;
    }

    private JsonObject Show(SandboxObject rule)
    {
        var shown = (JsonObject)rule.Body.DeepClone();
        var campaigns = context.Store.All(LinkedInWorld.Association).Where(a => a.Body["conversion"]!.ToString() == rule.Id).Select(a => (JsonNode)("urn:li:sponsoredCampaign:" + a.ParentId));
        shown["campaigns"] = new JsonArray([.. campaigns]);
        return shown;
    }
}
