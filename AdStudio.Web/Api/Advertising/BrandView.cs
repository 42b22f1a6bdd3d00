using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Api.Advertising;

/// <summary>Shows brands as seed 003 does.</summary>
internal sealed class BrandView(ListConnections connections)
{
    private static readonly HashSet<string> OwnFields = ["id", "name", "slug", "image", "tier", "currency", "reauthenticateFbUser", "conversionsStatus", "permissionLevel", "ownership", "createdAt", "updatedAt", "connections"];

    public async Task<IReadOnlyList<AdvertisingBrand>> OfAsync(Actor actor, IReadOnlyList<BrandRow> brands, CancellationToken ct)
    {
        var all = (await connections.RunAsync(actor, new ConnectionFilter(brands.Count == 1 ? brands[0].Id : null, Platform: Platform.Meta), ct)).TryGet(out var found, out _) ? found.ToLookup(c => c.WorkspaceId) : null;
        return [.. brands.Select(b => Of(b, [.. all?[b.Id] ?? []]))];
    }

    private static AdvertisingBrand Of(BrandRow brand, List<ConnectionRow> meta)
    {
        var profile = brand.Profile;
        var account = meta.SelectMany(c => c.Accounts).OrderByDescending(a => a.IsInGoodStanding).ThenBy(a => a.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault();
        var currency = brand.ReportingCurrency ?? account?.Currency ?? Text(profile["currency"] is JsonObject given ? given["code"] : profile["currency"]);
        return new AdvertisingBrand(
            brand.Number, brand.Name, Text(profile["slug"]) ?? SlugOf(brand.Name), Text(profile["image"]), Text(profile["tier"]), Currencies.IsKnown(currency) ? new(currency!, Currencies.Symbol(currency!).Trim('\u00a0')) : null,
            meta.Count > 0 && meta.TrueForAll(c => c.Health is not (ConnectionHealth.Good or ConnectionHealth.Expiring)), Text(profile["conversionsStatus"]), brand.MayChange ? "admin" : "viewer",
            brand.CreatedAt.Wire(), brand.UpdatedAt.Wire(), ConnectionsOf(profile, meta, account),
            new JsonObject(profile.Where(f => !OwnFields.Contains(f.Key)).Select(f => KeyValuePair.Create(f.Key, f.Value?.DeepClone()))));
    }

    /// <summary>As given, with how Meta's own stand.</summary>
    private static JsonObject ConnectionsOf(JsonObject profile, List<ConnectionRow> meta, AdAccountRow? account)
    {
        var shown = profile["connections"]?.DeepClone() as JsonObject ?? [];
        if (account is null) return shown;
        shown["facebook_ad_account"] = AccountParts.AdAccount(account);
        shown["facebook_page"] = AccountParts.Page(account, null);
        shown["instagram_page"] = AccountParts.Instagram(account, null);
        var connection = meta.First(c => c.Id == account.ConnectionId);
        shown["logged_in_fb_user"] = new JsonObject { ["name"] = connection.OwnerName, ["fbTokenValid"] = connection.Health is ConnectionHealth.Good or ConnectionHealth.Expiring };
        return shown;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string SlugOf(string name) =>
        string.Join('-', new string([.. name.Normalize(System.Text.NormalizationForm.FormD).ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : char.IsLetterOrDigit(c) || char.IsWhiteSpace(c) || c is '-' or '_' ? ' ' : '\0').Where(c => c != '\0')]).Split(' ', StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } slug ? slug : "brand";
}

/// <summary>An account, its page and its Instagram account in the names of seed 003.</summary>
internal static class AccountParts
{
    public static JsonObject AdAccount(AdAccountRow account) => new()
    {
        ["id"] = account.ExternalId, ["name"] = account.Name, ["business"] = account.BusinessId is null ? null : new JsonObject { ["id"] = account.BusinessId, ["name"] = account.BusinessName },
        ["currency"] = account.Currency, ["account_status"] = StatusOf(account.Status), ["userHasAccess"] = AccountStanding.Of(account).UserHasAccess, ["user_tasks"] = new JsonArray([.. account.UserTasks.Select(t => (JsonNode)t)]),
        ["amount_spent"] = account.AmountSpentMicros is { } spent ? new Money(spent, account.Currency).Units : null, ["inGoodStanding"] = account.IsInGoodStanding, ["trouble"] = account.IsInGoodStanding ? null : TroubleOf(account),
    };

    public static JsonObject? Page(AdAccountRow account, string? chosen) =>
        account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.Page && (chosen is null || a.Id == chosen)) is { } page ? new JsonObject { ["id"] = page.Id, ["name"] = page.Name } : null;

    public static JsonObject? Instagram(AdAccountRow account, string? page)
    {
        page ??= account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.Page)?.Id;
        return account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.InstagramAccount && a.ParentId == page) is { } instagram
            ? new JsonObject { ["id"] = instagram.Id, ["businessAccount"] = new JsonObject { ["id"] = instagram.Id, ["username"] = instagram.Name }, ["instagramAccount"] = new JsonObject { ["id"] = instagram.Id, ["username"] = instagram.Name } }
            : null;
    }

    /// <summary>In whose name ads are seen: the page's Instagram account, or the page.</summary>
    public static AccountAsset? Owner(AdAccountRow account, string? chosen)
    {
        var page = account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.Page && (chosen is null || a.Id == chosen));
        return account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.InstagramAccount && a.ParentId == page?.Id) ?? page;
    }

    /// <summary>Why nothing can be launched on it, in words.</summary>
    public static string TroubleOf(AdAccountRow account) => string.Join(' ', AccountStanding.Of(account).Troubles.Select(t => $"{t.What} {t.ToDo}"));

    /// <summary>As Meta counts them: 1 is active, 2 disabled, 3 unsettled, 7 in review, 9 in a grace period, 101 closed; 0 is not known.</summary>
    private static int StatusOf(AdAccountStatus status) => status switch
    {
        AdAccountStatus.Active => 1, AdAccountStatus.Disabled => 2, AdAccountStatus.Unsettled => 3, AdAccountStatus.PendingReview => 7, AdAccountStatus.InGracePeriod => 9, AdAccountStatus.Closed => 101, _ => 0,
    };
}
