using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Faults;
using AdStudio.Tests.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>Forms that open from Meta's ads, what people send with them, and the calls that tell of it.</summary>
public sealed class MetaLeadsTests
{
    private const string Page = "105550130001", Marker = "F0RM42";

    private static readonly LeadFormContent Content = new()
    {
        Questions = [new("FULL_NAME", "", "name", []), new("EMAIL", "", "mail", []), new("MARITIAL_STATUS", "", "status", []), new("CUSTOM", "How soon?", "soon", [new("now", "Now"), new("later", "Later")])],
        PrivacyPolicyUrl = "https://shop.example/privacy", PrivacyPolicyName = "Privacy", Language = "DE_DE", ThankYou = new() { Title = "Thanks", Body = "We call you.", ButtonText = "Shop", WebsiteUrl = "https://shop.example" },
        Intro = new("Hello", "LIST_STYLE", ["One", "Two"]),
    };

    private static async Task<(PlatformAccess, string Form)> WithFormAsync(SandboxedAdapters adapters)
    {
        var (access, _, _) = await adapters.ConnectAsync(Platform.Meta);
        return (access, (await adapters.Get<ICollectsLeads>(Platform.Meta).CreateFormAsync(access, Page, $"Trail guide · {Marker}", Content, default)).Value);
    }

    private static async Task LaunchAsync(SandboxedAdapters adapters, PlatformAccess access, string form)
    {
        var publishes = adapters.Get<IPublishes>(Platform.Meta);
        var brief = Briefs.Meta(Objective.Leads) with { Account = access.Account!, Page = new(AccountAssetKind.Page, Page, "Harbor & Pine"), Instagram = null, Creatives = [Briefs.Image, Briefs.Carousel], LeadFormId = form, Budget = Money.FromUnits(400, "USD") };
        var done = new Dictionary<string, string>();
        foreach (var step in publishes.PlanLaunch(brief).Steps)
        {
            var result = await publishes.CarryOutAsync(access, step.Fill(done), default);
            result.Refusal.ShouldBeNull($"{step.Key}: {step.Body.ToJsonString()}");
            done[step.Key] = result.Value;
        }
    }

    [Fact]
    public async Task A_form_is_made_found_listed_and_put_away()
    {
        await using var adapters = await SandboxedAdapters.StartAsync();
        var leads = adapters.Get<ICollectsLeads>(Platform.Meta);
        var (access, form) = await WithFormAsync(adapters);

        (await leads.FindFormAsync(access, Page, Marker, default)).Value.ShouldBe(form);
        (await leads.FindFormAsync(access, Page, "F0RM4", default)).Value.ShouldBeNull();
        (await leads.ListFormsAsync(access, Page, default)).Value.Single().ShouldSatisfyAllConditions(f => f.ExternalId.ShouldBe(form), f => (f.OwnStatus, f.Locale, f.Leads).ShouldBe(("ACTIVE", "DE_DE", 0L)));
        (await leads.ArchiveFormAsync(access, Page, form, default)).Value.ShouldBeTrue();
        (await leads.ListFormsAsync(access, Page, default)).Value.Single().OwnStatus.ShouldBe("ARCHIVED");
    }

