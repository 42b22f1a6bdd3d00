using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Partners;
using AdStudio.Core.Upkeep;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Partners;

/// <summary>The same request twice is one campaign, whatever happens in between.</summary>
public sealed class IdempotencyTests(PartnerApp app) : IClassFixture<PartnerApp>
{
    private const string Campaigns = "/api/crm/ads/campaigns";

    [Fact]
    public async Task The_second_time_the_first_answer_comes_again()
    {
        var partner = (await KeyedAsync()).With("Idempotency-Key", "once");
        var body = Body("Said once");

        var first = (await partner.PostAsync(Campaigns, body)).ShouldBe(HttpStatusCode.Created);
        var second = (await partner.PostAsync(Campaigns, body)).ShouldBe(HttpStatusCode.Created);

        first.Header("Idempotency-Replayed").ShouldBe("");
        second.Header("Idempotency-Replayed").ShouldBe("true");
        second.Text.ShouldBe(first.Text);
        second.Header("Location").ShouldBe(first.Header("Location"));
        (await NamedAsync("Said once")).ShouldBe(1);
    }

    [Fact]
    public async Task Another_body_or_another_address_under_the_same_key_is_a_conflict()
    {
        var partner = (await KeyedAsync()).With("Idempotency-Key", "for one thing");
        var made = (await partner.PostAsync(Campaigns, Body("One thing"))).ShouldBe(HttpStatusCode.Created).Body["id"]!.GetValue<string>();

        (await partner.PostAsync(Campaigns, Body("Another thing"))).ShouldRefuse(HttpStatusCode.Conflict, "IDEMPOTENCY_CONFLICT");
        (await partner.PostAsync($"{Campaigns}/duplicate/{made}")).ShouldRefuse(HttpStatusCode.Conflict, "IDEMPOTENCY_CONFLICT");
        (await partner.With("Idempotency-Key", "For one thing").PostAsync($"{Campaigns}/duplicate/{made}")).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Another_caller_has_keys_of_its_own()
    {
        var (one, other) = ((await KeyedAsync()).With("Idempotency-Key", "ours"), (await KeyedAsync()).With("Idempotency-Key", "ours"));

        (await one.PostAsync(Campaigns, Body("Of two callers"))).ShouldBe(HttpStatusCode.Created);
        (await other.PostAsync(Campaigns, Body("Of two callers"))).ShouldBe(HttpStatusCode.Created).Header("Idempotency-Replayed").ShouldBe("");
        (await NamedAsync("Of two callers")).ShouldBe(2);
    }

    [Fact]
    public async Task Fifty_at_once_make_one_campaign()
    {
        var partner = (await KeyedAsync()).With("Idempotency-Key", "all at once");
        var body = Body("In a crowd");

        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => partner.PostAsync(Campaigns, body)));

