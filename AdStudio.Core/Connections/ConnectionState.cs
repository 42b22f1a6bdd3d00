using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>The one truth about a connection's health, with what to do.</summary>
public static class ConnectionState
{
    public static readonly TimeSpan ExpiresSoon = TimeSpan.FromDays(7);

    /// <summary>Judges by what is known: what was granted, and how long the token counts.</summary>
    public static void Judge(this Connection connection, DateTimeOffset now)
    {
        connection.HealthCheckedAt = now;
        if (connection.MissingScopes.Count > 0)
        {
            connection.Health = ConnectionHealth.MissingPermission;
            connection.HealthDetail = $"{connection.OwnerName} did not allow {string.Join(", ", connection.MissingScopes)}. Reconnect and leave every permission switched on.";
        }
        else if (connection.RefreshToken is null && connection.AccessTokenExpiresAt is { } end && end - now < ExpiresSoon)
        {
            if (end <= now) { connection.MarkExpired(now); return; }
            connection.Health = ConnectionHealth.Expiring;
            connection.HealthDetail = $"The access ends on {end:d MMMM yyyy} and can't be renewed by itself. Reconnect before then.";
        }
        else
        {
            connection.Health = ConnectionHealth.Good;
            connection.HealthDetail = null;
        }
    }

    public static void MarkExpired(this Connection connection, DateTimeOffset now)
    {
        connection.Health = ConnectionHealth.Expired;
        connection.HealthDetail = $"{connection.Platform} no longer accepts this access. {connection.OwnerName} has to reconnect; until then nothing is read or changed there.";
        connection.HealthCheckedAt = now;
    }

    /// <summary>Drops the tokens; what hangs on the connection stays.</summary>
    public static void Forget(this Connection connection)
    {
        connection.AccessToken = "";
        connection.RefreshToken = null;
        connection.AccessTokenExpiresAt = null;
        connection.RenewingUntil = null;
        connection.Health = ConnectionHealth.Disconnected;
        connection.HealthDetail = "Disconnected. Campaigns and numbers are kept; reconnect to go on with them.";
    }

    /// <summary>Saves what was found out about a connection, also over a save by somebody else in between: only the fields found out are written.</summary>
    internal static async Task SaveOverOthersAsync(this StudioDb db, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await db.SaveChangesAsync(ct);
                return;
            }
            catch (DbUpdateConcurrencyException conflict)
            {
                foreach (var entry in conflict.Entries)
                {
                    var there = await entry.GetDatabaseValuesAsync(ct) ?? throw new InvalidOperationException($"{entry.Metadata.ShortName()} was removed meanwhile.");
                    var version = entry.Property(nameof(IVersionedRow.Version));
                    version.OriginalValue = there[nameof(IVersionedRow.Version)];
                }
                foreach (var audit in db.ChangeTracker.Entries<AuditEntry>().Where(e => e.State == EntityState.Added).ToList()) audit.State = EntityState.Detached;
            }
        }
    }
}
