using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Connections;

internal sealed class ConnectionsModel :
    IEntityTypeConfiguration<Connection>, IEntityTypeConfiguration<OAuthAttempt>, IEntityTypeConfiguration<AdAccount>, IEntityTypeConfiguration<AdAccountGrant>
{
    public void Configure(EntityTypeBuilder<Connection> b)
    {
        b.Property(c => c.OwnerName).HasMaxLength(256);
        b.Property(c => c.OwnerExternalId).HasMaxLength(128);
        b.Property(c => c.ToldTrouble).HasMaxLength(32);
        b.HasIndex(c => new { c.WorkspaceId, c.Platform });
        b.HasOne(c => c.Workspace).WithMany().HasForeignKey(c => c.WorkspaceId);
        b.HasOne(c => c.Team).WithMany().HasForeignKey(c => c.TeamId);
    }

    public void Configure(EntityTypeBuilder<OAuthAttempt> b)
    {
        b.Property(a => a.NonceHash).HasMaxLength(64);
        b.Property(a => a.CallbackUrl).HasMaxLength(512);
        b.Property(a => a.ReturnUrl).HasMaxLength(2048);
        b.HasIndex(a => a.ExpiresAt);
    }

    public void Configure(EntityTypeBuilder<AdAccount> b)
    {
        b.Property(a => a.ExternalId).HasMaxLength(64);
        b.Property(a => a.Name).HasMaxLength(256);
        b.Property(a => a.Currency).HasMaxLength(3);
        b.Property(a => a.TimeZone).HasMaxLength(64);
        b.Property(a => a.ToldTrouble).HasMaxLength(32);
        b.Property(a => a.Assets).HasConversion(new JsonText<IReadOnlyList<AccountAsset>>(), JsonText<IReadOnlyList<AccountAsset>>.Comparer);
        b.HasIndex(a => new { a.WorkspaceId, a.Platform, a.ExternalId }).IsUnique();
        b.HasOne(a => a.Connection).WithMany(c => c.AdAccounts).HasForeignKey(a => a.ConnectionId);
    }

    public void Configure(EntityTypeBuilder<AdAccountGrant> b)
    {
        b.HasIndex(g => new { g.AdAccountId, g.PersonId }).IsUnique();
        b.HasOne(g => g.AdAccount).WithMany(a => a.Grants).HasForeignKey(g => g.AdAccountId);
    }
}
