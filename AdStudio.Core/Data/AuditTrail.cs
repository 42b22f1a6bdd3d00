using System.Reflection;
using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AdStudio.Core.Data;

/// <summary>Writes one <see cref="AuditEntry"/> for each audited row that a save adds, changes or deletes.</summary>
internal static class AuditTrail
{
    private static readonly HashSet<string> Silent =
    [
        nameof(IVersionedRow.Version), "UpdatedAt", "NormalizedEmail", "NormalizedUserName", nameof(IdentityUser<Guid>.PasswordHash), nameof(IdentityUser<Guid>.SecurityStamp),
        nameof(IdentityUser<Guid>.ConcurrencyStamp), nameof(IdentityUser<Guid>.AccessFailedCount), nameof(IdentityUser<Guid>.LockoutEnd), nameof(IdentityUser<Guid>.LockoutEnabled),
    ];

    public static void Write(StudioDb db, Actor? actor, DateTimeOffset now, string? verb)
    {
        var entries = db.ChangeTracker.Entries()
            .Where(e => e.Entity is IAuditedRow && e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .ToList();
        foreach (var entry in entries)
        {
            var (before, after) = Changes(entry);
            if (entry.State == EntityState.Modified && after.Count == 0) continue;

            var row = (IAuditedRow)entry.Entity;
            var who = entry.Entity is Approval && actor?.Accepted is { } accepted ? accepted.By : actor; // who accepts is not who asked
            db.AuditEntries.Add(new AuditEntry
            {
                OrganizationId = entry.Entity is IOrganizationRow owned ? owned.OrganizationId : row.Id,
                At = now,
                ActorKind = who?.Kind ?? ActorKind.Studio,
                ActorId = who?.Id ?? Guid.Empty,
                ActorName = who?.Name ?? "AdStudio",
                Via = who?.Via ?? "sign-in",
                Subject = entry.Metadata.ShortName(),
                SubjectId = row.Id,
                SubjectName = Short(row.AuditName),
                WorkspaceId = WorkspaceOf(entry),
                AdAccountId = entry.Entity is AdAccount ? row.Id : GuidOf(entry, "AdAccountId"),
                Verb = VerbOf(entry, verb),
                Before = entry.State == EntityState.Added ? null : JsonSerializer.Serialize(before, StudioJson.Options),
                After = entry.State == EntityState.Deleted ? null : JsonSerializer.Serialize(after, StudioJson.Options),
            });
        }
    }

    /// <summary>A line for what is not told row by row.</summary>
    public static AuditEntry Line(Actor? who, DateTimeOffset now, string verb, string subject, Guid subjectId, string name, Guid? workspaceId, object? before, object? after, Guid organizationId) => new()
    {
        OrganizationId = organizationId, At = now, ActorKind = who?.Kind ?? ActorKind.Studio, ActorId = who?.Id ?? Guid.Empty, ActorName = who?.Name ?? "AdStudio", Via = who?.Via ?? "job",
        Subject = subject, SubjectId = subjectId, SubjectName = Short(name), WorkspaceId = workspaceId, Verb = verb,
        Before = before is null ? null : JsonSerializer.Serialize(before, StudioJson.Options), After = after is null ? null : JsonSerializer.Serialize(after, StudioJson.Options),
    };

    private static (Dictionary<string, object?> Before, Dictionary<string, object?> After) Changes(EntityEntry entry)
    {
        Dictionary<string, object?> before = [], after = [];
        foreach (var property in entry.Properties.Where(p => IsAudited(p.Metadata)))
        {
            if (entry.State == EntityState.Modified && (!property.IsModified || Equals(property.OriginalValue, property.CurrentValue))) continue;
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Metadata.Name);
            before[name] = property.OriginalValue;
            after[name] = property.CurrentValue;
        }
        return (before, after);
    }

    public static bool IsAudited(IProperty property) =>
        !property.IsPrimaryKey() && property.Name != nameof(IOrganizationRow.OrganizationId) && !Silent.Contains(property.Name)
        && property.PropertyInfo?.GetCustomAttribute<NotAuditedAttribute>() is null;

    private static string VerbOf(EntityEntry entry, string? verb) => entry.State switch
    {
        _ when entry is { Entity: Approval decided, State: EntityState.Modified } => decided.State == ApprovalState.Pending ? "shown anew" : decided.State.ToString().ToLowerInvariant(),
        EntityState.Added => "created",
        EntityState.Deleted => "deleted",
        _ when entry.Entity is ISoftDeletedRow { DeletedAt: not null } && entry.Property(nameof(ISoftDeletedRow.DeletedAt)).IsModified => "deleted",
        _ => verb ?? "changed",
    };

    private static Guid? WorkspaceOf(EntityEntry entry) => entry.Entity switch
    {
        Workspace workspace => workspace.Id,
        TeamMember member => member.Team?.WorkspaceId,
        Invitation invitation => invitation.Team?.WorkspaceId,
        AdAccountGrant grant => grant.AdAccount?.WorkspaceId,
        _ => GuidOf(entry, "WorkspaceId"),
    };

    private static Guid? GuidOf(EntityEntry entry, string name) =>
        entry.Metadata.FindProperty(name) is { } property && property.ClrType.IsAssignableTo(typeof(Guid?)) ? (Guid?)entry.Property(name).CurrentValue : null;

    private static string Short(string name) => name.Length <= 200 ? name : name[..200];
}
