using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Data;

public sealed class StudioDbTests(StudioApp app) : IClassFixture<StudioApp>
{
    [Fact]
    public async Task An_organization_sees_its_own_rows_only()
    {
        var ours = await Scene.SetAsync(app.Studio, "Ours");
        await Scene.SetAsync(app.Studio, "Theirs");

        await using var db = await app.Studio.OpenAsync(ours.Admin, CancellationToken.None);

        (await db.Workspaces.Select(w => w.Name).ToListAsync()).ShouldBe(["Ours Shoes"]);
        (await db.AdAccounts.CountAsync()).ShouldBe(2);
        (await db.Users.CountAsync()).ShouldBe(4);
    }

    [Fact]
    public async Task Saving_a_row_of_another_organization_throws()
    {
        var ours = await Scene.SetAsync(app.Studio, "Careful");
        await using var db = await app.Studio.OpenAsync(ours.Admin, CancellationToken.None);
        db.Add(new Organization { Name = "x" });
        db.Add(new AuditEntry { OrganizationId = Guid.NewGuid() });

        await Should.ThrowAsync<InvalidOperationException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task A_change_is_audited_with_before_and_after_in_the_same_save()
    {
        var scene = await Scene.SetAsync(app.Studio, "Audited");
        await using var db = await app.Studio.OpenAsync(scene.Admin, CancellationToken.None);
        (await db.Teams.SingleAsync()).Name = "Launch team";
        await db.SaveChangesAsync();

        var entry = await db.AuditEntries.SingleAsync(a => a.SubjectId == scene.Team.Id && a.Verb == "changed");
        entry.ActorName.ShouldBe("Ada");
        entry.Before.ShouldBe("""{"name":"Default team"}""");
        entry.After.ShouldBe("""{"name":"Launch team"}""");
    }

    [Fact]
    public async Task A_save_over_a_newer_version_is_refused()
    {
        var scene = await Scene.SetAsync(app.Studio, "Stale");
        await using var first = await app.Studio.OpenAsync(scene.Admin, CancellationToken.None);
        await using var second = await app.Studio.OpenAsync(scene.Admin, CancellationToken.None);
        (await first.Teams.SingleAsync()).Name = "First";
        (await second.Teams.SingleAsync()).Name = "Second";
        await first.SaveChangesAsync();

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
    }

    [Fact]
    public async Task Without_an_actor_there_are_no_rows()
    {
        await Scene.SetAsync(app.Studio, "Hidden");
        await using var db = await app.Studio.OpenAsync(Actor.Studio(Guid.Empty), CancellationToken.None);

        (await db.Workspaces.CountAsync()).ShouldBe(0);
    }
}
