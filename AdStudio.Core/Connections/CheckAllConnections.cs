using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AdStudio.Core.Connections;

/// <summary>Asks the platforms about every connection of every organization, so that one that stopped working is seen before somebody needs it.</summary>
[WithoutActor]
public sealed class CheckAllConnections(Studio studio, CheckConnection check, ILogger<CheckAllConnections> log)
{
    /// <summary>How many could not be asked.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var connections = await db.Connections.AsNoTracking().Where(c => c.Health != ConnectionHealth.Disconnected).Select(c => new { c.Id, c.OrganizationId }).ToListAsync(ct);
        var unasked = 0;
        foreach (var connection in connections)
        {
            var checkedNow = await check.RunAsync(Actor.Studio(connection.OrganizationId), connection.Id, ct);
            if (checkedNow.IsDone) continue;
            unasked++;
            log.LogInformation("Connection {ConnectionId} could not be checked: {Reason}", connection.Id, checkedNow.Refusal!.Message);
        }
        return unasked;
    }
}
