using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>The criteria of a campaign or an ad group. They have no names: one is known by what it says.</summary>
internal sealed class GoogleCriteria(GoogleApi api, PlatformAccess access, bool ofCampaign)
{
    private const string OfCampaign =
        "SELECT campaign_criterion.criterion_id, campaign_criterion.location.geo_target_constant, campaign_criterion.language.language_constant, campaign_criterion.negative FROM campaign_criterion "
        + "WHERE campaign_criterion.type IN ('LOCATION', 'LANGUAGE') AND campaign.id = ";

    private const string OfAdGroup =
        "SELECT ad_group_criterion.criterion_id, ad_group_criterion.age_range.type, ad_group_criterion.gender.type, ad_group_criterion.user_interest.user_interest_category, ad_group_criterion.user_list.user_list, "
        + "ad_group_criterion.negative FROM ad_group_criterion WHERE ad_group_criterion.type IN ('AGE_RANGE', 'GENDER', 'USER_INTEREST', 'USER_LIST') AND ad_group_criterion.status != 'REMOVED' AND ad_group.id = ";

    /// <summary>The id of the first of those wanted when each of them stands; null otherwise. They are made all at once or not at all.</summary>
    public async Task<Result<string?>> FindAsync(string parentId, IEnumerable<JsonObject> wanted, CancellationToken ct)
    {
        if (!(await ReadAsync(parentId, ct)).TryGet(out var there, out var refusal)) return Result<string?>.Refused(refusal);
        var ids = wanted.Select(w => there.FirstOrDefault(t => KeyOf(t) == KeyOf(w))?["criterionId"]?.ToString()).ToList();
        return Result<string?>.Of(ids.TrueForAll(id => id is not null) ? ids[0] : null);
    }

    /// <summary>Makes those wanted stand and no others of the kinds that the studio sets, in one request that is carried out whole or not at all. Returns the parent's id.</summary>
    public async Task<Result<string>> ReplaceAsync(string parentId, IReadOnlyList<JsonObject> wanted, CancellationToken ct)
    {
        if (!(await ReadAsync(parentId, ct)).TryGet(out var there, out var refusal)) return Result<string>.Refused(refusal);
        var (have, want) = (there.Select(KeyOf).ToHashSet(), wanted.Select(KeyOf).ToHashSet());
        // What was excluded may now be chosen, so the old ones go first.
        JsonObject[] operations =
        [
            .. there.Where(t => !want.Contains(KeyOf(t))).Select(t => new JsonObject { ["remove"] = t["resourceName"]!.ToString() }),
            .. wanted.Where(w => !have.Contains(KeyOf(w))).Select(w => new JsonObject { ["create"] = w.DeepClone() }),
        ];
        if (operations.Length == 0) return parentId;
        var path = $"customers/{GoogleApi.Customer(access)}/{(ofCampaign ? "campaignCriteria" : "adGroupCriteria")}:mutate";
        var answer = await api.PostAsync(access, path, new JsonObject { ["operations"] = new JsonArray([.. operations]) }, CallKind.Create, ct);
        return answer.Refusal is { } refused ? Result<string>.Refused(refused) : parentId;
    }

    private async Task<Result<List<JsonObject>>> ReadAsync(string parentId, CancellationToken ct)
    {
        var rows = await api.SearchAsync(access, GoogleApi.Customer(access), (ofCampaign ? OfCampaign : OfAdGroup) + parentId, ct);
        return rows.TryGet(out var found, out var refusal) ? found.Select(r => r[ofCampaign ? "campaignCriterion" : "adGroupCriterion"]).OfType<JsonObject>().ToList() : Result<List<JsonObject>>.Refused(refusal);
    }

    private static string KeyOf(JsonObject criterion) => (criterion["negative"]?.ToString() == "true" ? "not " : "")
        + (criterion["location"]?["geoTargetConstant"] ?? criterion["language"]?["languageConstant"] ?? criterion["ageRange"]?["type"] ?? criterion["gender"]?["type"]
            ?? criterion["userInterest"]?["userInterestCategory"] ?? criterion["userList"]?["userList"]);
}
