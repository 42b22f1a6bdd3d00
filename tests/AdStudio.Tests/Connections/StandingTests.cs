using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Connections;

/// <summary>What is said of an account that ads can't run on, and who hears of it how often.</summary>
public sealed class StandingTests : IAsyncLifetime
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private static readonly PlatformAccount Good = new("act_1", "Shoes EU", "EUR", "Europe/Berlin", AdAccountStatus.Active)
    {
        UserTasks = ["DRAFT", "ANALYZE", "ADVERTISE"], AmountSpentMicros = 5_050_240_000,
        Assets = [new(AccountAssetKind.Page, "173", "Shoes"), new(AccountAssetKind.InstagramAccount, "178", "shoes_eu", "173")],
    };

    private readonly FakePlatformsApp app = new();
    private Scene scene = null!;
    private Guid connection;

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        scene = await Scene.SetAsync(app.Studio);
        app.Meta.Accounts = [Good];
        var started = (await app.Get<StartConnection>().RunAsync(scene.TeamAdmin, new(Platform.Meta, new Uri("https://studio.example")), Now)).Value;
        var state = QueryHelpers.ParseQuery(started.AuthorizeUrl.Query)["state"].Single()!;
        connection = (await app.Get<FinishConnection>().RunAsync(scene.TeamAdmin, new(Platform.Meta, state, "good", null, null), Now)).Outcome.Value.ConnectionId;
        // What the scene brought along is told before.
        await app.Get<TellStanding>().RunAsync(Now);
    }

    public async Task DisposeAsync() => await ((IAsyncLifetime)app).DisposeAsync();

    [Fact]
    public async Task A_good_account_says_what_was_read_of_it()
    {
        var standing = await StandingAsync();

        standing.IsGood.ShouldBeTrue();
        (standing.IsTokenValid, standing.UserHasAccess, standing.Page!.Name, standing.Instagram!.Name, standing.Account.AmountSpentMicros).ShouldBe((true, true, "Shoes", "shoes_eu", 5_050_240_000));
        standing.Account.UserTasks.ShouldBe(["DRAFT", "ANALYZE", "ADVERTISE"]);
    }

    [Theory]
    [InlineData("disabled", "The platform has disabled the account. Clear it up on Meta, or use another account.", true)]
    [InlineData("no_advertise_task", "The person who connected it may not run ads there (only DRAFT, ANALYZE). Ask for the task ADVERTISE on Meta, then sync the accounts.", false)]
    [InlineData("no_page", "There is no page for which its ads could run. Give it one on Meta, then sync the accounts.", true)]
    [InlineData("out_of_reach", "No longer among the accounts that this connection may use. Ask its owner on Meta to give access again, then sync the accounts.", false)]
    public async Task What_is_wrong_is_said_with_what_to_do(string code, string said, bool hasAccess)
    {
        await ReadAsync(Spoilt(code));

        var standing = await StandingAsync();
        var trouble = standing.Troubles.ShouldHaveSingleItem();
        (trouble.Code, $"{trouble.What} {trouble.ToDo}", standing.UserHasAccess).ShouldBe((code, said, hasAccess));
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("no_advertise_task")]
    [InlineData("no_page")]
    [InlineData("out_of_reach")]
    public async Task A_change_is_told_once_and_again_when_it_is_good(string code)
    {
        await ReadAsync(Spoilt(code));
        (await app.Get<TellStanding>().RunAsync(Now)).ShouldBe(1);
        await ReadAsync(Spoilt(code));
        (await app.Get<TellStanding>().RunAsync(Now)).ShouldBe(0);
        await ReadAsync([Good]);
        (await app.Get<TellStanding>().RunAsync(Now)).ShouldBe(1);

        (await EventsAsync()).ShouldBe(["connection.unhealthy", "connection.healthy"]);
        (await LettersAsync("Shoes EU")).ShouldBe(["Shoes EU (Meta) is not in good standing", "Shoes EU (Meta) is in good standing again"]);
    }

    [Fact]
    public async Task A_connection_that_ends_is_told_once_and_its_accounts_are_not_told_one_by_one()
    {
        await TurnAsync(ConnectionHealth.Expired);
        (await app.Get<TellStanding>().RunAsync(Now)).ShouldBe(1);
        (await app.Get<TellStanding>().RunAsync(Now)).ShouldBe(0);
        (await StandingAsync()).ShouldSatisfyAllConditions(s => s.IsTokenValid.ShouldBeFalse(), s => s.UserHasAccess.ShouldBeFalse(), s => s.Troubles.ShouldHaveSingleItem().Code.ShouldBe("access_expired"));
        await TurnAsync(ConnectionHealth.Good);
        (await app.Get<TellStanding>().RunAsync(Now)).ShouldBe(1);

        (await EventsAsync()).ShouldBe(["connection.unhealthy", "connection.healthy"]);
        (await LettersAsync("Olga Owner")).ShouldBe(["Meta of Olga Owner is not in good standing", "Meta of Olga Owner is in good standing again"]);
    }

    [Fact]
    public async Task An_account_of_somebody_else_is_not_there()
    {
        var stranger = await Scene.SetAsync(app.Studio, "Stranger");
        (await app.Get<CheckStanding>().RunAsync(stranger.Admin, new(AdAccountId: (await StandingAsync()).Account.Id), Now)).Refusal.ShouldBeOfType<AdAccountNotFound>();
    }

    private static PlatformAccount[] Spoilt(string code) => code switch
    {
        "disabled" => [Good with { Status = AdAccountStatus.Disabled }],
        "no_advertise_task" => [Good with { UserTasks = ["DRAFT", "ANALYZE"] }],
        "no_page" => [Good with { Assets = [] }],
        _ => [],
    };

    private async Task ReadAsync(PlatformAccount[] accounts)
    {
        app.Meta.Accounts = [.. accounts];
        (await app.Get<SyncAdAccounts>().RunAsync(scene.TeamAdmin, connection, Now)).IsDone.ShouldBeTrue();
    }

    private async Task TurnAsync(ConnectionHealth health)
    {
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        (await db.Connections.SingleAsync(c => c.Id == connection)).Health = health;
        await db.SaveChangesAsync();
    }

    private async Task<AccountStanding> StandingAsync() => (await app.Get<CheckStanding>().RunAsync(scene.Admin, new(scene.Workspace.Id), Now)).Value.Single(s => s.Account.ConnectionId == connection);

    private async Task<List<string>> EventsAsync()
    {
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        return [.. (await db.StudioEvents.AsNoTracking().Where(e => e.SubjectId == connection).ToListAsync()).OrderBy(e => e.Id.ToString(), StringComparer.Ordinal).Select(e => e.Name)];
    }

    private async Task<List<string>> LettersAsync(string about)
    {
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        return [.. (await db.OutgoingMails.AsNoTracking().Where(m => m.Subject.Contains(about)).ToListAsync()).OrderBy(m => m.CreatedAt).Select(m => m.Subject)];
    }
}
