using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Connections;

/// <summary>Something that keeps an ad account from running ads. <paramref name="Code"/> names it for programs; <paramref name="What"/> and <paramref name="ToDo"/> are sentences for people.</summary>
public sealed record StandingTrouble(string Code, string What, string ToDo);

/// <summary>How an ad account stands, by what was last read of it.</summary>
/// <param name="IsTokenValid">Whether the platform still accepts our access.</param>
/// <param name="UserHasAccess">Whether that access reaches the account and may advertise there.</param>
/// <param name="Page">The first page for which its ads can run; null when there is none or the platform has none.</param>
/// <param name="Instagram">The Instagram business account that is linked to the page.</param>
public sealed record AccountStanding(AdAccountRow Account, bool IsTokenValid, bool UserHasAccess, AccountAsset? Page, AccountAsset? Instagram, IReadOnlyList<StandingTrouble> Troubles)
{
    public bool IsGood => Troubles.Count == 0;

    public static AccountStanding Of(AdAccountRow account)
    {
        var access = Standing.AccessTrouble(account.Platform, account.Health);
        var own = Standing.TroubleOf(account.Platform, account.Status, account.StatusDetail, account.UserTasks, account.Assets);
        var page = account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.Page);
        var instagram = page is null ? null : account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.InstagramAccount && a.ParentId == page.Id);
        return new(account, access is null, access is null && own is not { Code: Standing.Gone or Standing.NoAdvertiseTask }, page, instagram, [.. new[] { access, own }.OfType<StandingTrouble>()]);
    }
}

/// <summary>The one truth about what is wrong with an ad account.</summary>
public static class Standing
{
    public const string Gone = "out_of_reach", NoAdvertiseTask = "no_advertise_task", NoPage = "no_page";

    /// <summary>What Meta calls the right to run ads. A platform that names no tasks is taken at its word elsewhere.</summary>
    public static bool MayAdvertise(IReadOnlyList<string> userTasks) => userTasks.Count == 0 || userTasks.Any(t => t is "ADVERTISE" or "MANAGE");

    /// <summary>What is wrong with the access through which accounts are reached.</summary>
    public static StandingTrouble? AccessTrouble(Platform platform, ConnectionHealth health)
    {
        var name = Catalogue.Of(platform).Name;
        return health switch
        {
            ConnectionHealth.Expired => new("access_expired", $"{name} no longer accepts our access.", "Reconnect it."),
            ConnectionHealth.MissingPermission => new("permission_missing", $"{name} hasn't allowed all we need.", "Reconnect it and allow everything it asks for."),
            ConnectionHealth.Disconnected => new("disconnected", $"{name} isn't connected any more.", "Connect it again."),
            _ => null,
        };
    }

    /// <summary>What is wrong with the account itself; the worst when there is more.</summary>
    public static StandingTrouble? TroubleOf(Platform platform, AdAccountStatus status, string? detail, IReadOnlyList<string> userTasks, IReadOnlyList<AccountAsset> assets)
    {
        var name = Catalogue.Of(platform).Name;
        return status switch
        {
            AdAccountStatus.PendingReview => new("pending_review", "The platform is still reviewing the account.", "Wait for it, or use another account."),
            AdAccountStatus.Unsettled => new("unsettled", "A payment is open.", $"Settle it on {name}, then sync the accounts."),
            AdAccountStatus.Disabled => new("disabled", "The platform has disabled the account.", $"Clear it up on {name}, or use another account."),
            AdAccountStatus.Closed => new("closed", "The account is closed.", "Use another account."),
            AdAccountStatus.Unknown when detail == SyncAdAccounts.Vanished => new(Gone, detail, $"Ask its owner on {name} to give access again, then sync the accounts."),
            AdAccountStatus.Unknown => new("unknown", detail ?? "Its standing isn't known.", "Sync the accounts."),
            _ when !MayAdvertise(userTasks) => new(NoAdvertiseTask, $"The person who connected it may not run ads there (only {string.Join(", ", userTasks)}).", $"Ask for the task ADVERTISE on {name}, then sync the accounts."),
            _ when Catalogue.Of(platform).Rules is { NeedsPage: true } rules && !assets.Any(a => a.Kind == AccountAssetKind.Page) => new(NoPage, $"There is no {rules.PageWord} for which its ads could run.", $"Give it one on {name}, then sync the accounts."),
            _ => null,
        };
    }
}

/// <param name="AdAccountId">Null checks all that the actor sees.</param>
public sealed record StandingFilter(Guid? WorkspaceId = null, Guid? AdAccountId = null);

/// <summary>Says of each ad account whether ads can run there, and if not, why and what to do: by what was last read of it.</summary>
public sealed class CheckStanding(Studio studio)
{
    public async Task<Result<IReadOnlyList<AccountStanding>>> RunAsync(Actor actor, StandingFilter filter, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var accounts = await ListAdAccounts.ReadAsync(db, actor, a => (filter.WorkspaceId == null || a.WorkspaceId == filter.WorkspaceId) && (filter.AdAccountId == null || a.Id == filter.AdAccountId), ct);
        if (filter.AdAccountId is not null && accounts.Count == 0) return new AdAccountNotFound();
        return accounts.ConvertAll(AccountStanding.Of);
    }
}
