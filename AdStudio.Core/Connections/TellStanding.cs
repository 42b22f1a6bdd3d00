using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Mail;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Connections;

/// <summary>
/// Tells of every connection and ad account that is no longer in good standing, and of those that are again: once a change, by a mail to the workspace's admin
/// and by an event. A connection's own event is told where it changes. What was told is kept with the row, so that it is the same whatever brought the change.
/// </summary>
[WithoutActor]
public sealed class TellStanding(Studio studio, Outbox outbox, StudioAddress address)
{
    /// <summary>How many changes were told.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var everyone = await studio.OpenForEveryoneAsync(ct);
        var organizations = await everyone.Organizations.Select(o => o.Id).ToListAsync(ct);
        var told = 0;
        foreach (var organization in organizations) told += await TellAsync(organization, ct);
        if (told > 0) outbox.SendSoon();
        return told;
    }

    private async Task<int> TellAsync(Guid organizationId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(Actor.Studio(organizationId), ct);
        var connections = await db.Connections.Include(c => c.Workspace).ThenInclude(w => w.Admin).Include(c => c.AdAccounts).ToListAsync(ct);
        var told = 0;
        foreach (var connection in connections)
        {
            // Who disconnects knows it.
            var access = connection.Health == ConnectionHealth.Disconnected ? null : Standing.AccessTrouble(connection.Platform, connection.Health);
            if (connection.ToldTrouble != access?.Code)
            {
                connection.ToldTrouble = access?.Code;
                if (connection.Health != ConnectionHealth.Disconnected) Write(db, connection, $"{Catalogue.Of(connection.Platform).Name} of {connection.OwnerName}", access);
                told++;
            }
            // Nothing is known of accounts that can't be reached.
            if (connection.Health is not (ConnectionHealth.Good or ConnectionHealth.Expiring)) continue;
            foreach (var account in connection.AdAccounts)
            {
                var trouble = Standing.TroubleOf(account.Platform, account.Status, account.StatusDetail, account.UserTasks, account.Assets);
                if (account.ToldTrouble == trouble?.Code) continue;
                account.ToldTrouble = trouble?.Code;
                Write(db, connection, $"{account.Name} ({Catalogue.Of(account.Platform).Name})", trouble);
                db.Tell(StudioEvent.Of(trouble is null ? EventNames.ConnectionHealthy : EventNames.ConnectionUnhealthy, organizationId, account.WorkspaceId, connection.Id,
                    new { connectionId = connection.Id, adAccountId = account.Id, platform = account.Platform.Wire(), ownerName = connection.OwnerName, health = trouble?.Code ?? "good", detail = trouble is null ? null : $"{account.Name}: {trouble.What} {trouble.ToDo}" }, account.Id));
                told++;
            }
        }
        if (told > 0) await db.SaveOverOthersAsync(ct);
        return told;
    }

    private void Write(StudioDb db, Connection connection, string subject, StandingTrouble? trouble)
    {
        var workspace = connection.Workspace;
        if (workspace.Admin.Email is not { Length: > 0 } to) return;
        var (title, text) = trouble is null
            ? ($"{subject} is in good standing again", $"{subject} in {workspace.Name} is in good standing again. Campaigns can be launched there.")
            : ($"{subject} is not in good standing", $"{subject} in {workspace.Name} is not in good standing.\n\n{trouble.What} {trouble.ToDo} Until then no campaign can be launched there.");
        outbox.Write(db, connection.OrganizationId, to, title, $"{text}\n\n{address.Of("/connections")}\n");
    }
}
