using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>
/// Reads everything on an account, some campaigns at a time with all beneath them. Each lot begins after the last id of the one before: what is made or removed meanwhile moves nothing out of sight.
/// </summary>
internal sealed class GoogleImport(GoogleApi api) : IImportsCampaigns
{
    private const string Campaigns =
        "SELECT campaign.id, campaign.name, campaign.status, campaign.primary_status, campaign.serving_status, campaign.advertising_channel_type, campaign.advertising_channel_sub_type, campaign.bidding_strategy_type, "
        + "campaign.start_date_time, campaign.end_date_time, campaign_budget.id, campaign_budget.amount_micros, campaign_budget.total_amount_micros, campaign_budget.period, campaign_budget.explicitly_shared FROM campaign";

    private const string AdGroups = "SELECT campaign.id, ad_group.id, ad_group.name, ad_group.status FROM ad_group";

    private const string Ads =
        "SELECT campaign.id, ad_group.id, ad_group_ad.ad.id, ad_group_ad.ad.name, ad_group_ad.ad.type, ad_group_ad.ad.final_urls, ad_group_ad.ad.image_ad.image_url, ad_group_ad.ad.responsive_display_ad.headlines, "
        + "ad_group_ad.ad.responsive_display_ad.long_headline, ad_group_ad.ad.responsive_display_ad.descriptions, ad_group_ad.ad.responsive_display_ad.call_to_action_text, ad_group_ad.ad.responsive_display_ad.marketing_images, "
        + "ad_group_ad.ad.responsive_display_ad.square_marketing_images, ad_group_ad.ad.responsive_search_ad.headlines, ad_group_ad.ad.responsive_search_ad.descriptions, ad_group_ad.status, "
        + "ad_group_ad.policy_summary.approval_status, ad_group_ad.policy_summary.review_status, ad_group_ad.policy_summary.policy_topic_entries FROM ad_group_ad";

    private const string OfCampaign =
        "SELECT campaign.id, campaign_criterion.criterion_id, campaign_criterion.location.geo_target_constant, campaign_criterion.language.language_constant, campaign_criterion.negative FROM campaign_criterion";

    private const string OfAdGroup =
        "SELECT ad_group.id, ad_group_criterion.criterion_id, ad_group_criterion.age_range.type, ad_group_criterion.gender.type, ad_group_criterion.user_interest.user_interest_category, ad_group_criterion.negative FROM ad_group_criterion";

    public Platform Platform => Platform.Google;

