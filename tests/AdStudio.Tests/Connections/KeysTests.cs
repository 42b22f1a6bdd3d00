using System.Security.Cryptography;
using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox;
using AdStudio.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Connections;

/// <summary>Connecting a platform that has no consent page: a person brings keys, against the sandbox over HTTP.</summary>
public sealed class KeysTests : IAsyncLifetime
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private readonly StudioApp app = new();
    private Scene scene = null!;

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        scene = await Scene.SetAsync(app.Studio);
    }

    public async Task DisposeAsync() => await ((IAsyncLifetime)app).DisposeAsync();

    private Dictionary<string, string> Keys => new(app.Get<SandboxControl>().Find("apple")!.Keys);

    [Fact]
    public async Task The_way_leads_to_a_page_of_the_studio_which_asks_for_the_keys()
    {
        var (page, state) = await StartAsync();

        page.GetLeftPart(UriPartial.Path).ShouldBe(new Uri(app.Address, "/connections/keys/apple").AbsoluteUri);
        var form = (await app.Get<ReadKeyForm>().RunAsync(scene.TeamAdmin, Platform.Apple, state, Now)).Value;
        form.Fields.Select(f => (f.Name, f.Secret)).ShouldBe([("clientId", false), ("teamId", false), ("keyId", false), ("privateKey", true)]);
        (await app.Get<ReadKeyForm>().RunAsync(scene.Admin, Platform.Apple, state, Now)).Refusal.ShouldBeOfType<StateOfSomebodyElse>();
        (await app.Get<ReadKeyForm>().RunAsync(scene.TeamAdmin, Platform.Apple, "forged", Now)).Refusal.ShouldBeOfType<StateForged>();
        (await app.Get<ReadKeyForm>().RunAsync(scene.TeamAdmin, Platform.Meta, state, Now)).Refusal.ShouldBeOfType<PlatformNotInstalled>();
    }

    [Fact]
    public async Task Good_keys_bring_the_organizations_and_are_used_again_for_every_token()
    {
        var (_, state) = await StartAsync();
        var finished = await FinishAsync(state, Keys);

        finished.ReturnUrl.ShouldStartWith("/connections?ok=true");
        finished.Outcome.Value.Accounts.ShouldBe(3);
        app.Get<SandboxControl>().ExpireTokens("apple");
        (await app.Get<CheckConnection>().RunAsync(scene.TeamAdmin, finished.Outcome.Value.ConnectionId, Now)).Value.Health.ShouldBe(ConnectionHealth.Good);
        (await FinishAsync(state, Keys)).Outcome.Refusal.ShouldBeOfType<StateReplayed>();
    }

    [Fact]
    public async Task Wrong_keys_are_said_beside_their_field_and_may_be_typed_again()
    {
        var (_, state) = await StartAsync();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        (await FinishAsync(state, new(Keys) { ["privateKey"] = "nonsense", ["keyId"] = "" })).Outcome.Refusal.ShouldBeOfType<KeysRefused>().Fields.Select(f => f.Field).ShouldBe(["keyId", "privateKey"]);
        (await FinishAsync(state, new(Keys) { ["privateKey"] = other.ExportPkcs8PrivateKeyPem() })).Outcome.Refusal.ShouldBeOfType<PlatformFailure>().Message.ShouldStartWith("Apple does not know these keys.");
        (await FinishAsync(state, Keys)).Outcome.IsDone.ShouldBeTrue("the attempt is still open");
    }

    [Fact]
    public async Task The_private_key_is_stored_encrypted_and_is_in_no_audit_and_no_answer()
    {
        var (_, state) = await StartAsync();
        var finished = await FinishAsync(state, Keys);
        var secret = Keys["privateKey"].Split('\n')[1];

        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        var stored = await db.Connections.AsNoTracking().SingleAsync(c => c.Id == finished.Outcome.Value.ConnectionId);
        stored.RefreshToken.ShouldNotBeNull().ShouldNotContain(secret);
        JsonSerializer.Deserialize<Dictionary<string, string>>(app.Get<Secrets>().Unprotect(stored.RefreshToken)!)!["privateKey"].ShouldBe(Keys["privateKey"]);
        (await db.AuditEntries.AnyAsync(a => (a.Before + a.After).Contains(secret))).ShouldBeFalse();
        (finished.ReturnUrl + finished.Outcome.Value + new ConnectionAnswer(Platform.Apple, state, secret, null, null)).ShouldNotContain(secret);
    }

    private async Task<(Uri Page, string State)> StartAsync()
    {
        var started = (await app.Get<StartConnection>().RunAsync(scene.TeamAdmin, new(Platform.Apple, app.Address), Now)).Value;
        return (started.AuthorizeUrl, QueryHelpers.ParseQuery(started.AuthorizeUrl.Query)["state"]!);
    }

    private Task<FinishedConnection> FinishAsync(string state, Dictionary<string, string> keys) =>
        app.Get<FinishConnection>().RunAsync(scene.TeamAdmin, new(Platform.Apple, state, JsonSerializer.Serialize(keys), null, null), Now);
}
