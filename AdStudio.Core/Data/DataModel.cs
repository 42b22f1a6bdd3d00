using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Data;

internal sealed class DataModel : IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<StudioEvent>, IEntityTypeConfiguration<DataProtectionKey>, IEntityTypeConfiguration<InstallationSecret>
{
    public void Configure(EntityTypeBuilder<AuditEntry> b)
    {
        b.Property(a => a.ActorName).HasMaxLength(256);
        b.Property(a => a.Via).HasMaxLength(32);
        b.Property(a => a.Subject).HasMaxLength(64);
        b.Property(a => a.SubjectName).HasMaxLength(256);
        b.Property(a => a.Verb).HasMaxLength(32);
        b.HasIndex(a => new { a.OrganizationId, a.At });
        b.HasIndex(a => new { a.SubjectId, a.At });
    }

    public void Configure(EntityTypeBuilder<StudioEvent> b)
    {
        b.Property(e => e.Name).HasMaxLength(64);
        b.HasIndex(e => new { e.HandedOutAt, e.At });
        b.HasIndex(e => new { e.SubjectId, e.At });
    }

    public void Configure(EntityTypeBuilder<DataProtectionKey> b) => b.Property(k => k.FriendlyName).HasMaxLength(256);

    public void Configure(EntityTypeBuilder<InstallationSecret> b)
    {
        b.HasKey(s => s.Name);
        b.Property(s => s.Name).HasMaxLength(64);
    }
}
