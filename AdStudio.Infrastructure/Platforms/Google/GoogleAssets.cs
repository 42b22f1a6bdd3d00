using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>The assets of an account, or those linked to its campaigns, ad groups, asset groups and ads. A bare name is a field of the asset.</summary>
internal sealed class GoogleAssets(GoogleApi api) : IReadsAssets
{
    private static readonly string[] Usual = ["id", "name", "type", "text_asset.text", "image_asset.full_size.url", "youtube_video_asset.youtube_video_id"];

    /// <summary>Where each level is asked for, and what its rows are always about.</summary>
    private static readonly Dictionary<string, (string From, string[] Always)> Levels = new()
    {
        ["customer"] = ("asset", []),
        ["campaign"] = ("campaign_asset", ["campaign.id", "campaign.name", "campaign_asset.field_type", "campaign_asset.status"]),
        ["ad_group"] = ("ad_group_asset", ["campaign.id", "ad_group.id", "ad_group.name", "ad_group_asset.field_type", "ad_group_asset.status"]),
        ["asset_group"] = ("asset_group_asset", ["campaign.id", "asset_group.id", "asset_group.name", "asset_group_asset.field_type", "asset_group_asset.status"]),
        ["ad"] = ("ad_group_ad_asset_view", ["campaign.id", "ad_group.id", "ad_group_ad.ad.id", "ad_group_ad_asset_view.field_type", "ad_group_ad_asset_view.enabled"]),
    };

    /// <summary>The asset's own fields that have parts; any other first part is a resource.</summary>
    private static readonly string[] Resources = ["asset", "customer", "campaign", "campaign_asset", "ad_group", "ad_group_asset", "asset_group", "asset_group_asset", "ad_group_ad", "ad_group_ad_asset_view"];

    public Platform Platform => Platform.Google;
    public IReadOnlyList<string> AssetLevels { get; } = [.. Levels.Keys];

    /// <summary>POST /customers/…/googleAds:search (GoogleAdsService).</summary>
    public async Task<Result<IReadOnlyList<JsonObject>>> ReadAssetsAsync(PlatformAccess access, string level, IReadOnlyList<string> fields, CancellationToken ct)
    {
        var (from, always) = Levels[level];
        List<GoogleColumn> columns = [.. always.Select(a => new GoogleColumn(a, a)), .. (fields.Count == 0 ? Usual : fields).Select(Column)];
        var answer = await api.SearchAsync(access, GoogleApi.Customer(access), $"SELECT {GoogleRows.Select(columns)} FROM {from}", ct);
        return answer.TryGet(out var rows, out var refusal) ? Result<IReadOnlyList<JsonObject>>.Of([.. rows.Select(r => GoogleRows.Flat(r, columns))]) : Result<IReadOnlyList<JsonObject>>.Refused(refusal);
    }

    private static GoogleColumn Column(string name) => new(name, Resources.Contains(name.Split('.')[0]) && name.Contains('.', StringComparison.Ordinal) ? name : $"asset.{name}");
}
