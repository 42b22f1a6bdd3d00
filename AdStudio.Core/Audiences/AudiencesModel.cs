using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Audiences;

internal sealed class AudiencesModel : IEntityTypeConfiguration<AdAudience>, IEntityTypeConfiguration<AudienceMember>, IEntityTypeConfiguration<PlatformAudience>
{
    public void Configure(EntityTypeBuilder<AdAudience> b)
    {
        b.Property(a => a.ExternalKey).HasMaxLength(128);
        b.Property(a => a.Name).HasMaxLength(256);
        b.Property(a => a.OwnType).HasMaxLength(64);
        b.Property(a => a.SourceAudienceId).HasMaxLength(128);
        b.HasIndex(a => new { a.WorkspaceId, a.ExternalKey }).IsUnique().HasFilter("ExternalKey IS NOT NULL AND DeletedAt IS NULL");
        b.HasOne(a => a.Workspace).WithMany().HasForeignKey(a => a.WorkspaceId);
    }

    public void Configure(EntityTypeBuilder<AudienceMember> b)
    {
        b.Property(m => m.EmailSha256).HasMaxLength(64);
        b.Property(m => m.PhoneSha256).HasMaxLength(64);
        b.Property(m => m.PhoneDigitsSha256).HasMaxLength(64);
        b.HasIndex(m => new { m.AudienceId, m.EmailSha256 });
        b.HasIndex(m => new { m.AudienceId, m.PhoneSha256 });
        b.HasIndex(m => new { m.AudienceId, m.Change });
    }

    public void Configure(EntityTypeBuilder<PlatformAudience> b)
    {
        b.Property(a => a.Name).HasMaxLength(600);
        b.Property(a => a.ExternalId).HasMaxLength(128);
        b.Property(a => a.Marker).HasMaxLength(32);
        b.Property(a => a.PixelId).HasMaxLength(128);
        // With the platform's id, because two launches at once may each have made one; both are kept in step.
        b.HasIndex(a => new { a.AudienceId, a.AdAccountId, a.ExternalId }).IsUnique();
        b.HasIndex(a => a.AdAccountId);
        b.HasIndex(a => a.NextTryAt);
    }
}
