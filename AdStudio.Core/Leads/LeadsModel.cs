using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Leads;

internal sealed class LeadsModel : IEntityTypeConfiguration<Lead>, IEntityTypeConfiguration<LeadNote>, IEntityTypeConfiguration<LeadSettings>
{
    public void Configure(EntityTypeBuilder<Lead> b)
    {
        b.Property(l => l.ExternalId).HasMaxLength(64);
        b.Property(l => l.Name).HasMaxLength(256);
        b.Property(l => l.Email).HasMaxLength(256);
        b.Property(l => l.Phone).HasMaxLength(64);
        b.Property(l => l.CampaignExternalId).HasMaxLength(64);
        b.Property(l => l.AdExternalId).HasMaxLength(64);
        b.Property(l => l.AssignedToName).HasMaxLength(256);
        b.Property(l => l.ReceivedBy).HasMaxLength(16);
        b.Property(l => l.ForwardFailure).HasMaxLength(512);
        b.Property(l => l.Answers).HasConversion(new JsonText<IReadOnlyList<LeadAnswer>>(), JsonText<IReadOnlyList<LeadAnswer>>.Comparer);
        b.HasIndex(l => new { l.LeadFormId, l.ExternalId }).IsUnique();
        b.HasIndex(l => new { l.WorkspaceId, l.CreatedAt });
        b.HasIndex(l => l.ForwardAt);
        b.HasOne(l => l.LeadForm).WithMany().HasForeignKey(l => l.LeadFormId);
    }

    public void Configure(EntityTypeBuilder<LeadNote> b)
    {
        b.Property(n => n.ByName).HasMaxLength(256);
        b.Property(n => n.Text).HasMaxLength(4000);
        b.HasOne(n => n.Lead).WithMany(l => l.Notes).HasForeignKey(n => n.LeadId);
    }

    public void Configure(EntityTypeBuilder<LeadSettings> b)
    {
        b.HasKey(s => s.WorkspaceId);
        b.Property(s => s.ForwardUrl).HasMaxLength(2000);
    }
}
