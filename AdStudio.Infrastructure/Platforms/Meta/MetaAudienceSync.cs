using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Custom audiences outside of a launch, and the saved ones beside them.</summary>
internal sealed class MetaAudienceSync(MetaApi api) : ISyncsAudiences
{
    public Platform Platform => Platform.Meta;
    public int MembersACall => MetaFromMemory.MembersACall;

    /// <summary>POST /act_…/customaudiences (AdAccount.json).</summary>
    public async Task<Result<string>> CreateAudienceAsync(PlatformAccess access, BriefAudience audience, AccountAsset? pixel, string marker, CancellationToken ct)
    {
        var notes = new List<PlanNote>();
        if (MetaAudience.Body(audience, pixel, null, notes) is not { } body) return new PlatformFailure(Platform.Meta, PlatformFailureKind.InvalidRequest, notes[0].Text);
        var answer = await api.PostAsync(access, $"{access.Account!.ExternalId}/customaudiences", body(PlanWords.Named(audience.Name, marker, 200)), CallKind.Create, ct);
        if (!answer.TryGet(out var made, out var refusal)) return Result<string>.Refused(refusal);
        return made["id"]?.ToString() is { Length: > 0 } id ? id : new PlatformFailure(Platform.Meta, PlatformFailureKind.UnknownOutcome, "Meta answered without an id.");
    }

    public async Task<Result<string?>> FindAudienceAsync(PlatformAccess access, string marker, CancellationToken ct)
    {
        var filter = new JsonArray(new JsonObject { ["field"] = "name", ["operator"] = "CONTAIN", ["value"] = marker });
        var list = await api.ListAsync(access, $"{access.Account!.ExternalId}/customaudiences", [("fields", "id,name"), ("filtering", filter.ToJsonString()), ("limit", "100")], ct);
        return list.TryGet(out var rows, out var refusal) ? Result<string?>.Of(rows.FirstOrDefault(r => PlanWords.Carries(r["name"]?.ToString(), marker))?["id"]?.ToString()) : Result<string?>.Refused(refusal);
    }

    public async Task<Result<MembersReceipt>> SendMembersAsync(PlatformAccess access, string audienceId, MemberBatch batch, CancellationToken ct)
    {
        var answer = await MetaAudience.SendAsync(api, access, audienceId, batch, ct);
        if (!answer.TryGet(out var told, out var refusal)) return Result<MembersReceipt>.Refused(refusal);
        return new MembersReceipt(Number(told["num_received"]) ?? batch.Members.Count, Number(told["num_invalid_entries"]) ?? 0);
    }

    public async Task<Result<bool>> DeleteAudienceAsync(PlatformAccess access, string audienceId, CancellationToken ct)
    {
        var answer = await api.DeleteAsync(access, audienceId, [], ct);
        return answer.Refusal is null or PlatformFailure { Kind: PlatformFailureKind.NotFound } ? true : Result<bool>.Refused(answer.Refusal);
    }

    /// <summary>GET /act_…/customaudiences and /act_…/saved_audiences (AdAccount.json).</summary>
    public async Task<Result<IReadOnlyList<ListedAudience>>> ListAudiencesAsync(PlatformAccess access, CancellationToken ct)
    {
        var custom = await api.ListAsync(access, $"{access.Account!.ExternalId}/customaudiences", [("fields", "id,name,subtype,approximate_count_lower_bound,operation_status,delivery_status"), ("limit", "100")], ct);
        if (!custom.TryGet(out var lists, out var refusal)) return Result<IReadOnlyList<ListedAudience>>.Refused(refusal);
        var saved = await api.ListAsync(access, $"{access.Account.ExternalId}/saved_audiences", [("fields", "id,name,approximate_count_lower_bound,run_status,targeting"), ("limit", "100")], ct);
        if (!saved.TryGet(out var choices, out refusal)) return Result<IReadOnlyList<ListedAudience>>.Refused(refusal);
        return Result<IReadOnlyList<ListedAudience>>.Of(
        [
            .. lists.Select(a => new ListedAudience(a["id"]!.ToString(), Text(a["name"]), Text(a["subtype"]), Size(a), Text(a["delivery_status"]?["description"] ?? a["operation_status"]?["description"]), IsSaved: false)),
            .. choices.Select(a => new ListedAudience(a["id"]!.ToString(), Text(a["name"]), "SAVED", Size(a), Text(a["run_status"]), IsSaved: true) { Targeting = a["targeting"] is JsonObject targeting ? MetaImported.Audience(targeting) : null }),
        ]);
    }

    /// <summary>Meta tells no size of small audiences: it says −1.</summary>
    private static long? Size(JsonObject audience) => Number(audience["approximate_count_lower_bound"]) is { } size and >= 0 ? size : null;

    private static string Text(JsonNode? value) => value?.ToString() ?? "";

    private static long? Number(JsonNode? value) => long.TryParse(value?.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
