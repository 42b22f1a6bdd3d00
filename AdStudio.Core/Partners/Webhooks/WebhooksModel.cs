using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Partners;

internal sealed class WebhooksModel : IEntityTypeConfiguration<WebhookEndpoint>, IEntityTypeConfiguration<WebhookDelivery>, IEntityTypeConfiguration<WebhookAttempt>
{
    public void Configure(EntityTypeBuilder<WebhookEndpoint> b)
    {
        b.Property(e => e.Url).HasMaxLength(2000);
        b.Property(e => e.Description).HasMaxLength(256);
        b.Property(e => e.DisabledReason).HasMaxLength(512);
        b.Property(e => e.CreatedByName).HasMaxLength(256);
        b.HasIndex(e => e.OrganizationId);
    }

    public void Configure(EntityTypeBuilder<WebhookDelivery> b)
    {
        // An event goes to an endpoint once, whichever node hands it out.
        b.HasIndex(d => new { d.EventId, d.EndpointId }).IsUnique();
        b.HasIndex(d => new { d.Status, d.NextTryAt });
        b.HasIndex(d => new { d.EndpointId, d.CreatedAt });
        b.HasOne(d => d.Event).WithMany().HasForeignKey(d => d.EventId);
        b.HasOne(d => d.Endpoint).WithMany().HasForeignKey(d => d.EndpointId);
    }

    public void Configure(EntityTypeBuilder<WebhookAttempt> b)
    {
        b.Property(a => a.Failure).HasMaxLength(512);
        b.Property(a => a.Response).HasMaxLength(WebhookAttempt.ResponseLength);
        b.HasIndex(a => new { a.DeliveryId, a.At });
        b.HasOne(a => a.Delivery).WithMany(d => d.Attempts).HasForeignKey(a => a.DeliveryId);
    }
}
