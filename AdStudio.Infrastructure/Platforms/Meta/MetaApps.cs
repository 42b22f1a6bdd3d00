using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Apps that an account may promote. One that stands in two stores is two assets, because an ad set promotes it in one of them.</summary>
internal static class MetaApps
{
    public static IEnumerable<AccountAsset> Of(JsonObject app)
    {
        var (id, name) = (app["id"]!.ToString(), app["name"]?.ToString() ?? "");
        var stores = (app["object_store_urls"] as JsonObject ?? []).Where(s => s.Value?.ToString() is { Length: > 0 }).DistinctBy(s => s.Value!.ToString()).ToList();
        foreach (var (store, url) in stores)
            yield return stores.Count == 1 ? new(AccountAssetKind.App, id, name, Url: url!.ToString()) : new(AccountAssetKind.App, $"{id}:{store}", $"{name} ({MetaFromMemory.StoreName(store)})", Url: url!.ToString());
    }

    /// <summary>The app's number on Meta.</summary>
    public static string IdOf(AccountAsset app) => app.Id.Split(':')[0];
}
