using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Audiences;

/// <summary>Failed: needs a person, or a time that is not near.</summary>
public enum PlacementStatus { Waiting, Working, Ready, Failed }

/// <summary>An audience as it stands, or shall stand, in one ad account. Made by a launch or by <see cref="PlaceAudience"/>; a worker keeps it in step.</summary>
public sealed class PlatformAudience : IOrganizationRow, IAuditedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid AudienceId { get; set; }
    public AdAudience Audience { get; set; } = null!;
    public Guid AdAccountId { get; set; }
    public Platform Platform { get; set; }

    /// <summary>What the audience and the account were called when it was asked for; the history shows it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The platform's id; empty until it stands there.</summary>
    [NotAudited] public string ExternalId { get; set; } = "";

    /// <summary>In its name on the platform, so that it is found again after a lost answer.</summary>
    [NotAudited] public string Marker { get; set; } = "";

    /// <summary>The platform's id of the pixel whose visitors it collects.</summary>
    public string? PixelId { get; set; }

    /// <summary>Stood on the platform before and was taken over.</summary>
    public bool IsTakenOver { get; set; }

    /// <summary>Is to be deleted on the platform; then this row goes too.</summary>
    public bool IsLeaving { get; set; }
    [NotAudited] public PlacementStatus Status { get; set; }

    /// <summary>Since when it may be there although no answer told its id (UTC).</summary>
    [NotAudited] public DateTimeOffset? MakingSince { get; set; }

    /// <summary>The last change of the list that the platform has confirmed, and the last one that it may have got.</summary>
    [NotAudited] public long SentThrough { get; set; }
    [NotAudited] public long TriedThrough { get; set; }

    /// <summary>The upload that goes on: its id, its last batch, and how many of its changes are done. Null when none does.</summary>
    [NotAudited] public long? SessionId { get; set; }
    [NotAudited] public int Sequence { get; set; }
    [NotAudited] public int Sent { get; set; }
    [NotAudited] public int Total { get; set; }

    /// <summary>Of the last upload, how many the platform could not read.</summary>
    [NotAudited] public int Unreadable { get; set; }

    /// <summary>How many members stand there.</summary>
    [NotAudited] public int Uploaded { get; set; }

    /// <summary>Tries in a row that brought nothing.</summary>
    [NotAudited] public int Attempts { get; set; }
    [NotAudited] public PlatformFailureKind? FailureKind { get; set; }
    [NotAudited] public string? FailureText { get; set; }

    /// <summary>When a worker takes it up (UTC); null when there is nothing to do, or only a person can help.</summary>
    [NotAudited] public DateTimeOffset? NextTryAt { get; set; }

    /// <summary>Whose work it is, and until when (UTC); past, any worker may take over.</summary>
    [NotAudited] public Guid? LeaseId { get; set; }
    [NotAudited] public DateTimeOffset? LeaseUntil { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When it last was in step with the list (UTC).</summary>
    [NotAudited] public DateTimeOffset? SyncedAt { get; set; }

    string IAuditedRow.AuditName => Name;

    internal static string MarkerOf(Guid id) => Common.PublicId.Of("", id)[^10..] + "A";
}
