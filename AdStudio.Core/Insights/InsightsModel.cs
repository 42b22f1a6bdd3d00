using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Insights;

internal sealed class InsightsModel :
    IEntityTypeConfiguration<MetricFact>, IEntityTypeConfiguration<CampaignDay>, IEntityTypeConfiguration<AccountDay>, IEntityTypeConfiguration<SyncRun>, IEntityTypeConfiguration<CurrencyRate>, IEntityTypeConfiguration<OwnCurrencyRate>
{
    public void Configure(EntityTypeBuilder<MetricFact> b)
    {
        b.HasKey(f => new { f.EntityId, f.Day, f.Breakdown });
        b.Property(f => f.Breakdown).HasMaxLength(64);
        b.HasIndex(f => new { f.PlatformCampaignId, f.Level, f.Day });
    }

    public void Configure(EntityTypeBuilder<CampaignDay> b)
    {
        b.HasKey(d => new { d.PlatformCampaignId, d.Day });
        b.HasIndex(d => new { d.AdAccountId, d.Day });
        b.HasIndex(d => new { d.CampaignId, d.Day });
    }

    public void Configure(EntityTypeBuilder<AccountDay> b)
    {
        b.HasKey(d => new { d.AdAccountId, d.Day });
        b.Property(d => d.Currency).HasMaxLength(3);
        b.HasIndex(d => new { d.WorkspaceId, d.Day });
    }

    public void Configure(EntityTypeBuilder<SyncRun> b)
    {
        b.Property(r => r.Trigger).HasMaxLength(32);
        b.Property(r => r.Doing).HasMaxLength(256);
        b.HasIndex(r => r.ActiveKey).IsUnique();
        b.HasIndex(r => new { r.AdAccountId, r.StartedAt });
    }

    public void Configure(EntityTypeBuilder<CurrencyRate> b)
    {
        b.HasKey(r => new { r.Currency, r.Day });
        b.Property(r => r.Currency).HasMaxLength(3);
        b.Property(r => r.PerEuro).HasPrecision(18, 8);
        b.Property(r => r.Source).HasMaxLength(64);
    }

    public void Configure(EntityTypeBuilder<OwnCurrencyRate> b)
    {
        b.HasKey(r => new { r.OrganizationId, r.Currency, r.Day });
        b.Property(r => r.Currency).HasMaxLength(3);
        b.Property(r => r.PerEuro).HasPrecision(18, 8);
        b.Property(r => r.EnteredBy).HasMaxLength(256);
    }
}
