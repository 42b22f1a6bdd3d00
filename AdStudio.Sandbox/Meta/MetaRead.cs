using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>One field asked for: its name, its own fields, and its modifiers as in ads.limit(5){id}.</summary>
public sealed record MetaField(string Name, string Inner, Dictionary<string, string> Modifiers)
{
    /// <summary>Reads a list of fields with braces in them.</summary>
    public static List<MetaField> Parse(string text)
    {
        var fields = new List<MetaField>();
        var (depth, start) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is '{' or '(' or '[') depth++;
            if (i < text.Length && text[i] is '}' or ')' or ']') depth--;
            if (i < text.Length && (text[i] != ',' || depth > 0)) continue;
            var part = text[start..i].Trim();
            if (part.Length > 0) fields.Add(One(part));
            start = i + 1;
        }
        return fields;
    }

    private static MetaField One(string part)
    {
        var modifiers = new Dictionary<string, string>();
        var end = part.IndexOfAny(['.', '{', '(']);
        if (end < 0) return new(part, "", modifiers);
        var name = part[..end];
        while (end < part.Length && part[end] == '.')
        {
            var open = part.IndexOf('(', end);
            if (open < 0) break;
            var (depth, close) = (1, open + 1);
            while (close < part.Length && depth > 0) depth += part[close++] switch { '(' => 1, ')' => -1, _ => 0 };
            modifiers[part[(end + 1)..open]] = part[(open + 1)..(close - 1)];
            end = close;
        }
        return new(name, end < part.Length && part[end] == '{' ? part[(end + 1)..part.LastIndexOf('}')] : "", modifiers);
    }
}

/// <summary>Shows objects and lists of them, with the fields that were asked for.</summary>
public sealed class MetaRead(MetaContext context, MetaLeads leads)
{
    /// <summary>Answers an edge from within an object; set by the API that owns both.</summary>
    public Func<MetaCall, MetaReply> Edge { get; set; } = _ => MetaError.Unknown();

    private static readonly Dictionary<string, (string Type, string[] Default)> Types = new()
    {
        [MetaWorld.Account] = ("AdAccount", ["account_id", "id"]), [MetaWorld.Campaign] = ("Campaign", ["id"]), [MetaWorld.AdSet] = ("AdSet", ["id"]), [MetaWorld.Ad] = ("Ad", ["id"]),
        [MetaWorld.Creative] = ("AdCreative", ["id"]), [MetaWorld.Image] = ("AdImage", ["hash", "id"]), [MetaWorld.Video] = ("AdVideo", ["id", "updated_time"]), [MetaWorld.Audience] = ("CustomAudience", ["id"]),
        [MetaWorld.Pixel] = ("AdsPixel", ["id"]), [MetaWorld.Report] = ("AdReportRun", ["id", "account_id", "async_status", "async_percent_completion"]), [MetaWorld.Form] = ("LeadgenForm", ["id", "name", "status", "locale"]),
        [MetaWorld.Lead] = ("Lead", ["id", "created_time", "field_data"]), [MetaWorld.SavedAudience] = ("SavedAudience", ["id", "name"]), [MetaWorld.Page] = ("Page", ["access_token", "category", "name", "id", "tasks"]), [MetaWorld.Business] = ("Business", ["id", "name"]), [MetaWorld.User] = ("User", ["id", "name"]),
    };

    private static readonly string[] Edges = ["campaigns", "adsets", "ads", "adcreatives", "insights", "adaccounts", "accounts", "permissions", "businesses", "leadgen_forms"];

