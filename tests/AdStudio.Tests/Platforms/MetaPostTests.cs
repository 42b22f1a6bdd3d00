using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>What Meta says of posts that are to be promoted.</summary>
public sealed class MetaPostTests : IAsyncLifetime
{
    private SandboxedAdapters adapters = null!;
    private PlatformAccess access = null!;
    private AccountAsset page = null!, instagram = null!;

    public async Task InitializeAsync()
    {
        adapters = await SandboxedAdapters.StartAsync();
        (access, var account, _) = await adapters.ConnectAsync(Platform.Meta);
        page = account.Assets.First(a => a.Kind == AccountAssetKind.Page && a.Id == "105550130001");
        instagram = account.Assets.First(a => a.Kind == AccountAssetKind.InstagramAccount && a.ParentId == page.Id);
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private async Task<Result<string>> MakeAsync(string post, AccountAsset? as_)
    {
        var publishes = adapters.Get<IPublishes>(Platform.Meta);
        var brief = Briefs.Meta(Objective.Engagement) with { Account = access.Account!, Page = page, Instagram = as_, Creatives = [Briefs.Post with { Post = new(post) }] };
        return await publishes.CarryOutAsync(access, publishes.PlanLaunch(brief).Steps.Single(s => s.Key == "creative:1").Fill(new Dictionary<string, string>()), default);
    }

    [Theory]
    [InlineData("17955550140000001")]
    [InlineData("105550130001_122100000000001")]
    public async Task Its_own_posts_are_taken(string post) => (await MakeAsync(post, instagram)).Value.ShouldNotBeEmpty();

    [Theory]
    [InlineData("17955550140000003", "another account")]
    [InlineData("17000000000000001", "doesn't exist")]
    [InlineData("999_1", "may not advertise")]
    [InlineData("105550130001_1", "doesn't exist")]
    public async Task Others_and_unknown_ones_are_refused_in_words(string post, string words) => (await MakeAsync(post, instagram)).Refusal!.Message.ShouldContain(words);

    [Fact]
    public async Task Without_the_pages_Instagram_account_nothing_is_promoted() => (await MakeAsync("17955550140000001", null)).Refusal!.Message.ShouldContain("no such Instagram account");
}
