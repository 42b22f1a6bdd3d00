using System.Net;
using System.Text.RegularExpressions;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Surfaces;

/// <summary>Every operation of every surface, walked by those whom it is not for.</summary>
public sealed partial class EveryOperationTests(PartnerApp app) : IClassFixture<PartnerApp>, IAsyncLifetime
{
    private static readonly string[] WithTokens = ["crm", "embedded"];
    private House house = null!;
    private IReadOnlyList<Route> routes = [];

    public async Task InitializeAsync()
    {
        house = await House.FurnishAsync(app);
        routes = Route.All(app);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task To_nobody_none_answers()
    {
        foreach (var route in routes)
        {
            var reply = await House.SendAsync(new Partner(app.Address), route, route.With(house.Ours));
            reply.Status.ShouldBe(HttpStatusCode.Unauthorized, $"{route}: {reply.Text}");
            House.ShouldBeKind(reply, route.ToString());
        }
    }

    [Fact]
    public async Task To_another_organization_our_things_are_as_if_they_were_not_there()
    {
        var strangers = await House.CallersAsync(app, app.Strangers, "Ada-1");
        await ShouldNotTellOursFromNobodysAsync(routes, strangers);
    }

    [Fact]
    public async Task To_another_team_our_things_are_as_if_they_were_not_there()
    {
        await using (var db = await app.Studio.OpenAsync(app.Scene.Admin, default))
        {
            if (!await db.Users.AnyAsync(p => p.ExternalUserId == "Olga-1"))
            {
                var olga = new Person { Name = "Olga", UserName = "olga", NormalizedUserName = "OLGA", ExternalUserId = "Olga-1", SecurityStamp = "x", CreatedAt = DateTimeOffset.UnixEpoch };
                var other = new Workspace { Name = "Elsewhere", EnterpriseId = "elsewhere", Number = 777, Admin = olga, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch };
                db.AddRange(olga, other, new Team { Workspace = other, Name = "Default team", IsDefault = true, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch });
                await db.SaveChangesAsync();
            }
        }
        await ShouldNotTellOursFromNobodysAsync([.. routes.Where(r => WithTokens.Contains(r.Surface))], await House.CallersAsync(app, app.Scene, "Olga-1"));
    }

    [Fact]
    public async Task A_viewer_changes_nothing()
    {
        var viewer = await House.CallersAsync(app, app.Scene, "Vic-1");
        var before = await TracesAsync(app.Scene.Viewer.Id);
        foreach (var route in routes.Where(r => WithTokens.Contains(r.Surface) && !r.OnlyReads && !r.Template.Contains("/auth/", StringComparison.Ordinal)))
        {
            var reply = await House.SendAsync(viewer[route.Surface], route, route.With(house.Ours));
            House.ShouldBeKind(reply, route.ToString());
            // Of several things at once, each is refused for itself.
            if (!route.Template.Contains("/bulk/", StringComparison.Ordinal) && !MayCreate(route)) ((int)reply.Status).ShouldBeInRange(400, 409, $"{route}: {reply.Text}");
        }
        (await TracesAsync(app.Scene.Viewer.Id)).ShouldBe(before, ignoreOrder: true);
    }

    [Fact]
    public async Task A_key_reaches_no_further_than_its_scopes()
    {
        const string narrow = ApiScopes.ReadNumbers;
        var callers = await House.CallersAsync(app, app.Scene, "Ada-1", narrow);
        foreach (var route in routes)
        {
            if (route.Template.Contains("/auth/", StringComparison.Ordinal)) continue; // what brings tokens
            route.Scope.ShouldNotBeNull($"{route} asks for no scope");
            if (route.Scope == narrow) continue;
            var reply = await House.SendAsync(callers[route.Surface], route, route.With(house.Ours));
            reply.Status.ShouldBe(HttpStatusCode.Forbidden, $"{route}: {reply.Text}");
            reply.Body["error"]!["code"]!.GetValue<string>().ShouldBe("FORBIDDEN_SCOPE", $"{route}: {reply.Text}");
        }
    }

    /// <summary>What anybody may make who is in the organization at all: a workspace of one's own.</summary>
    private static bool MayCreate(Route route) => route is { Method: "POST" } && route.Template is "/api/v1/workspace" or "/api/v1/workspace/";

    private async Task ShouldNotTellOursFromNobodysAsync(IEnumerable<Route> walked, IReadOnlyDictionary<string, Partner> callers)
    {
        var ids = new[] { app.Scene.Meta.Id, app.Scene.Google.Id, app.Scene.Workspace.Id, app.Scene.Team.Id, app.Scene.Organization.Id }.Select(i => i.ToString()).ToList();
        var before = await EverythingAsync();
        foreach (var route in walked)
        {
            var (ours, nobodys) = (route.With(house.Ours), route.With(house.Nobodys));
            var reply = await House.SendAsync(callers[route.Surface], route, ours);
            House.ShouldBeKind(reply, route.ToString());
            reply.Text.ShouldNotContain(House.Secret, Case.Sensitive, route.ToString());
            foreach (var id in ids.Where(i => !ours.Contains(i, StringComparison.Ordinal) && route.Body?.Contains(i, StringComparison.Ordinal) != true)) reply.Text.ShouldNotContain(id, Case.Sensitive, route.ToString());
            if (ours == nobodys) continue;

            var of = await House.SendAsync(callers[route.Surface], route, nobodys);
            ((int)reply.Status).ShouldBeInRange(400, 404, $"{route}: {reply.Text}");
            (reply.Status, Words(reply)).ShouldBe((of.Status, Words(of)), $"{route} tells ours from nobody's: {reply.Text} / {of.Text}");
        }
        (await EverythingAsync()).ShouldBe(before);
    }

    /// <summary>The answer without what differs for each.</summary>
    private static string Words(Reply reply) => Differing().Replace(reply.Text, "…");

    private async Task<IReadOnlyList<string>> TracesAsync(Guid by)
    {
        await using var db = await app.Studio.OpenAsync(app.Scene.Admin, default);
        return [.. await db.AuditEntries.Where(a => a.ActorId == by).Select(a => a.Verb + " " + a.SubjectName).ToListAsync(), .. await db.Operations.Where(o => o.RequestedById == by).Select(o => o.Kind.ToString()).ToListAsync()];
    }

    /// <summary>What anybody but the studio itself has done in our organization.</summary>
    private async Task<int> EverythingAsync()
    {
        await using var db = await app.Studio.OpenAsync(app.Scene.Admin, default);
        return await db.AuditEntries.CountAsync(a => a.ActorKind != ActorKind.Studio && a.WorkspaceId == app.Scene.Workspace.Id) + await db.Operations.CountAsync();
    }

    [GeneratedRegex("""[0-9a-f]{8}-[0-9a-f-]{27}|req_[0-9a-f]+|\d{4}-\d\d-\d\dT[\d:.]+Z|"path":"[^"]*"|\b\w{2,4}_[0-9A-HJKMNP-TV-Z]{26}\b|987654|\b\d+\b""")]
    private static partial Regex Differing();
}
