using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Partners;

public enum PartnerJobKind { CreateCampaign, ChangeBudget, ChangeTargeting, ChangeSchedule, ChangeBidStrategy, ChangeStatus }

/// <summary>
/// What a partner asked for and follows until it is done. How it stands is never stored here: it is what the operations and the approval behind it say (<see cref="JobView"/>).
/// </summary>
public sealed class PartnerJob : IOrganizationRow
{
    public const string Prefix = "job";

    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Guid CampaignId { get; set; }
    public Campaign Campaign { get; set; } = null!;
    public PartnerJobKind Kind { get; set; }
    public Platform Platform { get; set; }

    /// <summary>Shared by the operations it started, or that its approval will start; null until it was handed over.</summary>
    public Guid? RequestId { get; set; }
    public Guid? VerdictId { get; set; }
    public Guid? ApprovalId { get; set; }

    /// <summary>Why nothing could be started; null when something was.</summary>
    public JobFailure? Failure { get; set; }
    public Guid RequestedById { get; set; }
    public string RequestedVia { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Whether what it stands for was begun, or turned out impossible.</summary>
    public bool IsHandedOver => RequestId is not null || Failure is not null;
}

/// <param name="Code">"VALIDATION", "PLATFORM_REJECTED_BY_POLICY": as API 004 names errors.</param>
public sealed record JobFailure(string Code, string Message, IReadOnlyList<FieldProblem> Fields)
{
    public static JobFailure Of(Refusal refusal) => refusal switch
    {
        InvalidError invalid => new("VALIDATION", invalid.Message, invalid.Fields),
        ForbiddenError => new("FORBIDDEN", refusal.Message, []),
        NotFoundError => new("NOT_FOUND", refusal.Message, []),
        _ => new("CONFLICT", refusal.Message, []),
    };
}

internal sealed class JobsModel : IEntityTypeConfiguration<PartnerJob>
{
    public void Configure(EntityTypeBuilder<PartnerJob> b)
    {
        b.Property(j => j.RequestedVia).HasMaxLength(32);
        b.Property(j => j.Failure).HasConversion(new JsonText<JobFailure?>(), JsonText<JobFailure?>.Comparer);
        b.HasOne(j => j.Campaign).WithMany().HasForeignKey(j => j.CampaignId);
        b.HasIndex(j => new { j.CampaignId, j.CreatedAt });
        b.HasIndex(j => j.RequestId);
        b.HasIndex(j => new { j.Kind, j.RequestId, j.CreatedAt });
    }
}

public sealed record JobNotFound() : NotFoundError("There is no such job.");
