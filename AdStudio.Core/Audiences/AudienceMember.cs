using AdStudio.Core.Data;

namespace AdStudio.Core.Audiences;

/// <summary>What somebody has said to being sent to ad platforms.</summary>
public enum MemberConsent { NotTold, Given, Withdrawn }

/// <summary>
/// A member of a customer-match list, as hashes only: SHA-256, lower-case hex, of the normalised address and phone number. Who was taken out stays for a while, until every copy of the list has heard of it;
/// who withdrew their consent stays, so that nobody adds them again unknowingly.
/// </summary>
public sealed class AudienceMember : IOrganizationRow
{
    public long Id { get; set; }
    public Guid OrganizationId { get; set; }
    public Guid AudienceId { get; set; }
    public AdAudience Audience { get; set; } = null!;
    public string? EmailSha256 { get; set; }

    /// <summary>Of the number in E.164 with its plus sign (Google, TikTok), and of its digits alone (Meta, Snapchat).</summary>
    public string? PhoneSha256 { get; set; }
    public string? PhoneDigitsSha256 { get; set; }

    public MemberConsent Consent { get; set; }

    /// <summary>When they said so (UTC); null while nothing was told.</summary>
    public DateTimeOffset? ConsentAt { get; set; }

    /// <summary>Is on the list and may be sent.</summary>
    public bool IsOn { get; set; }

    /// <summary>The number of their last change on this list. Numbers appear in their order: whoever has read one has read all before it.</summary>
    public long Change { get; set; }

    /// <summary>The change with which they first came onto the list; null when they were never on it. A copy that was sent less has never had them.</summary>
    public long? FirstChange { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
}
