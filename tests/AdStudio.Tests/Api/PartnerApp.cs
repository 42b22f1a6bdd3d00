using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox;
using AdStudio.Tests.Api.Surfaces;
using AdStudio.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace AdStudio.Tests.Api;

/// <summary>The app with the sandbox beside it, on the eve of seed 000's Black Friday.</summary>
public class PartnerApp : StudioApp
{
    private readonly MovedClock clock;

    public PartnerApp() : this(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero))
    {
    }

    /// <param name="now">When it begins.</param>
    protected PartnerApp(DateTimeOffset now)
    {
        clock = new(now);
        Settings["AdPlatforms:Mode"] = "Sandbox";
        Settings["Sandbox:ReviewDelaySeconds"] = "0";
        Settings["Sandbox:ProcessingDelaySeconds"] = "0";
        Settings["Api:RequestsPerMinute"] = "100000";
        Settings["Api:RequestsPerMinutePerAddress"] = "100000";
    }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Scene = await Scene.SetAsync(Studio);
        Strangers = await Scene.SetAsync(Studio, "Rival");
    }

    public Scene Scene { get; private set; } = null!;
    public Scene Strangers { get; private set; } = null!;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            foreach (var sandbox in services.Select(s => s.ImplementationInstance).OfType<SandboxOptions>()) sandbox.RealTime = clock;
        });
    }

    public void Advance(TimeSpan by) => clock.Advance(by);

    /// <summary>A new key of the scene's organization.</summary>
    public async Task<string> KeyAsync(Scene scene, params string[] scopes) =>
        (await Get<CreateApiKey>().RunAsync(scene.Admin with { Kind = ActorKind.Person }, "Partner", scopes.Length == 0 ? ["*"] : scopes, null, CancellationToken.None)).Value.Text;

    /// <summary>A program that acts for a person of the scene, whom the partner knows by this id.</summary>
    public async Task<Partner> PartnerAsync(Scene scene, string externalUserId, params string[] scopes)
    {
        var key = await KeyAsync(scene, scopes);
        var reply = await new Partner(Address, ("x-api-key", key)).PostAsync("/api/v1/auth/token", new JsonObject { ["externalUserId"] = externalUserId });
        reply.Status.ShouldBe(HttpStatusCode.Created, reply.Text);
        return new Partner(Address, ("Authorization", "Bearer " + reply.Body["data"]!["accessToken"]!.GetValue<string>()));
    }

    /// <summary>Connects a platform by the whole OAuth flow, saying "Allow" on the sandbox's consent page.</summary>
    public async Task ConnectAsync(Actor actor, Platform platform, string user)
    {
        var started = await Get<StartConnection>().RunAsync(actor, new StartConnectionRequest(platform, Address), CancellationToken.None);
        var url = started.Value.AuthorizeUrl;
        var asked = HttpUtility.ParseQueryString(url.Query);
        var fields = asked.AllKeys.Where(k => k != "scope").Select(k => KeyValuePair.Create(k!, asked[k]!))
            .Concat(asked["scope"]!.Split(' ', ',').Select(s => KeyValuePair.Create("scope", s)))
            .Concat([KeyValuePair.Create("user", user), KeyValuePair.Create("decision", "allow")]);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(url.GetLeftPart(UriPartial.Path), form);
        var back = HttpUtility.ParseQueryString(answer.Headers.Location.ShouldNotBeNull().Query);
        var finished = await Get<FinishConnection>().RunAsync(actor, new ConnectionAnswer(platform, back["state"], back["code"], null, null), CancellationToken.None);
        finished.Outcome.IsDone.ShouldBeTrue(finished.Outcome.Refusal?.Message);
    }

    private sealed class MovedClock(DateTimeOffset start) : TimeProvider
    {
        private readonly long began = TimeProvider.System.GetTimestamp();
        private TimeSpan ahead;

        public void Advance(TimeSpan by) => ahead += by;

        public override DateTimeOffset GetUtcNow() => start + ahead + TimeProvider.System.GetElapsedTime(began);
    }
}

/// <summary>A program that calls the APIs with fixed headers. Every answer is held against the OpenAPI document.</summary>
public sealed class Partner(Uri address, params (string Name, string Value)[] headers)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public Partner With(string name, string value) => new(address, [.. headers.Where(h => h.Name != name), (name, value)]);

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);
    public Task<Reply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);
    public Task<Reply> PostAsync(string path, JsonNode? body = null) => SendAsync(HttpMethod.Post, path, Json(body?.ToJsonString()));
    public Task<Reply> PostAsync(string path, string body) => SendAsync(HttpMethod.Post, path, Json(body));
    public Task<Reply> PutAsync(string path, JsonNode body) => SendAsync(HttpMethod.Put, path, Json(body.ToJsonString()));

    public async Task<Reply> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        (await Documents.OfAsync(address, Http)).Hold(method.Method, path, response.StatusCode, text);
        return new Reply(response.StatusCode, text, response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Asks until it is so; fails with the last answer when it takes too long.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> isSo)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var reply = await GetAsync(path);
            reply.Status.ShouldBe(HttpStatusCode.OK, reply.Text);
            if (isSo(reply.Body)) return reply.Body;
            deadline.IsCancellationRequested.ShouldBeFalse($"It never came to it: {reply.Text}");
            await Task.Delay(100);
        }
    }

    private static StringContent? Json(string? body) => body is null ? null : new(body, Encoding.UTF8, "application/json");
}

public sealed record Reply(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, string? MediaType)
{
    public JsonNode Body => JsonNode.Parse(Text)!;
    public string Header(string name) => Headers.TryGetValues(name, out var values) ? values.First() : "";

    /// <summary>The fields that the answer names as wrong.</summary>
    public IReadOnlyList<string> WrongFields => [.. Body["error"]!["details"]!.AsArray().Select(d => d!["field"]!.GetValue<string>())];

    public Reply ShouldBe(HttpStatusCode status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>An envelope of seed 000, with nothing in it that only a programmer should see.</summary>
    public Reply ShouldRefuse(HttpStatusCode status, string code)
    {
        ShouldBe(status);
        MediaType.ShouldBe("application/json");
        Body["success"]!.GetValue<bool>().ShouldBeFalse();
        Body["statusCode"]!.GetValue<int>().ShouldBe((int)status);
        Body["error"]!["code"]!.GetValue<string>().ShouldBe(code);
        Body["error"]!["message"]!.GetValue<string>().ShouldNotBeEmpty();
        DateTimeOffset.Parse(Body["timestamp"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture).Year.ShouldBeOneOf(2025, 2026);
        Text.ShouldNotContain("   at ");
        Text.ShouldNotContain("Exception");
        return this;
    }
}
