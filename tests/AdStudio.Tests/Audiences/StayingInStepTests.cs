using System.Security.Cryptography;
using System.Text;
using AdStudio.Core.Audiences;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Core.Upkeep;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Audiences;

/// <summary>A list and its copies on platforms: who comes, who goes, who withdraws their consent.</summary>
public sealed class StayingInStepTests : IAsyncLifetime
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private readonly AudienceDesk desk = new();

    public Task InitializeAsync() => desk.InitializeAsync();
    public Task DisposeAsync() => desk.DisposeAsync();

    [Fact]
    public async Task Who_is_added_later_is_sent_later_and_who_is_taken_out_is_taken_out_there_and_nobody_else_is_sent_again()
    {
        var (scene, list) = await PlacedAsync("Step", "ann@example.com", "bob@example.com", "cat@example.com");

        await AddAsync(scene, list, new MemberInput("dan@example.com", null));
        (await desk.OnMetaAsync(scene, list)).IsBehind.ShouldBeTrue();
        await desk.WorkAsync();
        var removed = (await desk.Get<RemoveAudienceMembers>().RunAsync(scene.Manager, list, [new(" BOB@example.com", null), new("nobody@example.com", null), new("broken", null)], 1, false, Now)).Value;
        await desk.WorkAsync();

        (removed.Removed, removed.NotThere, removed.Rejected.Count, removed.Members).ShouldBe((1, 1, 1, 3));
        Sent().ShouldBe([(false, 3), (false, 1), (true, 1)]);
        There().ShouldBe(Hashes("ann@example.com", "cat@example.com", "dan@example.com"), ignoreOrder: true);
        (await desk.OnMetaAsync(scene, list)).Uploaded.ShouldBe(3);
    }

    [Fact]
    public async Task Adding_who_is_there_already_sends_nothing()
    {
        var (scene, list) = await PlacedAsync("Same", "ann@example.com");
        await AddAsync(scene, list, new MemberInput("ann@example.com", null));
        (await desk.Get<PlacementQueue>().NextAsync([], Now)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_withdraws_their_consent_is_taken_out_everywhere_and_cannot_be_added_again_unknowingly()
    {
        var (scene, list) = await PlacedAsync("Consent", "ann@example.com", "bob@example.com");
        var june = desk.Clock.Now;

        var withdrawn = await AddAsync(scene, list, new MemberInput("ann@example.com", null, MemberConsent.Withdrawn));
        await desk.WorkAsync();
        (withdrawn.Withdrawn, withdrawn.Members).ShouldBe((1, 1));
        There().ShouldBe(Hashes("bob@example.com"));

        desk.Clock.Now += TimeSpan.FromDays(1);
        (await AddAsync(scene, list, new MemberInput("ann@example.com", "+14155550100"))).ShouldSatisfyAllConditions(a => a.Added.ShouldBe(0), a => a.Withdrawn.ShouldBe(1));
        (await AddAsync(scene, list, new MemberInput("ann@example.com", null, MemberConsent.Given, june.AddDays(-30)))).Withdrawn.ShouldBe(1, "they agreed before they withdrew");
        await desk.WorkAsync();
        There().ShouldBe(Hashes("bob@example.com"));

        (await AddAsync(scene, list, new MemberInput("ann@example.com", null, MemberConsent.Given))).Added.ShouldBe(1);
        await desk.WorkAsync();
        There().ShouldBe(Hashes("ann@example.com", "bob@example.com"), ignoreOrder: true);
        await using var db = await desk.Studio.OpenAsync(scene.Admin, Now);
        (await db.AudienceMembers.Where(m => m.EmailSha256 == Hash("ann@example.com")).Select(m => new { m.Consent, m.ConsentAt }).ToListAsync()).ShouldHaveSingleItem().ShouldBe(new { Consent = MemberConsent.Given, ConsentAt = (DateTimeOffset?)desk.Clock.Now });
    }

    [Fact]
    public async Task Whoever_never_was_there_is_not_sent_to_be_taken_out()
    {
        var scene = await desk.SceneAsync("Never");
        var list = (await desk.ListAsync(scene, new MemberInput("ann@example.com", null), new("eve@example.com", null, MemberConsent.Withdrawn), new("gone@example.com", null))).Id;
        await desk.Get<RemoveAudienceMembers>().RunAsync(scene.Manager, list, [new("gone@example.com", null)], 1, false, Now);

        await desk.PlaceAsync(scene, list);
        await desk.WorkAsync();
        await AddAsync(scene, list, new MemberInput("eve@example.com", null, MemberConsent.Withdrawn), new("new@example.com", null, MemberConsent.Withdrawn));
        await desk.WorkAsync();

        Sent().ShouldBe([(false, 1)]);
        var everSent = desk.Meta.Batches.SelectMany(b => b.Members).Select(m => m.EmailSha256).ToList();
        everSent.ShouldBe(Hashes("ann@example.com"));
    }

    [Fact]
    public async Task Who_goes_while_their_batch_may_be_on_its_way_is_taken_out_there()
    {
        var scene = await desk.SceneAsync("Torn");
        var list = (await desk.ListAsync(scene, new MemberInput("ann@example.com", null), new("bob@example.com", null))).Id;
        await desk.PlaceAsync(scene, list);
        // The batch arrives, its answer does not.
        desk.Meta.Before = call =>
        {
            if (call != "add" || desk.Meta.Calls.Count(c => c == "add") > 1) return Task.FromResult<Refusal?>(null);
            desk.Meta.Standing["Meta-1"].Members.UnionWith(Hashes("ann@example.com", "bob@example.com"));
            return Task.FromResult<Refusal?>(desk.Meta.Failure(PlatformFailureKind.UnknownOutcome));
        };
        await desk.WorkAsync();
        await desk.Get<RemoveAudienceMembers>().RunAsync(scene.Manager, list, [new("ann@example.com", null)], 1, true, Now);

        desk.Clock.Now += TimeSpan.FromMinutes(2);
        await desk.WorkAsync();

        There().ShouldBe(Hashes("bob@example.com"));
    }

    [Fact]
    public async Task Changes_made_while_it_is_sent_follow()
    {
        var scene = await desk.SceneAsync("Meanwhile");
        var list = (await desk.ListAsync(scene, new MemberInput("ann@example.com", null), new("bob@example.com", null))).Id;
        await desk.PlaceAsync(scene, list);
        var changed = false;
        desk.Meta.Before = async call =>
        {
            if (call != "add" || changed) return null;
            changed = true;
            await AddAsync(scene, list, new MemberInput("cat@example.com", null));
            await desk.Get<RemoveAudienceMembers>().RunAsync(scene.Manager, list, [new("ann@example.com", null)], 1, false, Now);
            return null;
        };

        await desk.WorkAsync();

        There().ShouldBe(Hashes("bob@example.com", "cat@example.com"), ignoreOrder: true);
        (await desk.OnMetaAsync(scene, list)).IsMoving.ShouldBeFalse();
    }

    [Fact]
    public async Task A_deleted_audience_stays_on_the_platform_or_goes_there_too_as_one_says()
    {
        var (scene, kept) = await PlacedAsync("Deleted", "ann@example.com");
        var (_, gone) = (scene, (await desk.ListAsync(scene, new MemberInput("bob@example.com", null))).Id);
        await desk.PlaceAsync(scene, gone);
        await desk.WorkAsync();
        (await desk.Get<FindAudienceUses>().RunAsync(scene.Manager, gone, Now)).Value.Audience.Platforms.ShouldHaveSingleItem().AccountName.ShouldBe("Deleted Meta");

        (await desk.Get<DeleteAudience>().RunAsync(scene.Manager, kept, false, Now)).Value.Leaving.ShouldBe(0);
        (await desk.Get<DeleteAudience>().RunAsync(scene.Manager, gone, true, Now)).Value.Leaving.ShouldBe(1);
        await desk.WorkAsync();

        desk.Meta.Standing.Keys.ShouldBe(["Meta-1"]);
        (await desk.Get<RestoreAudience>().RunAsync(scene.Manager, gone, Now)).Value.Platforms.ShouldBeEmpty();
        (await desk.Get<RestoreAudience>().RunAsync(scene.Manager, kept, Now)).Value.Platforms.ShouldHaveSingleItem().Status.ShouldBe(PlacementStatus.Ready);
    }

    [Fact]
    public async Task An_audience_is_taken_off_one_account_and_a_platform_that_is_down_is_asked_again()
    {
        var (scene, list) = await PlacedAsync("Off", "ann@example.com");
        var place = (await desk.OnMetaAsync(scene, list)).Id;
        var down = true;
        desk.Meta.Before = _ => Task.FromResult<Refusal?>(down ? desk.Meta.Failure(PlatformFailureKind.Unavailable, "Down.") : null);

        (await desk.Get<TakeOffAccount>().RunAsync(scene.Viewer, place, Now)).Refusal.ShouldBeOfType<PlacingNeedsManager>();
        (await desk.Get<TakeOffAccount>().RunAsync(scene.Manager, place, Now)).Value.Platforms.ShouldHaveSingleItem().IsLeaving.ShouldBeTrue();
        await desk.WorkAsync();
        (await desk.OnMetaAsync(scene, list)).FailureText.ShouldNotBeNull().ShouldContain("Down.");
        down = false;
        desk.Clock.Now += TimeSpan.FromMinutes(2);
        await desk.WorkAsync();

        desk.Meta.Standing.ShouldBeEmpty();
        (await desk.ReadAsync(scene, list)).Platforms.ShouldBeEmpty();
        (await desk.ReadAsync(scene, list)).Members.ShouldBe(1);
    }

    [Fact]
    public async Task Who_went_is_forgotten_once_every_copy_has_heard_of_it_but_who_withdrew_is_remembered()
    {
        var (scene, list) = await PlacedAsync("Forgotten", "ann@example.com", "bob@example.com", "cat@example.com");
        await desk.Get<RemoveAudienceMembers>().RunAsync(scene.Manager, list, [new("ann@example.com", null)], 1, false, Now);
        await desk.Get<RemoveAudienceMembers>().RunAsync(scene.Manager, list, [new("bob@example.com", null)], 1, true, Now);
        desk.Clock.Now += TimeSpan.FromDays(8);
        var purge = new PurgeExpired(desk.Studio, new RetentionOptions(), desk.Clock);

        await purge.RunAsync(Now);
        (await RowsAsync(scene)).ShouldBe(3, "the copy has not heard yet");
        await desk.WorkAsync();
        await purge.RunAsync(Now);

        (await RowsAsync(scene)).ShouldBe(2);
        There().ShouldBe(Hashes("cat@example.com"));
    }

    [Fact]
    public async Task What_stands_on_an_account_is_told_with_size_and_state_and_can_be_used_here()
    {
        var (scene, list) = await PlacedAsync("Standing", "ann@example.com");
        desk.Meta.Listed.AddRange([new("Meta-1", "VIPs", "CUSTOM", 1000, "Normal", false), new("77", "Visitors", "WEBSITE", 52_000, "Normal", false), new("88", "Women 25+", "SAVED", null, "ACTIVE", true)]);

        var standing = (await desk.Get<ListStandingAudiences>().RunAsync(scene.Manager, scene.Meta.Id, Now)).Value;
        standing.Select(a => (a.Listed.Name, a.AudienceId)).ShouldBe([("VIPs", list), ("Visitors", null), ("Women 25+", null)]);

        var taken = (await desk.Get<TakeOverAudience>().RunAsync(scene.Manager, scene.Meta.Id, "77", Now)).Value;
        (taken.Type, taken.Name, taken.OwnType).ShouldBe((AudienceType.Existing, "Visitors", "WEBSITE"));
        taken.Platforms.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.ExternalId.ShouldBe("77"), p => p.IsTakenOver.ShouldBeTrue(), p => p.Status.ShouldBe(PlacementStatus.Ready));
        (await desk.Get<TakeOverAudience>().RunAsync(scene.Manager, scene.Meta.Id, "77", Now)).Value.Id.ShouldBe(taken.Id, "once");
        (await desk.Get<TakeOverAudience>().RunAsync(scene.Manager, scene.Meta.Id, "88", Now)).Refusal.ShouldBeOfType<SavedTargetingStaysThere>();
        (await desk.Get<TakeOverAudience>().RunAsync(scene.Manager, scene.Meta.Id, "99", Now)).Refusal.ShouldBeOfType<PlatformAudienceNotFound>();
        (await desk.Get<TakeOverAudience>().RunAsync(scene.Viewer, scene.Meta.Id, "77", Now)).Refusal.ShouldBeOfType<AudiencesNeedManager>();
        (await desk.Get<PlaceAudience>().RunAsync(scene.Manager, taken.Id, [new(scene.Google.Id)], Now)).Refusal!.Message.ShouldContain("can't be copied");
        await desk.WorkAsync();
        desk.Meta.Calls.ShouldNotContain("delete");
    }

    private async Task<(Scene Scene, Guid List)> PlacedAsync(string name, params string[] emails)
    {
        var scene = await desk.SceneAsync(name);
        var list = await desk.ListAsync(scene, [.. emails.Select(e => new MemberInput(e, null))]);
        await desk.PlaceAsync(scene, list.Id);
        await desk.WorkAsync();
        return (scene, list.Id);
    }

    private async Task<AddedMembers> AddAsync(Scene scene, Guid list, params MemberInput[] members) => (await desk.Get<AddAudienceMembers>().RunAsync(scene.Manager, list, members, 1, Now)).Value;

    private async Task<int> RowsAsync(Scene scene)
    {
        await using var db = await desk.Studio.OpenAsync(scene.Admin, Now);
        return await db.AudienceMembers.CountAsync();
    }

    private IEnumerable<(bool Remove, int Members)> Sent() => desk.Meta.Batches.Select(b => (b.Remove, b.Members.Count));

    private HashSet<string> There() => desk.Meta.Standing["Meta-1"].Members;

    private static string[] Hashes(params string[] emails) => [.. emails.Select(Hash)];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
