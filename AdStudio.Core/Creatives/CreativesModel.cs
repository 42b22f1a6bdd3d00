using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Creatives;

internal sealed class CreativesModel : IEntityTypeConfiguration<Creative>, IEntityTypeConfiguration<MediaAsset>, IEntityTypeConfiguration<CreativeVersion>, IEntityTypeConfiguration<UnfinishedCreative>
{
    public void Configure(EntityTypeBuilder<Creative> b)
    {
        b.Property(c => c.ExternalKey).HasMaxLength(128);
        b.Property(c => c.Name).HasMaxLength(256);
        b.Property(c => c.CallToAction).HasMaxLength(64);
        b.Property(c => c.LinkUrl).HasMaxLength(2048);
        b.Property(c => c.Cards).HasConversion(new JsonText<IReadOnlyList<CardTexts>>(), JsonText<IReadOnlyList<CardTexts>>.Comparer);
        b.Property(c => c.PostId).HasMaxLength(ExistingPost.LongestId);
        b.Property(c => c.PostPermalink).HasMaxLength(2048);
        b.Property(c => c.PostImageUrl).HasMaxLength(2048);
        b.Ignore(c => c.Post);
        b.HasIndex(c => new { c.WorkspaceId, c.PostId });
        b.HasIndex(c => new { c.WorkspaceId, c.ExternalKey }).IsUnique().HasFilter("ExternalKey IS NOT NULL AND DeletedAt IS NULL");
        b.HasOne(c => c.Workspace).WithMany().HasForeignKey(c => c.WorkspaceId);
    }

    public void Configure(EntityTypeBuilder<CreativeVersion> b)
    {
        b.Property(v => v.ByName).HasMaxLength(256);
        b.Property(v => v.Via).HasMaxLength(32);
        b.Property(v => v.Content).HasConversion(new JsonText<CreativeInput>(), JsonText<CreativeInput>.Comparer);
        b.HasIndex(v => new { v.CreativeId, v.Number }).IsUnique();
        b.HasOne(v => v.Creative).WithMany().HasForeignKey(v => v.CreativeId);
    }

    public void Configure(EntityTypeBuilder<UnfinishedCreative> b)
    {
        b.Property(u => u.Content).HasConversion(new JsonText<CreativeInput>(), JsonText<CreativeInput>.Comparer);
        b.HasIndex(u => new { u.PersonId, u.SubjectId }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<MediaAsset> b)
    {
        b.Property(m => m.FileName).HasMaxLength(256);
        b.Property(m => m.ContentType).HasMaxLength(64);
        b.Property(m => m.Sha256).HasMaxLength(64);
        b.Property(m => m.SourceUrl).HasMaxLength(2048);
        b.HasIndex(m => new { m.WorkspaceId, m.Sha256 });
        b.HasOne(m => m.Workspace).WithMany().HasForeignKey(m => m.WorkspaceId);
    }
}
