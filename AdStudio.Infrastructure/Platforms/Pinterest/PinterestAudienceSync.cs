using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>Audiences of an account. A customer list and the audience that uses it are two objects; the studio knows the audience, which names its list.</summary>
internal sealed class PinterestAudienceSync(PinterestApi api) : ISyncsAudiences
{
    public Platform Platform => Platform.Pinterest;
    public int MembersACall => PinterestFromMemory.RecordsACall;

    public async Task<Result<string>> CreateAudienceAsync(PlatformAccess access, BriefAudience audience, AccountAsset? pixel, string marker, CancellationToken ct)
    {
        var name = PlanWords.Named(audience.Name, marker, PinterestAudience.MaxName);
        string? whyNot = null;
        JsonObject? body;
        if (audience.Type == AudienceType.CustomerMatch)
        {
            // The list may be there already from a call whose answer was lost.
            var found = await FindAsync(access, "customer_lists", marker, ct);
            if (!found.TryGet(out var list, out var refusal)) return Result<string>.Refused(refusal);
            if (list is null)
            {
                var made = await CreateAsync(access, "customer_lists", PinterestAudience.List(name, marker), ct);
                if (!made.TryGet(out list, out refusal)) return Result<string>.Refused(refusal);
            }
            body = PinterestAudience.OfList(name, list);
        }
        else body = PinterestAudience.Other(audience, pixel, null, name, out whyNot);
        return body is null ? new PlatformFailure(Platform.Pinterest, PlatformFailureKind.InvalidRequest, whyNot!) : await CreateAsync(access, "audiences", body, ct);
    }

    public Task<Result<string?>> FindAudienceAsync(PlatformAccess access, string marker, CancellationToken ct) => FindAsync(access, "audiences", marker, ct);

    public async Task<Result<MembersReceipt>> SendMembersAsync(PlatformAccess access, string audienceId, MemberBatch batch, CancellationToken ct)
    {
        var hashes = batch.Members.Select(m => m.EmailSha256).OfType<string>().ToList();
        var unknown = batch.Members.Count - hashes.Count;
        if (hashes.Count == 0) return new MembersReceipt(batch.Members.Count, unknown);

        var answer = await api.GetAsync(access, $"{PinterestApi.AccountOf(access)}/audiences/{audienceId}", [], ct);
        if (!answer.TryGet(out var audience, out var refusal)) return Result<MembersReceipt>.Refused(refusal);
        if (audience["rule"]?["customer_list_id"]?.ToString() is not { Length: > 0 } list) return new PlatformFailure(Platform.Pinterest, PlatformFailureKind.InvalidRequest, "This audience on Pinterest is made from no customer list.");
        var sent = await PinterestAudience.SendAsync(api, access, list, hashes, batch.Remove, ct);
        return sent.IsDone ? new MembersReceipt(batch.Members.Count, unknown) : Result<MembersReceipt>.Refused(sent.Refusal);
    }

    public async Task<Result<bool>> DeleteAudienceAsync(PlatformAccess access, string audienceId, CancellationToken ct)
    {
        var answer = await api.SendAsync(access, HttpMethod.Patch, $"{PinterestApi.AccountOf(access)}/audiences/{audienceId}", new JsonObject { ["operation_type"] = "REMOVE" }, CallKind.Repeatable, ct);
        return answer.IsDone || answer.Refusal is PlatformFailure { Kind: PlatformFailureKind.NotFound } ? true : Result<bool>.Refused(answer.Refusal);
    }

    public async Task<Result<IReadOnlyList<ListedAudience>>> ListAudiencesAsync(PlatformAccess access, CancellationToken ct)
    {
        var list = await api.ListAsync(access, $"{PinterestApi.AccountOf(access)}/audiences", [], ct);
        return list.TryGet(out var rows, out var refusal)
            ? Result<IReadOnlyList<ListedAudience>>.Of([.. rows.Select(a => new ListedAudience(a["id"]!.ToString(), a["name"]?.ToString() ?? "", a["audience_type"]?.ToString() ?? "",
                long.TryParse(a["size"]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null, a["status"]?.ToString() ?? "", IsSaved: false))])
            : Result<IReadOnlyList<ListedAudience>>.Refused(refusal);
    }

    private async Task<Result<string?>> FindAsync(PlatformAccess access, string kind, string marker, CancellationToken ct)
    {
        var list = await api.ListAsync(access, $"{PinterestApi.AccountOf(access)}/{kind}", [("order", "DESCENDING")], ct);
        return list.TryGet(out var rows, out var refusal) ? Result<string?>.Of(rows.FirstOrDefault(r => PlanWords.Carries(r["name"]?.ToString(), marker))?["id"]?.ToString()) : Result<string?>.Refused(refusal);
    }

    private async Task<Result<string>> CreateAsync(PlatformAccess access, string kind, JsonObject body, CancellationToken ct)
    {
        var answer = await api.SendAsync(access, HttpMethod.Post, $"{PinterestApi.AccountOf(access)}/{kind}", body, CallKind.Create, ct);
        if (!answer.TryGet(out var made, out var refusal)) return Result<string>.Refused(refusal);
        return made["id"]?.ToString() is { Length: > 0 } id ? id : new PlatformFailure(Platform.Pinterest, PlatformFailureKind.UnknownOutcome, "Pinterest answered without an id.");
    }
}
