using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>The ad accounts of a person's organizations, with the public profiles and apps of each organization and each account's pixels.</summary>
internal sealed class SnapchatAccounts(SnapchatApi api) : IListsAccounts
{
    public Platform Platform => Platform.Snapchat;

    public async Task<Result<IReadOnlyList<PlatformAccount>>> ListAccountsAsync(PlatformAccess access, CancellationToken ct)
    {
        var list = await api.ListAsync(access, "me/organizations", Noun.Organization, ct, ("with_ad_accounts", "true"));
        if (!list.TryGet(out var organizations, out var refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);

        var found = new List<PlatformAccount>();
        foreach (var organization in organizations)
        {
            var id = organization["id"]!.ToString();
            var accounts = (organization["ad_accounts"] as JsonArray ?? []).OfType<JsonObject>().ToList();
            if (accounts.Count == 0) continue;
            if (!(await ProfilesAsync(access, id, ct)).TryGet(out var profiles, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
            if (!(await AppsAsync(access, id, ct)).TryGet(out var apps, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
            foreach (var account in accounts)
            {
                var accountId = account["id"]!.ToString();
                if (!(await PixelsAsync(access, accountId, ct)).TryGet(out var pixels, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
                var pages = profiles;
                if (pages is null && !(await ProfilesInUseAsync(access, accountId, ct)).TryGet(out pages, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
                var (status, detail) = SnapchatFromMemory.AccountStatus(account["status"]?.ToString());
                found.Add(new(accountId, account["name"]?.ToString() ?? accountId, account["currency"]?.ToString() ?? "", account["timezone"]?.ToString() ?? "UTC", status)
                {
                    StatusDetail = detail, BusinessId = id, BusinessName = organization["name"]?.ToString(), Assets = [.. pages!, .. pixels, .. apps],
                });
            }
        }
        return found;
    }

    /// <summary>Null when this token may not ask for them.</summary>
    private async Task<Result<IReadOnlyList<AccountAsset>?>> ProfilesAsync(PlatformAccess access, string organization, CancellationToken ct)
    {
        var list = await api.ListAsync(access, api.BusinessApi, SnapchatFromMemory.PublicProfiles(organization), Noun.PublicProfile, [], ct);
        if (list.TryGet(out var profiles, out var refusal))
            return Result<IReadOnlyList<AccountAsset>?>.Of([.. profiles.Select(p => new AccountAsset(AccountAssetKind.Page, p["id"]!.ToString(), p["display_name"]?.ToString() ?? p["id"]!.ToString()))]);
        return IsClosed(refusal) || refusal is PlatformFailure { Kind: PlatformFailureKind.ExpiredAuthorization } ? Result<IReadOnlyList<AccountAsset>?>.Of(null) : Result<IReadOnlyList<AccountAsset>?>.Refused(refusal);
    }

    /// <summary>The profiles that the account's creatives already run under.</summary>
    private async Task<Result<IReadOnlyList<AccountAsset>?>> ProfilesInUseAsync(PlatformAccess access, string account, CancellationToken ct)
    {
        var list = await api.ListAsync(access, $"adaccounts/{account}/creatives", Noun.Creative, ct);
        if (!list.TryGet(out var creatives, out var refusal)) return IsClosed(refusal) ? Result<IReadOnlyList<AccountAsset>?>.Of([]) : Result<IReadOnlyList<AccountAsset>?>.Refused(refusal);
        return Result<IReadOnlyList<AccountAsset>?>.Of([.. creatives.Where(c => c["profile_properties"]?["profile_id"] is not null)
            .GroupBy(c => c["profile_properties"]!["profile_id"]!.ToString()).Select(g => new AccountAsset(AccountAssetKind.Page, g.Key, g.Select(c => c["brand_name"]?.ToString()).FirstOrDefault(n => !string.IsNullOrEmpty(n)) ?? g.Key))]);
    }

    /// <summary>An app counts once for each store it is in, under the store's own id.</summary>
    private async Task<Result<IReadOnlyList<AccountAsset>>> AppsAsync(PlatformAccess access, string organization, CancellationToken ct)
    {
        var list = await api.ListAsync(access, $"organizations/{organization}/mobile_apps", SnapchatFromMemory.MobileApp, ct);
        if (!list.TryGet(out var apps, out var refusal)) return IsClosed(refusal) ? Result<IReadOnlyList<AccountAsset>>.Of([]) : Result<IReadOnlyList<AccountAsset>>.Refused(refusal);
        var assets = new List<AccountAsset>();
        foreach (var app in apps)
        {
            var (id, name) = (app["id"]!.ToString(), app["name"]?.ToString() ?? "App");
            if (app["ios_app_id"]?.ToString() is { Length: > 0 } ios) assets.Add(new(AccountAssetKind.App, ios, $"{name} (iPhone)", id, $"https://apps.apple.com/app/id{ios}"));
            if (app["android_app_url"]?.ToString() is { Length: > 0 } android) assets.Add(new(AccountAssetKind.App, android, $"{name} (Android)", id, $"https://play.google.com/store/apps/details?id={android}"));
        }
        return assets;
    }

    /// <summary>A disabled account may refuse to show its pixels; that is no reason to hide it.</summary>
    private async Task<Result<IReadOnlyList<AccountAsset>>> PixelsAsync(PlatformAccess access, string account, CancellationToken ct)
    {
        var list = await api.ListAsync(access, $"adaccounts/{account}/pixels", Noun.Pixel, ct);
        if (list.TryGet(out var pixels, out var refusal)) return Result<IReadOnlyList<AccountAsset>>.Of([.. pixels.Select(p => new AccountAsset(AccountAssetKind.Pixel, p["id"]!.ToString(), p["name"]?.ToString() ?? ""))]);
        return IsClosed(refusal) ? Result<IReadOnlyList<AccountAsset>>.Of([]) : Result<IReadOnlyList<AccountAsset>>.Refused(refusal);
    }

    private static bool IsClosed(Refusal refusal) => refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission or PlatformFailureKind.NotFound or PlatformFailureKind.InvalidRequest };
}
