using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>Creatives: a post in a campaign, with its review.</summary>
internal sealed class LinkedInCreatives(LinkedInContext context)
{
    private static readonly LinkedInShape Shape = new LinkedInShape().With("campaign!", LinkedInShape.Urn("urn:li:sponsoredCampaign")).With("intendedStatus!", LinkedInShape.OneOf(LinkedInGroups.Statuses)).With("name", LinkedInShape.Text(255))
        .With("content!", new LinkedInShape().With("reference!", LinkedInShape.Urn("urn:li:share", "urn:li:ugcPost")))
        .With("leadgenCallToAction", new LinkedInShape().With("destination!", LinkedInShape.Urn("urn:li:adForm")).With("label!", LinkedInShape.Text(50)));

    public LinkedInReply List(LinkedInCall call, SandboxObject account)
    {
        if (call.Stranger("q", "campaigns", "creatives", "intendedStatuses", "contentReferences", "isTestAccount", "isTotalIncluded", "leadgenCreativeCallToActionDestinations", "sortOrder", "pageSize", "pageToken", "fields") is { } stranger) return LinkedInReply.Query(stranger);
        if (call.Text("q") != "criteria") return LinkedInReply.Query("q");
        if (call.Verb != "FINDER") return LinkedInReply.Error(400, "X-RestLi-Method must be FINDER", "ILLEGAL_ARGUMENT");
        var (campaigns, ids, statuses) = (call.List("campaigns"), call.List("creatives"), call.List("intendedStatuses"));
        var found = context.Store.InAccount(LinkedInWorld.Creative, account.Id).Where(c => !LinkedInGroups.IsGone(c) && campaigns?.Contains(c.Body["campaign"]!.ToString()) != false
            && ids?.Contains(UrnOf(c)) != false && statuses?.Contains(LinkedInStatus.Own(c)) != false);
        return LinkedInContext.ByToken(call, [.. found.OrderBy(c => c.CreatedAt).Select(Show)], most: 100);
    }

    public LinkedInReply Get(LinkedInCall call, SandboxObject account) => InAccount(account, call.Path[3]) is { } creative ? Show(creative) : LinkedInReply.NotFound("Creative " + call.Path[3]);

    public LinkedInReply Create(LinkedInCall call, SandboxObject account)
    {
        if (context.Closed(call, account) is { } closed) return closed;
        var problems = Shape.Check(call.Body, partial: false);
        if (problems.Count > 0) return LinkedInReply.Old(problems);
        var body = (JsonObject)call.Body!.DeepClone();
        var campaign = context.Store.Find(LinkedInWorld.Campaign, LinkedInCall.IdOf(body["campaign"]!.ToString()));
        if (campaign is null || campaign.AccountId != account.Id) return LinkedInReply.Old([new("FIELD_VALUE_DOES_NOT_EXIST", "/campaign", $"/campaign value {body["campaign"]} doesn't exist")]);
        var post = context.Store.Find(LinkedInWorld.Post, LinkedInCall.IdOf(body["content"]!["reference"]!.ToString()));
        if (post is null || post.AccountId != account.Id) return LinkedInReply.Old([new("FIELD_VALUE_DOES_NOT_EXIST", "/content/reference", $"/content/reference value {body["content"]!["reference"]} doesn't exist")]);
        if (LinkedInPosts.FormatOf(post) != campaign.Body["format"]?.ToString()) return LinkedInReply.Old([new("INVALID_VALUE_FOR_FIELD", "/content/reference", $"The creative doesn't match the campaign's format {campaign.Body["format"]}")]);
        if (post.Body["author"]!.ToString() != campaign.Body["associatedEntity"]?.ToString()) return LinkedInReply.Old([new("MISMATCH_FIELDS", "/content/reference", "The author of the post is not the campaign's associated entity")]);
        if (campaign.Body["objectiveType"]!.ToString() == "LEAD_GENERATION" && body["leadgenCallToAction"] is null) return LinkedInReply.Old([LinkedInProblem.Missing("/leadgenCallToAction")]);
        if (body["intendedStatus"]!.ToString() is not ("ACTIVE" or "PAUSED" or "DRAFT")) return LinkedInReply.Old([LinkedInProblem.Wrong("/intendedStatus", body["intendedStatus"])]);
        var creative = context.Create(LinkedInWorld.Creative, "creative", account.Id, campaign.Id, body);
        Remember(creative, post);
        return LinkedInReply.Made(UrnOf(creative));
    }

