using Shouldly;
using Xunit;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using AdStudio.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdStudio.Tests.Sandbox;

/// <summary>The sandbox alone on a free port, with its state in a file of its own.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    public const string Redirect = "http://127.0.0.1:9/callback";
    private readonly string path;
    private readonly bool keep;
    private readonly WebApplication app;
    private int calls;

    private SandboxHost(WebApplication app, string path, bool keep)
    {
        this.app = app;
        this.path = path;
        this.keep = keep;
        Url = app.Urls.First() + "/sandbox";
        Control = app.Services.GetRequiredService<SandboxControl>();
    }

    /// <summary>How many requests have come so far.</summary>
    public int Calls => Volatile.Read(ref calls);

    public string Url { get; }
    public string Path => path;
    public SandboxControl Control { get; }
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public static async Task<SandboxHost> StartAsync(Action<SandboxOptions>? configure = null, string? path = null, bool keep = false)
    {
        path ??= System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"sandbox-{Guid.NewGuid():N}.db");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSandbox(o =>
        {
            o.DataPath = path;
            o.ReviewDelay = TimeSpan.Zero;
            o.ProcessingDelay = TimeSpan.Zero;
            configure?.Invoke(o);
        });
        var app = builder.Build();
        var host = default(SandboxHost);
        app.Use(next => http =>
        {
            if (host is not null) Interlocked.Increment(ref host.calls);
            return next(http);
        });
        app.MapSandbox("/sandbox");
        await app.StartAsync();
        return host = new SandboxHost(app, path, keep);
    }

    public async Task<MetaUser> MetaAsync(string user = "10155501000001", params string[] scopes)
    {
        if (scopes.Length == 0) scopes = ["ads_management", "ads_read", "business_management", "pages_show_list", "pages_manage_ads"];
        var code = Query(await DecideAsync("/meta/v25.0/dialog/oauth", new() { ["client_id"] = "sandbox-client", ["redirect_uri"] = Redirect, ["state"] = "s", ["user"] = user, ["decision"] = "allow" }, scopes), "code");
        var token = await GetAsync($"/meta/v25.0/oauth/access_token?client_id=sandbox-client&client_secret=sandbox-secret&redirect_uri={Uri.EscapeDataString(Redirect)}&code={code}");
        return new MetaUser(this, token["access_token"]!.GetValue<string>());
    }

    public async Task<GoogleUser> GoogleAsync(string user = "107001", string? login = "8005550100")
    {
        var code = Query(await DecideAsync("/google/o/oauth2/v2/auth", new() { ["client_id"] = "sandbox-client", ["redirect_uri"] = Redirect, ["state"] = "s", ["user"] = user, ["decision"] = "allow", ["access_type"] = "offline" }, ["https://www.googleapis.com/auth/adwords"]), "code");
        var (_, token) = await FormAsync("/google/token", new() { ["grant_type"] = "authorization_code", ["client_id"] = "sandbox-client", ["client_secret"] = "sandbox-secret", ["redirect_uri"] = Redirect, ["code"] = code });
        return new GoogleUser(this, token["access_token"]!.GetValue<string>(), token["refresh_token"]!.GetValue<string>(), login);
    }

    /// <summary>Posts a decision on a consent page and returns where it leads.</summary>
    public async Task<Uri> DecideAsync(string page, Dictionary<string, string> fields, string[] scopes)
    {
        var form = fields.Concat(scopes.Select(s => KeyValuePair.Create("scope", s)));
        using var reply = await Http.PostAsync(Url + page, new FormUrlEncodedContent(form));
        reply.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return reply.Headers.Location!;
    }

    public async Task<JsonNode> GetAsync(string path) => (await Http.GetFromJsonAsync<JsonNode>(path.StartsWith("http", StringComparison.Ordinal) ? path : Url + path))!;

    public async Task<(HttpResponseMessage Reply, JsonNode Body)> FormAsync(string path, Dictionary<string, string> form)
    {
        var reply = await Http.PostAsync(Url + path, new FormUrlEncodedContent(form));
        return (reply, (await reply.Content.ReadFromJsonAsync<JsonNode>())!);
    }

    public static string Query(Uri uri, string name) => System.Web.HttpUtility.ParseQueryString(uri.Query)[name]!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        if (keep) return;
        foreach (var file in new[] { path, path + "-wal", path + "-shm" }) File.Delete(file);
    }
}

/// <summary>A person's way into the emulated Graph API.</summary>
public sealed record MetaUser(SandboxHost Host, string Token)
{
    public const string Usd = "act_1045550120001", Eur = "act_1045550120002", Unsettled = "act_1045550120003", Page = "105550130001", Pixel = "2055501400001";

