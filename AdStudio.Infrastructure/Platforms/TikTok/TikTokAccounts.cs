using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>The advertisers that a person let the studio into, each with its identities, pixels and apps.</summary>
internal sealed class TikTokAccounts(TikTokApi api) : IListsAccounts
{
    private const int AccountsACall = 100;
    private static readonly string[] Fields = ["advertiser_id", "name", "currency", "timezone", "display_timezone", "status", "company", "owner_bc_id", "rejection_reason"];

    public Platform Platform => Platform.TikTok;

    public async Task<Result<IReadOnlyList<PlatformAccount>>> ListAccountsAsync(PlatformAccess access, CancellationToken ct)
    {
        var list = await api.GetAsync(access, "oauth2/advertiser/get/", new() { ["app_id"] = api.Settings.ClientId, ["secret"] = api.Settings.ClientSecret }, ct);
        if (!list.TryGet(out var data, out var refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
        var ids = (data["list"] as JsonArray ?? []).Select(a => a?["advertiser_id"]?.ToString()).OfType<string>().ToList();

        var found = new List<PlatformAccount>();
        foreach (var some in ids.Chunk(AccountsACall))
        {
            var answer = await api.GetAsync(access, "advertiser/info/", new() { ["advertiser_ids"] = TikTokApi.Texts(some), ["fields"] = TikTokApi.Texts(Fields) }, ct);
            if (!answer.TryGet(out var told, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
            foreach (var account in (told["list"] as JsonArray ?? []).OfType<JsonObject>())
            {
                var id = account["advertiser_id"]!.ToString();
                if (!(await AssetsAsync(access, id, ct)).TryGet(out var assets, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
                var (status, detail) = StatusOf(account["status"]?.ToString(), account["rejection_reason"]?.ToString());
                found.Add(new(id, account["name"]?.ToString() ?? id, account["currency"]?.ToString() ?? "", account["display_timezone"]?.ToString() ?? account["timezone"]?.ToString() ?? "UTC", status)
                {
                    StatusDetail = detail, BusinessId = account["owner_bc_id"]?.ToString(), BusinessName = account["company"]?.ToString(), Assets = assets,
                });
            }
        }
        return found;
    }

    private async Task<Result<IReadOnlyList<AccountAsset>>> AssetsAsync(PlatformAccess access, string account, CancellationToken ct)
    {
        var assets = new List<AccountAsset>();
        if (!Shown(await api.ListAsync(access, "identity/get/", new() { ["advertiser_id"] = account }, ct, "identity_list", 100)).TryGet(out var identities, out var refusal)) return Result<IReadOnlyList<AccountAsset>>.Refused(refusal);
        assets.AddRange(identities.Where(TikTokIdentity.IsUsable).Select(i => new AccountAsset(AccountAssetKind.Page, TikTokIdentity.Of(i).Wire, i["display_name"]?.ToString() ?? i["user_name"]?.ToString() ?? "")));
        if (!Shown(await api.ListAsync(access, "pixel/list/", new() { ["advertiser_id"] = account }, ct, "pixels", 20)).TryGet(out var pixels, out refusal)) return Result<IReadOnlyList<AccountAsset>>.Refused(refusal);
        assets.AddRange(pixels.Select(p => new AccountAsset(AccountAssetKind.Pixel, p["pixel_id"]!.ToString(), p["pixel_name"]?.ToString() ?? "")));
        var list = await api.GetAsync(access, "app/list/", new() { ["advertiser_id"] = account }, ct);
        if (!Shown(list.TryGet(out var data, out var unread) ? Result<IReadOnlyList<JsonObject>>.Of([.. (data["apps"] as JsonArray ?? []).OfType<JsonObject>()]) : Result<IReadOnlyList<JsonObject>>.Refused(unread)).TryGet(out var apps, out refusal))
            return Result<IReadOnlyList<AccountAsset>>.Refused(refusal);
        assets.AddRange(apps.Select(a => new AccountAsset(AccountAssetKind.App, a["app_id"]!.ToString(), a["app_name"]?.ToString() ?? "", Url: a["download_url"]?.ToString())));
        return assets;
    }

    /// <summary>A suspended account may refuse to show what it has; that is no reason to hide it.</summary>
    private static Result<IReadOnlyList<JsonObject>> Shown(Result<IReadOnlyList<JsonObject>> list) =>
        list.Refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission or PlatformFailureKind.NotFound or PlatformFailureKind.InvalidRequest } ? Result<IReadOnlyList<JsonObject>>.Of([]) : list;

    private static (AdAccountStatus, string?) StatusOf(string? status, string? reason) => status switch
    {
        "STATUS_ENABLE" => (AdAccountStatus.Active, null),
        "STATUS_DISABLE" => (AdAccountStatus.Disabled, "TikTok has disabled this account."),
        "STATUS_LIMIT" => (AdAccountStatus.Disabled, "TikTok has suspended this account."),
        "STATUS_PENDING_CONFIRM" or "STATUS_PENDING_VERIFIED" or "STATUS_PENDING_CONFIRM_MODIFY" or "STATUS_WAIT_FOR_BPM_AUDIT" or "STATUS_WAIT_FOR_PUBLIC_AUTH" or "STATUS_SELF_SERVICE_UNAUDITED" or "STATUS_CONTRACT_PENDING" =>
            (AdAccountStatus.PendingReview, "TikTok is reviewing this account."),
        "STATUS_CONFIRM_FAIL" or "STATUS_CONFIRM_FAIL_END" or "STATUS_CONFIRM_MODIFY_FAIL" => (AdAccountStatus.Disabled, string.IsNullOrEmpty(reason) ? "TikTok did not approve this account." : $"TikTok did not approve this account: {reason}"),
        _ => (AdAccountStatus.Unknown, $"TikTok gives the status {status}."),
    };
}

/// <summary>In whose name an ad runs. TikTok wants its kind beside its id, and for one kind the business center that lends it; all three travel as one text: "TT_USER/7150…", "BC_AUTH_TT/7001…/7150…".</summary>
internal sealed record TikTokIdentity(string Type, string Id, string? BusinessCenter)
{
    public string Wire => BusinessCenter is null ? $"{Type}/{Id}" : $"{Type}/{BusinessCenter}/{Id}";

    /// <summary>A person's own posts are shown as ads by these; the others are a name and a picture only.</summary>
    public bool IsTikTokAccount => Type is "TT_USER" or "BC_AUTH_TT";

    public static TikTokIdentity Parse(string wire) => wire.Split('/') switch
    {
        [var type, var center, var id] => new(type, id, center),
        [var type, var id] => new(type, id, null),
        _ => new("CUSTOMIZED_USER", wire, null),
    };

    public static TikTokIdentity Of(JsonObject row) => new(row["identity_type"]?.ToString() ?? "CUSTOMIZED_USER", row["identity_id"]!.ToString(), row["identity_type"]?.ToString() == "BC_AUTH_TT" ? row["identity_authorized_bc_id"]?.ToString() : null);

    /// <summary>One lent for a single post cannot show what the studio uploads.</summary>
    public static bool IsUsable(JsonObject row) => row["identity_type"]?.ToString() is "CUSTOMIZED_USER" or "TT_USER" or "BC_AUTH_TT" && row["identity_id"] is not null;
}
