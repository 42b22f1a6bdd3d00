using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace AdStudio.Core.Leads;

public enum LeadStatus { New, Contacted, Qualified, Won, Lost }

/// <summary>
/// What somebody sent with a lead form: personal data. Erasing empties the row and keeps the platform's id, so that the next reading does not bring it back.
/// </summary>
public sealed class Lead : IOrganizationRow, IVersionedRow, ITellingRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Guid LeadFormId { get; set; }
    public LeadForm LeadForm { get; set; } = null!;

    /// <summary>The platform's id; one of a form comes once, by whichever way.</summary>
    public string ExternalId { get; set; } = "";
    public string Name { get; set; } = "";
    public string Email { get; set; } = "";
    public string Phone { get; set; } = "";

    /// <summary>By the questions' keys, in their order.</summary>
    public IReadOnlyList<LeadAnswer> Answers { get; set; } = [];
    public string? CampaignExternalId { get; set; }
    public string? AdExternalId { get; set; }
    public Guid? CampaignId { get; set; }
    public bool IsOrganic { get; set; }
    public LeadStatus Status { get; set; }
    public Guid? AssignedToId { get; set; }
    public string? AssignedToName { get; set; }
    public bool IsArchived { get; set; }

    /// <summary>"webhook" or "reading".</summary>
    public string ReceivedBy { get; set; } = "";

    /// <summary>When it was sent, by the platform, and when it arrived here; both UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }
    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>Earliest next try to forward it; null when there is nothing to forward.</summary>
    public DateTimeOffset? ForwardAt { get; set; }
    public int ForwardAttempts { get; set; }
    public DateTimeOffset? ForwardedAt { get; set; }
    public string? ForwardFailure { get; set; }
    public long Version { get; set; }
    public List<LeadNote> Notes { get; set; } = [];

    /// <summary>That it came, with ids alone: what somebody answered is asked for by who may read it.</summary>
    IEnumerable<StudioEvent> ITellingRow.Tell(EntityEntry entry)
    {
        if (entry.State != EntityState.Added) yield break;
        yield return StudioEvent.Of(EventNames.LeadReceived, OrganizationId, WorkspaceId, Id, new
        {
            leadId = PublicId.Of("lead", Id), formId = LeadFormId, externalId = ExternalId, campaignId = CampaignId is { } campaign ? PublicId.Of("cmp", campaign) : null,
            campaignExternalId = CampaignExternalId, adExternalId = AdExternalId, isOrganic = IsOrganic, receivedBy = ReceivedBy, createdAt = CreatedAt, receivedAt = ReceivedAt,
        });
    }

    /// <summary>Takes all that is personal out of it.</summary>
    internal void Erase(DateTimeOffset now)
    {
        (Name, Email, Phone, Answers) = ("", "", "", []);
        (ForwardAt, ErasedAt, IsArchived) = (null, now, true);
    }
}

/// <param name="Question">As it was asked.</param>
public sealed record LeadAnswer(string Key, string Question, string Value);

public sealed class LeadNote : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid LeadId { get; set; }
    public Lead Lead { get; set; } = null!;
    public string Text { get; set; } = "";
    public string ByName { get; set; } = "";
    public DateTimeOffset At { get; set; }
}

/// <summary>What a workspace does with its leads.</summary>
public sealed class LeadSettings : IOrganizationRow, IVersionedRow, IAuditedRow
{
    public Guid WorkspaceId { get; set; }
    public Guid OrganizationId { get; set; }

    /// <summary>Days after which leads are erased; null keeps them.</summary>
    public int? RetentionDays { get; set; }

    /// <summary>Where each lead is sent to as it arrives; null forwards none.</summary>
    public string? ForwardUrl { get; set; }

    /// <summary>Encrypted: with what the forwarded lead is signed. Shown once.</summary>
    [NotAudited] public string? ForwardSecret { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public long Version { get; set; }

    Guid IAuditedRow.Id => WorkspaceId;
    string IAuditedRow.AuditName => "Leads";
}
