using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>A person's ad accounts, with the company pages in whose name they may advertise and each account's conversion rules.</summary>
internal sealed class LinkedInAccounts(LinkedInApi api) : IListsAccounts
{
    /// <summary>LinkedIn's accounts have no time zone of their own: its days are those of UTC, in budgets and in numbers.</summary>
    public const string TimeZone = "Etc/UTC";

    public Platform Platform => Platform.LinkedIn;

    public async Task<Result<IReadOnlyList<PlatformAccount>>> ListAccountsAsync(PlatformAccess access, CancellationToken ct)
    {
        var list = await api.SearchAsync(access, "adAccounts", [("q", "search"), ("search", "(test:false)")], ct);
        if (!list.TryGet(out var accounts, out var refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
        if (!(await PagesAsync(access, ct)).TryGet(out var pages, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);

        var found = new List<PlatformAccount>();
        foreach (var account in accounts)
        {
            var id = account["id"]!.ToString();
            if (!(await RulesAsync(access, id, ct)).TryGet(out var rules, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
            var (status, detail) = StatusOf(account);
            var owner = account["reference"]?.ToString() is { } reference && reference.StartsWith("urn:li:organization:", StringComparison.Ordinal) ? Restli.IdOf(reference) : null;
            found.Add(new(id, account["name"]?.ToString() ?? id, account["currency"]?.ToString() ?? "", TimeZone, status)
            {
                StatusDetail = detail, BusinessId = owner, BusinessName = pages.FirstOrDefault(p => p.Id == owner)?.Name, Assets = [.. pages, .. rules],
            });
        }
        return found;
    }

    private async Task<Result<IReadOnlyList<AccountAsset>>> PagesAsync(PlatformAccess access, CancellationToken ct)
    {
        var list = await api.ListAsync(access, "organizationAcls", [("q", "roleAssignee"), ("state", "APPROVED")], ct);
        if (!list.TryGet(out var roles, out var refusal)) return IsClosed(refusal) ? Result<IReadOnlyList<AccountAsset>>.Of([]) : Result<IReadOnlyList<AccountAsset>>.Refused(refusal);
        var ids = roles.Where(r => LinkedInFromMemory.MayAdvertise(r["role"]?.ToString())).Select(r => Restli.IdOf((r["organization"] ?? r["organizationTarget"])?.ToString() ?? "")).Where(i => i.Length > 0).Distinct().ToList();
        if (ids.Count == 0) return Result<IReadOnlyList<AccountAsset>>.Of([]);

        if (!(await api.GetAsync(access, "organizationsLookup", [("ids", Restli.List(ids))], ct)).TryGet(out var named, out refusal)) return Result<IReadOnlyList<AccountAsset>>.Refused(refusal);
        return Result<IReadOnlyList<AccountAsset>>.Of([.. ids.Select(id => new AccountAsset(AccountAssetKind.Page, id, named["results"]?[id]?["localizedName"]?.ToString() ?? id))]);
    }

    private async Task<Result<IReadOnlyList<AccountAsset>>> RulesAsync(PlatformAccess access, string account, CancellationToken ct)
    {
        var list = await api.ListAsync(access, "conversions", [("q", "account"), ("account", Restli.Text(Restli.Account(account)))], ct);
        if (!list.TryGet(out var rules, out var refusal)) return IsClosed(refusal) ? Result<IReadOnlyList<AccountAsset>>.Of([]) : Result<IReadOnlyList<AccountAsset>>.Refused(refusal);
        return Result<IReadOnlyList<AccountAsset>>.Of([.. rules.Where(r => r["enabled"]?.GetValue<bool>() != false).Select(r => new AccountAsset(AccountAssetKind.ConversionAction, r["id"]!.ToString(), r["name"]?.ToString() ?? ""))]);
    }

    /// <summary>What a person may not see is no reason to hide what they may.</summary>
    private static bool IsClosed(Refusal refusal) => refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission or PlatformFailureKind.NotFound };

    private static (AdAccountStatus, string?) StatusOf(JsonObject account)
    {
        var holds = (account["servingStatuses"] as JsonArray ?? []).Select(s => s?.ToString() ?? "").ToList();
        return account["status"]?.ToString() switch
        {
            "ACTIVE" when holds.Contains("BILLING_HOLD") => (AdAccountStatus.Unsettled, "LinkedIn waits for a payment."),
            "ACTIVE" when holds.Contains("RESTRICTED_HOLD") => (AdAccountStatus.Disabled, "LinkedIn has restricted this account."),
            "ACTIVE" when holds.Find(h => h.EndsWith("_HOLD", StringComparison.Ordinal) || h == "STOPPED") is { } hold => (AdAccountStatus.Disabled, $"LinkedIn holds this account back ({hold})."),
            "ACTIVE" => (AdAccountStatus.Active, null),
            "DRAFT" => (AdAccountStatus.PendingReview, "This account is a draft on LinkedIn."),
            "CANCELED" or "CANCELLED" or "PENDING_DELETION" or "REMOVED" => (AdAccountStatus.Closed, "This account is closed."),
            var other => (AdAccountStatus.Unknown, $"LinkedIn gives the status {other}."),
        };
    }
}
