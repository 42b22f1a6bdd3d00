using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>A person's ad accounts, with the boards on which their owner's pins lie and each account's conversion tags.</summary>
internal sealed class PinterestAccounts(PinterestApi api) : IListsAccounts
{
    /// <summary>Pinterest tells no time zone of an account, and its numbers go by days of UTC.</summary>
    private const string TimeZone = "Etc/UTC";

    public Platform Platform => Platform.Pinterest;

    public async Task<Result<IReadOnlyList<PlatformAccount>>> ListAccountsAsync(PlatformAccess access, CancellationToken ct)
    {
        var list = await api.ListAsync(access, "ad_accounts", [("include_shared_accounts", "true")], ct);
        if (!list.TryGet(out var accounts, out var refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);

        var found = new List<PlatformAccount>();
        foreach (var account in accounts)
        {
            var (id, owner) = (account["id"]!.ToString(), account["owner"] as JsonObject);
            var mayChange = account["permissions"] is not JsonArray permissions || PinterestFromMemory.MayChange([.. permissions.Select(p => p!.ToString())]);
            if (!(await BoardsAsync(access, id, ct)).TryGet(out var boards, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
            if (!(await TagsAsync(access, id, ct)).TryGet(out var tags, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
            found.Add(new(id, account["name"]?.ToString() ?? id, account["currency"]?.ToString() ?? "", TimeZone, mayChange ? AdAccountStatus.Active : AdAccountStatus.Disabled)
            {
                StatusDetail = mayChange ? null : "You may look at this account, but not create ads in it. Its owner can make you a campaign manager on Pinterest.",
                BusinessId = owner?["id"]?.ToString(), BusinessName = owner?["username"]?.ToString(), Assets = [.. boards, .. tags],
            });
        }
        return found;
    }

    /// <summary>Pins of ads lie on public or protected boards.</summary>
    private async Task<Result<IReadOnlyList<AccountAsset>>> BoardsAsync(PlatformAccess access, string account, CancellationToken ct) =>
        OrNone(await api.ListAsync(access, "boards", [("ad_account_id", account)], ct), boards => boards.Where(b => b["privacy"]?.ToString() != "SECRET").Select(b => new AccountAsset(AccountAssetKind.Page, b["id"]!.ToString(), b["name"]?.ToString() ?? "")));

    private async Task<Result<IReadOnlyList<AccountAsset>>> TagsAsync(PlatformAccess access, string account, CancellationToken ct)
    {
        var answer = await api.GetAsync(access, $"ad_accounts/{account}/conversion_tags", [], ct);
        var tags = answer.TryGet(out var body, out var refusal) ? Result<IReadOnlyList<JsonObject>>.Of([.. (body["items"] as JsonArray ?? []).OfType<JsonObject>()]) : Result<IReadOnlyList<JsonObject>>.Refused(refusal);
        return OrNone(tags, found => found.Where(t => t["id"] is not null && t["status"]?.ToString() is not "ARCHIVED").Select(t => new AccountAsset(AccountAssetKind.Pixel, t["id"]!.ToString(), t["name"]?.ToString() ?? "")));
    }

    /// <summary>An account that does not show what it has is listed without it.</summary>
    private static Result<IReadOnlyList<AccountAsset>> OrNone(Result<IReadOnlyList<JsonObject>> list, Func<IReadOnlyList<JsonObject>, IEnumerable<AccountAsset>> read)
    {
        if (list.TryGet(out var rows, out var refusal)) return Result<IReadOnlyList<AccountAsset>>.Of([.. read(rows)]);
        return refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission or PlatformFailureKind.NotFound or PlatformFailureKind.InvalidRequest } ? Result<IReadOnlyList<AccountAsset>>.Of([]) : Result<IReadOnlyList<AccountAsset>>.Refused(refusal);
    }
}
