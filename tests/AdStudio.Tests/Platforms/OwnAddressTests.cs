using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms;
using AdStudio.Tests.Support;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>In sandbox mode the platforms lie on the studio's own address, which only the listening server knows.</summary>
public sealed class OwnAddressTests(StudioApp app) : IClassFixture<StudioApp>
{
    [Theory]
    [InlineData(Platform.Meta, "sandbox/meta/v25.0/dialog/oauth")]
    [InlineData(Platform.Google, "sandbox/google/o/oauth2/v2/auth")]
    [InlineData(Platform.Snapchat, "sandbox/snapchat/login/oauth2/authorize")]
    public async Task The_consent_page_is_there(Platform platform, string path)
    {
        var url = app.Get<PlatformSet>().Get<IAuthorizes>(platform).AuthorizeUrl("s", new(app.Address, "connections/callback"), null);

        url.GetLeftPart(UriPartial.Path).ShouldBe(app.Address.AbsoluteUri + path);
        using var http = new HttpClient();
        (await http.GetAsync(url)).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Theory]
    [InlineData(Platform.Meta)]
    [InlineData(Platform.Google)]
    [InlineData(Platform.Snapchat)]
    public async Task A_token_that_nobody_gave_is_refused_by_the_platform_itself(Platform platform) =>
        (await app.Get<PlatformSet>().Get<IListsAccounts>(platform).ListAccountsAsync(new(Guid.NewGuid(), "made-up"), default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.ExpiredAuthorization);

    [Fact]
    public void Every_platform_with_an_adapter_is_installed_and_has_its_rules() =>
        app.Get<PlatformSet>().Installed.ShouldBe(PlatformSite.All.Select(s => s.Platform).Where(p => Catalogue.Of(p).Rules is not null));
}
