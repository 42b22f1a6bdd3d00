using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Accounts;

internal sealed class AuthorityModel : IEntityTypeConfiguration<Verdict>, IEntityTypeConfiguration<Approval>, IEntityTypeConfiguration<ApprovalAccount>
{
    public void Configure(EntityTypeBuilder<Verdict> b)
    {
        b.Property(v => v.Reason).HasMaxLength(256);
        b.Property(v => v.Verb).HasMaxLength(48);
        b.Property(v => v.Subject).HasMaxLength(64);
        b.Property(v => v.SubjectName).HasMaxLength(256);
        b.Property(v => v.AskedByName).HasMaxLength(256);
        b.Property(v => v.AskedVia).HasMaxLength(32);
        b.Property(v => v.DecidedByName).HasMaxLength(256);
        b.Ignore(v => v.PublicName);
        b.HasIndex(v => new { v.OrganizationId, v.At });
        b.HasIndex(v => v.ApprovalId);
        b.HasIndex(v => v.CampaignId);
    }

    public void Configure(EntityTypeBuilder<Approval> b)
    {
        b.Property(a => a.Verb).HasMaxLength(48);
        b.Property(a => a.Subject).HasMaxLength(64);
        b.Property(a => a.SubjectName).HasMaxLength(256);
        b.Property(a => a.Title).HasMaxLength(384);
        b.Property(a => a.Plan).HasConversion(new JsonText<ApprovalPlan>(), JsonText<ApprovalPlan>.Comparer);
        b.Property(a => a.Fingerprint).HasMaxLength(64);
        b.Property(a => a.AskedFingerprint).HasMaxLength(64);
        b.Property(a => a.PendingKey).HasMaxLength(192);
        b.Property(a => a.AskedByName).HasMaxLength(256);
        b.Property(a => a.AskedVia).HasMaxLength(32);
        b.Property(a => a.DecidedByName).HasMaxLength(256);
        b.Property(a => a.Reason).HasMaxLength(1024);
        b.HasIndex(a => a.PendingKey).IsUnique();
        b.HasIndex(a => new { a.OrganizationId, a.State, a.AskedAt });
        b.HasIndex(a => a.RequestId);
        b.HasIndex(a => new { a.SubjectId, a.State });
        b.HasOne(a => a.Workspace).WithMany().HasForeignKey(a => a.WorkspaceId);
        b.HasMany(a => a.Accounts).WithOne().HasForeignKey(a => a.ApprovalId);
    }

    public void Configure(EntityTypeBuilder<ApprovalAccount> b)
    {
        b.HasKey(a => new { a.ApprovalId, a.AdAccountId });
        b.HasIndex(a => a.AdAccountId);
    }
}
