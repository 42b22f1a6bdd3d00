using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace AdStudio.Core.Partners;

/// <summary>A request that was carried out under an idempotency key, with what it made and, once it is given, its answer.</summary>
public sealed class IdempotentRequest : IOrganizationRow
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(48);

    /// <summary>That of the claim: it says the organization, the caller and the key.</summary>
    public Guid Id { get; set; }
    public Guid OrganizationId { get; set; }
    public Guid CallerId { get; set; }
    public string Route { get; set; } = "";
    public string BodyHash { get; set; } = "";

    /// <summary>"Campaign", "Operation": what the request made, with its id; by these it is answered when the answer itself was lost.</summary>
    public string? MadeKind { get; set; }
    public Guid? MadeId { get; set; }

    /// <summary>HTTP status of the answer; null until it is given.</summary>
    public int? Status { get; set; }
    public string? Answer { get; set; }

    /// <summary>The answer's Location header.</summary>
    public string? Location { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }

    internal static IdempotentRequest Of(Actor caller, IdempotencyClaim claim, DateTimeOffset now) => new()
    {
        Id = claim.Id, OrganizationId = caller.OrganizationId, CallerId = caller.Id, Route = claim.Route, BodyHash = claim.BodyHash, CreatedAt = now, ExpiresAt = now + KeptFor,
    };
}

internal sealed class IdempotencyModel : IEntityTypeConfiguration<IdempotentRequest>
{
    public void Configure(EntityTypeBuilder<IdempotentRequest> b)
    {
        b.Property(r => r.Id).ValueGeneratedNever();
        b.Property(r => r.Route).HasMaxLength(IdempotencyClaim.MaxRoute);
        b.Property(r => r.BodyHash).HasMaxLength(64);
        b.Property(r => r.MadeKind).HasMaxLength(64);
        b.Property(r => r.Location).HasMaxLength(512);
        b.HasIndex(r => r.ExpiresAt);
    }
}
