using AdStudio.Core.Accounts;
using AdStudio.Web.App;
using AdStudio.Web.Hosting;
using Microsoft.AspNetCore.Components.Authorization;

namespace AdStudio.Web.Auth;

/// <summary>Reads what the frame shows about the person who is signed in.</summary>
internal sealed class FrameReader(AuthenticationStateProvider authentication, FindActor find, GetProfile profile, ListWorkspaces workspaces, IConfiguration configuration)
{
    public async Task<Frame> ReadAsync(Guid? chosenWorkspace, CancellationToken ct)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        var actor = (user.PersonId() is { } person ? await find.RunAsync(person, "page", ct) : null) ?? throw new UnauthorizedAccessException("Nobody is signed in.");

        var me = await profile.RunAsync(actor, ct);
        IReadOnlyList<FrameWorkspace> seen = [.. (await workspaces.RunAsync(actor, ct)).Select(w => new FrameWorkspace(w.Id, w.Name))];
        return new Frame(actor, me.Name, me.Email ?? "", me.OrganizationName, seen, seen.FirstOrDefault(w => w.Id == chosenWorkspace) ?? (seen is [var first, ..] ? first : null), TimeZoneInfo.Local,
            Sandbox: configuration.IsSandbox(), SandboxConsole: configuration.IsSandbox() ? "/sandbox" : null);
    }
}
