using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>The organizations that an API user may act for, each with the apps that are its own.</summary>
internal sealed class AppleAccounts(AppleApi api) : IListsAccounts
{
    public Platform Platform => Platform.Apple;

    public async Task<Result<IReadOnlyList<PlatformAccount>>> ListAccountsAsync(PlatformAccess access, CancellationToken ct)
    {
        if (!(await api.GetAsync(access, "acls", null, ct)).TryGet(out var body, out var refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
        var organizations = (body["data"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var accounts = new List<PlatformAccount>();
        foreach (var organization in organizations)
        {
            var id = organization["orgId"]!.ToString();
            if (!(await AppsAsync(access, id, ct)).TryGet(out var apps, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
            var parent = organization["parentOrgId"]?.ToString();
            // Without a payment model campaigns can be made, but do not run (schema Campaign, paymentModel).
            var canPay = organization["paymentModel"]?.ToString() is { Length: > 0 };
            accounts.Add(new(id, organization["orgName"]?.ToString() ?? id, organization["currency"]?.ToString() ?? "", organization["timeZone"]?.ToString() ?? "UTC", canPay ? AdAccountStatus.Active : AdAccountStatus.Unsettled)
            {
                StatusDetail = canPay ? null : "Apple has no payment method for this organization, so its campaigns do not run.", BusinessId = parent,
                BusinessName = organizations.Find(o => o["orgId"]?.ToString() == parent)?["orgName"]?.ToString(), Assets = apps,
            });
        }
        return accounts;
    }

    /// <summary>An organization that may not search has no apps to offer; that is no reason to hide it.</summary>
    private async Task<Result<IReadOnlyList<AccountAsset>>> AppsAsync(PlatformAccess access, string organization, CancellationToken ct)
    {
        var list = await api.ListAsync(access, "search/apps?query=&returnOwnedApps=true", organization, ct);
        if (list.TryGet(out var apps, out var refusal))
            return Result<IReadOnlyList<AccountAsset>>.Of([.. apps.Select(a => (Id: a["adamId"]!.ToString(), Name: a["appName"]?.ToString())).Select(a => new AccountAsset(AccountAssetKind.App, a.Id, a.Name ?? a.Id, Url: AppleFromMemory.StoreAddress(a.Id)))]);
        return refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission or PlatformFailureKind.NotFound } ? Result<IReadOnlyList<AccountAsset>>.Of([]) : Result<IReadOnlyList<AccountAsset>>.Refused(refusal);
    }
}
