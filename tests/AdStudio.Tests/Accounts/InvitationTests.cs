using System.Net;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Tests.Auth;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Accounts;

public sealed class InvitationTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;

    [Fact]
    public async Task A_new_person_follows_the_link_chooses_a_password_and_is_in_the_team()
    {
        var scene = await Scene.SetAsync(app.Studio, "Alpha");
        (await app.Get<InviteByEmail>().RunAsync(scene.TeamAdmin, scene.Team.Id, "nia@alpha.example", TeamRole.Admin, OrganizationRole.Member, Now)).IsDone.ShouldBeTrue();
        var mail = await app.MailAsync("nia@alpha.example", "Tom invites you to Alpha");
        mail.ShouldContain("\"Default team\" of \"Alpha Shoes\"");
        using var visitor = new Visitor(app);

        (await visitor.GetTextAsync(Mailbox.Link(mail))).ShouldContain("Join Alpha");
        (await visitor.SubmitAsync(Mailbox.Link(mail), ("Form.Name", ""), ("Form.Password", "weak"))).Text.ShouldContain("Give your name.");
        (await visitor.SubmitAsync(Mailbox.Link(mail), ("Form.Name", "Nia"), ("Form.Password", "Walk-the-dog-7"))).Location.ShouldBe("/team");

        (await visitor.IsSignedInAsync()).ShouldBeTrue();
        var nia = (await app.Get<GetTeam>().RunAsync(scene.TeamAdmin, scene.Team.Id, Now)).Value.Members.Single(m => m.Email == "nia@alpha.example");
        (nia.Name, nia.Role, nia.OrganizationRole).ShouldBe(("Nia", TeamRole.Admin, OrganizationRole.Member));
        (await app.Get<GetProfile>().RunAsync(await app.ActorAsync(nia.PersonId), Now)).EmailConfirmed.ShouldBeTrue();
        (await visitor.GetTextAsync(Mailbox.Link(mail))).ShouldContain("This invitation no longer works.");
    }

    [Fact]
    public async Task Somebody_of_the_organization_just_joins_and_is_not_signed_in_by_the_link()
    {
        var scene = await Scene.SetAsync(app.Studio, "Beta");
        var team = (await app.Get<CreateTeam>().RunAsync(scene.Admin, scene.Workspace.Id, "Second", Now)).Value;
        await app.Get<InviteByEmail>().RunAsync(scene.Admin, team.Id, "mia@beta.example", TeamRole.Member, OrganizationRole.Admin, Now);
        using var visitor = new Visitor(app);

        (await visitor.SubmitAsync(Mailbox.Link(await app.MailAsync("mia@beta.example", "invites you")))).Status.ShouldBe(HttpStatusCode.Redirect);

        (await visitor.IsSignedInAsync()).ShouldBeFalse();
        var mia = await app.ActorAsync(scene.Manager.Id);
        mia.Teams.Keys.ShouldBe([scene.Team.Id, team.Id], ignoreOrder: true);
        mia.Role.ShouldBe(OrganizationRole.Member, "an invitation gives nobody who is here already more than the team");
    }

    [Fact]
    public async Task An_address_of_another_organization_is_told_so()
    {
        var scene = await Scene.SetAsync(app.Studio, "Gamma");
        await Scene.SetAsync(app.Studio, "Delta");
        await app.Get<InviteByEmail>().RunAsync(scene.Admin, scene.Team.Id, "mia@delta.example", TeamRole.Member, OrganizationRole.Member, Now);
        using var visitor = new Visitor(app);

        (await visitor.GetTextAsync(Mailbox.Link(await app.MailAsync("mia@delta.example", "invites you")))).ShouldContain(new InAnotherOrganization("mia@delta.example").Message);
    }

    [Fact]
    public async Task A_withdrawn_or_older_link_no_longer_works()
    {
        var scene = await Scene.SetAsync(app.Studio, "Epsilon");
        var invitation = (await app.Get<InviteByEmail>().RunAsync(scene.Admin, scene.Team.Id, "ola@epsilon.example", TeamRole.Member, OrganizationRole.Client, Now)).Value;
        var first = CodeOf(await app.MailAsync("ola@epsilon.example", "invites you"));
        await app.Get<ResendInvitation>().RunAsync(scene.TeamAdmin, invitation.Id, Now);
        (await app.Get<ReadInvitation>().RunAsync(first, Now)).Refusal.ShouldBeOfType<InvitationOver>();

        (await app.Get<ListInvitations>().RunAsync(scene.TeamAdmin, scene.Workspace.Id, Now)).Value.ShouldHaveSingleItem().Email.ShouldBe("ola@epsilon.example");
        (await app.Get<WithdrawInvitation>().RunAsync(scene.TeamAdmin, invitation.Id, Now)).IsDone.ShouldBeTrue();

        (await app.Get<ListInvitations>().RunAsync(scene.TeamAdmin, scene.Workspace.Id, Now)).Value.ShouldBeEmpty();
        (await app.Get<ResendInvitation>().RunAsync(scene.TeamAdmin, invitation.Id, Now)).Refusal.ShouldBeOfType<InvitationNotFound>();
    }

    [Fact]
    public async Task An_invitation_runs_out_after_a_week()
    {
        var scene = await Scene.SetAsync(app.Studio, "Zeta");
        var invitation = (await app.Get<InviteByEmail>().RunAsync(scene.Admin, scene.Team.Id, "old@zeta.example", TeamRole.Member, OrganizationRole.Member, Now)).Value;
        (invitation.ExpiresAt - invitation.CreatedAt).ShouldBe(TimeSpan.FromDays(7));
        var code = CodeOf(await app.MailAsync("old@zeta.example", "invites you"));

        await using (var db = await app.Studio.OpenAsync(scene.Admin, Now))
        {
            var past = DateTimeOffset.UtcNow.AddSeconds(-1);
            await db.Invitations.Where(i => i.Id == invitation.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.ExpiresAt, past), Now);
        }

        (await app.Get<AcceptInvitation>().RunAsync(code, "Old", "Walk-the-dog-7", Now)).Refusal.ShouldBeOfType<InvitationOver>();
    }

    [Fact]
    public async Task Only_admins_of_the_team_invite_and_only_admins_of_the_organization_make_admins()
    {
        var scene = await Scene.SetAsync(app.Studio, "Eta");
        var invite = app.Get<InviteByEmail>();
        foreach (var actor in new[] { scene.Manager, scene.Viewer })
        {
            (await invite.RunAsync(actor, scene.Team.Id, "x@eta.example", TeamRole.Member, OrganizationRole.Member, Now)).Refusal.ShouldBeOfType<TeamAdminNeeded>();
            (await app.Get<ListInvitations>().RunAsync(actor, scene.Workspace.Id, Now)).Value.ShouldBeEmpty();
        }
        (await invite.RunAsync(scene.TeamAdmin, scene.Team.Id, "x@eta.example", TeamRole.Member, OrganizationRole.Admin, Now)).Refusal.ShouldBeOfType<OrganizationAdminNeeded>();
        (await invite.RunAsync(scene.TeamAdmin, scene.Team.Id, "x@eta.example", TeamRole.Admin, OrganizationRole.Client, Now)).Refusal.ShouldBeOfType<InvalidError>();
        (await invite.RunAsync(scene.TeamAdmin, scene.Team.Id, "mia@eta.example", TeamRole.Member, OrganizationRole.Member, Now)).Refusal!.Message.ShouldBe("This person is in the team already.");
        var made = (await invite.RunAsync(scene.TeamAdmin, scene.Team.Id, "x@eta.example", TeamRole.Member, OrganizationRole.Member, Now)).Value;
        (await invite.RunAsync(scene.TeamAdmin, scene.Team.Id, "x@eta.example", TeamRole.Member, OrganizationRole.Member, Now)).Refusal!.Message.ShouldStartWith("This address is invited already.");
        (await app.Get<WithdrawInvitation>().RunAsync(scene.Manager, made.Id, Now)).Refusal.ShouldBeOfType<TeamAdminNeeded>();
    }

    private static string CodeOf(string mail) => Mailbox.Link(mail).Split("code=")[1];
}
