using AdStudio.Core.Accounts;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Campaigns;

internal sealed class CampaignsModel :
    IEntityTypeConfiguration<Campaign>, IEntityTypeConfiguration<CampaignTarget>, IEntityTypeConfiguration<PlatformCampaign>, IEntityTypeConfiguration<AdSet>, IEntityTypeConfiguration<Ad>, IEntityTypeConfiguration<CampaignEdit>
{
    public void Configure(EntityTypeBuilder<Campaign> b)
    {
        b.Property(c => c.Name).HasMaxLength(256);
        b.Property(c => c.BudgetCurrency).HasMaxLength(3);
        b.Property(c => c.CreatedByName).HasMaxLength(256);
        b.Property(c => c.GivenType).HasMaxLength(64);
        b.Property(c => c.Content).HasConversion(new JsonText<PromotedContent?>(), JsonText<PromotedContent?>.Comparer);
        b.Property(c => c.Spec).HasConversion(new JsonText<CampaignSpec>(), JsonText<CampaignSpec>.Comparer);
        b.Property(c => c.Authority).HasConversion(new JsonText<Authority?>(), JsonText<Authority?>.Comparer).HasMaxLength(128);
        b.Property(c => c.ScheduledSpec).HasMaxLength(64);
        b.HasIndex(c => new { c.OrganizationId, c.Number }).IsUnique();
        b.HasIndex(c => new { c.WorkspaceId, c.Status });
        b.HasIndex(c => c.ScheduledFor);
        b.HasOne(c => c.Workspace).WithMany().HasForeignKey(c => c.WorkspaceId);
    }

    public void Configure(EntityTypeBuilder<CampaignTarget> b)
    {
        b.HasKey(t => new { t.CampaignId, t.Platform });
        b.HasIndex(t => t.AdAccountId);
        b.HasOne(t => t.Campaign).WithMany(c => c.Targets).HasForeignKey(t => t.CampaignId);
    }

    public void Configure(EntityTypeBuilder<PlatformCampaign> b)
    {
        b.Property(p => p.ExternalId).HasMaxLength(64);
        b.Property(p => p.Currency).HasMaxLength(3);
        b.Property(p => p.FailureField).HasMaxLength(128);
        b.Property(p => p.NameThere).HasMaxLength(512);
        b.Property(p => p.IdsThere).HasConversion(new JsonText<IReadOnlyDictionary<string, string>>(), JsonText<IReadOnlyDictionary<string, string>>.Comparer);
        b.Property(p => p.GroupName).HasMaxLength(64);
        b.HasIndex(p => new { p.CampaignId, p.Platform, p.GroupName }).IsUnique();
        b.HasIndex(p => new { p.AdAccountId, p.ExternalId });
        b.HasOne(p => p.Campaign).WithMany(c => c.Platforms).HasForeignKey(p => p.CampaignId);
    }

    public void Configure(EntityTypeBuilder<AdSet> b)
    {
        b.Property(a => a.ExternalId).HasMaxLength(64);
        b.Property(a => a.Name).HasMaxLength(512);
        b.Property(a => a.Status).HasMaxLength(64);
        b.HasIndex(a => new { a.PlatformCampaignId, a.ExternalId }).IsUnique();
        b.HasOne(a => a.PlatformCampaign).WithMany(p => p.AdSets).HasForeignKey(a => a.PlatformCampaignId);
    }

    public void Configure(EntityTypeBuilder<Ad> b)
    {
        b.Property(a => a.ExternalId).HasMaxLength(64);
        b.Property(a => a.Name).HasMaxLength(512);
        b.Property(a => a.Status).HasMaxLength(64);
        b.HasIndex(a => new { a.AdSetId, a.ExternalId }).IsUnique();
        b.HasOne(a => a.AdSet).WithMany(s => s.Ads).HasForeignKey(a => a.AdSetId);
    }

    public void Configure(EntityTypeBuilder<CampaignEdit> b)
    {
        b.HasKey(e => e.CampaignId);
        b.Property(e => e.Name).HasMaxLength(256);
        b.Property(e => e.SavedByName).HasMaxLength(256);
        b.Property(e => e.Spec).HasConversion(new JsonText<CampaignSpec>(), JsonText<CampaignSpec>.Comparer);
        b.HasOne(e => e.Campaign).WithMany().HasForeignKey(e => e.CampaignId);
    }
}
