using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Apple;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms.Apple;

/// <summary>The keys of an API user: what is wrong with them is said beside the field, and what is signed with them is what Apple checks.</summary>
public sealed class AppleKeysTests : IAsyncLifetime
{
    private SandboxedAdapters adapters = null!;

    public async Task InitializeAsync() => adapters = await SandboxedAdapters.StartAsync();
    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private Dictionary<string, string> Keys => new(adapters.Host.Control.Find("apple")!.Keys);

    [Fact]
    public void The_secret_is_a_token_signed_with_the_private_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
        var parts = new AppleKeys("SEARCHADS.c", "SEARCHADS.t", "k1", key.ExportPkcs8PrivateKeyPem()).Assertion(now).Split('.');

        key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256).ShouldBeTrue();
        JsonNode.Parse(Base64Url.DecodeFromChars(parts[0]))!.ToJsonString().ShouldBe("""{"alg":"ES256","kid":"k1"}""");
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        (claims["sub"]!.ToString(), claims["iss"]!.ToString(), claims["aud"]!.ToString(), claims["iat"]!.GetValue<long>()).ShouldBe(("SEARCHADS.c", "SEARCHADS.t", "https://appleid.apple.com", now.ToUnixTimeSeconds()));
        (claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>()).ShouldBeInRange(60, 3600);
    }

    [Theory]
    [InlineData("clientId", "", "Paste the client ID.")]
    [InlineData("privateKey", "not a key", "This is no private key. Paste the whole file, from the BEGIN line to the END line.")]
    [InlineData("privateKey", "-----BEGIN PUBLIC KEY-----", "This is the public key, which Apple has already. Paste the private one that belongs to it.")]
    public void What_is_wrong_is_said_beside_its_field(string field, string value, string words)
    {
        var authorizes = adapters.Get<IAuthorizes>(Platform.Apple);
        authorizes.CheckKeys(Keys).ShouldBeEmpty();
        var problem = authorizes.CheckKeys(new Dictionary<string, string>(Keys) { [field] = value }).ShouldHaveSingleItem();
        (problem.Field, problem.Message).ShouldBe((field, words));
    }

    [Theory]
    [InlineData("clientId")]
    [InlineData("teamId")]
    [InlineData("keyId")]
    [InlineData("privateKey")]
    public async Task Keys_that_do_not_belong_together_are_refused_and_nobody_is_told_to_connect_again(string wrong)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keys = new Dictionary<string, string>(Keys) { [wrong] = wrong == "privateKey" ? other.ExportPkcs8PrivateKeyPem() : "SEARCHADS.somebody-else" };

        var refused = (await adapters.Get<IAuthorizes>(Platform.Apple).ExchangeCodeAsync(JsonSerializer.Serialize(keys), new("http://127.0.0.1:9/callback"), null, default)).Refusal.ShouldBeOfType<PlatformFailure>();

        refused.Kind.ShouldBe(PlatformFailureKind.InvalidRequest);
        refused.Message.ShouldStartWith("Apple does not know these keys.");
    }

    [Fact]
    public async Task A_new_token_is_asked_for_with_the_keys_that_were_kept()
    {
        var (access, _, tokens) = await adapters.ConnectAsync(Platform.Apple);
        adapters.Host.Control.ExpireTokens("apple");
        (await adapters.Get<IAuthorizes>(Platform.Apple).WhoAmIAsync(access, default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.ExpiredAuthorization);

        var renewed = (await adapters.Get<IAuthorizes>(Platform.Apple).RefreshAsync(access.AccessToken, tokens.RefreshToken, default)).Value;

        (await adapters.Get<IAuthorizes>(Platform.Apple).WhoAmIAsync(access with { AccessToken = renewed.AccessToken }, default)).Value.Name.ShouldBe("Harbor & Pine");
        tokens.ToString().ShouldNotContain("PRIVATE");
        (await adapters.Get<IAuthorizes>(Platform.Apple).RefreshAsync("", null, default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.ExpiredAuthorization);
    }

    [Fact]
    public async Task Organizations_come_with_their_apps_and_with_what_keeps_them_from_running()
    {
        var (access, _, _) = await adapters.ConnectAsync(Platform.Apple);

        var accounts = (await adapters.Get<IListsAccounts>(Platform.Apple).ListAccountsAsync(access, default)).Value;

        accounts.Select(a => (a.Currency, a.TimeZone, a.Status)).ShouldBe([("USD", "America/New_York", AdAccountStatus.Active), ("EUR", "Europe/Berlin", AdAccountStatus.Active), ("USD", "America/Los_Angeles", AdAccountStatus.Unsettled)]);
        accounts[0].Assets.ShouldContain(a => a.Kind == AccountAssetKind.App && a.Url == "https://apps.apple.com/app/id1501234567");
        accounts[2].StatusDetail.ShouldNotBeNull();
    }
}
