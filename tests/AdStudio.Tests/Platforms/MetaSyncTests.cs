using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Faults;
using AdStudio.Tests.Sandbox;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>What stands on a Meta account beside a launch: campaigns of others, audiences, pixels, conversions, large videos.</summary>
public sealed class MetaSyncTests : IAsyncLifetime
{
    private SandboxedAdapters adapters = null!;
    private PlatformAccess access = null!;
    private PlatformAccount account = null!;
    private MetaUser meta = null!;

    public async Task InitializeAsync()
    {
        adapters = await SandboxedAdapters.StartAsync();
        (access, account, _) = await adapters.ConnectAsync(Platform.Meta);
        meta = new(adapters.Host, access.AccessToken);
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private async Task<List<ImportedCampaign>> ImportAsync()
    {
        var all = new List<ImportedCampaign>();
        await foreach (var campaign in adapters.Get<IImportsCampaigns>(Platform.Meta).ReadAllAsync(access, default)) all.Add(campaign.Value);
        return all;
    }

    [Fact]
    public async Task Everything_on_an_account_is_read_page_by_page()
    {
        var made = new List<string>();
        for (var i = 0; i < 27; i++) made.Add((await meta.LaunchAsync(ads: i == 0 ? 28 : 1)).Campaign);
        await meta.SendAsync(HttpMethod.Delete, made[5]);

        var all = await ImportAsync();

        all.Select(c => c.ExternalId).ShouldBe(made.Where((_, i) => i != 5), ignoreOrder: true);
        all.Single(c => c.ExternalId == made[0]).AdSets.Single().Ads.Count.ShouldBe(28);
        all.ShouldAllBe(c => c.Objective == Objective.Sales && c.Budget == Money.FromUnits(50, "USD") && c.BudgetType == BudgetType.Daily && c.Status == PlatformStatus.Active && c.Ids.ContainsKey("adset") && c.CreatedAt != null);
        all[0].Audience!.ShouldSatisfyAllConditions(a => a.Places.Select(p => p.Country).ShouldBe(["US", "CA"]), a => (a.AgeMin, a.AgeMax).ShouldBe((25, 54)), a => a.Genders.ShouldBe([Gender.Women]));
        all[0].AdSets.Single().Ads[0].Creative!.ShouldSatisfyAllConditions(c => c.PrimaryText.ShouldBe("Warm socks for cold decks"), c => c.Headline.ShouldBe("Autumn sale"), c => (c.CallToAction, c.LinkUrl).ShouldBe(("SHOP_NOW", "https://harborandpine.example/sale")));
    }

    [Fact]
    public async Task What_a_launch_made_comes_back_as_it_was_written()
    {
        var publishes = adapters.Get<IPublishes>(Platform.Meta);
        var brief = Briefs.Meta() with { Account = access.Account!, Page = account.Assets.First(a => a.Kind == AccountAssetKind.Page), Instagram = null, Creatives = [Briefs.Image, Briefs.Video, Briefs.Carousel] };
        var done = new Dictionary<string, string>();
        foreach (var step in publishes.PlanLaunch(brief).Steps) done[step.Key] = (await publishes.CarryOutAsync(access, step.Fill(done), default)).Value;

        var creatives = (await ImportAsync()).Single().AdSets.Single().Ads.Select(a => a.Creative!).OrderBy(c => c.Type).ToList();

        creatives.Select(c => c.Type).ShouldBe([CreativeType.Image, CreativeType.Video, CreativeType.Carousel]);
        creatives.ShouldAllBe(c => c.PrimaryText == "Half price on every shoe." && c.Headline == "Black Friday" && c.MediaUrls.Count > 0 && c.MediaUrls[0].StartsWith("http"));
        creatives[2].MediaUrls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_audience_of_each_type_is_made_filled_listed_and_taken_away()
    {
        var sync = adapters.Get<ISyncsAudiences>(Platform.Meta);
        var list = (await sync.CreateAudienceAsync(access, new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null), null, "VIP1MARK", default)).Value;
        var pixel = account.Assets.First(a => a.Kind == AccountAssetKind.Pixel);
        (await sync.CreateAudienceAsync(access, new(Guid.NewGuid(), "Cart", AudienceType.Retargeting, null, """{"days":14}"""), pixel, "CART1MARK", default)).IsDone.ShouldBeTrue();
        (await sync.CreateAudienceAsync(access, new(Guid.NewGuid(), "Alike", AudienceType.Lookalike, null, """{"country":"US","percent":2}""") { SourceExternalId = list }, null, "LIKE1MARK", default)).IsDone.ShouldBeTrue();
        (await sync.CreateAudienceAsync(access, new(Guid.NewGuid(), "Cart", AudienceType.Retargeting, null, null), null, "CART2MARK", default)).Refusal.ShouldBeOfType<PlatformFailure>().Message.ShouldContain("needs a pixel");

        (await sync.FindAudienceAsync(access, "VIP1MARK", default)).Value.ShouldBe(list);
        (await sync.FindAudienceAsync(access, "VIP1", default)).Value.ShouldBeNull();
        var members = Enumerable.Range(0, 2500).Select(i => new MemberHashes(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i))), null)).ToList();
        (await sync.SendMembersAsync(access, list, new(77, 1, true, 2500, Remove: false, members), default)).Value.ShouldBe(new(2500, 0));
        (await sync.SendMembersAsync(access, list, new(78, 1, true, 500, Remove: true, [.. members.Take(500), new("not a hash", null)]), default)).Value.ShouldBe(new(501, 1));

        var audiences = (await sync.ListAudiencesAsync(access, default)).Value;
        audiences.Where(a => a.IsSaved).Select(a => a.Name).ShouldBe(["Hikers, 25 to 44", "Oregon and Washington"], ignoreOrder: true);
        audiences.Single(a => a.ExternalId == list).ShouldSatisfyAllConditions(a => a.OwnType.ShouldBe("CUSTOM"), a => a.Size!.Value.ShouldBe(1800));
        (await sync.DeleteAudienceAsync(access, list, default)).Value.ShouldBeTrue();
        (await sync.DeleteAudienceAsync(access, list, default)).Value.ShouldBeTrue();
        (await sync.ListAudiencesAsync(access, default)).Value.ShouldNotContain(a => a.ExternalId == list);
    }

    [Fact]
    public async Task A_limit_in_the_middle_of_a_sync_says_when_to_go_on_and_the_batch_may_be_sent_again()
    {
        var sync = adapters.Get<ISyncsAudiences>(Platform.Meta);
        var list = (await sync.CreateAudienceAsync(access, new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null), null, "VIP1MARK", default)).Value;
        adapters.Host.Control.Faults.Arm("meta", CallKinds.AudienceUpload, FaultKind.RateLimit, retryAfterSeconds: 300);

        var failure = (await sync.SendMembersAsync(access, list, new(77, 1, true, 1, Remove: false, [new(new string('a', 64), null)]), default)).Refusal.ShouldBeOfType<PlatformFailure>();

        (failure.Kind, failure.RetryAt > DateTimeOffset.UtcNow.AddMinutes(3)).ShouldBe((PlatformFailureKind.RateLimited, true));
    }

    [Fact]
    public async Task Pixels_are_made_and_conversions_told_once_however_often_they_are_sent()
    {
        var pixels = adapters.Get<IManagesPixels>(Platform.Meta);
        var made = (await pixels.CreatePixelAsync(access, "Second shop", null, default)).Value;
        made.Code!.ShouldContain(made.ExternalId);
        made.LastFiredAt.ShouldBeNull();

        var sends = adapters.Get<ISendsConversions>(Platform.Meta);
        var purchase = new ConversionEvent("Purchase", "order-1", DateTimeOffset.UtcNow.AddMinutes(-1), "https://shop.example/thanks", Money.FromUnits(49.9m, "USD"), new(new string('a', 64), null), "203.0.113.9", "Mozilla/5.0");
        (await sends.SendConversionAsync(access, made.ExternalId, null, purchase, null, default)).Value.ShouldNotBeEmpty();
        (await sends.SendConversionAsync(access, made.ExternalId, "sandbox-pixel-" + made.ExternalId, purchase, "TEST123", default)).IsDone.ShouldBeTrue();
        (await pixels.ListPixelsAsync(access, default)).Value.Single(p => p.ExternalId == made.ExternalId).LastFiredAt.ShouldNotBeNull();

        var refused = (await sends.SendConversionAsync(access, made.ExternalId, null, purchase with { UserAgent = null }, null, default)).Refusal.ShouldBeOfType<PlatformFailure>();
        (refused.Kind, refused.Field).ShouldBe((PlatformFailureKind.InvalidRequest, "data"));
        (await sends.SendConversionAsync(access, made.ExternalId, "sandbox-pixel-2055501400002", purchase, null, default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBeOneOf(PlatformFailureKind.MissingPermission, PlatformFailureKind.NotFound);
    }

    [Fact]
    public async Task The_token_of_a_pixel_travels_in_a_header_and_without_our_proof()
    {
        using var wire = new Wire();
        wire.Answers(Answer.Ok("""{"events_received":1,"fbtrace_id":"A1"}"""));

        await wire.Get<ISendsConversions>(Platform.Meta).SendConversionAsync(Wire.OnMeta, "5", "pixel-secret", new("Lead", "e1", DateTimeOffset.UnixEpoch, "https://shop.example", null, new(null, null), null, "Agent"), null, default);

        wire.Sent.Single().Headers["Authorization"].ShouldBe("Bearer pixel-secret");
        (wire.Sent.Single().Uri.ToString() + wire.Sent.Single().Body).ShouldNotContain("pixel-secret");
        wire.Sent.Single().Uri.Query.ShouldNotContain("appsecret_proof");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_large_video_goes_in_pieces_and_begins_anew_when_a_piece_is_lost(int lost)
    {
        var publishes = adapters.Get<IPublishes>(Platform.Meta);
        var brief = Briefs.Meta() with { Account = access.Account!, Creatives = [Briefs.Video with { Assets = [Briefs.LongClip] }] };
        var upload = publishes.PlanLaunch(brief).Steps.Single(s => s.Key == "media:1").Fill(new Dictionary<string, string>());
        if (lost > 0) adapters.Host.Control.Faults.Arm("meta", CallKinds.VideoUpload, FaultKind.TimeoutAfter);

        var first = await publishes.CarryOutAsync(access, upload, default);
        if (lost > 0)
        {
            first.Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.Unavailable);
            (await publishes.FindAsync(access, upload, default)).Value.ShouldBeNull();
            first = await publishes.CarryOutAsync(access, upload, default);
        }

        (await meta.GetAsync($"{first.Value}?fields=status,title"))["status"]!["video_status"]!.ToString().ShouldBe("ready");
        (await publishes.FindAsync(access, upload, default)).Value.ShouldBe(first.Value);
    }
}