    public async Task<(int Status, JsonNode Body)> SendAsync(HttpMethod method, string path, object? parameters = null)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith("http", StringComparison.Ordinal) ? path : $"{Host.Url}/meta/v25.0/{path}");
        request.Headers.Authorization = new("Bearer", Token);
        if (parameters is not null) request.Content = JsonContent.Create(parameters);
        using var reply = await Host.Http.SendAsync(request);
        return ((int)reply.StatusCode, JsonNode.Parse(await reply.Content.ReadAsStringAsync())!);
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path);
        status.ShouldBe(200, body.ToJsonString());
        return body;
    }

    public async Task<JsonNode> PostAsync(string path, object parameters)
    {
        var (status, body) = await SendAsync(HttpMethod.Post, path, parameters);
        status.ShouldBe(200, body.ToJsonString());
        return body;
    }

    public async Task<JsonNode> RefusedAsync(string path, object parameters)
    {
        var (status, body) = await SendAsync(HttpMethod.Post, path, parameters);
        status.ShouldBeInRange(400, 599, body.ToJsonString());
        return body["error"]!;
    }

    /// <summary>A running sales campaign with one ad set and so many ads.</summary>
    public async Task<(string Campaign, string AdSet, List<string> Ads)> LaunchAsync(string account = Usd, int dailyBudget = 5000, int ads = 2, string text = "Warm socks for cold decks", object? schedule = null)
    {
        var campaign = await IdAsync($"{account}/campaigns", new { name = "Autumn sale", objective = "OUTCOME_SALES", special_ad_categories = Array.Empty<string>(), status = "ACTIVE", is_adset_budget_sharing_enabled = false });
        var adSet = await IdAsync($"{account}/adsets", schedule ?? new
        {
            name = "Women 25-54", campaign_id = campaign, billing_event = "IMPRESSIONS", optimization_goal = "OFFSITE_CONVERSIONS", daily_budget = dailyBudget, status = "ACTIVE",
            promoted_object = new { pixel_id = Pixel, custom_event_type = "PURCHASE" }, targeting = new { geo_locations = new { countries = new[] { "US", "CA" } }, age_min = 25, age_max = 54, genders = new[] { 2 } },
        });
        var made = new List<string>();
        for (var i = 0; i < ads; i++)
        {
            var creative = await CreativeAsync(account, text);
            made.Add(await IdAsync($"{account}/ads", new { name = $"Ad {i + 1}", adset_id = adSet, creative = new { creative_id = creative }, status = "ACTIVE" }));
        }
        return (campaign, adSet, made);
    }

    public Task<string> CreativeAsync(string account, string text) => IdAsync($"{account}/adcreatives", new
    {
        name = "Creative", object_story_spec = new { page_id = Page, link_data = new { link = "https://harborandpine.example/sale", message = text, name = "Autumn sale", call_to_action = new { type = "SHOP_NOW", value = new { link = "https://harborandpine.example/sale" } } } },
    });

    public async Task<string> IdAsync(string path, object parameters) => (await PostAsync(path, parameters))["id"]!.GetValue<string>();
}

/// <summary>A person's way into the emulated Google Ads API.</summary>
public sealed record GoogleUser(SandboxHost Host, string Token, string RefreshToken, string? Login)
{
    public const string Usd = "8005550101", Eur = "8005550102", Suspended = "8005550103";

    public async Task<(int Status, JsonNode Body)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"{Host.Url}/google/v25/{path}");
        request.Headers.Authorization = new("Bearer", Token);
        if (Login is not null) request.Headers.Add("login-customer-id", Login);
        if (body is not null) request.Content = JsonContent.Create(body);
        using var reply = await Host.Http.SendAsync(request);
        return ((int)reply.StatusCode, JsonNode.Parse(await reply.Content.ReadAsStringAsync())!);
    }

    public async Task<JsonNode> PostAsync(string path, object body)
    {
        var (status, answer) = await SendAsync(HttpMethod.Post, path, body);
        status.ShouldBe(200, answer.ToJsonString());
        return answer;
    }

    /// <summary>The first error of the failure a call must end in.</summary>
    public async Task<JsonNode> RefusedAsync(string path, object body)
    {
        var (status, answer) = await SendAsync(HttpMethod.Post, path, body);
        status.ShouldBeInRange(400, 599, answer.ToJsonString());
        return answer["error"]!["details"]![0]!["errors"]![0]!;
    }

    public async Task<List<JsonNode>> QueryAsync(string query, string customer = Usd) =>
        [.. ((await PostAsync($"customers/{customer}/googleAds:search", new { query }))["results"] as JsonArray ?? []).Select(r => r!)];

    public async Task<string> MutateAsync(string collection, object operation, string customer = Usd) =>
        (await PostAsync($"customers/{customer}/{collection}:mutate", new { operations = new[] { operation } }))["results"]![0]!["resourceName"]!.GetValue<string>();

    /// <summary>A running search campaign with one ad group and one ad.</summary>
    public async Task<(string Budget, string Campaign, string AdGroup, string Ad)> LaunchAsync(string name = "Autumn search", long dailyMicros = 60_000_000, string customer = Usd, string status = "ENABLED")
    {
        var budget = await MutateAsync("campaignBudgets", new { create = new { name = name + " budget", amountMicros = dailyMicros.ToString(System.Globalization.CultureInfo.InvariantCulture), explicitlyShared = false } }, customer);
        var campaign = await MutateAsync("campaigns", new
        {
            create = new { name, status, advertisingChannelType = "SEARCH", campaignBudget = budget, maximizeConversionValue = new { }, containsEuPoliticalAdvertising = "DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING", networkSettings = new { targetGoogleSearch = true } },
        }, customer);
        var group = await MutateAsync("adGroups", new { create = new { name = "Socks", campaign, status = "ENABLED", type = "SEARCH_STANDARD" } }, customer);
        var ad = await MutateAsync("adGroupAds", new { create = new { adGroup = group, status = "ENABLED", ad = SearchAd() } }, customer);
        return (budget, campaign, group, ad);
    }

    public static object SearchAd(string headline = "Warm wool socks") => new
    {
        finalUrls = new[] { "https://harborandpine.example" },
        responsiveSearchAd = new { headlines = new[] { new { text = headline }, new { text = "Made for cold decks" }, new { text = "Free shipping" } }, descriptions = new[] { new { text = "Knitted in Maine since 1987." }, new { text = "Try them for 60 days." } } },
    };
}