        replies.ShouldAllBe(r => r.Status == HttpStatusCode.Created);
        replies.Select(r => r.Text).Distinct().Count().ShouldBe(1);
        replies.Count(r => r.Header("Idempotency-Replayed") == "").ShouldBe(1);
        (await NamedAsync("In a crowd")).ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_given_from_what_was_made()
    {
        var partner = (await KeyedAsync()).With("Idempotency-Key", "cut off");
        var body = Body("Cut off");
        var first = (await partner.PostAsync(Campaigns, body)).ShouldBe(HttpStatusCode.Created);

        // As a process leaves it that died between the save and its answer.
        await using (var db = await app.Studio.OpenAsync(app.Scene.Admin, CancellationToken.None))
        {
            var made = Guid.Parse(first.Body["id"]!.GetValue<string>());
            (await db.IdempotentRequests.Where(r => r.MadeKind == "Campaign" && r.MadeId == made).ExecuteUpdateAsync(set => set.SetProperty(r => r.Status, (int?)null).SetProperty(r => r.Answer, (string?)null))).ShouldBe(1);
        }

        var second = (await partner.PostAsync(Campaigns, body)).ShouldBe(HttpStatusCode.Created);
        second.Body["id"]!.GetValue<string>().ShouldBe(first.Body["id"]!.GetValue<string>());
        second.Header("Idempotency-Replayed").ShouldBe("true");
        (await partner.PostAsync(Campaigns, body)).Text.ShouldBe(second.Text);
        (await NamedAsync("Cut off")).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_made_and_the_claim_to_it_stand_or_fall_together()
    {
        var claim = IdempotencyClaim.Of(app.Scene.Admin, "elsewhere", "POST /somewhere", [], [typeof(Core.Campaigns.Campaign)]);
        var twin = IdempotencyClaim.Of(app.Scene.Admin, "elsewhere", "POST /somewhere", [], [typeof(Core.Campaigns.Campaign)]);
        var create = app.Get<Core.Campaigns.CreateCampaign>();
        (await create.RunAsync(app.Scene.Admin with { Claim = claim }, app.Scene.Workspace.Id, "On two nodes", new(), null, CancellationToken.None)).IsDone.ShouldBeTrue();

        // Another node that has not seen it carries out the same: the database says no, and nothing of it stays.
        await Should.ThrowAsync<DbUpdateException>(() => create.RunAsync(app.Scene.Admin with { Claim = twin }, app.Scene.Workspace.Id, "On two nodes", new(), null, CancellationToken.None));

        claim.IsWritten.ShouldBeTrue();
        twin.WasRefused.ShouldBeTrue();
        (await NamedAsync("On two nodes")).ShouldBe(1);
        (await app.Get<IdempotencyKeys>().FindAsync(app.Scene.Admin, twin, CancellationToken.None)).ShouldNotBeNull().Status.ShouldBeNull();
    }

    [Fact]
    public async Task What_was_refused_is_not_kept_and_may_be_put_right_under_the_same_key()
    {
        var partner = (await KeyedAsync()).With("Idempotency-Key", "second try");

        (await partner.PostAsync(Campaigns, new JsonObject { ["name"] = "" })).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST");
        (await partner.PostAsync(Campaigns, Body("Put right"))).ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\tb")]
    [InlineData("long")]
    public async Task A_key_is_1_to_255_printable_characters(string key)
    {
        var partner = (await KeyedAsync()).With("Idempotency-Key", key == "long" ? new string('k', 256) : key);

        (await partner.PostAsync(Campaigns, Body("With a bad key"))).ShouldRefuse(HttpStatusCode.BadRequest, "BAD_REQUEST").WrongFields.ShouldBe(["Idempotency-Key"]);
        (await partner.With("Idempotency-Key", new string('k', 255)).PostAsync(Campaigns, Body("With a long key"))).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task After_two_days_a_key_is_free_again()
    {
        var partner = (await KeyedAsync()).With("Idempotency-Key", "long ago");
        (await partner.PostAsync(Campaigns, Body("Long ago"))).ShouldBe(HttpStatusCode.Created);
        await KeptAsync();
        await using (var db = await app.Studio.OpenAsync(app.Scene.Admin, CancellationToken.None))
        {
            (await db.IdempotentRequests.ToListAsync()).ShouldAllBe(r => r.ExpiresAt - r.CreatedAt >= TimeSpan.FromHours(24));
            await db.IdempotentRequests.ExecuteUpdateAsync(set => set.SetProperty(r => r.ExpiresAt, DateTimeOffset.UnixEpoch));
        }

        (await partner.PostAsync(Campaigns, Body("Long ago, again"))).ShouldBe(HttpStatusCode.Created);
        await app.Get<PurgeExpired>().RunAsync(CancellationToken.None);
        (await partner.PostAsync(Campaigns, Body("Long ago, again"))).ShouldBe(HttpStatusCode.Created).Header("Idempotency-Replayed").ShouldBe("true");
        await using (var db = await app.Studio.OpenAsync(app.Scene.Admin, CancellationToken.None)) (await db.IdempotentRequests.AnyAsync(r => r.ExpiresAt == DateTimeOffset.UnixEpoch)).ShouldBeFalse();
    }

    /// <summary>Answers are written down a moment after they were given.</summary>
    private async Task KeptAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var db = await app.Studio.OpenAsync(app.Scene.Admin, CancellationToken.None);
        while (await db.IdempotentRequests.AnyAsync(r => r.Status == null, deadline.Token)) await Task.Delay(50, deadline.Token);
    }

    private async Task<Partner> KeyedAsync() => new(app.Address, ("x-api-key", await app.KeyAsync(app.Scene)));

    private JsonObject Body(string name) => JsonNode.Parse($$"""
        {"name":"{{name}}","objective":"traffic","platforms":["facebook"],"budget":{"type":"daily","amount":50,"currency":"USD"},"workspaceId":"{{app.Scene.Workspace.Id}}"}
        """)!.AsObject();

    private async Task<int> NamedAsync(string name)
    {
        await using var db = await app.Studio.OpenAsync(app.Scene.Admin, CancellationToken.None);
        return await db.Campaigns.CountAsync(c => c.Name == name);
    }
}
