using AdStudio.Core.Audiences;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Api.Crm;

/// <param name="AudienceId">The platform's id; empty until it stands there.</param>
/// <param name="Uploaded">Members there when it last was in step.</param>
/// <param name="SyncedAt">When that was; null when never.</param>
/// <param name="Id">Of the placement.</param>
/// <param name="Status">waiting, working, ready or failed.</param>
/// <param name="InStep">Every change of the list is there.</param>
/// <param name="Leaving">Is being deleted there.</param>
/// <param name="Sent">Of the upload that goes on, changes sent; <paramref name="Total"/> how many there are.</param>
/// <param name="Unreadable">Of the last upload, how many the platform could not read.</param>
/// <param name="Error">Why it does not go on, with what to do.</param>
/// <param name="NextTryAt">When it is tried again by itself.</param>
internal sealed record CrmAudiencePlace(
    string Platform, Guid AdAccountId, string AdAccountName, string AudienceId, int Uploaded, DateTime? SyncedAt,
    Guid Id, string Status, bool InStep, bool Leaving, int Sent, int Total, int Unreadable, string? Error, DateTime? NextTryAt);

internal sealed record CrmRetargeting(int Days, string? UrlContains);
internal sealed record CrmLookalike(string Country, int Percent);

/// <param name="Line">Where it stood among the members, from 1.</param>
internal sealed record CrmRejectedMember(int Line, string Message);

/// <param name="Id">Your own id where it has one, else ours.</param>
/// <param name="Uuid">Ours.</param>
/// <param name="Members">How many a customer list has; nobody's address is ever given out.</param>
/// <param name="Platforms">Where it stands, or shall stand: put there by POST …/placements, or by a launch.</param>
/// <param name="Rejected">Members of this request without a usable address or number.</param>
internal sealed record CrmAudience(
    string Id, Guid Uuid, Guid WorkspaceId, string Name, string Description, string Type, string? SourceAudienceId, int Members, CrmRetargeting? Retargeting, CrmLookalike? Lookalike, CrmTargeting? Targeting,
    IReadOnlyList<CrmAudiencePlace> Platforms, IReadOnlyList<CrmRejectedMember> Rejected, DateTime CreatedAt, DateTime UpdatedAt, long Version)
{
    /// <summary>What its platform calls its kind, of one that was taken over.</summary>
    public string? PlatformType { get; init; }

    public static CrmAudience Of(AudienceRow a) => Of(a, []);

    public static CrmAudience Of(AudienceRow a, IReadOnlyList<RejectedMember> rejected) => new(
        a.ExternalKey ?? a.Id.ToString(), a.Id, a.WorkspaceId, a.Name, a.Description, a.Type.Word(), a.SourceAudienceId, a.Members,
        a.Retargeting is { } r ? new(r.Days, r.UrlContains) : null, a.Lookalike is { } l ? new(l.Country, l.Percent) : null,
        a.Targeting is { } t ? new([.. t.Places.Select(p => p.Country).Distinct()], t.AgeMin, t.AgeMax, [.. t.Genders.Select(g => g.Word())]) : null,
        [.. a.Platforms.Select(p => new CrmAudiencePlace(p.Platform.CrmWire(), p.AdAccountId, p.AccountName, p.ExternalId, p.Uploaded, p.SyncedAt?.UtcDateTime,
            p.Id, p.Status.Word(), p is { Status: PlacementStatus.Ready, IsBehind: false }, p.IsLeaving, p.Sent, p.Total, p.Unreadable, p.FailureText, p.NextTryAt?.UtcDateTime))],
        [.. rejected.Select(m => new CrmRejectedMember(m.Line, m.Why))], a.CreatedAt.UtcDateTime, a.UpdatedAt.UtcDateTime, a.Version) { PlatformType = a.OwnType };
}

internal sealed record CrmMember
{
    public string? Email { get; init; }

    /// <summary>With its country code: +49 30 1234567.</summary>
    public string? Phone { get; init; }

    /// <summary>given or withdrawn; left out when nothing was told. Who withdrew it is never sent to a platform, and taken out where they stand.</summary>
    public string? Consent { get; init; }

    /// <summary>When they said so; now when left out.</summary>
    public DateTime? ConsentAt { get; init; }
}

/// <param name="Members">How many the list has now.</param>
/// <param name="Withdrawn">Are not on it, because they withdrew their consent.</param>
internal sealed record CrmMembersAdded(int Added, int AlreadyThere, int Withdrawn, int Members, IReadOnlyList<CrmRejectedMember> Rejected);

/// <param name="NotThere">Named nobody on the list.</param>
/// <param name="Members">How many the list has now.</param>
internal sealed record CrmMembersRemoved(int Removed, int NotThere, int Members, IReadOnlyList<CrmRejectedMember> Rejected);

/// <param name="PlatformAudienceId">The platform's id.</param>
/// <param name="PlatformType">The platform's word for its kind.</param>
/// <param name="Size">People in it, when the platform tells; often only a rough number.</param>
/// <param name="Saved">Targeting that was saved there under a name: it can be seen, not taken over.</param>
/// <param name="AudienceId">As which it is known here; null when it is not.</param>
internal sealed record CrmStandingAudience(string PlatformAudienceId, string Name, string PlatformType, long? Size, string PlatformStatus, bool Saved, Guid? AudienceId)
{
    public static CrmStandingAudience Of(StandingAudience a) => new(a.Listed.ExternalId, a.Listed.Name, a.Listed.OwnType, a.Listed.Size, a.Listed.OwnStatus, a.Listed.IsSaved, a.AudienceId);
}

internal sealed record CrmStandingAudiences(IReadOnlyList<CrmStandingAudience> Items, int Total);
