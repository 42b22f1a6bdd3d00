using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Web.Shared.Figures;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.Team;

public sealed partial class TeamPanel
{
    [Parameter, EditorRequired] public TeamRow Team { get; set; } = null!;
    [Parameter, EditorRequired] public TeamGrants Grants { get; set; } = null!;
    [Parameter] public EventCallback OnChanged { get; set; }
    [Parameter] public EventCallback OnRename { get; set; }

    [Inject] private ChangeTeamMemberRole ChangeRole { get; set; } = null!;
    [Inject] private RemoveTeamMembers Remove { get; set; } = null!;
    [Inject] private GrantAdAccount Grant { get; set; } = null!;
    [Inject] private RevokeAdAccountGrant Revoke { get; set; } = null!;
    [Inject] private PreviewDeleteTeam PreviewDelete { get; set; } = null!;
    [Inject] private DeleteTeam Delete { get; set; } = null!;

    private string Line => string.Join(" · ",
        new[] { Team.IsDefault ? "Connections go here unless another team is named" : null, Shown.Count(Team.Members.Count, "member"), Shown.Count(Grants.Accounts.Count, "ad account") }.Where(part => part is not null));

    private AccountAccess? AccessOf(TeamMemberRow member, GrantAccount account) =>
        Grants.Grants.FirstOrDefault(g => g.PersonId == member.PersonId && g.AdAccountId == account.Id)?.Access;

    private Task ChangeRoleAsync(TeamMemberRow member, object? value) => RunAsync(async ct =>
    {
        if (!Enum.TryParse<TeamRole>(value as string, out var role)) return;
        if (Take(await ChangeRole.RunAsync(Actor, Team.Id, member.PersonId.ToString(), role, ct), out var changed))
            Toasts.Done(changed.Notice ?? $"{member.CalledBy} is {(role == TeamRole.Admin ? "an admin" : "a member")} of {Team.Name} now", () => ChangeRoleAsync(member with { Role = role }, member.Role.ToString()));
        await OnChanged.InvokeAsync();
    });

    private Task ChangeAccessAsync(TeamMemberRow member, GrantAccount account, object? value) => RunAsync(async ct =>
    {
        var before = AccessOf(member, account);
        AccountAccess? access = Enum.TryParse<AccountAccess>(value as string, out var asked) ? asked : null;
        var (person, adAccount) = (member.PersonId.ToString(), account.Id.ToString());
        var done = access is { } wanted
            ? Take(await Grant.RunAsync(Actor, Team.Id, adAccount, person, wanted, ct))
            : Take(await Revoke.RunAsync(Actor, Team.Id, adAccount, person, ct));
        if (done)
            Toasts.Done(access switch
            {
                AccountAccess.Manager => $"{member.CalledBy} manages {account.Name} now",
                AccountAccess.Viewer => $"{member.CalledBy} sees {account.Name} now",
                _ => $"{member.CalledBy} has no access to {account.Name} any more",
            }, () => ChangeAccessAsync(member, account, before?.ToString()));
        await OnChanged.InvokeAsync();
    });

    private async Task RemoveAsync(TeamMemberRow member)
    {
        var held = Grants.Grants.Count(g => g.PersonId == member.PersonId);
        var lastAdmin = member.Role == TeamRole.Admin && Team.Members.Count(m => m.Role == TeamRole.Admin) == 1 && Team.Members.Count > 1;
        var lost = (held == 0 ? "They no longer see the team." : $"They no longer see the team, and lose access to {Shown.Count(held, "ad account")}.")
            + (lastAdmin ? $" {Team.Name} then has no admin of its own: the workspace's admin looks after it." : "");
        if (!await Confirm.AskAsync($"Take {member.CalledBy} out of {Team.Name}?", lost, "Take out")) return;
        await RunAsync(async ct =>
        {
            if (Take(await Remove.RunAsync(Actor, Team.Id, [member.PersonId.ToString()], ct), out var removed)) Toasts.Done(removed.Notice ?? $"{member.CalledBy} left {Team.Name}");
            await OnChanged.InvokeAsync();
        });
    }

    private Task DeleteAsync() => RunAsync(async ct =>
    {
        if (!Take(await PreviewDelete.RunAsync(Actor, Team.Id, ct), out var contents)) return;
        List<string> moves = [];
        if (contents.Connections > 0) moves.Add(Shown.Count(contents.Connections, "connection"));
        if (contents.AdAccounts > 0) moves.Add(Shown.Count(contents.AdAccounts, "ad account"));
        if (contents.Campaigns > 0) moves.Add(Shown.Count(contents.Campaigns, "campaign"));
        var lost = (contents.Members == 0 ? "Nobody is in it." : $"Its {Shown.Count(contents.Members, "member")} {(contents.Members == 1 ? "loses" : "lose")} what only this team gave them.")
            + (moves.Count == 0 ? "" : $" {string.Join(", ", moves)} {(moves.Count == 1 && moves[0].StartsWith("1 ", StringComparison.Ordinal) ? "goes" : "go")} over to {contents.MovesTo}.");
        if (!await Confirm.AskAsync($"Delete the team {contents.Name}?", lost, "Delete team")) return;
        if (Take(await Delete.RunAsync(Actor, Team.Id, ct), out var name)) Toasts.Done($"{name} is deleted");
        await OnChanged.InvokeAsync();
    });
}
