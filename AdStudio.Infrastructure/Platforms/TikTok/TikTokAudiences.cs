using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>Audiences of an account, and its customer lists in step. TikTok takes members as files of hashes.</summary>
internal sealed class TikTokAudiences(TikTokApi api) : ISyncsAudiences
{
    public Platform Platform => Platform.TikTok;
    public int MembersACall => TikTokAudience.MembersAFile;

    public async Task<Result<string>> CreateAudienceAsync(PlatformAccess access, BriefAudience audience, AccountAsset? pixel, string marker, CancellationToken ct)
    {
        List<PlanNote> notes = [];
        List<string> files = [];
        if (audience.Type == AudienceType.CustomerMatch)
        {
            // A list cannot be made without a file, so it begins with one line that is nobody's.
            var nobody = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("nobody " + marker)));
            if (!(await UploadAsync(api, access, [new MemberHashes(nobody, null)], ct)).TryGet(out var path, out var unsent)) return Result<string>.Refused(unsent);
            files.Add(path);
        }
        if (TikTokAudience.Body(audience, TikTokApi.AccountOf(access), TikTokPlan.Named(audience.Name, marker, TikTokAudience.MaxName), pixel, null, files, notes) is not { } made)
            return new PlatformFailure(Platform.TikTok, PlatformFailureKind.InvalidRequest, notes[0].Text);
        return (await api.PostAsync(access, made.Path, made.Body, CallKind.Create, ct)).TryGet(out var data, out var refusal)
            ? data["custom_audience_id"]?.ToString() is { Length: > 0 } id ? id : TikTokApi.Odd("an audience's id") : Result<string>.Refused(refusal);
    }

    public Task<Result<string?>> FindAudienceAsync(PlatformAccess access, string marker, CancellationToken ct) => FindAsync(api, access, marker, ct);

    /// <summary>POST dmp/custom_audience/update/ with APPEND or REMOVE: only what differs is added or taken out.</summary>
    public async Task<Result<MembersReceipt>> SendMembersAsync(PlatformAccess access, string audienceId, MemberBatch batch, CancellationToken ct)
    {
        if (!(await UploadAsync(api, access, batch.Members, ct)).TryGet(out var path, out var refusal)) return Result<MembersReceipt>.Refused(refusal);
        var answer = await api.PostAsync(access, TikTokAudience.Update, new()
        {
            ["advertiser_id"] = TikTokApi.AccountOf(access), ["custom_audience_id"] = audienceId, ["file_paths"] = new JsonArray(path), ["action"] = batch.Remove ? "REMOVE" : "APPEND",
        }, CallKind.Repeatable, ct);
        return answer.TryGet(out _, out refusal) ? new MembersReceipt(batch.Members.Count, 0) : Result<MembersReceipt>.Refused(refusal);
    }

    public async Task<Result<bool>> DeleteAudienceAsync(PlatformAccess access, string audienceId, CancellationToken ct)
    {
        var answer = await api.PostAsync(access, TikTokAudience.Delete, new() { ["advertiser_id"] = TikTokApi.AccountOf(access), ["custom_audience_ids"] = new JsonArray(audienceId) }, CallKind.Repeatable, ct);
        if (answer.IsDone) return true;
        if (answer.Refusal is not PlatformFailure { Kind: PlatformFailureKind.InvalidRequest or PlatformFailureKind.NotFound }) return Result<bool>.Refused(answer.Refusal);
        if (!(await ListAsync(api, access, ct)).TryGet(out var rows, out var unread)) return Result<bool>.Refused(unread);
        return rows.All(r => r["audience_id"]?.ToString() != audienceId) ? true : Result<bool>.Refused(answer.Refusal);
    }

    public async Task<Result<IReadOnlyList<ListedAudience>>> ListAudiencesAsync(PlatformAccess access, CancellationToken ct)
    {
        if (!(await ListAsync(api, access, ct)).TryGet(out var custom, out var refusal)
            || !(await api.ListAsync(access, "dmp/saved_audience/list/", new() { ["advertiser_id"] = TikTokApi.AccountOf(access) }, ct, "saved_audiences", 100)).TryGet(out var saved, out refusal)) return Result<IReadOnlyList<ListedAudience>>.Refused(refusal);
        return Result<IReadOnlyList<ListedAudience>>.Of(
        [
            .. custom.Select(a => new ListedAudience(a["audience_id"]!.ToString(), a["name"]?.ToString() ?? "", a["audience_type"]?.ToString() ?? "", a["cover_num"] is { } size ? TikTokApi.Whole(size) : null,
                a["is_valid"]?.ToString() == "true" ? "VALID" : a["error_msg"]?.ToString() is { Length: > 0 } why ? why : "INVALID", IsSaved: false)),
            .. saved.Select(a => new ListedAudience(a["saved_audience_id"]!.ToString(), a["saved_audience_name"]?.ToString() ?? "", "SAVED_AUDIENCE", null, "VALID", IsSaved: true)),
        ]);
    }

    public static async Task<Result<string?>> FindAsync(TikTokApi api, PlatformAccess access, string marker, CancellationToken ct) => (await ListAsync(api, access, ct)).TryGet(out var rows, out var refusal)
        ? Result<string?>.Of(rows.FirstOrDefault(r => PlanWords.Carries(r["name"]?.ToString(), marker))?["audience_id"]?.ToString())
        : Result<string?>.Refused(refusal);

    /// <summary>POST dmp/custom_audience/file/upload/; the path of the file, which does nothing by itself.</summary>
    public static async Task<Result<string>> UploadAsync(TikTokApi api, PlatformAccess access, IReadOnlyList<MemberHashes> members, CancellationToken ct)
    {
        using var file = new MemoryStream(TikTokAudience.File(members));
        var answer = await api.UploadAsync(access, TikTokAudience.FileUpload, new() { ["advertiser_id"] = TikTokApi.AccountOf(access), ["calculate_type"] = TikTokAudience.HashKinds }, "file", "file_signature", file, "text/csv", "members.csv", CallKind.Repeatable, ct);
        return answer.TryGet(out var data, out var refusal) ? data["file_path"]?.ToString() is { Length: > 0 } path ? path : TikTokApi.Odd("a file's path") : Result<string>.Refused(refusal);
    }

    private static Task<Result<IReadOnlyList<JsonObject>>> ListAsync(TikTokApi api, PlatformAccess access, CancellationToken ct) =>
        api.ListAsync(access, TikTokAudience.List, new() { ["advertiser_id"] = TikTokApi.AccountOf(access) }, ct, size: 100);
}
