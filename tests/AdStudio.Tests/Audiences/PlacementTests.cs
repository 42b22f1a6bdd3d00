using AdStudio.Core.Audiences;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Audiences;

/// <summary>An audience put on an ad account, and what may go wrong meanwhile.</summary>
public sealed class PlacementTests : IAsyncLifetime
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private readonly AudienceDesk desk = new();

    public Task InitializeAsync() => desk.InitializeAsync();
    public Task DisposeAsync() => desk.DisposeAsync();

    [Fact]
    public async Task A_list_is_made_on_the_account_and_filled_in_batches()
    {
        desk.Meta.MembersACall = 10;
        var (scene, list) = await ListOfAsync("Filled", 25);
        var asked = await desk.PlaceAsync(scene, list.Id);
        (asked.Status, asked.ExternalId).ShouldBe((PlacementStatus.Waiting, ""));

        await desk.WorkAsync();

        var there = await desk.OnMetaAsync(scene, list.Id);
        (there.Status, there.ExternalId, there.Uploaded, there.Sent, there.Total, there.SyncedAt).ShouldBe((PlacementStatus.Ready, "Meta-1", 25, 25, 25, desk.Clock.Now));
        desk.Meta.Standing["Meta-1"].Members.Count.ShouldBe(25);
        desk.Meta.Batches.Select(b => (b.Sequence, b.Members.Count, b.IsLast, b.Total)).ShouldBe([(1, 10, false, 25), (2, 10, false, 25), (3, 5, true, 25)]);
        desk.Meta.Batches.Select(b => b.SessionId).Distinct().Count().ShouldBe(1);
        (await desk.Get<PlacementQueue>().NextAsync([], Now)).ShouldBeNull();
    }

    [Fact]
    public async Task A_creation_whose_answer_is_lost_is_found_by_its_marker_and_not_repeated()
    {
        var (scene, list) = await ListOfAsync("Lost", 3);
        await desk.PlaceAsync(scene, list.Id);
        desk.Meta.LosesAnswer = true;

        await desk.WorkAsync();

        desk.Meta.Calls.ShouldBe(["create", "find", "add"]);
        (await desk.OnMetaAsync(scene, list.Id)).ExternalId.ShouldBe("Meta-1");
    }

    [Fact]
    public async Task While_the_platform_cannot_be_asked_what_it_made_nothing_is_made_again()
    {
        var (scene, list) = await ListOfAsync("Blind", 3);
        await desk.PlaceAsync(scene, list.Id);
        desk.Meta.LosesAnswer = true;
        var blind = true;
        desk.Meta.Before = call => Task.FromResult<Refusal?>(call == "find" && blind ? desk.Meta.Failure(PlatformFailureKind.Unavailable, "Down.") : null);

        await desk.WorkAsync();
        (await desk.OnMetaAsync(scene, list.Id)).Status.ShouldBe(PlacementStatus.Waiting);
        desk.Clock.Now += TimeSpan.FromMinutes(5);
        await desk.WorkAsync();
        blind = false;
        desk.Clock.Now += TimeSpan.FromMinutes(15);
        await desk.WorkAsync();

        desk.Meta.Calls.Count(c => c == "create").ShouldBe(1);
        desk.Meta.Standing.Count.ShouldBe(1);
        (await desk.OnMetaAsync(scene, list.Id)).Status.ShouldBe(PlacementStatus.Ready);
    }

    [Fact]
    public async Task A_limit_in_the_middle_waits_as_long_as_the_platform_asks_and_goes_on_with_the_next_batch()
    {
        desk.Meta.MembersACall = 10;
        var (scene, list) = await ListOfAsync("Limited", 30);
        await desk.PlaceAsync(scene, list.Id);
        var until = desk.Clock.Now.AddMinutes(40);
        desk.Meta.Before = call => Task.FromResult<Refusal?>(call == "add" && desk.Meta.Batches.Count == 1 && desk.Clock.Now < until ? desk.Meta.Failure(PlatformFailureKind.RateLimited) with { RetryAt = until } : null);

        await desk.WorkAsync();
        var waiting = await desk.OnMetaAsync(scene, list.Id);
        (waiting.Status, waiting.Sent, waiting.Total, waiting.NextTryAt).ShouldBe((PlacementStatus.Waiting, 10, 30, until));
        waiting.FailureText.ShouldNotBeNull().ShouldContain("asks to wait");
        desk.Clock.Now += TimeSpan.FromMinutes(39);
        (await desk.Get<PlacementQueue>().NextAsync([], Now)).ShouldBeNull();

        desk.Clock.Now += TimeSpan.FromMinutes(1);
        await desk.WorkAsync();

        desk.Meta.Batches.Select(b => b.Sequence).ShouldBe([1, 2, 3]);
        var there = await desk.OnMetaAsync(scene, list.Id);
        (there.Status, there.Uploaded, there.FailureText).ShouldBe((PlacementStatus.Ready, 30, null));
    }

    [Fact]
    public async Task Pauses_grow_while_a_platform_is_down()
    {
        var (scene, list) = await ListOfAsync("Down", 1);
        await desk.PlaceAsync(scene, list.Id);
        desk.Meta.Before = _ => Task.FromResult<Refusal?>(desk.Meta.Failure(PlatformFailureKind.Unavailable, "Down."));
        List<double> pauses = [];

        for (var i = 0; i < 12; i++)
        {
            await desk.WorkAsync();
            var next = (await desk.OnMetaAsync(scene, list.Id)).NextTryAt!.Value;
            pauses.Add((next - desk.Clock.Now).TotalMinutes);
            desk.Clock.Now = next;
        }

        pauses.Take(4).ShouldBe([1, 2, 4, 8]);
        pauses[^1].ShouldBe(360);
    }

    [Fact]
    public async Task An_expired_token_is_renewed_once_and_a_connection_that_cannot_be_is_said_and_waited_for()
    {
        var (scene, list) = await ListOfAsync("Expired", 3);
        await desk.PlaceAsync(scene, list.Id);
        desk.Meta.Before = _ => Task.FromResult<Refusal?>(desk.Meta.Access[^1].AccessToken == "first" ? desk.Meta.Failure(PlatformFailureKind.ExpiredAuthorization) : null);

        await desk.WorkAsync();
        (await desk.OnMetaAsync(scene, list.Id)).Status.ShouldBe(PlacementStatus.Ready);

        desk.Consent.NextToken = null;
        desk.Meta.Before = _ => Task.FromResult<Refusal?>(desk.Meta.Failure(PlatformFailureKind.ExpiredAuthorization));
        await AddAsync(scene, list.Id, "late@example.com");
        await desk.WorkAsync();

        var failed = await desk.OnMetaAsync(scene, list.Id);
        failed.Status.ShouldBe(PlacementStatus.Failed);
        failed.FailureText.ShouldNotBeNull().ShouldContain("Connections");
        desk.Clock.Now += TimeSpan.FromHours(2);
        (await desk.Get<PlacementQueue>().NextAsync([], Now)).ShouldBeNull("nobody has reconnected yet");

        desk.Meta.Before = _ => Task.FromResult<Refusal?>(null);
        await ReconnectAsync(scene);
        await desk.WorkAsync();
        (await desk.OnMetaAsync(scene, list.Id)).Uploaded.ShouldBe(4);
    }

    [Fact]
    public async Task After_a_crash_between_batches_the_next_worker_goes_on_with_the_next_batch()
    {
        desk.Meta.MembersACall = 10;
        var (scene, list) = await ListOfAsync("Crash", 30);
        var place = await desk.PlaceAsync(scene, list.Id);
        using var power = new CancellationTokenSource();
        desk.Meta.Before = _ =>
        {
            // The process is gone before it could hand anything back: its lease stays.
            if (desk.Meta.Batches.Count == 2) throw new PowerCutException();
            return Task.FromResult<Refusal?>(null);
        };
        await Should.ThrowAsync<PowerCutException>(() => desk.Get<CarryOutPlacement>().RunAsync(Actor.Studio(scene.Organization.Id), place.Id, power.Token));
        await LeaseLeftBehindAsync(scene, place.Id);
        (await desk.Get<PlacementQueue>().NextAsync([], Now)).ShouldBeNull("its lease has not lapsed");

        desk.Meta.Before = _ => Task.FromResult<Refusal?>(null);
        desk.Clock.Now += TimeSpan.FromMinutes(6);
        await desk.WorkAsync();

        desk.Meta.Batches.Select(b => b.Sequence).ShouldBe([1, 2, 3]);
        desk.Meta.Batches.Select(b => b.SessionId).Distinct().Count().ShouldBe(1);
        (await desk.OnMetaAsync(scene, list.Id)).Uploaded.ShouldBe(30);
        desk.Meta.Standing.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_workers_never_do_the_same_and_one_that_was_overtaken_writes_nothing()
    {
        desk.Meta.MembersACall = 10;
        var (scene, list) = await ListOfAsync("Two", 20);
        var place = await desk.PlaceAsync(scene, list.Id);
        var overtaken = false;
        desk.Meta.Before = async call =>
        {
            if (call != "add" || overtaken || desk.Meta.Batches.Count == 0) return null;
            overtaken = true;
            (await desk.Get<CarryOutPlacement>().RunAsync(Actor.Studio(scene.Organization.Id), place.Id, Now)).Refusal.ShouldBeOfType<PlacementIsTaken>();
            desk.Clock.Now += TimeSpan.FromMinutes(6);
            await desk.WorkAsync();
            return null;
        };

        await Should.ThrowAsync<Exception>(() => desk.Get<CarryOutPlacement>().RunAsync(Actor.Studio(scene.Organization.Id), place.Id, Now));

        var there = await desk.OnMetaAsync(scene, list.Id);
        (there.Status, there.Uploaded, there.Sent).ShouldBe((PlacementStatus.Ready, 20, 20));
        desk.Meta.Standing.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_only_a_person_can_mend_is_said_in_words_and_tried_again_when_they_ask()
    {
        var (scene, list) = await ListOfAsync("Terms", 2);
        var place = await desk.PlaceAsync(scene, list.Id);
        desk.Meta.Before = _ => Task.FromResult<Refusal?>(desk.Meta.Failure(PlatformFailureKind.RejectedByPolicy, "Accept the terms first."));
        await desk.WorkAsync();

        var failed = await desk.OnMetaAsync(scene, list.Id);
        (failed.Status, failed.NextTryAt).ShouldBe((PlacementStatus.Failed, null));
        failed.FailureText.ShouldNotBeNull().ShouldContain("Accept the terms first.");

        desk.Meta.Before = _ => Task.FromResult<Refusal?>(null);
        (await desk.Get<RetryPlacement>().RunAsync(scene.Viewer, place.Id, Now)).Refusal.ShouldBeOfType<PlacingNeedsManager>();
        (await desk.Get<RetryPlacement>().RunAsync(scene.Manager, place.Id, Now)).IsDone.ShouldBeTrue();
        await desk.WorkAsync();
        (await desk.OnMetaAsync(scene, list.Id)).Status.ShouldBe(PlacementStatus.Ready);
    }

    [Fact]
    public async Task A_platform_that_finds_a_batch_too_large_gets_smaller_ones()
    {
        var (scene, list) = await ListOfAsync("Large", 30);
        await desk.PlaceAsync(scene, list.Id);
        desk.Meta.MembersACall = 20;
        desk.Meta.Before = call => Task.FromResult<Refusal?>(call == "add" && desk.Meta.Calls.Count(c => c == "add") == 1 ? desk.Meta.Failure(PlatformFailureKind.TooMuchData) : null);

        await desk.WorkAsync();

        desk.Meta.Batches.Select(b => b.Members.Count).ShouldBe([10, 10, 10]);
    }

    [Fact]
    public async Task Website_visitors_are_collected_by_the_pixel_of_the_account_and_a_lookalike_by_its_source_there()
    {
        var scene = await desk.SceneAsync("Kinds");
        var visitors = await CreateAsync(scene, new() { Name = "Cart", Type = AudienceType.Retargeting, Retargeting = new(14, "/cart") });
        var alike = await CreateAsync(scene, new() { Name = "Like cart", Type = AudienceType.Lookalike, SourceAudienceId = visitors.Id.ToString(), Lookalike = new("US", 2) });
        (await desk.Get<PlaceAudience>().RunAsync(scene.Manager, alike.Id, [new(scene.Meta.Id)], Now)).Refusal.ShouldBeOfType<InvalidError>().Message.ShouldContain("does not stand on this ad account");

        await desk.PlaceAsync(scene, visitors.Id);
        await desk.PlaceAsync(scene, alike.Id);
        await desk.WorkAsync();
        desk.Clock.Now += TimeSpan.FromMinutes(2);
        await desk.WorkAsync();

        desk.Meta.Pixels[0]!.Id.ShouldBe("1391191359009715");
        desk.Meta.Briefs[0].Definition.ShouldBe("""{"days":14,"urlContains":"/cart"}""");
        desk.Meta.Briefs[1].SourceExternalId.ShouldBe("Meta-1");
        (await desk.OnMetaAsync(scene, alike.Id)).Status.ShouldBe(PlacementStatus.Ready);
    }

    [Fact]
    public async Task What_a_platform_cannot_have_is_refused_with_its_own_reason()
    {
        var scene = await desk.SceneAsync("Offers");
        var saved = await CreateAsync(scene, new() { Name = "DE", Type = AudienceType.Saved, Targeting = new() });
        var visitors = await CreateAsync(scene, new() { Name = "Cart", Type = AudienceType.Retargeting });
        (await desk.Get<PlaceAudience>().RunAsync(scene.Manager, saved.Id, [new(scene.Meta.Id)], Now)).Refusal!.Message.ShouldContain("goes into each campaign");
        (await desk.Get<PlaceAudience>().RunAsync(scene.Manager, visitors.Id, [new(scene.Meta.Id, "another")], Now)).Refusal!.Message.ShouldContain("has no such pixel");

        var offers = (await desk.Get<ListPlaceOffers>().RunAsync(scene.Manager, visitors.Id, Now)).Value;
        offers.Select(o => (o.AdAccountId, o.WhyNot is null)).ShouldBe([(scene.Meta.Id, true), (scene.Google.Id, false)]);
    }

    [Fact]
    public async Task Asking_twice_places_once()
    {
        var (scene, list) = await ListOfAsync("Twice", 2);
        await desk.PlaceAsync(scene, list.Id);
        await desk.PlaceAsync(scene, list.Id);
        await desk.WorkAsync();
        await desk.PlaceAsync(scene, list.Id);
        await desk.WorkAsync();
        desk.Meta.Calls.ShouldBe(["create", "add"]);
    }

    [Fact]
    public async Task Only_who_manages_the_account_places_and_nothing_crosses_the_border_of_an_organization()
    {
        var (scene, list) = await ListOfAsync("Ours", 2);
        var (theirs, _) = await ListOfAsync("Theirs", 2);
        var place = desk.Get<PlaceAudience>();

        (await place.RunAsync(scene.Viewer, list.Id, [new(scene.Meta.Id)], Now)).Refusal.ShouldBeOfType<PlacingNeedsManager>();
        (await place.RunAsync(theirs.Admin, list.Id, [new(theirs.Meta.Id)], Now)).Refusal.ShouldBeOfType<AudienceNotFound>();
        (await place.RunAsync(scene.Manager, list.Id, [new(theirs.Meta.Id)], Now)).Refusal.ShouldBeOfType<AudienceAccountNotFound>();
        (await place.RunAsync(scene.Manager, list.Id, [new(scene.Meta.Id), new(theirs.Meta.Id)], Now)).Refusal.ShouldBeOfType<AudienceAccountNotFound>();
        (await desk.ReadAsync(scene, list.Id)).Platforms.ShouldBeEmpty();

        var there = await desk.PlaceAsync(scene, list.Id);
        foreach (var refusal in new[]
        {
            (await desk.Get<RetryPlacement>().RunAsync(theirs.Admin, there.Id, Now)).Refusal, (await desk.Get<TakeOffAccount>().RunAsync(theirs.Admin, there.Id, Now)).Refusal,
            (await desk.Get<ListPlaceOffers>().RunAsync(theirs.Admin, list.Id, Now)).Refusal, (await desk.Get<FindAudienceUses>().RunAsync(theirs.Admin, list.Id, Now)).Refusal,
            (await desk.Get<ListStandingAudiences>().RunAsync(theirs.Admin, scene.Meta.Id, Now)).Refusal, (await desk.Get<TakeOverAudience>().RunAsync(theirs.Admin, scene.Meta.Id, "Meta-1", Now)).Refusal,
            (await desk.Get<RemoveAudienceMembers>().RunAsync(theirs.Admin, list.Id, [new("m1@example.com", null)], 1, false, Now)).Refusal,
        }) refusal.ShouldBeAssignableTo<NotFoundError>();
        (await desk.Get<CarryOutPlacement>().RunAsync(Actor.Studio(theirs.Organization.Id), there.Id, Now)).Refusal.ShouldBeOfType<PlacementIsTaken>();
    }

    private async Task<(Scene Scene, AudienceRow List)> ListOfAsync(string name, int members)
    {
        var scene = await desk.SceneAsync(name);
        return (scene, await desk.ListAsync(scene, [.. Enumerable.Range(1, members).Select(i => new MemberInput($"m{i}@example.com", null))]));
    }

    private async Task<AudienceRow> CreateAsync(Scene scene, AudienceInput input) => (await desk.Get<CreateAudience>().RunAsync(scene.Manager, scene.Workspace.Id, input, null, Now)).Value.Audience;

    private async Task AddAsync(Scene scene, Guid list, params string[] emails) => (await desk.Get<AddAudienceMembers>().RunAsync(scene.Manager, list, [.. emails.Select(e => new MemberInput(e, null))], 1, Now)).IsDone.ShouldBeTrue();

    private async Task ReconnectAsync(Scene scene)
    {
        await using var db = await desk.Studio.OpenAsync(scene.Admin, Now);
        foreach (var connection in await db.Connections.ToListAsync()) (connection.AccessToken, connection.Health) = (desk.Get<Secrets>().Protect("again"), Core.Connections.ConnectionHealth.Good);
        await db.SaveChangesAsync();
    }

    /// <summary>As a process leaves it that was gone at once: it neither failed nor handed back.</summary>
    private async Task LeaseLeftBehindAsync(Scene scene, Guid placeId)
    {
        await using var db = await desk.Studio.OpenAsync(scene.Admin, Now);
        await db.PlatformAudiences.Where(p => p.Id == placeId).ExecuteUpdateAsync(set => set.SetProperty(p => p.Status, PlacementStatus.Working).SetProperty(p => p.LeaseId, Guid.NewGuid())
            .SetProperty(p => p.LeaseUntil, desk.Clock.Now.AddMinutes(5)).SetProperty(p => p.NextTryAt, desk.Clock.Now).SetProperty(p => p.FailureKind, (PlatformFailureKind?)null));
    }

    private sealed class PowerCutException : Exception;
}