    [Fact]
    public async Task A_form_whose_answer_was_lost_is_found()
    {
        await using var adapters = await SandboxedAdapters.StartAsync();
        adapters.Host.Control.Faults.Arm("meta", CallKinds.LeadFormCreate, FaultKind.TimeoutAfter);
        var (access, _, _) = await adapters.ConnectAsync(Platform.Meta);
        var leads = adapters.Get<ICollectsLeads>(Platform.Meta);

        (await leads.CreateFormAsync(access, Page, $"Trail guide · {Marker}", Content, default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.UnknownOutcome);
        (await leads.FindFormAsync(access, Page, Marker, default)).Value.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_page_of_somebody_else_is_refused_in_words()
    {
        await using var adapters = await SandboxedAdapters.StartAsync();
        var (access, _, _) = await adapters.ConnectAsync(Platform.Meta);

        (await adapters.Get<ICollectsLeads>(Platform.Meta).ListFormsAsync(access, "1", default)).Refusal.ShouldBeOfType<PlatformFailure>().Kind.ShouldBe(PlatformFailureKind.MissingPermission);
    }

    [Fact]
    public async Task What_the_ads_bring_can_be_read_since_an_instant_and_one_by_one_and_agrees_with_the_numbers()
    {
        await using var adapters = await SandboxedAdapters.StartAsync();
        var leads = adapters.Get<ICollectsLeads>(Platform.Meta);
        var (access, form) = await WithFormAsync(adapters);
        await LaunchAsync(adapters, access, form);
        var started = adapters.Host.Control.Now;
        adapters.Host.Control.Clock.Advance(TimeSpan.FromDays(12));

        var all = await ReadAsync(DateTimeOffset.MinValue.AddYears(1970));

        all.Count.ShouldBeGreaterThan(20);
        all.Select(l => l.CreatedAt).ShouldBe(all.Select(l => l.CreatedAt).OrderDescending());
        all.Select(l => l.ExternalId).ShouldBeUnique();
        all.ShouldAllBe(l => l.Answers.Single(a => a.Key == "mail").Value.EndsWith("@example.com") && l.Answers.Single(a => a.Key == "soon").Value.Length > 0 && l.AdId != null && l.FormId == form && !l.IsOrganic);
        var middle = started.AddDays(6);
        (await ReadAsync(middle)).Select(l => l.ExternalId).ShouldBe(all.Where(l => l.CreatedAt >= middle.AddSeconds(-1)).Select(l => l.ExternalId), ignoreOrder: true);
        (await leads.ReadLeadAsync(access, Page, all[0].ExternalId, default)).Value.Answers.ShouldBe(all[0].Answers);
        (await leads.ListFormsAsync(access, Page, default)).Value.Single().Leads.ShouldBe(all.Count);
        var counted = 0L;
        var today = DateOnly.FromDateTime(adapters.Host.Control.Now.UtcDateTime);
        await foreach (var row in adapters.Get<IReadsInsights>(Platform.Meta).ReadInsightsAsync(access, new(MetricLevel.Ad, today.AddDays(-20), today), default)) counted += row.Value.ConversionsMicros / 1_000_000;
        counted.ShouldBe((await ReadAsync(DateTimeOffset.MinValue.AddYears(1970))).Count);

        async Task<List<PlatformLead>> ReadAsync(DateTimeOffset since)
        {
            var rows = new List<PlatformLead>();
            await foreach (var lead in leads.ReadLeadsAsync(access, Page, form, since, default)) rows.Add(lead.Value);
            return rows;
        }
    }

    [Fact]
    public async Task A_subscribed_page_s_leads_are_told_signed_until_they_are_taken()
    {
        var told = new TaskCompletionSource<(string Body, string? Signature)>();
        var calls = 0;
        await using var callback = await CallbackAsync(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync();
            if (Interlocked.Increment(ref calls) == 1) return HttpStatusCode.ServiceUnavailable;
            told.TrySetResult((body, http.Request.Headers["X-Hub-Signature-256"]));
            return HttpStatusCode.OK;
        });
        await using var adapters = await SandboxedAdapters.StartAsync(o => (o.MetaWebhookUrl, o.MetaWebhookEvery) = (callback.Urls.First() + "/webhooks/meta", TimeSpan.FromMilliseconds(20)));
        var (access, form) = await WithFormAsync(adapters);
        (await adapters.Get<ICollectsLeads>(Platform.Meta).SubscribeAsync(access, Page, default)).Value.ShouldBeTrue();

        var test = await new MetaUser(adapters.Host, access.AccessToken).PostAsync($"{form}/test_leads", new { });
        var (body, signature) = await told.Task.WaitAsync(TimeSpan.FromSeconds(20));

        signature.ShouldBe("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("sandbox-secret"u8, Encoding.UTF8.GetBytes(body))));
        var value = JsonNode.Parse(body)!["entry"]![0]!["changes"]![0]!["value"]!;
        (value["leadgen_id"]!.ToString(), value["form_id"]!.ToString(), value["page_id"]!.ToString()).ShouldBe((test["id"]!.ToString(), form, Page));
        (await adapters.Get<ICollectsLeads>(Platform.Meta).ReadLeadAsync(access, Page, test["id"]!.ToString(), default)).Value.Answers.Count.ShouldBe(4);
        adapters.Get<ITellsOfLeads>(Platform.Meta).Read(body, signature)!.Single().LeadId.ShouldBe(test["id"]!.ToString());
    }

    private static async Task<WebApplication> CallbackAsync(Func<HttpContext, Task<HttpStatusCode>> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/webhooks/meta", async (HttpContext http) => { http.Response.StatusCode = (int)await answer(http); });
        await app.StartAsync();
        return app;
    }
}
