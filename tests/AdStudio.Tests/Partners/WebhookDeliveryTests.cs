using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Leads;
using AdStudio.Core.Mail;
using AdStudio.Core.Partners;
using AdStudio.Core.Upkeep;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Partners;

public sealed class WebhookDeliveryTests(WebhookBench bench) : IClassFixture<WebhookBench>
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task An_event_reaches_its_endpoint_signed_and_in_our_shape()
    {
        var scene = await bench.SceneAsync();
        var made = await bench.EndpointAsync(scene, "/signed");
        var id = await bench.TellAsync(scene);

        (await bench.DeliverAsync(scene, made.Endpoint.Id)).ShouldBe(1);

        var got = bench.Receiver.At("/signed").ShouldHaveSingleItem();
        got.IsSignedBy(made.Secret, bench.Clock.GetUtcNow()).ShouldBeTrue();
        got.IsSignedBy("whsec_another", bench.Clock.GetUtcNow()).ShouldBeFalse();
        (got with { Body = got.Body + " " }).IsSignedBy(made.Secret, bench.Clock.GetUtcNow()).ShouldBeFalse();
        got.EventId.ShouldBe(PublicId.Of("evt", id));
        got.Json["id"]!.GetValue<string>().ShouldBe(got.EventId);
        got.Json["type"]!.GetValue<string>().ShouldBe("approval.needed");
        got.Json["organizationId"]!.GetValue<string>().ShouldBe(scene.Organization.Id.ToString());
        got.Json["projectId"]!.GetValue<string>().ShouldBe(scene.Workspace.Id.ToString());
        got.Json["data"]!["what"]!.GetValue<string>().ShouldBe("boots & “socks”");

        var row = (await bench.DeliveriesAsync(scene, made.Endpoint.Id)).ShouldHaveSingleItem();
        (row.Status, row.Attempts.Single().StatusCode, row.Body).ShouldBe((DeliveryStatus.Delivered, 200, got.Body));
        (await bench.DeliverAsync(scene, made.Endpoint.Id)).ShouldBe(0);
    }

    [Fact]
    public async Task An_endpoint_hears_what_it_asked_for_of_its_workspace_and_nothing_from_before_it_was_there()
    {
        var (scene, strangers) = (await bench.SceneAsync(), await bench.SceneAsync());
        await bench.TellAsync(scene);
        var ofWorkspace = await bench.EndpointAsync(scene, "/workspace", scene.Workspace.Id);
        var ofLeads = await bench.EndpointAsync(scene, "/leads", null, "lead.received");
        var others = await bench.EndpointAsync(strangers, "/strangers");
        await bench.TellAsync(scene);
        await bench.TellAsync(scene, ofWorkspace: false);
        await bench.TellAsync(scene, EventNames.LeadReceived);

        foreach (var endpoint in new[] { ofWorkspace, ofLeads }) await bench.DeliverAsync(scene, endpoint.Endpoint.Id);
        await bench.DeliverAsync(strangers, others.Endpoint.Id);

        bench.Receiver.At("/workspace").Select(r => r.Json["type"]!.GetValue<string>()).ShouldBe(["approval.needed", "lead.received"], ignoreOrder: true);
        bench.Receiver.At("/leads").ShouldHaveSingleItem();
        bench.Receiver.At("/strangers").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failure_is_tried_again_with_growing_pauses_for_a_day_and_then_given_up()
    {
        var scene = await bench.SceneAsync();
        var made = await bench.EndpointAsync(scene, "/down");
        bench.Receiver.Answer("/down", 503, "Back soon");
        await bench.TellAsync(scene);
        var began = bench.Clock.GetUtcNow();

        List<TimeSpan> pauses = [];
        await bench.DeliverAsync(scene, made.Endpoint.Id);
        while ((await bench.DeliveriesAsync(scene, made.Endpoint.Id)).Single() is { NextTryAt: { } next } row)
        {
            pauses.Add(next - row.Attempts[0].At);
            bench.Clock.Advance(next - bench.Clock.GetUtcNow() - TimeSpan.FromSeconds(5));
            (await bench.DeliverAsync(scene, made.Endpoint.Id)).ShouldBe(0, "too early");
            bench.Clock.Advance(TimeSpan.FromSeconds(5));
            (await bench.DeliverAsync(scene, made.Endpoint.Id)).ShouldBe(1);
        }

        pauses.Count.ShouldBe(8);
        foreach (var (pause, least) in pauses.Zip([10, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600])) pause.TotalSeconds.ShouldBeInRange(least, (least * 1.2) + 5);
        (bench.Clock.GetUtcNow() - began).TotalHours.ShouldBeInRange(22, 28);
        var given = (await bench.DeliveriesAsync(scene, made.Endpoint.Id)).Single();
        (given.Status, given.Attempts.Count).ShouldBe((DeliveryStatus.Failed, 9));
        given.Attempts.ShouldAllBe(a => a.StatusCode == 503 && a.Response == "Back soon" && a.Failure!.Contains("answered 503"));
        bench.Receiver.At("/down").Select(r => r.EventId).Distinct().ShouldHaveSingleItem();
        (await bench.Get<GetWebhook>().RunAsync(scene.Admin, made.Endpoint.Id, None)).Value.Health.ShouldBe(WebhookHealth.Failing);
    }

    [Fact]
    public async Task A_receiver_that_asks_for_time_is_given_it_and_a_redirect_is_not_followed()
    {
        var scene = await bench.SceneAsync();
        var (busy, moved) = (await bench.EndpointAsync(scene, "/busy"), await bench.EndpointAsync(scene, "/moved"));
        bench.Receiver.Answer("/busy", http =>
        {
            (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (429, "7200");
            return Task.CompletedTask;
        });
        bench.Receiver.Answer("/moved", http =>
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        await bench.TellAsync(scene);
        await bench.DeliverAsync(scene, busy.Endpoint.Id);
        await bench.DeliverAsync(scene, moved.Endpoint.Id);

        var waiting = (await bench.DeliveriesAsync(scene, busy.Endpoint.Id)).Single();
        (waiting.NextTryAt!.Value - waiting.Attempts[0].At).TotalSeconds.ShouldBeInRange(7199, 7260);
        (await bench.DeliveriesAsync(scene, moved.Endpoint.Id)).Single().Attempts.Single().Failure!.ShouldContain("Redirects are not followed");
        bench.Receiver.At("/elsewhere").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_that_dies_after_sending_leaves_it_to_the_next_which_sends_the_same_id_again()
    {
        var scene = await bench.SceneAsync();
        var made = await bench.EndpointAsync(scene, "/crash");
        await bench.TellAsync(scene);
        using var dying = new CancellationTokenSource();
        bench.Receiver.Answer("/crash", http => dying.CancelAsync());
        while (await bench.Get<WebhookQueue>().HandOutAsync(None) > 0) { }

        await Should.ThrowAsync<OperationCanceledException>(() => bench.Get<DeliverWebhooks>().RunAsync(Actor.Studio(scene.Organization.Id), made.Endpoint.Id, dying.Token));
        (await bench.DeliveriesAsync(scene, made.Endpoint.Id)).Single().Attempts.ShouldBeEmpty();
        (await bench.DeliverAsync(scene, made.Endpoint.Id)).ShouldBe(1);

        bench.Receiver.At("/crash").Count.ShouldBe(2);
        bench.Receiver.At("/crash").Select(r => r.EventId).Distinct().ShouldHaveSingleItem();
        bench.Receiver.At("/crash").Select(r => r.Body).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_endpoint_that_another_worker_delivers_to_waits_until_its_lease_lapses()
    {
        var scene = await bench.SceneAsync();
        var made = await bench.EndpointAsync(scene, "/leased");
        await bench.TellAsync(scene);
        await using (var db = await bench.Studio.OpenAsync(scene.Admin, None))
        {
            var until = bench.Clock.GetUtcNow() + DeliverWebhooks.Lease;
            await db.WebhookEndpoints.Where(e => e.Id == made.Endpoint.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.LeaseId, Guid.NewGuid()).SetProperty(e => e.LeaseUntil, until));
        }

        (await bench.DeliverAsync(scene, made.Endpoint.Id)).ShouldBe(0);
        bench.Clock.Advance(DeliverWebhooks.Lease + TimeSpan.FromSeconds(1));
        (await bench.DeliverAsync(scene, made.Endpoint.Id)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_workers_that_hand_out_at_once_make_one_delivery()
    {
        var scene = await bench.SceneAsync();
        var made = await bench.EndpointAsync(scene, "/once");
        for (var i = 0; i < 5; i++) await bench.TellAsync(scene);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => bench.Get<WebhookQueue>().HandOutAsync(None))));
        await bench.DeliverAsync(scene, made.Endpoint.Id);

        bench.Receiver.At("/once").Count.ShouldBe(5);
    }

    [Fact]
    public async Task What_takes_nothing_for_three_days_is_switched_off_with_a_letter_to_the_admins_and_comes_back_by_hand()
    {
        var scene = await bench.SceneAsync();
        var made = await bench.EndpointAsync(scene, "/dead");
        bench.Receiver.Answer("/dead", 500);
        for (var day = 0; day < 4; day++)
        {
            await bench.TellAsync(scene);
            await bench.DeliverAsync(scene, made.Endpoint.Id);
            bench.Clock.Advance(TimeSpan.FromHours(25));
        }

        var off = (await bench.Get<GetWebhook>().RunAsync(scene.Admin, made.Endpoint.Id, None)).Value;
        (off.Health, off.Waiting).ShouldBe((WebhookHealth.Off, 0));
        off.DisabledReason!.ShouldContain("3 days");
        var mail = (await bench.MailsAsync(scene)).ShouldHaveSingleItem();
        mail.To.ShouldBe($"ada@{scene.Organization.Name}.example".ToLowerInvariant());
        bench.Get<Secrets>().Unprotect(mail.Text)!.ShouldContain("https://studio.example/developers/webhooks");
        (await bench.Get<TestWebhook>().RunAsync(scene.Admin, made.Endpoint.Id, None)).Refusal.ShouldBeOfType<WebhookIsOff>();

        bench.Receiver.Answer("/dead", 200);
        (await bench.Get<ChangeWebhook>().RunAsync(scene.Admin, made.Endpoint.Id, new(Enabled: true), None)).IsDone.ShouldBeTrue();
        (await bench.Get<RedeliverFailed>().RunAsync(scene.Admin, made.Endpoint.Id, bench.Clock.GetUtcNow().AddDays(-7), None)).Value.ShouldBe(4);
        await bench.DeliverAsync(scene, made.Endpoint.Id);
        (await bench.DeliveriesAsync(scene, made.Endpoint.Id)).ShouldAllBe(d => d.Status == DeliveryStatus.Delivered);
        (await bench.Get<GetWebhook>().RunAsync(scene.Admin, made.Endpoint.Id, None)).Value.Health.ShouldBe(WebhookHealth.Good);
    }

    [Fact]
    public async Task An_answer_of_410_switches_off_at_once()
    {
        var scene = await bench.SceneAsync();
        var made = await bench.EndpointAsync(scene, "/gone");
        bench.Receiver.Answer("/gone", 410);
        for (var i = 0; i < 4; i++) await bench.TellAsync(scene); // tried at once, and still one letter
        await bench.DeliverAsync(scene, made.Endpoint.Id);

        (await bench.Get<GetWebhook>().RunAsync(scene.Admin, made.Endpoint.Id, None)).Value.DisabledReason!.ShouldContain("410");
        (await bench.MailsAsync(scene)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_delivery_can_be_sent_again_by_hand_with_the_same_id()
    {
        var scene = await bench.SceneAsync();
        var made = await bench.EndpointAsync(scene, "/again");
        await bench.TellAsync(scene);
        await bench.DeliverAsync(scene, made.Endpoint.Id);
        var delivery = (await bench.DeliveriesAsync(scene, made.Endpoint.Id)).Single();

        (await bench.Get<Redeliver>().RunAsync(scene.Admin, delivery.Id, None)).Value.Status.ShouldBe(DeliveryStatus.Waiting);
        await bench.DeliverAsync(scene, made.Endpoint.Id);

        bench.Receiver.At("/again").Count.ShouldBe(2);
        bench.Receiver.At("/again").Select(r => r.EventId).Distinct().ShouldHaveSingleItem();
        (await bench.DeliveriesAsync(scene, made.Endpoint.Id)).Single().Attempts.Count.ShouldBe(2);
    }

    [Fact]
    public async Task While_a_secret_changes_over_both_sign_and_afterwards_the_new_one_alone()
    {
        var scene = await bench.SceneAsync();
        var old = await bench.EndpointAsync(scene, "/rotate");
        var fresh = (await bench.Get<RotateWebhookSecret>().RunAsync(scene.Admin, old.Endpoint.Id, TimeSpan.FromHours(24), None)).Value;

        await bench.TellAsync(scene);
        await bench.DeliverAsync(scene, old.Endpoint.Id);
        var now = bench.Clock.GetUtcNow();
        var during = bench.Receiver.At("/rotate").Single();
        (during.IsSignedBy(old.Secret, now), during.IsSignedBy(fresh.Secret, now)).ShouldBe((true, true));

        bench.Clock.Advance(TimeSpan.FromHours(25));
        await bench.TellAsync(scene);
        await bench.DeliverAsync(scene, old.Endpoint.Id);
        now = bench.Clock.GetUtcNow();
        var after = bench.Receiver.At("/rotate")[1];
        (after.IsSignedBy(old.Secret, now), after.IsSignedBy(fresh.Secret, now)).ShouldBe((false, true));
    }

    [Fact]
    public async Task An_address_inside_a_private_network_is_never_posted_to()
    {
        var posts = bench.Get<IPostsToWebhooks>();
        posts.RefusalOf("http://example.com/hook").ShouldNotBeNull();
        posts.RefusalOf("not an address").ShouldNotBeNull();
        foreach (var inside in new[] { "https://127.0.0.1:1/hook", "https://[::1]:1/hook", "https://169.254.169.254/hook", "https://10.0.0.1/hook" })
            (await posts.PostAsync(new Uri(inside), "{}", new Dictionary<string, string>(), None)).Failure!.ShouldContain("private network");
    }

    [Fact]
    public async Task A_secret_stands_in_no_answer_after_its_making_and_in_no_audit()
    {
        var scene = await bench.SceneAsync();
        var made = await bench.EndpointAsync(scene, "/hush");
        await bench.TellAsync(scene);
        await bench.DeliverAsync(scene, made.Endpoint.Id);

        made.ToString().ShouldNotContain(made.Secret);
        System.Text.Json.JsonSerializer.Serialize((await bench.Get<ListWebhooks>().RunAsync(scene.Admin, None)).Value).ShouldNotContain("whsec_");
        System.Text.Json.JsonSerializer.Serialize(await bench.DeliveriesAsync(scene, made.Endpoint.Id)).ShouldNotContain("whsec_");
        await using var db = await bench.Studio.OpenAsync(scene.Admin, None);
        (await db.WebhookEndpoints.SingleAsync(e => e.Id == made.Endpoint.Id)).Secret.ShouldNotContain(made.Secret);
        foreach (var entry in await db.AuditEntries.Where(a => a.SubjectId == made.Endpoint.Id).ToListAsync()) $"{entry.Before}{entry.After}".ShouldNotContain("ecret\"");
    }

    [Fact]
    public async Task Endpoints_belong_to_the_admins_of_what_they_hear_of()
    {
        var (scene, strangers) = (await bench.SceneAsync(), await bench.SceneAsync());
        var made = await bench.EndpointAsync(scene, "/mine", scene.Workspace.Id);
        await bench.TellAsync(scene);
        await bench.DeliverAsync(scene, made.Endpoint.Id);
        var delivery = (await bench.DeliveriesAsync(scene, made.Endpoint.Id)).Single();

        foreach (var other in new[] { scene.Manager, scene.Viewer, scene.TeamAdmin, strangers.Admin })
        {
            (await bench.Get<ListWebhooks>().RunAsync(other, None)).Value.ShouldNotContain(w => w.Id == made.Endpoint.Id);
            (await bench.Get<GetWebhook>().RunAsync(other, made.Endpoint.Id, None)).Refusal.ShouldBeOfType<WebhookNotFound>();
            (await bench.Get<ChangeWebhook>().RunAsync(other, made.Endpoint.Id, new(Enabled: false), None)).Refusal.ShouldBeOfType<WebhookNotFound>();
            (await bench.Get<RotateWebhookSecret>().RunAsync(other, made.Endpoint.Id, TimeSpan.Zero, None)).Refusal.ShouldBeOfType<WebhookNotFound>();
            (await bench.Get<TestWebhook>().RunAsync(other, made.Endpoint.Id, None)).Refusal.ShouldBeOfType<WebhookNotFound>();
            (await bench.Get<DeleteWebhook>().RunAsync(other, made.Endpoint.Id, None)).Refusal.ShouldBeOfType<WebhookNotFound>();
            (await bench.Get<ListDeliveries>().RunAsync(other, made.Endpoint.Id, new(), None)).Refusal.ShouldBeOfType<WebhookNotFound>();
            (await bench.Get<Redeliver>().RunAsync(other, delivery.Id, None)).Refusal.ShouldBeOfType<DeliveryNotFound>();
        }
        (await bench.Get<CreateWebhook>().RunAsync(scene.Manager, "https://hooks.example/x", ["*"], scene.Workspace.Id, "", None)).Refusal.ShouldBeOfType<WebhooksNeedAdmin>();
        (await bench.Get<CreateWebhook>().RunAsync(strangers.Admin, "https://hooks.example/x", ["*"], scene.Workspace.Id, "", None)).Refusal.ShouldBeOfType<InvalidError>();

        (await bench.Get<DeleteWebhook>().RunAsync(scene.Admin, made.Endpoint.Id, None)).IsDone.ShouldBeTrue();
        (await bench.Get<GetWebhook>().RunAsync(scene.Admin, made.Endpoint.Id, None)).Refusal.ShouldBeOfType<WebhookNotFound>();
    }

    [Fact]
    public async Task After_thirty_days_nothing_is_left_of_what_was_told()
    {
        var scene = await bench.SceneAsync();
        var made = await bench.EndpointAsync(scene, "/purged");
        await bench.TellAsync(scene);
        await bench.DeliverAsync(scene, made.Endpoint.Id);
        bench.Clock.Advance(TimeSpan.FromDays(31));
        var kept = await bench.TellAsync(scene);
        await bench.DeliverAsync(scene, made.Endpoint.Id);

        await bench.Get<PurgeExpired>().RunAsync(None);

        (await bench.DeliveriesAsync(scene, made.Endpoint.Id)).ShouldHaveSingleItem().EventId.ShouldBe(kept);
        await using var db = await bench.Studio.OpenAsync(scene.Admin, None);
        (await db.StudioEvents.Select(e => e.Id).ToListAsync()).ShouldBe([kept]);
    }
}
