using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>Matched audiences outside of a launch.</summary>
internal sealed class LinkedInAudiences(LinkedInApi api) : ISyncsAudiences
{
    public Platform Platform => Platform.LinkedIn;
    public int MembersACall => LinkedInFromMemory.MembersACall;

    public async Task<Result<string>> CreateAudienceAsync(PlatformAccess access, BriefAudience audience, AccountAsset? pixel, string marker, CancellationToken ct) => audience.Type == AudienceType.CustomerMatch
        ? await api.CreateAsync(access, "dmpSegments", LinkedInSegments.Body(audience.Name, marker, access.Account!.ExternalId), ct)
        : new PlatformFailure(Platform.LinkedIn, PlatformFailureKind.InvalidRequest, LinkedInCatalogue.Rules.Audiences.FirstOrDefault(a => a.Type == audience.Type)?.WhyNot ?? "LinkedIn cannot make this audience.");

    public Task<Result<string?>> FindAudienceAsync(PlatformAccess access, string marker, CancellationToken ct) => LinkedInSegments.FindAsync(api, access, marker, ct);

    public async Task<Result<MembersReceipt>> SendMembersAsync(PlatformAccess access, string audienceId, MemberBatch batch, CancellationToken ct)
    {
        // LinkedIn matches e-mail addresses and no telephone numbers.
        var without = batch.Members.LongCount(m => m.EmailSha256 is null);
        var sent = await LinkedInSegments.SendAsync(api, access, audienceId, batch.Remove, batch.Members.Select(m => m.EmailSha256), ct);
        return sent.TryGet(out var refused, out var refusal) ? new MembersReceipt(batch.Members.Count, without + refused) : Result<MembersReceipt>.Refused(refusal);
    }

    public async Task<Result<bool>> DeleteAudienceAsync(PlatformAccess access, string audienceId, CancellationToken ct)
    {
        var answer = await api.DeleteAsync(access, "dmpSegments/" + audienceId, ct);
        return answer.IsDone ? true : answer.Refusal is PlatformFailure { Kind: PlatformFailureKind.NotFound } ? false : Result<bool>.Refused(answer.Refusal);
    }

    public async Task<Result<IReadOnlyList<ListedAudience>>> ListAudiencesAsync(PlatformAccess access, CancellationToken ct) => (await LinkedInSegments.AllAsync(api, access, ct)).TryGet(out var segments, out var refusal)
        ? Result<IReadOnlyList<ListedAudience>>.Of([.. segments.Select(s => new ListedAudience(s["id"]!.ToString(), s["name"]?.ToString() ?? "", s["type"]?.ToString() ?? "", Size(s), s["status"]?.ToString() ?? "", IsSaved: false))])
        : Result<IReadOnlyList<ListedAudience>>.Refused(refusal);

    private static long? Size(System.Text.Json.Nodes.JsonObject segment) =>
        long.TryParse((segment["audienceSize"] ?? segment["destinations"]?[0]?["audienceSize"])?.ToString(), System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out var size) ? size : null;
}
