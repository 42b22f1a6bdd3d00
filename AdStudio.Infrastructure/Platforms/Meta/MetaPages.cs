using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>A person's Pages with their Instagram accounts. Their tokens are not asked for.</summary>
internal sealed class MetaPages(MetaApi api) : IListsPages
{
    public Platform Platform => Platform.Meta;

    /// <summary>GET /me/accounts (User.json, Page.json, IGUser.json).</summary>
    public async Task<Result<IReadOnlyList<PlatformPage>>> ListPagesAsync(PlatformAccess access, CancellationToken ct)
    {
        var list = await api.ListAsync(access, "me/accounts", [("fields", "id,name,category,followers_count,tasks,instagram_business_account{id,username}"), ("limit", "100")], ct);
        if (!list.TryGet(out var pages, out var refusal)) return Result<IReadOnlyList<PlatformPage>>.Refused(refusal);
        return Result<IReadOnlyList<PlatformPage>>.Of([.. pages.Select(Page)]);
    }

    private static PlatformPage Page(JsonObject page) => new(page["id"]!.ToString(), page["name"]?.ToString() ?? "", page["category"]?.ToString(),
        long.TryParse(page["followers_count"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var followers) ? followers : null, MetaAccounts.MayAdvertise(page),
        page["instagram_business_account"]?["id"]?.ToString() is { } instagram ? new(instagram, page["instagram_business_account"]?["username"]?.ToString()) : null);
}
