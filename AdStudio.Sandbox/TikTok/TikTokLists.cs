using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.TikTok;

/// <summary>Lists of campaigns, ad groups and ads, and of what an account has.</summary>
internal sealed class TikTokLists(TikTokContext context)
{
    /// <summary>Fields that answers have beside those with which the objects were made.</summary>
    private static readonly string[] Further = ["advertiser_id", "secondary_status", "create_time", "modify_time", "is_new_structure", "campaign_name", "adgroup_name", "campaign_id", "adgroup_id", "ad_id", "objective", "objective_type"];

    public TikTokReply Get(TikTokCall call, SandboxObject account, TikTokLevel level)
    {
        var filter = call.Params["filtering"] as JsonObject ?? [];
        var rows = context.Store.InAccount(level.Kind, account.Id).OrderByDescending(o => o.CreatedAt).ThenByDescending(o => o.Id, StringComparer.Ordinal).AsEnumerable();
        var statuses = new[] { filter["primary_status"]?.ToString(), filter["secondary_status"]?.ToString() };
        if (!statuses.Any(s => s is not null && (s.EndsWith("_ALL", StringComparison.Ordinal) || s.EndsWith("_DELETE", StringComparison.Ordinal) && !s.EndsWith("_NOT_DELETE", StringComparison.Ordinal))))
            rows = rows.Where(o => o.Body["operation_status"]!.ToString() != "DELETE");
        foreach (var (name, value) in filter)
        {
            switch (name)
            {
                case "campaign_ids" or "adgroup_ids" or "ad_ids":
                    var ids = TikTokCall.Texts(value).ToHashSet();
                    if (ids.Count > 100) return TikTokReply.Wrong("filtering." + name, "Longer than maximum length 100.");
                    rows = rows.Where(o => ids.Contains(o.Body[name[..^1]]?.ToString() ?? ""));
                    break;
                case "campaign_name" or "adgroup_name" or "ad_name":
                    rows = rows.Where(o => o.Body[name]!.ToString().Contains(value!.ToString(), StringComparison.OrdinalIgnoreCase));
                    break;
                case "objective_type":
                    rows = rows.Where(o => o.Body[name]?.ToString() == value!.ToString());
                    break;
                case "secondary_status" when !value!.ToString().EndsWith("_ALL", StringComparison.Ordinal) && !value.ToString().EndsWith("_NOT_DELETE", StringComparison.Ordinal):
                    rows = rows.Where(o => TikTokStatus.Of(context, o) == value.ToString());
                    break;
                case "primary_status" or "secondary_status":
                    break;
                default:
                    return TikTokReply.Wrong("filtering." + name, "This filter is not served here.");
            }
        }
        var fields = call.List("fields");
        if (fields.Find(f => !Has(level, f)) is { } unknown) return TikTokReply.Wrong("fields", $"Unknown field {unknown}.");
        return Paged(call, rows, "list", 1000, o => Show(o, fields));
    }

    public TikTokReply Identities(TikTokCall call, SandboxObject account)
    {
        var type = call.Text("identity_type");
        return Paged(call, context.Store.InAccount(TikTokWorld.Identity, account.Id).Where(i => type is null || i.Body["identity_type"]!.ToString() == type), "identity_list", 100, i => (JsonObject)i.Body.DeepClone());
    }

    public TikTokReply CreateIdentity(TikTokCall call, SandboxObject account)
    {
        if (TikTokContext.Length(call.Text("display_name")!) > 40) return TikTokReply.Wrong("display_name", "Longer than maximum length 40.");
        if (context.Find(TikTokWorld.Image, account.Id + ":" + call.Text("image_uri"), account) is null) return TikTokReply.Wrong("image_uri", "The image does not exist.");
        var id = context.NewId();
        context.Store.Put(new SandboxObject
        {
            Kind = TikTokWorld.Identity, Id = account.Id + ":" + id, AccountId = account.Id, CreatedAt = context.Now, UpdatedAt = context.Now,
            Body = new() { ["identity_id"] = id, ["identity_type"] = "CUSTOMIZED_USER", ["display_name"] = call.Text("display_name"), ["profile_image"] = "", ["can_push_video"] = true, ["can_pull_video"] = false },
        });
        return new JsonObject { ["identity_id"] = id };
    }

    public TikTokReply Apps(TikTokCall call, SandboxObject account) => new JsonObject { ["apps"] = new JsonArray([.. context.Store.InAccount(TikTokWorld.App, account.Id).Select(a => a.Body.DeepClone())]) };

    /// <summary>One page of a list, as every list gives it.</summary>
    public static TikTokReply Paged(TikTokCall call, IEnumerable<SandboxObject> rows, string list, int largest, Func<SandboxObject, JsonObject> show)
    {
        var (page, size) = (Number(call, "page", 1), Number(call, "page_size", 10));
        if (page < 1) return TikTokReply.Wrong("page", "Must be greater than or equal to 1.");
        if (size < 1 || size > largest) return TikTokReply.Wrong("page_size", $"Must be between 1 and {largest}.");
        var all = rows.ToList();
        return new JsonObject { [list] = new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(o => (JsonNode)show(o))]), ["page_info"] = Page(page, size, all.Count) };
    }

    public static JsonObject Page(int page, int size, int total) => new() { ["page"] = page, ["page_size"] = size, ["total_number"] = total, ["total_page"] = (total + size - 1) / size };

    public static int Number(TikTokCall call, string name, int otherwise) => int.TryParse(call.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static bool Has(TikTokLevel level, string field) => Further.Contains(field) || TikTokShapes.Fields(level).Contains(field);

    private JsonObject Show(SandboxObject item, List<string> fields)
    {
        var shown = (JsonObject)item.Body.DeepClone();
        shown["secondary_status"] = TikTokStatus.Of(context, item);
        return fields.Count == 0 ? shown : new JsonObject(fields.Where(shown.ContainsKey).Select(f => KeyValuePair.Create(f, shown[f]?.DeepClone())));
    }
}
