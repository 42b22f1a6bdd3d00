using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Tests.Support;
using AdStudio.Web.Shared.History;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Accounts;

public sealed class HistoryTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task Changes_are_told_in_sentences()
    {
        var scene = await Scene.SetAsync(app.Studio, "Told");
        await app.Get<RenameTeam>().RunAsync(scene.TeamAdmin, scene.Team.Id, "Growth", null, Now);
        await app.Get<ChangeTeamMemberRole>().RunAsync(scene.TeamAdmin, scene.Team.Id, "Mia-1", TeamRole.Admin, Now);
        await app.Get<GrantAdAccount>().RunAsync(scene.TeamAdmin, scene.Team.Id, "act_1001", "Vic-1", AccountAccess.Manager, Now);
        await app.Get<InviteByEmail>().RunAsync(scene.TeamAdmin, scene.Team.Id, "nia@told.example", TeamRole.Member, OrganizationRole.Member, Now);
        await app.Get<RemoveTeamMembers>().RunAsync(scene.TeamAdmin, scene.Team.Id, ["Vic-1"], Now);

        var told = (await app.Get<ListHistory>().RunAsync(scene.Admin, new HistoryFilter(scene.Workspace.Id), Now)).Where(h => h.ActorName == "Tom").Select(HistoryWords.Sentence).ToList();

        told.ShouldContain("renamed the team “Default team” to “Growth”");
        told.ShouldContain("made “Mia” an admin of the team “Growth”");
        told.ShouldContain("let “Vic” manage the ad account “Told Meta”");
        told.ShouldContain("invited “nia@told.example”");
        told.ShouldContain("took “Vic” out of the team “Growth”");
        told.ShouldContain("took back what “Vic” could do with the ad account “Told Meta”");
    }

    [Fact]
    public async Task Each_reads_what_concerns_their_work()
    {
        var scene = await Scene.SetAsync(app.Studio, "Seen");
        var other = (await app.Get<CreateWorkspace>().RunAsync(scene.Admin, "Secret brand", null, Now)).Value;
        await app.Get<CreateTeam>().RunAsync(scene.Admin, other.Id, "Secret team", Now);
        await app.Get<UpdateProfile>().RunAsync(scene.Viewer, "Victor", Now);
        await app.Get<GrantAdAccount>().RunAsync(scene.TeamAdmin, scene.Team.Id, "act_1001", "Vic-1", AccountAccess.Manager, Now);

        var seen = await app.Get<ListHistory>().RunAsync(scene.Viewer, new HistoryFilter(Limit: 100), Now);

        seen.ShouldContain(h => h.Subject == "Person" && h.ActorName == "Vic", "what one did oneself");
        seen.ShouldContain(h => h.Subject == "AdAccountGrant", "what happened on an account one reads");
        seen.ShouldNotContain(h => h.SubjectName.StartsWith("Secret", StringComparison.Ordinal));
        (await app.Get<ListHistory>().RunAsync(scene.Admin, new HistoryFilter(other.Id), Now)).ShouldContain(h => h.SubjectName == "Secret team");
    }
}
