using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Accounts;

internal sealed class AccountsModel :
    IEntityTypeConfiguration<Organization>, IEntityTypeConfiguration<Person>, IEntityTypeConfiguration<PersonSession>, IEntityTypeConfiguration<Workspace>,
    IEntityTypeConfiguration<Team>, IEntityTypeConfiguration<TeamMember>, IEntityTypeConfiguration<Invitation>, IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<RefreshToken>
{
    public void Configure(EntityTypeBuilder<Organization> b) => b.Property(o => o.Name).HasMaxLength(128);

    public void Configure(EntityTypeBuilder<Person> b)
    {
        b.ToTable("People");
        b.Property(p => p.Name).HasMaxLength(128);
        b.Property(p => p.ExternalUserId).HasMaxLength(128);
        b.HasIndex(p => new { p.OrganizationId, p.ExternalUserId }).IsUnique();
        b.HasOne<Organization>().WithMany().HasForeignKey(p => p.OrganizationId);
    }

    public void Configure(EntityTypeBuilder<PersonSession> b)
    {
        b.Property(s => s.Address).HasMaxLength(64);
        b.Property(s => s.Device).HasMaxLength(128);
    }

    public void Configure(EntityTypeBuilder<Workspace> b)
    {
        b.Property(w => w.Name).HasMaxLength(128);
        b.Property(w => w.EnterpriseId).HasMaxLength(128);
        b.Property(w => w.ReportingCurrency).HasMaxLength(3);
        b.Property(w => w.Authority).HasConversion(new JsonText<Authority>(), JsonText<Authority>.Comparer).HasMaxLength(128);
        b.HasIndex(w => new { w.OrganizationId, w.Number }).IsUnique();
        b.HasIndex(w => new { w.OrganizationId, w.EnterpriseId }).IsUnique().HasFilter("DeletedAt IS NULL");
        b.HasOne(w => w.Admin).WithMany().HasForeignKey(w => w.AdminId);
    }

    public void Configure(EntityTypeBuilder<Team> b)
    {
        b.Property(t => t.Name).HasMaxLength(128);
        b.HasOne(t => t.Workspace).WithMany(w => w.Teams).HasForeignKey(t => t.WorkspaceId);
    }

    public void Configure(EntityTypeBuilder<TeamMember> b)
    {
        b.HasIndex(m => new { m.TeamId, m.PersonId }).IsUnique();
        b.HasOne(m => m.Team).WithMany(t => t.Members).HasForeignKey(m => m.TeamId);
    }

    public void Configure(EntityTypeBuilder<Invitation> b)
    {
        b.Property(i => i.Email).HasMaxLength(256);
        b.Property(i => i.TokenHash).HasMaxLength(64);
        b.HasIndex(i => i.TokenHash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ApiKey> b)
    {
        b.Property(k => k.Name).HasMaxLength(128);
        b.Property(k => k.Start).HasMaxLength(24);
        b.Property(k => k.Hash).HasMaxLength(64);
        b.HasIndex(k => k.Hash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<RefreshToken> b)
    {
        b.Property(t => t.Hash).HasMaxLength(64);
        b.HasIndex(t => t.Hash).IsUnique();
        b.HasIndex(t => t.FamilyId);
    }
}
