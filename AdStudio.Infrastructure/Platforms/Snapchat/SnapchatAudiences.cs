using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>Segments outside of a launch. https://developers.snap.com/api/marketing-api/Ads-API/customer-lists</summary>
internal sealed class SnapchatAudiences(SnapchatApi api) : ISyncsAudiences
{
    public Platform Platform => Platform.Snapchat;
    public int MembersACall => SnapchatFromMemory.MembersACall;

    public async Task<Result<string>> CreateAudienceAsync(PlatformAccess access, BriefAudience audience, AccountAsset? pixel, string marker, CancellationToken ct)
    {
        var notes = new List<PlanNote>();
        if (SnapchatSegments.Body(audience, access.Account!, null, notes) is not { } body) return new PlatformFailure(Platform.Snapchat, PlatformFailureKind.InvalidRequest, notes[0].Text);
        body["name"] = PlanWords.Named(audience.Name, marker, SnapchatCatalogue.Rules!.MaxNameLength);
        return (await api.CreateAsync(access, Segments(access), Noun.Segment, body, ct)).TryGet(out var made, out var refusal) ? made["id"]!.ToString() : Result<string>.Refused(refusal);
    }

    public async Task<Result<string?>> FindAudienceAsync(PlatformAccess access, string marker, CancellationToken ct) =>
        (await api.ListAsync(access, Segments(access), Noun.Segment, ct)).TryGet(out var segments, out var refusal)
            ? Result<string?>.Of(segments.FirstOrDefault(s => PlanWords.Carries(s["name"]?.ToString(), marker))?["id"]?.ToString())
            : Result<string?>.Refused(refusal);

    public Task<Result<MembersReceipt>> SendMembersAsync(PlatformAccess access, string audienceId, MemberBatch batch, CancellationToken ct) => SnapchatSegments.SendAsync(api, access, audienceId, batch.Members, batch.Remove, ct);

    public async Task<Result<bool>> DeleteAudienceAsync(PlatformAccess access, string audienceId, CancellationToken ct)
    {
        var gone = await api.DeleteAsync(access, Noun.Segment, audienceId, ct);
        return gone.IsDone ? true : Result<bool>.Refused(gone.Refusal);
    }

    public async Task<Result<IReadOnlyList<ListedAudience>>> ListAudiencesAsync(PlatformAccess access, CancellationToken ct) =>
        (await api.ListAsync(access, Segments(access), Noun.Segment, ct)).TryGet(out var segments, out var refusal)
            ? Result<IReadOnlyList<ListedAudience>>.Of([.. segments.Select(Listed)])
            : Result<IReadOnlyList<ListedAudience>>.Refused(refusal);

    private static ListedAudience Listed(JsonObject segment) => new(segment["id"]!.ToString(), segment["name"]?.ToString() ?? "", segment["source_type"]?.ToString() ?? "",
        long.TryParse(segment["approximate_number_users"]?.ToString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var size) ? size : null, (segment["targetable_status"] ?? segment["status"])?.ToString() ?? "", IsSaved: false);

    private static string Segments(PlatformAccess access) => $"adaccounts/{access.Account!.ExternalId}/segments";
}
