using AdStudio.Core.Common;

namespace AdStudio.Core.Platforms;

/// <summary>Makes audiences on an account outside of a launch, and keeps customer lists in step.</summary>
public interface ISyncsAudiences : IPlatformCapability
{
    /// <summary>How many members one call takes at most.</summary>
    int MembersACall { get; }

    /// <summary>Makes the audience, empty when it is a customer list. Its name carries the marker.</summary>
    Task<Result<string>> CreateAudienceAsync(PlatformAccess access, BriefAudience audience, AccountAsset? pixel, string marker, CancellationToken ct);

    /// <summary>The audience that carries the marker; null means that it certainly is not there.</summary>
    Task<Result<string?>> FindAudienceAsync(PlatformAccess access, string marker, CancellationToken ct);

    /// <summary>Adds or removes members. May be repeated: the same members again change nothing.</summary>
    Task<Result<MembersReceipt>> SendMembersAsync(PlatformAccess access, string audienceId, MemberBatch batch, CancellationToken ct);

    /// <summary>Takes the audience away; one that is gone already is no failure.</summary>
    Task<Result<bool>> DeleteAudienceAsync(PlatformAccess access, string audienceId, CancellationToken ct);

    /// <summary>The audiences that stand on the account, saved ones among them where the platform has them.</summary>
    Task<Result<IReadOnlyList<ListedAudience>>> ListAudiencesAsync(PlatformAccess access, CancellationToken ct);
}

/// <param name="SessionId">The same for all batches of one upload.</param>
/// <param name="Sequence">From 1.</param>
/// <param name="Remove">Takes them out; otherwise they are added.</param>
public sealed record MemberBatch(long SessionId, int Sequence, bool IsLast, long Total, bool Remove, IReadOnlyList<MemberHashes> Members);

/// <summary>SHA-256, lower-case hex, of the normalised address and of the phone number in the form that the platform wants.</summary>
public sealed record MemberHashes(string? EmailSha256, string? PhoneSha256);

/// <param name="Invalid">Of <paramref name="Received"/>, as far as the platform tells.</param>
public sealed record MembersReceipt(long Received, long Invalid);

/// <param name="OwnType">The platform's word ("LOOKALIKE").</param>
/// <param name="Size">People in it, when the platform tells; often only a rough number.</param>
/// <param name="IsSaved">A choice of targeting that was given a name, rather than a list of people.</param>
public sealed record ListedAudience(string ExternalId, string Name, string OwnType, long? Size, string OwnStatus, bool IsSaved)
{
    /// <summary>Of a saved one, as far as we have words for it; null where the platform does not tell.</summary>
    public AudienceSpec? Targeting { get; init; }
}
