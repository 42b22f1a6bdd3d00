using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Pixels;

/// <summary>Conversions that a server tells a pixel of, beside those that the browser tells.</summary>
public sealed class PixelConversions : IOrganizationRow, IVersionedRow, IAuditedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Guid AdAccountId { get; set; }
    public AdAccount AdAccount { get; set; } = null!;

    /// <summary>The platform's id of the pixel.</summary>
    public string PixelId { get; set; } = "";
    public string PixelName { get; set; } = "";

    /// <summary>Where the conversions happen: "shop.example".</summary>
    public string Domain { get; set; } = "";
    public bool IsEnabled { get; set; }

    /// <summary>What is told when a program names no event: "Purchase".</summary>
    public string EventName { get; set; } = "Purchase";

    /// <summary>Encrypted; written, never read out again. Null signs with the connection's token.</summary>
    [NotAudited] public string? AccessToken { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    [NotAudited] public DateTimeOffset? LastSentAt { get; set; }
    [NotAudited] public string? LastFailure { get; set; }
    public long Version { get; set; }

    string IAuditedRow.AuditName => PixelName;
}

internal sealed class PixelsModel : IEntityTypeConfiguration<PixelConversions>
{
    public void Configure(EntityTypeBuilder<PixelConversions> b)
    {
        b.Property(p => p.PixelId).HasMaxLength(128);
        b.Property(p => p.PixelName).HasMaxLength(256);
        b.Property(p => p.Domain).HasMaxLength(256);
        b.Property(p => p.EventName).HasMaxLength(64);
        b.Property(p => p.LastFailure).HasMaxLength(1024);
        b.HasIndex(p => new { p.AdAccountId, p.PixelId }).IsUnique();
        b.HasOne(p => p.AdAccount).WithMany().HasForeignKey(p => p.AdAccountId);
    }
}
