using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>Customer lists outside of a launch, and the other user lists beside them.</summary>
internal sealed class GoogleAudienceSync(GoogleApi api) : ISyncsAudiences
{
    public Platform Platform => Platform.Google;
    public int MembersACall => GoogleFromMemory.MembersACall;

    /// <summary>userLists:mutate (discovery document).</summary>
    public async Task<Result<string>> CreateAudienceAsync(PlatformAccess access, BriefAudience audience, AccountAsset? pixel, string marker, CancellationToken ct)
    {
        if (audience.Type != AudienceType.CustomerMatch) return new PlatformFailure(Platform.Google, PlatformFailureKind.InvalidRequest, GoogleWords.WhyNoList(audience));
        var answer = await api.MutateAsync(access, "userLists", GooglePlan.Create(GooglePlan.UserList(audience.Name, marker)), CallKind.Create, ct);
        if (answer.Refusal is PlatformFailure failure && GoogleErrors.IsDuplicate(failure) && (await FindAudienceAsync(access, marker, ct)).TryGet(out var there, out _) && there is not null) return there;
        return answer;
    }

    public async Task<Result<string?>> FindAudienceAsync(PlatformAccess access, string marker, CancellationToken ct)
    {
        var rows = await api.SearchAsync(access, GoogleApi.Customer(access), $"SELECT user_list.id, user_list.name FROM user_list WHERE user_list.name LIKE '%{GoogleApi.Like(marker)}%'", ct);
        return rows.TryGet(out var found, out var refusal)
            ? Result<string?>.Of(found.FirstOrDefault(r => PlanWords.Carries(r["userList"]?["name"]?.ToString(), marker))?["userList"]?["id"]?.ToString())
            : Result<string?>.Refused(refusal);
    }

    public Task<Result<MembersReceipt>> SendMembersAsync(PlatformAccess access, string audienceId, MemberBatch batch, CancellationToken ct) =>
        GoogleMembers.SendAsync(api, access, NameOf(access, audienceId), new[] { batch.Members }.ToAsyncEnumerable(), batch.Remove, ct);

    public async Task<Result<bool>> DeleteAudienceAsync(PlatformAccess access, string audienceId, CancellationToken ct)
    {
        var answer = await api.MutateAsync(access, "userLists", GooglePlan.Remove(NameOf(access, audienceId)), CallKind.Repeatable, ct);
        return answer.Refusal is null or PlatformFailure { Kind: PlatformFailureKind.NotFound } ? true : Result<bool>.Refused(answer.Refusal);
    }

    public async Task<Result<IReadOnlyList<ListedAudience>>> ListAudiencesAsync(PlatformAccess access, CancellationToken ct)
    {
        var rows = await api.SearchAsync(access, GoogleApi.Customer(access), "SELECT user_list.id, user_list.name, user_list.type, user_list.size_for_display, user_list.membership_status FROM user_list", ct);
        if (!rows.TryGet(out var lists, out var refusal)) return Result<IReadOnlyList<ListedAudience>>.Refused(refusal);
        return Result<IReadOnlyList<ListedAudience>>.Of([.. lists.Select(r => r["userList"]).OfType<JsonObject>().Select(l => new ListedAudience(
            l["id"]!.ToString(), l["name"]?.ToString() ?? "", l["type"]?.ToString() ?? "", Size(l["sizeForDisplay"]), l["membershipStatus"]?.ToString() ?? "", IsSaved: false))]);
    }

    private static string NameOf(PlatformAccess access, string audienceId) => $"customers/{GoogleApi.Customer(access)}/userLists/{GoogleApi.IdOf(audienceId)}";

    private static long? Size(JsonNode? value) => long.TryParse(value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
}

/// <summary>What Google has no list for, in words.</summary>
internal static class GoogleWords
{
    public static string WhyNoList(BriefAudience audience) => audience.Type switch
    {
        AudienceType.Retargeting => $"“{audience.Name}” is left out: Google collects visitors by its own tag only.",
        AudienceType.Lookalike => $"“{audience.Name}” is left out: Google has no lookalikes for Display campaigns.",
        _ => $"“{audience.Name}” is saved targeting, not a list on Google.",
    };
}
