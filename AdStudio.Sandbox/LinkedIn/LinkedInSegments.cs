using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.LinkedIn;

/// <summary>DMP segments and their members.</summary>
internal sealed class LinkedInSegments(LinkedInContext context)
{
    private const int MostACall = 5000;

    private static readonly LinkedInShape Shape = new LinkedInShape().With("name!", LinkedInShape.Text(255)).With("account!", LinkedInShape.Urn("urn:li:sponsoredAccount")).With("accessPolicy!", LinkedInShape.OneOf("PRIVATE")).With("description", LinkedInShape.Text(500))
        .With("type!", LinkedInShape.OneOf("COMPANY_LIST_UPLOAD", "USER_LIST_UPLOAD", "COMPANY_STREAMING", "USER_STREAMING")).With("sourcePlatform!", LinkedInShape.OneOf("LIST_UPLOAD", "STREAMING"))
        .With("destinations!", LinkedInShape.ListOf(new LinkedInShape().With("destination!", LinkedInShape.OneOf("LINKEDIN")).Check, fewest: 1));

    private static readonly LinkedInShape Member = new LinkedInShape().With("action!", LinkedInShape.OneOf("ADD", "REMOVE")).With("userIds!", LinkedInShape.ListOf(new LinkedInShape().With("idType!", LinkedInShape.OneOf("SHA256_EMAIL", "GOOGLE_AID", "APPLE_IDFA")).With("idValue!", LinkedInShape.Text(200)).Check, fewest: 1))
        .With("firstName", LinkedInShape.Text(200)).With("lastName", LinkedInShape.Text(200)).With("title", LinkedInShape.Text(200)).With("company", LinkedInShape.Text(200)).With("country", LinkedInShape.Text(2));

    public LinkedInReply List(LinkedInCall call)
    {
        if (call.Stranger("q", "account", "sourcePlatform", "start", "count") is { } stranger) return LinkedInReply.Query(stranger);
        if (call.Text("q") != "account") return LinkedInReply.Query("q");
        if (Denied(call, call.Text("account"), out var account) is { } denied) return denied;
        return LinkedInContext.ByCount(call, [.. context.Store.InAccount(LinkedInWorld.Segment, account!.Id).OrderBy(s => s.CreatedAt).Select(Show)]);
    }

    public LinkedInReply Get(LinkedInCall call) => Mine(call, call.Path[1]) is { } segment ? Show(segment) : LinkedInReply.NotFound("DmpSegment " + call.Path[1]);

    public LinkedInReply Create(LinkedInCall call)
    {
        var problems = Shape.Check(call.Body, partial: false);
        if (problems.Count > 0) return LinkedInReply.Old(problems);
        var body = (JsonObject)call.Body!.DeepClone();
        if (Denied(call, body["account"]!.ToString(), out var account) is { } denied) return denied;
        if (context.Closed(call, account!) is { } closed) return closed;
        var segment = context.Create(LinkedInWorld.Segment, "segment", account!.Id, account.Id, body);
        segment.Body["count"] = 0L;
        context.Store.Put(segment);
        return LinkedInReply.Made(segment.Id);
    }