    public LinkedInReply Update(LinkedInCall call, SandboxObject account)
    {
        if (context.Closed(call, account) is { } closed) return closed;
        if (InAccount(account, call.Path[3]) is not { } old) return LinkedInReply.NotFound("Creative " + call.Path[3]);
        if (call.Set is not { } set) return LinkedInReply.Old([LinkedInProblem.Missing("/patch/$set")]);
        var problems = Shape.Check(set, partial: true);
        if (set.ContainsKey("campaign") || set.ContainsKey("content")) problems.Add(new("FIELD_NOT_ALLOWED", "/content", "/content is not allowed to be set"));
        var creative = old.Clone();
        foreach (var (name, value) in set) creative.Body[name] = value?.DeepClone();
        problems.AddRange(LinkedInGroups.Transition(old, creative));
        if (problems.Count > 0) return LinkedInReply.Old(problems);
        Remember(creative, context.Store.Find(LinkedInWorld.Post, LinkedInCall.IdOf(creative.Body["content"]!["reference"]!.ToString()))!);
        return LinkedInReply.Done;
    }

    public LinkedInReply Delete(LinkedInCall call, SandboxObject account)
    {
        if (context.Closed(call, account) is { } closed) return closed;
        if (InAccount(account, call.Path[3]) is not { } creative) return LinkedInReply.NotFound("Creative " + call.Path[3]);
        if (LinkedInStatus.Own(creative) != "DRAFT") return LinkedInReply.Error(400, "Delete is allowed only in draft state", "DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS");
        context.Store.Remove(LinkedInWorld.Creative, creative.Id);
        return LinkedInReply.Done;
    }

    private static string UrnOf(SandboxObject creative) => "urn:li:sponsoredCreative:" + creative.Id;

    private SandboxObject? InAccount(SandboxObject account, string urn) => urn.StartsWith("urn:li:sponsoredCreative:", StringComparison.Ordinal) && context.Store.Find(LinkedInWorld.Creative, LinkedInCall.IdOf(urn)) is { } found && found.AccountId == account.Id && !LinkedInGroups.IsGone(found) ? found : null;

    /// <summary>An ad goes into review when it is switched on for the first time.</summary>
    private void Remember(SandboxObject creative, SandboxObject post)
    {
        var moment = (creative.History.Count > 0 ? creative.History[^1] : new Moment(context.Now)) with { At = context.Now, Status = LinkedInStatus.Own(creative) };
        if (moment is { Status: "ACTIVE", ReviewedAt: null }) moment = moment with { ReviewedAt = context.Now + context.Options.ReviewDelay, Rejection = context.Policy.Broken("linkedin", "review", LinkedInPosts.WordsOf(post))?.Reason };
        creative.UpdatedAt = context.Now;
        creative.Remember(moment);
        context.Store.Put(creative);
    }

    private JsonObject Show(SandboxObject creative)
    {
        var shown = (JsonObject)creative.Body.DeepClone();
        var holds = LinkedInStatus.OfCreative(context, creative);
        shown["id"] = UrnOf(creative);
        shown["account"] = "urn:li:sponsoredAccount:" + creative.AccountId;
        shown["isServing"] = holds.Count == 0;
        shown["isTest"] = false;
        if (holds.Count > 0) shown["servingHoldReasons"] = new JsonArray([.. holds.Select(h => (JsonNode)h)]);
        if (LinkedInStatus.Review(context, creative) is { } review)
        {
            var told = new JsonObject { ["status"] = review.Status };
            if (review.Reason is { } reason) told["rejectionReasons"] = new JsonArray(reason);
            shown["review"] = told;
        }
        (shown["createdAt"], shown["lastModifiedAt"]) = (creative.CreatedAt.ToUnixTimeMilliseconds(), creative.UpdatedAt.ToUnixTimeMilliseconds());
        return shown;
    }
}
