using AdStudio.Core.Accounts;
using AdStudio.Core.Connections;
using AdStudio.Web.Features.Settings;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.Team;

/// <summary>A team to rename, or a new one.</summary>
public sealed record TeamToName(TeamRow? Team);

public sealed partial class TeamPage
{
    private static readonly string[] Told = ["Workspace", "Team", "TeamMember", "Invitation", "AdAccountGrant"];

    private WorkspaceRow? row;
    private IReadOnlyList<TeamRow> teams = [];
    private Dictionary<Guid, TeamGrants> grants = [];
    private IReadOnlyList<InvitationRow> invitations = [];
    private IReadOnlyList<HistoryItem>? history;
    private bool loaded;
    private bool adding;
    private TeamToName? naming;
    private WorkspaceRow? renaming;
    private WorkspaceRow? handingOver;

    [Inject] private GetWorkspace GetWorkspace { get; set; } = null!;
    [Inject] private ListTeams ListTeams { get; set; } = null!;
    [Inject] private ListTeamGrants ListGrants { get; set; } = null!;
    [Inject] private ListInvitations ListInvitations { get; set; } = null!;
    [Inject] private ListHistory ListHistory { get; set; } = null!;
    [Inject] private PreviewDeleteWorkspace PreviewDelete { get; set; } = null!;
    [Inject] private DeleteWorkspace Delete { get; set; } = null!;

    protected override Task OnInitializedAsync() => ChangedAsync();

    private Task ChangedAsync() => RunAsync(ReadAsync);

    private Task FrameChangedAsync() => RunAsync(async ct =>
    {
        await Frame.RefreshAsync(ct);
        await ReadAsync(ct);
    });

    private async Task ReadAsync(CancellationToken ct)
    {
        if (Workspace is not { } workspace) return;
        if (!Take(await GetWorkspace.RunAsync(Actor, workspace.Id, ct), out row) || !Take(await ListTeams.RunAsync(Actor, workspace.Id, ct), out var found)) return;

        Dictionary<Guid, TeamGrants> read = [];
        foreach (var team in found) read[team.Id] = (await ListGrants.RunAsync(Actor, team.Id, ct)).TryGet(out var matrix, out _) ? matrix : new TeamGrants([], []);
        (grants, teams) = (read, found);
        if (teams.Any(t => t.MayChange))
        {
            if (Take(await ListInvitations.RunAsync(Actor, workspace.Id, ct), out var open)) invitations = open;
            history = await ListHistory.RunAsync(Actor, new HistoryFilter(workspace.Id, Told, Limit: 10), ct);
        }
        else (invitations, history) = ([], null);
        loaded = true;
    }

    private Task DeleteWorkspaceAsync() => RunAsync(async ct =>
    {
        if (row is null || !Take(await PreviewDelete.RunAsync(Actor, row.Id, ct), out var contents)) return;
        if (contents.Running.Count > 0)
        {
            Show(new WorkspaceStillRuns(row.Name, contents.Running));
            return;
        }
        if (!await Confirm.AskAsync($"Delete the workspace {row.Name}?", WorkspaceWords.Lost(contents), "Delete workspace", typeToConfirm: row.Name)) return;
        if (!Take(await Delete.RunAsync(Actor, row.Id, ct))) return;
        Toasts.Done($"{row.Name} is deleted");
        await Frame.RefreshAsync(ct);
    });
}
