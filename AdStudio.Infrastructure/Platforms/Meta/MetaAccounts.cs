using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>A person's ad accounts, with the pages and Instagram accounts they may advertise for and each account's pixels and apps.</summary>
internal sealed class MetaAccounts(MetaApi api) : IListsAccounts
{
    public Platform Platform => Platform.Meta;

    public async Task<Result<IReadOnlyList<PlatformAccount>>> ListAccountsAsync(PlatformAccess access, CancellationToken ct)
    {
        var list = await api.ListAsync(access, "me/adaccounts", [("fields", "id,account_id,name,account_status,disable_reason,currency,timezone_name,business,business_name,user_tasks,amount_spent"), ("limit", "100")], ct);
        if (!list.TryGet(out var accounts, out var refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
        if (!(await PagesAsync(access, ct)).TryGet(out var pages, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);

        var found = new List<PlatformAccount>();
        foreach (var account in accounts)
        {
            var id = account["id"]!.ToString();
            if (!(await PixelsAsync(access, id, ct)).TryGet(out var pixels, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
            if (!(await AppsAsync(access, id, ct)).TryGet(out var apps, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
            var (status, detail) = StatusOf(account["account_status"]?.ToString(), account["disable_reason"]?.ToString());
            var currency = account["currency"]?.ToString() ?? "";
            found.Add(new(id, account["name"]?.ToString() ?? id, currency, account["timezone_name"]?.ToString() ?? "UTC", status)
            {
                StatusDetail = detail, BusinessId = account["business"]?["id"]?.ToString(), BusinessName = (account["business"]?["name"] ?? account["business_name"])?.ToString(), Assets = [.. pages, .. pixels, .. apps],
                UserTasks = account["user_tasks"] is JsonArray tasks ? [.. tasks.Select(t => t!.ToString())] : [],
                AmountSpentMicros = long.TryParse(account["amount_spent"]?.ToString(), CultureInfo.InvariantCulture, out var spent) ? MetaPlan.FromWire(spent, currency).Micros : null,
            });
        }
        return found;
    }

    private async Task<Result<IReadOnlyList<AccountAsset>>> PagesAsync(PlatformAccess access, CancellationToken ct)
    {
        var list = await api.ListAsync(access, "me/accounts", [("fields", "id,name,category,tasks,instagram_business_account"), ("limit", "100")], ct);
        if (!list.TryGet(out var pages, out var refusal)) return refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission } ? Result<IReadOnlyList<AccountAsset>>.Of([]) : Result<IReadOnlyList<AccountAsset>>.Refused(refusal);
        var assets = new List<AccountAsset>();
        foreach (var page in pages.Where(MayAdvertise))
        {
            var (id, name) = (page["id"]!.ToString(), page["name"]?.ToString() ?? "");
            assets.Add(new(AccountAssetKind.Page, id, name));
            if (page["instagram_business_account"]?["id"]?.ToString() is { } instagram)
                assets.Add(new(AccountAssetKind.InstagramAccount, instagram, page["instagram_business_account"]?["username"]?.ToString() ?? $"{name} on Instagram", id));
        }
        return assets;
    }

    internal static bool MayAdvertise(JsonObject page) => page["tasks"] is not JsonArray tasks || tasks.Any(t => t?.ToString() is "ADVERTISE" or "MANAGE");

    /// <summary>A disabled account may refuse to show its pixels; that is no reason to hide it.</summary>
    private async Task<Result<IReadOnlyList<AccountAsset>>> PixelsAsync(PlatformAccess access, string account, CancellationToken ct)
    {
        var list = await api.ListAsync(access, $"{account}/adspixels", [("fields", "id,name"), ("limit", "100")], ct);
        return Read(list, p => [new AccountAsset(AccountAssetKind.Pixel, p["id"]!.ToString(), p["name"]?.ToString() ?? "")]);
    }

    private async Task<Result<IReadOnlyList<AccountAsset>>> AppsAsync(PlatformAccess access, string account, CancellationToken ct) =>
        Read(await api.ListAsync(access, $"{account}/advertisable_applications", [("fields", "id,name,object_store_urls"), ("limit", "100")], ct), MetaApps.Of);

    private static Result<IReadOnlyList<AccountAsset>> Read(Result<IReadOnlyList<JsonObject>> list, Func<JsonObject, IEnumerable<AccountAsset>> assets)
    {
        if (list.TryGet(out var rows, out var refusal)) return Result<IReadOnlyList<AccountAsset>>.Of([.. rows.SelectMany(assets)]);
        return refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission or PlatformFailureKind.NotFound or PlatformFailureKind.InvalidRequest } ? Result<IReadOnlyList<AccountAsset>>.Of([]) : Result<IReadOnlyList<AccountAsset>>.Refused(refusal);
    }

    private static (AdAccountStatus, string?) StatusOf(string? status, string? reason) => (MetaFromMemory.AccountStatusOf(status), MetaFromMemory.AccountStatusOf(status) switch
    {
        AdAccountStatus.Active => null,
        AdAccountStatus.Disabled => reason is null or "0" ? "Meta has disabled this account." : $"Meta has disabled this account (reason {reason}).",
        AdAccountStatus.Unsettled => "Meta waits for a payment.",
        AdAccountStatus.PendingReview => "Meta is reviewing this account.",
        AdAccountStatus.InGracePeriod => "Meta waits for a payment and lets ads run a little longer.",
        AdAccountStatus.Closed => "This account is closed.",
        _ => $"Meta gives the status {status}.",
    });
}