    public (JsonObject?, MetaError?) Show(MetaCall call, SandboxObject item, string? fields = null)
    {
        fields ??= call.Text("fields");
        var (type, plain) = Types[item.Kind];
        if (item.Kind == MetaWorld.Page && fields is null && call.Path is [_]) plain = ["name", "id"];
        var asked = fields is null ? [.. plain.Select(f => new MetaField(f, "", []))] : MetaField.Parse(fields);
        if (asked.All(f => f.Name != "id")) asked.Add(new MetaField("id", "", []));
        var shown = new JsonObject();
        foreach (var field in asked)
        {
            if (Edges.Contains(field.Name) && type != "AdSet")
            {
                if (Nested(call, item, field) is { } list) shown[field.Name] = list;
                continue;
            }
            if (field.Name is "ads" or "insights" or "adcreatives")
            {
                if (Nested(call, item, field) is { } list) shown[field.Name] = list;
                continue;
            }
            // What an edge gives unasked may be asked for too (a Page's tasks stand in no field list of its own).
            if (!MetaShapes.Fields[type].Contains(field.Name) && !Types[item.Kind].Default.Contains(field.Name))
                return (null, MetaError.Invalid($"Tried accessing nonexisting field ({field.Name}) on node type ({type})"));
            var (value, error) = Value(call, item, field);
            if (error is not null) return (null, error);
            if (value is not null) shown[field.Name] = value;
        }
        return (shown, null);
    }

    /// <summary>One page of a list with its way to the next.</summary>
    public MetaReply List(MetaCall call, IEnumerable<SandboxObject> items)
    {
        var wanted = call.List("effective_status");
        var filtered = items.Where(i => MetaFilter.Fits(context, i, wanted, call.Json("filtering") as JsonArray)).ToList();
        var page = Page(call, filtered, i => i.Id, 25);
        var data = new JsonArray();
        foreach (var item in page.Items)
        {
            var (shown, error) = Show(call, item);
            if (error is not null) return error;
            data.Add(shown);
        }
        return Envelope(call, data, page.First, page.Last, page.More, filtered.Count);
    }

    /// <summary>One page of rows that are already written.</summary>
    public static MetaReply ListRows(MetaCall call, List<JsonObject> rows) => ListRows(call, [.. rows.Select(r => (Func<JsonObject>)(() => r))]);

    /// <summary>One page of rows that are written as they are shown.</summary>
    public static MetaReply ListRows(MetaCall call, List<Func<JsonObject>> rows)
    {
        var page = Page(call, [.. rows.Select((r, i) => (Row: r, Index: i))], r => r.Index.ToString(CultureInfo.InvariantCulture), 25);
        return Envelope(call, new JsonArray([.. page.Items.Select(r => (JsonNode)r.Row())]), page.First, page.Last, page.More, rows.Count);
    }

    private static (List<T> Items, string? First, string? Last, bool More) Page<T>(MetaCall call, List<T> all, Func<T, string> key, int standard)
    {
        var limit = (int)Math.Clamp(call.Number("limit") ?? standard, 1, 5000);
        var start = 0;
        if (call.Text("after") is { } after && Decode(after) is { } last) start = Place(last) + 1;
        else if (call.Text("before") is { } before && Decode(before) is { } first) start = Math.Max(0, Place(first) - limit);
        var items = all.Skip(start).Take(limit).ToList();
        return (items, items.Count > 0 ? Encode($"{key(items[0])}@{start}") : null, items.Count > 0 ? Encode($"{key(items[^1])}@{start + items.Count - 1}") : null, start + items.Count < all.Count);

        // The list may have changed since: the item counts, and where it stood once it is gone.
        int Place(string cursor)
        {
            var (at, split) = (cursor, cursor.LastIndexOf('@'));
            var index = all.FindIndex(i => key(i) == at[..split]);
            return index >= 0 ? index : int.Parse(at[(split + 1)..], CultureInfo.InvariantCulture) - 1;
        }
    }

