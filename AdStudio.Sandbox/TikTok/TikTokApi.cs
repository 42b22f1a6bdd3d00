using System.Text.Json.Nodes;
using AdStudio.Sandbox.Faults;

namespace AdStudio.Sandbox.TikTok;

/// <summary>The Business API: finds out what a call is for and lets the right part answer.</summary>
internal sealed class TikTokApi
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(3650);

    private readonly Dictionary<string, Func<TikTokCall, Store.SandboxObject, TikTokReply>> parts = [];
    private readonly TikTokContext context;

    public TikTokApi(TikTokContext context)
    {
        this.context = context;
        var (campaigns, groups, ads, status, lists) = (new TikTokCampaigns(context), new TikTokAdGroups(context), new TikTokAds(context), new TikTokSwitches(context), new TikTokLists(context));
        var (library, audiences, pixels, tools, reports) = (new TikTokLibrary(context), new TikTokAudiences(context), new TikTokPixels(context), new TikTokTools(), new TikTokReports(context));
        parts["POST campaign/create/"] = campaigns.Create;
        parts["POST campaign/update/"] = campaigns.Update;
        parts["POST adgroup/create/"] = groups.Create;
        parts["POST adgroup/update/"] = groups.Update;
        parts["POST ad/create/"] = ads.Create;
        parts["GET ad/review_info/"] = ads.Reviews;
        foreach (var level in TikTokStatus.Levels)
        {
            parts[$"POST {level.Called}/status/update/"] = (call, account) => status.Set(call, account, level);
            parts[$"GET {level.Called}/get/"] = (call, account) => lists.Get(call, account, level);
        }
        parts["POST file/image/ad/upload/"] = library.UploadImage;
        parts["POST file/video/ad/upload/"] = library.UploadVideo;
        parts["GET file/image/ad/info/"] = library.ImageInfo;
        parts["GET file/video/ad/info/"] = library.VideoInfo;
        parts["GET file/image/ad/search/"] = library.SearchImages;
        parts["GET file/video/ad/search/"] = library.SearchVideos;
        parts["GET file/music/get/"] = TikTokLibrary.Music;
        parts["GET identity/get/"] = lists.Identities;
        parts["POST identity/create/"] = lists.CreateIdentity;
        parts["GET app/list/"] = lists.Apps;
        parts["POST dmp/custom_audience/file/upload/"] = audiences.Upload;
        parts["POST dmp/custom_audience/create/"] = audiences.Create;
        parts["POST dmp/custom_audience/rule/create/"] = audiences.CreateRule;
        parts["POST dmp/custom_audience/lookalike/create/"] = audiences.CreateLookalike;
        parts["POST dmp/custom_audience/update/"] = audiences.Update;
        parts["POST dmp/custom_audience/delete/"] = audiences.Delete;
        parts["GET dmp/custom_audience/list/"] = audiences.List;
        parts["GET dmp/saved_audience/list/"] = (_, _) => new JsonObject { ["saved_audiences"] = new JsonArray(), ["page_info"] = TikTokLists.Page(1, 10, 0) };
        parts["GET pixel/list/"] = pixels.List;
        parts["POST pixel/create/"] = pixels.Create;
        parts["POST tool/targeting/search/"] = tools.Search;
        parts["POST tool/targeting/info/"] = tools.Info;
        parts["GET search/region/"] = tools.Regions;
        parts["GET tool/interest_category/"] = tools.Interests;
        parts["GET tool/language/"] = tools.Languages;
        parts["GET report/integrated/get/"] = reports.Integrated;
        parts["POST report/task/create/"] = reports.Order;
        parts["GET report/task/check/"] = reports.Check;
        parts["POST report/task/cancel/"] = reports.Cancel;
        parts["GET report/task/download/"] = reports.Download;
        Pixels = pixels;
    }

    public TikTokContext Context => context;
    private TikTokPixels Pixels { get; }

    /// <summary>What kinds of call this is, for the fault dial.</summary>
    public static IReadOnlyList<string> KindsOf(TikTokCall call) => call.Operation switch
    {
        "POST oauth2/access_token/" => [CallKinds.Token],
        "GET oauth2/advertiser/get/" or "GET advertiser/info/" or "GET identity/get/" or "GET app/list/" or "GET user/info/" or "GET pixel/list/" => [CallKinds.AccountsRead],
        "GET campaign/get/" or "GET adgroup/get/" or "GET ad/get/" or "GET ad/review_info/" or "GET dmp/custom_audience/list/" or "GET dmp/saved_audience/list/" => [CallKinds.StructureRead],
        "GET report/integrated/get/" or "POST report/task/create/" or "GET report/task/check/" or "GET report/task/download/" => [CallKinds.InsightsRead],
        "POST tool/targeting/search/" or "POST tool/targeting/info/" or "GET search/region/" or "GET tool/interest_category/" or "GET tool/language/" => [CallKinds.TargetingSearch],
        "POST campaign/create/" => [CallKinds.CampaignCreate],
        "POST adgroup/create/" => [CallKinds.AdSetCreate],
        "POST ad/create/" => [CallKinds.AdCreate, CallKinds.CreativeCreate],
        "POST file/image/ad/upload/" => [CallKinds.ImageUpload],
        "POST file/video/ad/upload/" => [CallKinds.VideoUpload],
        "POST dmp/custom_audience/create/" or "POST dmp/custom_audience/rule/create/" or "POST dmp/custom_audience/lookalike/create/" => [CallKinds.AudienceCreate],
        "POST dmp/custom_audience/file/upload/" or "POST dmp/custom_audience/update/" => [CallKinds.AudienceUpload],
        "POST pixel/create/" => [CallKinds.PixelCreate],
        "POST campaign/update/" => [CallKinds.CampaignUpdate, .. Budget(call)],
        "POST adgroup/update/" => [CallKinds.AdSetUpdate, .. Budget(call)],
        "POST campaign/status/update/" => [CallKinds.StatusUpdate, CallKinds.CampaignUpdate, .. Deletion(call)],
        "POST adgroup/status/update/" => [CallKinds.StatusUpdate, CallKinds.AdSetUpdate, .. Deletion(call)],
        "POST ad/status/update/" => [CallKinds.StatusUpdate, CallKinds.AdUpdate, .. Deletion(call)],
        "POST dmp/custom_audience/delete/" => [CallKinds.Delete],
        _ => [],
    };

    /// <summary>Carries a call out. A refusal is answered with 200 like everything, so what it left half done is undone here.</summary>
    public TikTokReply Answer(TikTokCall call)
    {
        var mark = context.Store.Mark();
        var reply = Carry(call);
        if (reply.Code != 0) context.Store.RollBackTo(mark);
        return reply;
    }

    private TikTokReply Carry(TikTokCall call)
    {
        if (!TikTokShapes.Knows(call.Operation)) return new(40404, $"The path {call.Path} does not exist for {call.Method}.");
        if (!call.IsReadable) return new(40000, "The body of the request is not valid JSON.");
        if (call.Operation == "POST oauth2/access_token/") return TikTokShapes.Check(call) ?? Exchange(call);
        var (state, grant) = context.Desk.Check(call.Token);
        if (state != TokenState.Good)
            return state switch { TokenState.Missing => new(40104, "Access token is empty."), TokenState.Expired => new(40102, "Access token has expired."), _ => new(40105, "Access token is incorrect or has been revoked.") };
        call.Person = context.Desk.Person(grant!.User)!;
        if (TikTokShapes.Check(call) is { } misshapen) return misshapen;

        switch (call.Operation)
        {
            case "GET user/info/": return new JsonObject { ["core_user_id"] = call.Person.Id, ["display_name"] = call.Person.Body["name"]!.DeepClone(), ["email"] = call.Person.Body["email"]!.DeepClone(), ["create_time"] = call.Person.CreatedAt.ToUnixTimeSeconds() };
            case "GET oauth2/advertiser/get/":
                if (!context.Desk.KnowsClient(call.Text("app_id"), call.Text("secret"))) return TikTokReply.Wrong("secret", "The app_id or secret is incorrect.");
                return new JsonObject { ["list"] = new JsonArray([.. context.AccountsOf(call).Select(a => (JsonNode)new JsonObject { ["advertiser_id"] = a.Id, ["advertiser_name"] = a.Body["name"]!.DeepClone() })]) };
            case "GET advertiser/info/": return Advertisers(call);
            case "POST pixel/track/": return Pixels.Track(call);
        }
        if (call.Text("advertiser_id") is null) return TikTokReply.Missing("advertiser_id");
        if (context.Account(call) is not { } account) return TikTokReply.NoPermission(call.Text("advertiser_id")!);
        if (!parts.TryGetValue(call.Operation, out var part)) return new(40404, $"The path {call.Path} is not served here.");
        // Reading is allowed always; searching is a POST that changes nothing.
        if (call.Method == "POST" && !call.Path.StartsWith("tool/", StringComparison.Ordinal) && !call.Path.StartsWith("report/", StringComparison.Ordinal) && !TikTokContext.Runs(account))
            return new(40001, $"Advertiser {account.Id} has the status {account.Body["status"]}. Nothing can be created or changed in it.");
        return part(call, account);
    }

    private TikTokReply Exchange(TikTokCall call)
    {
        if (!context.Desk.KnowsClient(call.Text("app_id"), call.Text("secret"))) return TikTokReply.Wrong("secret", "The app_id or secret is incorrect.");
        if (context.Desk.Redeem(call.Text("auth_code"), null) is not { } grant) return new(40110, "The auth_code is incorrect, has expired or has been used.");
        var person = context.Desk.Person(grant.User)!;
        return new JsonObject { ["access_token"] = context.Desk.NewAccessToken(grant, TokenLifetime, "tt"), ["advertiser_ids"] = person.Body["accounts"]!.DeepClone(), ["scope"] = new JsonArray(1, 2, 3, 4, 5, 6) };
    }

    private TikTokReply Advertisers(TikTokCall call)
    {
        var (ids, fields) = (call.List("advertiser_ids"), call.List("fields"));
        if (ids.Count > 100) return TikTokReply.Wrong("advertiser_ids", "Longer than maximum length 100.");
        var mine = context.AccountsOf(call).ToDictionary(a => a.Id);
        if (ids.Find(id => !mine.ContainsKey(id)) is { } stranger) return TikTokReply.NoPermission(stranger);
        var rows = new JsonArray();
        foreach (var id in ids)
        {
            if (fields.Find(f => !mine[id].Body.ContainsKey(f)) is { } unknown) return TikTokReply.Wrong("fields", $"Unknown field {unknown}.");
            rows.Add(fields.Count == 0 ? mine[id].Body.DeepClone() : new JsonObject(fields.Select(f => KeyValuePair.Create(f, mine[id].Body[f]?.DeepClone()))));
        }
        return new JsonObject { ["list"] = rows };
    }

    private static string[] Budget(TikTokCall call) => call.Params.ContainsKey("budget") ? [CallKinds.BudgetUpdate] : [];
    private static string[] Deletion(TikTokCall call) => call.Text("operation_status") == "DELETE" ? [CallKinds.Delete] : [];
}