    public async IAsyncEnumerable<Result<ImportedCampaign>> ReadAllAsync(PlatformAccess access, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var last = "0"; ;)
        {
            var answer = await api.SearchAsync(access, GoogleApi.Customer(access), $"{Campaigns} WHERE campaign.status != 'REMOVED' AND campaign.id > {last} ORDER BY campaign.id LIMIT {GoogleFromMemory.ValuesAList}", ct);
            if (!answer.TryGet(out var rows, out var refusal))
            {
                yield return Result<ImportedCampaign>.Refused(refusal);
                yield break;
            }
            if (rows.Count == 0) yield break;
            var read = await BeneathAsync(access, rows, ct);
            if (!read.TryGet(out var campaigns, out refusal))
            {
                yield return Result<ImportedCampaign>.Refused(refusal);
                yield break;
            }
            foreach (var campaign in campaigns) yield return campaign;
            last = rows[^1]["campaign"]!["id"]!.ToString();
        }
    }

    private async Task<Result<IReadOnlyList<ImportedCampaign>>> BeneathAsync(PlatformAccess access, IReadOnlyList<JsonObject> campaigns, CancellationToken ct)
    {
        var which = $"WHERE campaign.id IN ({string.Join(", ", campaigns.Select(c => c["campaign"]!["id"]))})";
        var read = new List<IReadOnlyList<JsonObject>>();
        foreach (var query in new[]
        {
            $"{AdGroups} {which} AND ad_group.status != 'REMOVED'", $"{Ads} {which} AND ad_group_ad.status != 'REMOVED'", $"{OfCampaign} {which} AND campaign_criterion.type IN ('LOCATION', 'LANGUAGE')",
            $"{OfAdGroup} {which} AND ad_group_criterion.type IN ('AGE_RANGE', 'GENDER', 'USER_INTEREST') AND ad_group_criterion.status != 'REMOVED'",
        })
        {
            if (!(await api.SearchAsync(access, GoogleApi.Customer(access), query, ct)).TryGet(out var rows, out var refusal)) return Result<IReadOnlyList<ImportedCampaign>>.Refused(refusal);
            read.Add(rows);
        }
        var (groups, ads, places, people) = (read[0], read[1], read[2], read[3]);
        if (!(await NamesAsync(access, [.. places, .. people], ct)).TryGet(out var names, out var unnamed)) return Result<IReadOnlyList<ImportedCampaign>>.Refused(unnamed);
        if (!(await ImagesAsync(access, ads, ct)).TryGet(out var images, out var unread)) return Result<IReadOnlyList<ImportedCampaign>>.Refused(unread);
        return Result<IReadOnlyList<ImportedCampaign>>.Of([.. campaigns.Select(c => new GoogleImported(access.Account!, names, images).Campaign(c, groups, ads, places, people))]);
    }

    /// <summary>What the criteria name: places that are no countries, languages and interests, by their resource names.</summary>
    private async Task<Result<Dictionary<string, JsonObject>>> NamesAsync(PlatformAccess access, IEnumerable<JsonObject> criteria, CancellationToken ct)
    {
        var all = criteria.SelectMany(GoogleImported.NamedBy).Distinct().ToLookup(n => n.Split('/')[^2]);
        var found = new Dictionary<string, JsonObject>();
        foreach (var (collection, resource, fields) in ((string, string, string)[])
        [
            ("geoTargetConstants", "geo_target_constant", "geo_target_constant.name, geo_target_constant.country_code, geo_target_constant.target_type"), ("languageConstants", "language_constant", "language_constant.name"),
            ("userInterests", "user_interest", "user_interest.name"),
        ])
            foreach (var names in all[collection].Where(n => GoogleFromMemory.CountryOf(GoogleApi.IdOf(n)) is null || collection != "geoTargetConstants").Chunk(GoogleFromMemory.ValuesAList))
            {
                var rows = await api.SearchAsync(access, GoogleApi.Customer(access), $"SELECT {resource}.resource_name, {fields} FROM {resource} WHERE {resource}.resource_name IN ({string.Join(", ", names.Select(n => $"'{GoogleApi.Quoted(n)}'"))})", ct);
                if (!rows.TryGet(out var named, out var refusal)) return Result<Dictionary<string, JsonObject>>.Refused(refusal);
                foreach (var one in named.Select(r => r.First(p => p.Value is JsonObject { } o && o.ContainsKey("name")).Value!.AsObject())) found[one["resourceName"]!.ToString()] = one;
            }
        return found;
    }

    /// <summary>Public addresses of the images that the ads are made of, by their resource names.</summary>
    private async Task<Result<Dictionary<string, string>>> ImagesAsync(PlatformAccess access, IEnumerable<JsonObject> ads, CancellationToken ct)
    {
        var found = new Dictionary<string, string>();
        foreach (var names in ads.SelectMany(GoogleImported.Images).Distinct().Chunk(GoogleFromMemory.ValuesAList))
        {
            var rows = await api.SearchAsync(access, GoogleApi.Customer(access), $"SELECT asset.resource_name, asset.image_asset.full_size.url FROM asset WHERE asset.resource_name IN ({string.Join(", ", names.Select(n => $"'{GoogleApi.Quoted(n)}'"))})", ct);
            if (!rows.TryGet(out var assets, out var refusal)) return Result<Dictionary<string, string>>.Refused(refusal);
            foreach (var asset in assets.Select(r => r["asset"]!)) found[asset["resourceName"]!.ToString()] = asset["imageAsset"]?["fullSize"]?["url"]?.ToString() ?? "";
        }
        return found;
    }
}