    /// <summary>POST /dmpSegments/{id}/users, as a batch of additions and removals.</summary>
    public LinkedInReply Users(LinkedInCall call)
    {
        if (call.Verb != "BATCH_CREATE") return LinkedInReply.Error(400, "X-RestLi-Method must be BATCH_CREATE", "ILLEGAL_ARGUMENT");
        if (Mine(call, call.Path[1])?.Clone() is not { } segment) return LinkedInReply.NotFound("DmpSegment " + call.Path[1]);
        if (segment.Body["type"]!.ToString() != "USER_STREAMING") return LinkedInReply.Error(400, "The segment takes no streamed users");
        if (call.Body?["elements"] is not JsonArray { Count: > 0 and <= MostACall } elements) return LinkedInReply.Old([LinkedInProblem.Missing("/elements")]);
        var results = new JsonArray();
        foreach (var element in elements)
        {
            var problems = Member.Check(element, partial: false);
            if (problems.Any(p => p.Code == LinkedInProblem.Unrecognized)) return LinkedInReply.Old(problems);
            var value = element?["userIds"]?[0]?["idValue"]?.ToString() ?? "";
            if (problems.Count > 0 || element!["userIds"]![0]!["idType"]!.ToString() == "SHA256_EMAIL" && (value.Length != 64 || !value.All(char.IsAsciiHexDigitLower)))
            {
                results.Add(new JsonObject { ["status"] = 400 });
                continue;
            }
            var id = segment.Id + "/" + value;
            if (element["action"]!.ToString() == "REMOVE") context.Store.Remove(LinkedInWorld.Member, id);
            else context.Store.Put(new SandboxObject { Kind = LinkedInWorld.Member, Id = id, ParentId = segment.Id, AccountId = segment.AccountId, CreatedAt = context.Now, UpdatedAt = context.Now });
            results.Add(new JsonObject { ["status"] = 201 });
        }
        segment.Body["count"] = context.Store.Under(LinkedInWorld.Member, segment.Id).LongCount();
        segment.Body["filled"] ??= context.Now.ToUnixTimeMilliseconds();
        segment.UpdatedAt = context.Now;
        context.Store.Put(segment);
        return new JsonObject { ["elements"] = results };
    }

    public LinkedInReply Delete(LinkedInCall call)
    {
        if (Mine(call, call.Path[1]) is not { } segment) return LinkedInReply.NotFound("DmpSegment " + call.Path[1]);
        context.Store.Remove(LinkedInWorld.Segment, segment.Id);
        return LinkedInReply.Done;
    }

    /// <summary>So that a list of two is large enough to be tried: each member stands for a few hundred.</summary>
    public static long Size(SandboxObject segment) => (segment.Body["count"]?.GetValue<long>() ?? 0) * 400;

    private SandboxObject? Mine(LinkedInCall call, string id) => call.Scopes.Contains("rw_dmp_segments") && context.Store.Find(LinkedInWorld.Segment, id) is { } found && context.Account(call, found.AccountId) is not null ? found : null;

    private LinkedInReply? Denied(LinkedInCall call, string? urn, out SandboxObject? account)
    {
        account = context.Account(call, LinkedInCall.IdOf(urn));
        if (!call.Scopes.Contains("rw_dmp_segments")) return LinkedInReply.NoAccess("dmpSegments");
        return account is null ? LinkedInReply.Error(403, $"Viewer may not have permission on entity {urn}", "NO_PERMISSION_ON_ENTITY") : null;
    }

    /// <summary>A segment gets its urn once its members were matched.</summary>
    private JsonObject Show(SandboxObject segment)
    {
        var isMatched = LinkedInContext.Instant(segment.Body["filled"]) is { } filled && filled + context.Options.ProcessingDelay <= context.Now;
        var shown = (JsonObject)segment.Body.DeepClone();
        shown.Remove("filled");
        shown.Remove("count");
        shown["id"] = long.Parse(segment.Id, CultureInfo.InvariantCulture);
        shown["status"] = isMatched ? "READY" : "PROCESSING";
        var destination = new JsonObject { ["destination"] = "LINKEDIN", ["status"] = isMatched ? "READY" : "BUILDING", ["audienceSize"] = isMatched ? Size(segment) : 0 };
        if (isMatched) destination["destinationSegmentId"] = "urn:li:adSegment:" + segment.Id;
        shown["destinations"] = new JsonArray(destination);
        (shown["audienceSize"], shown["matchedCount"], shown["inputCount"]) = (isMatched ? Size(segment) : 0, isMatched ? Size(segment) : 0, segment.Body["count"]!.GetValue<long>());
        return shown;
    }
}
