using AdStudio.Core.Campaigns;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Operations;

internal sealed class OperationsModel : IEntityTypeConfiguration<Operation>, IEntityTypeConfiguration<OperationStep>, IEntityTypeConfiguration<CampaignImport>
{
    public void Configure(EntityTypeBuilder<Operation> b)
    {
        b.Property(o => o.RequestedByName).HasMaxLength(256);
        b.Property(o => o.RequestedVia).HasMaxLength(32);
        b.Property(o => o.LeaseOwner).HasMaxLength(128);
        b.Property(o => o.Marker).HasMaxLength(32);
        b.Property(o => o.FailureField).HasMaxLength(128);
        b.Property(o => o.Sends).HasConversion(new JsonText<SentCampaign?>(), JsonText<SentCampaign?>.Comparer);
        b.HasIndex(o => o.ActiveKey).IsUnique();
        b.HasIndex(o => new { o.Status, o.NotBefore });
        b.HasIndex(o => o.RequestId);
        b.HasIndex(o => new { o.CampaignId, o.CreatedAt });
        b.HasIndex(o => new { o.PlatformCampaignId, o.CreatedAt });
        b.HasOne(o => o.Campaign).WithMany().HasForeignKey(o => o.CampaignId);
        b.HasOne(o => o.PlatformCampaign).WithMany().HasForeignKey(o => o.PlatformCampaignId);
    }

    public void Configure(EntityTypeBuilder<OperationStep> b)
    {
        b.Property(s => s.Key).HasMaxLength(64);
        b.Property(s => s.Title).HasMaxLength(256);
        b.Property(s => s.Marker).HasMaxLength(64);
        b.Property(s => s.ExternalId).HasMaxLength(256);
        b.HasIndex(s => new { s.OperationId, s.Ordinal }).IsUnique();
        b.HasOne(s => s.Operation).WithMany(o => o.Steps).HasForeignKey(s => s.OperationId);
    }

    public void Configure(EntityTypeBuilder<CampaignImport> b)
    {
        b.Property(i => i.RequestedByName).HasMaxLength(256);
        b.Property(i => i.RequestedVia).HasMaxLength(32);
        b.Property(i => i.Doing).HasMaxLength(256);
        b.HasIndex(i => i.ActiveKey).IsUnique();
        b.HasIndex(i => new { i.AdAccountId, i.StartedAt });
    }
}
