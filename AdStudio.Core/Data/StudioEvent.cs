using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace AdStudio.Core.Data;

/// <summary>
/// Something that happened, as programs outside are told of it. Stored in the same save as the change itself, so that neither is ever without the other;
/// telling it comes later. Holds nothing secret and nothing personal of a lead: who wants more asks for it by the ids.
/// </summary>
public sealed class StudioEvent : IOrganizationRow
{
    /// <summary>In public "evt_…"; the same however often it is told.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }

    /// <summary>One of <see cref="EventNames"/>.</summary>
    public string Name { get; set; } = "";
    public Guid? WorkspaceId { get; set; }
    public Guid? AdAccountId { get; set; }

    /// <summary>The campaign, lead, connection or approval that it is about.</summary>
    public Guid SubjectId { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>JSON object in our public shape: camelCase, public ids, lower-case words.</summary>
    public string Data { get; set; } = "{}";

    /// <summary>When it was handed to those who listen (UTC); null while it waits for that.</summary>
    public DateTimeOffset? HandedOutAt { get; set; }

    public static StudioEvent Of(string name, Guid organizationId, Guid? workspaceId, Guid subjectId, object data, Guid? adAccountId = null) => new()
    {
        Name = name, OrganizationId = organizationId, WorkspaceId = workspaceId, AdAccountId = adAccountId, SubjectId = subjectId, Data = JsonSerializer.Serialize(data, StudioJson.Options),
    };
}

/// <summary>The names of events; the part before the dot is what they are about.</summary>
public static class EventNames
{
    public const string CampaignCreated = "campaign.created";
    public const string CampaignUpdated = "campaign.updated";
    public const string CampaignProcessing = "campaign.processing";
    public const string CampaignCompleted = "campaign.completed";
    public const string CampaignFailed = "campaign.failed";
    public const string CampaignStatusChanged = "campaign.status_changed";
    public const string LeadReceived = "lead.received";
    public const string ConnectionUnhealthy = "connection.unhealthy";
    public const string ConnectionHealthy = "connection.healthy";
    public const string ApprovalNeeded = "approval.needed";

    public static IReadOnlyList<string> All { get; } =
        [CampaignCreated, CampaignUpdated, CampaignProcessing, CampaignCompleted, CampaignFailed, CampaignStatusChanged, LeadReceived, ConnectionUnhealthy, ConnectionHealthy, ApprovalNeeded];

    /// <summary>As the APIs write a status or a kind: "in_review".</summary>
    public static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}

/// <summary>A row whose changes are told outside. Asked at every save at which it is tracked, changed or not.</summary>
public interface ITellingRow
{
    /// <summary>What this save makes of it, read off the tracked values; nothing when there is nothing to tell.</summary>
    IEnumerable<StudioEvent> Tell(EntityEntry entry);
}
