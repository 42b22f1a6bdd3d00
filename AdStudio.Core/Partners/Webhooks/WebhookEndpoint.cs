using AdStudio.Core.Data;

namespace AdStudio.Core.Partners;

/// <summary>An address of a partner's that is told of events, each signed with a secret that only the two know.</summary>
public sealed class WebhookEndpoint : IOrganizationRow, IAuditedRow
{
    /// <summary>In the list of events: all there are, and those to come.</summary>
    public const string EveryEvent = "*";

    /// <summary>In public "wh_…".</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }

    /// <summary>Hears of this workspace alone; null hears of the whole organization.</summary>
    public Guid? WorkspaceId { get; set; }
    public string Url { get; set; } = "";

    /// <summary>What it is for, in its owner's words; may be empty.</summary>
    public string Description { get; set; } = "";
    public List<string> Events { get; set; } = [];

    /// <summary>Encrypted by <c>Secrets</c>; the previous one signs beside it until its time is over (UTC).</summary>
    [NotAudited] public string Secret { get; set; } = "";
    [NotAudited] public string? PreviousSecret { get; set; }
    public DateTimeOffset? PreviousSecretUntil { get; set; }
    public DateTimeOffset SecretMadeAt { get; set; }
    public bool IsEnabled { get; set; } = true;

    /// <summary>Why it was switched off by itself; null when somebody did it, and while it is on.</summary>
    public string? DisabledReason { get; set; }
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Since when every try has failed (UTC); null while they succeed.</summary>
    [NotAudited] public DateTimeOffset? FailingSince { get; set; }
    [NotAudited] public DateTimeOffset? LastSuccessAt { get; set; }

    /// <summary>Who delivers to it now, and until when the others wait (UTC). One worker at a time, so that a slow address holds up nobody else.</summary>
    [NotAudited] public Guid? LeaseId { get; set; }
    [NotAudited] public DateTimeOffset? LeaseUntil { get; set; }
    public string CreatedByName { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    string IAuditedRow.AuditName => Url;

    public bool Hears(StudioEvent happened) =>
        IsEnabled && happened.OrganizationId == OrganizationId && happened.At >= CreatedAt && (WorkspaceId is null || WorkspaceId == happened.WorkspaceId) && (Events.Contains(EveryEvent) || Events.Contains(happened.Name));
}

/// <summary>Failed: given up after the last retry, or because the endpoint was switched off; somebody may send it again.</summary>
public enum DeliveryStatus { Waiting, Delivered, Failed }

/// <summary>One event on its way to one endpoint.</summary>
public sealed class WebhookDelivery : IOrganizationRow
{
    /// <summary>In public "whd_…".</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid EventId { get; set; }
    public StudioEvent Event { get; set; } = null!;
    public Guid EndpointId { get; set; }
    public WebhookEndpoint Endpoint { get; set; } = null!;
    public DeliveryStatus Status { get; set; }

    /// <summary>Earliest next try (UTC); null when none will be made.</summary>
    public DateTimeOffset? NextTryAt { get; set; }

    /// <summary>Tries since it was made, or since somebody asked for it again.</summary>
    public int Tries { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }
    public List<WebhookAttempt> Attempts { get; set; } = [];
}

/// <summary>One try, with what came back.</summary>
public sealed class WebhookAttempt : IOrganizationRow
{
    public const int ResponseLength = 1024;

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid DeliveryId { get; set; }
    public WebhookDelivery Delivery { get; set; } = null!;
    public DateTimeOffset At { get; set; }
    public int Milliseconds { get; set; }

    /// <summary>HTTP status; null when there was no answer.</summary>
    public int? StatusCode { get; set; }

    /// <summary>Why it does not count as delivered; null when it does.</summary>
    public string? Failure { get; set; }

    /// <summary>The beginning of what was answered.</summary>
    public string? Response { get; set; }
}
