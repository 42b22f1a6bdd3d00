using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.LeadForms;

internal sealed class LeadFormsModel : IEntityTypeConfiguration<LeadForm>
{
    public void Configure(EntityTypeBuilder<LeadForm> b)
    {
        b.Property(f => f.PageId).HasMaxLength(64);
        b.Property(f => f.PageName).HasMaxLength(256);
        b.Property(f => f.Name).HasMaxLength(256);
        b.Property(f => f.ExternalId).HasMaxLength(64);
        b.Property(f => f.Marker).HasMaxLength(32);
        b.Property(f => f.CreatedByName).HasMaxLength(256);
        b.Property(f => f.Content).HasConversion(new JsonText<LeadFormContent>(), JsonText<LeadFormContent>.Comparer);
        b.HasIndex(f => new { f.WorkspaceId, f.Status });
        b.HasIndex(f => new { f.Platform, f.ExternalId });
        b.HasOne(f => f.AdAccount).WithMany().HasForeignKey(f => f.AdAccountId);
    }
}