    private static JsonObject Envelope(MetaCall call, JsonArray data, string? first, string? last, bool more, int count)
    {
        var body = new JsonObject { ["data"] = data };
        if (first is not null)
        {
            var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = first, ["after"] = last } };
            if (more)
            {
                var query = call.Params.Where(p => p.Key is not ("after" or "before" or "method")).Append(new("after", last!)).Select(p => p.Key + "=" + Uri.EscapeDataString(p.Value));
                if (call.TokenInParams) query = query.Prepend("access_token=" + Uri.EscapeDataString(call.Token!));
                paging["next"] = $"{call.BaseUrl}/{string.Join('/', call.Path)}?{string.Join('&', query)}";
            }
            body["paging"] = paging;
        }
        if (call.Text("summary") is { } summary && (summary.Contains("total_count", StringComparison.Ordinal) || summary == "true")) body["summary"] = new JsonObject { ["total_count"] = count };
        return body;
    }

    private JsonNode? Nested(MetaCall call, SandboxObject item, MetaField field)
    {
        var parameters = new Dictionary<string, string>(field.Modifiers);
        if (field.Inner.Length > 0) parameters["fields"] = field.Inner;
        var id = item.Kind == MetaWorld.Account ? "act_" + item.Id : item.Id;
        var reply = Edge(call.With("GET", [id, field.Name], parameters));
        return reply.Status == 200 && (reply.Body["data"] is not JsonArray { Count: 0 } || reply.Body["paging"] is not null) ? reply.Body.DeepClone() : null;
    }

    private (JsonNode?, MetaError?) Value(MetaCall call, SandboxObject item, MetaField field)
    {
        var account = item.Kind is MetaWorld.Page or MetaWorld.Business or MetaWorld.User or MetaWorld.Form or MetaWorld.Lead ? null : context.AccountOf(item);
        var zone = account is null ? TimeZoneInfo.Utc : context.Zone(account);
        switch (field.Name)
        {
            case "campaign" when item.Kind is MetaWorld.AdSet or MetaWorld.Ad:
                return Linked(MetaWorld.Campaign, item.Kind == MetaWorld.AdSet ? item.ParentId : item.Body["campaign_id"]!.ToString());
            case "adset" when item.Kind == MetaWorld.Ad:
                return Linked(MetaWorld.AdSet, item.ParentId);
            case "creative" when item.Kind == MetaWorld.Ad:
                return Linked(MetaWorld.Creative, item.Body["creative"]!["id"]!.ToString());
            case "business" or "owner_business" when item.Body["business"] is JsonObject business:
                return context.Has(call, "business_management") ? (business.DeepClone(), null) : (null, null);
            case "instagram_business_account" when field.Inner.Contains("username", StringComparison.Ordinal):
                return (item.Body[field.Name]?.DeepClone(), null);
            case "instagram_business_account":
                return (new JsonObject { ["id"] = item.Body[field.Name]!["id"]!.DeepClone() }, null);
        }
        JsonNode? value = field.Name switch
        {
            "id" when item.Kind == MetaWorld.Account => "act_" + item.Id,
            "id" when item.Kind == MetaWorld.Image => item.Id,
            "id" => item.Id,
            "account_id" => account?.Id,
            "campaign_id" when item.Kind == MetaWorld.AdSet => item.ParentId,
            "adset_id" when item.Kind == MetaWorld.Ad => item.ParentId,
            "created_time" => MetaTime.Write(item.CreatedAt, zone),
            "updated_time" => MetaTime.Write(item.UpdatedAt, zone),
            "time_created" or "time_updated" when item.Kind == MetaWorld.SavedAudience => MetaTime.Write(item.CreatedAt, zone),
            "leads_count" when item.Kind == MetaWorld.Form => leads.CountOf(item),
            "expired_leads_count" or "organic_leads_count" when item.Kind == MetaWorld.Form => 0,
            "page" when item.Kind == MetaWorld.Form => new JsonObject { ["id"] = item.ParentId, ["name"] = context.Store.Find(MetaWorld.Page, item.ParentId)!.Body["name"]!.DeepClone() },
            "time_created" => item.CreatedAt.ToUnixTimeSeconds(),
            "time_updated" or "time_content_updated" => item.UpdatedAt.ToUnixTimeSeconds(),
            "creation_time" => MetaTime.Write(item.CreatedAt, zone),
            "configured_status" => item.Body["status"]?.DeepClone(),
            "effective_status" when item.Kind is MetaWorld.Campaign or MetaWorld.AdSet or MetaWorld.Ad => MetaStatus.Effective(context, item),
            "issues_info" => MetaStatus.Issues(context, item),
            "ad_review_feedback" => MetaStatus.Feedback(context, item),
            "budget_remaining" => item.Body["lifetime_budget"]?.ToString() ?? item.Body["daily_budget"]?.ToString() ?? "0",
            "learning_stage_info" => new JsonObject { ["status"] = context.Now - item.CreatedAt > TimeSpan.FromDays(7) ? "SUCCESS" : "LEARNING" },
            "timezone_offset_hours_utc" => zone.GetUtcOffset(context.Now).TotalHours,
            "timezone_id" when item.Kind == MetaWorld.Account => 1,
            "amount_spent" => Spent(account!),
            "status" when item.Kind == MetaWorld.Video => MetaMedia.Status(context, item),
            "access_token" when item.Kind == MetaWorld.Page => MetaTokens.PageToken(context, call, item),
            "preview_shareable_link" => $"https://fb.me/{item.Id[^8..]}",
            "thumbnail_url" => item.Body["image_url"]?.DeepClone(),
            "approximate_count_lower_bound" => MetaAudiences.Size(item) < 1000 ? -1 : MetaAudiences.Size(item) * 9 / 10,
            "approximate_count_upper_bound" => MetaAudiences.Size(item) < 1000 ? -1 : MetaAudiences.Size(item) * 11 / 10,
            "operation_status" => new JsonObject { ["code"] = 200, ["description"] = "Normal" },
            "delivery_status" => MetaAudiences.Size(item) < 100 ? new JsonObject { ["code"] = 300, ["description"] = "Audience is too small." } : new JsonObject { ["code"] = 200, ["description"] = "This audience is ready for use." },
            "code" when item.Kind == MetaWorld.Pixel => $"<!-- Pixel {item.Id} --><script>fbq('init', '{item.Id}');</script>",
            "lookalike_spec" => item.Body["lookalike_spec"]?.DeepClone(),
            "async_status" => MetaReports.Status(context, item),
            "async_percent_completion" => MetaReports.Percent(context, item),
            "is_running" => MetaReports.Status(context, item) is not ("Job Completed" or "Job Failed"),
            "error_code" or "error_message" when MetaReports.Status(context, item) != "Job Failed" => null,
            "time_completed" => MetaReports.Status(context, item) == "Job Completed" ? (item.CreatedAt + context.Options.ProcessingDelay).ToUnixTimeSeconds() : 0,
            "accounts" or "pages" when item.Kind == MetaWorld.User => null,
            _ => item.Body[field.Name]?.DeepClone(),
        };
        return (value, null);

        (JsonNode?, MetaError?) Linked(string kind, string id)
        {
            var (shown, error) = Show(call, context.Store.Find(kind, id)!, field.Inner.Length > 0 ? field.Inner : "id");
            return (shown, error);
        }
    }

    private string Spent(SandboxObject account)
    {
        var delivery = new MetaDelivery(context);
        var market = delivery.MarketOf(account);
        var today = market.DayOf(context.Now);
        var micros = DeliveryModel.Run(delivery.Plans(account), market, today.AddYears(-3), today, context.Now).Sum(d => d.Spend);
        return (micros / MetaContext.MinorUnit(account)).ToString(CultureInfo.InvariantCulture);
    }

    private static string Encode(string key) => Convert.ToBase64String(Encoding.ASCII.GetBytes("QVFI:" + key)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static string? Decode(string cursor)
    {
        var padded = cursor.Replace('-', '+').Replace('_', '/').PadRight((cursor.Length + 3) / 4 * 4, '=');
        var buffer = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, buffer, out var length) && Encoding.ASCII.GetString(buffer, 0, length) is var text && text.StartsWith("QVFI:", StringComparison.Ordinal) && text.Contains('@', StringComparison.Ordinal) ? text[5..] : null;
    }
}
