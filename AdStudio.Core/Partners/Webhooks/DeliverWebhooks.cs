using System.Net;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Leads;
using AdStudio.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Partners;

/// <summary>
/// Sends what waits for one endpoint, some at once, under a lease: one worker an endpoint, so that a slow address holds up no other. A try is written down after it was made; who dies in between leaves the lease to lapse,
/// and the next one sends the same event again with the same id.
/// </summary>
public sealed class DeliverWebhooks(Studio studio, Secrets secrets, IPostsToWebhooks posts, Outbox mail, StudioAddress address, WebhookSignals signals, TimeProvider time)
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>An endpoint that takes nothing for so long is switched off.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);
    private const int AtOnce = 4;

    /// <summary>How many tries were made.</summary>
    public async Task<Result<int>> RunAsync(Actor actor, Guid endpointId, CancellationToken ct)
    {
        var (lease, tries) = (Guid.NewGuid(), 0);
        try
        {
            while (await ClaimAsync(actor, endpointId, lease, ct) is { } endpoint && await DueAsync(actor, endpointId, ct) is { Count: > 0 } due)
            {
                await JudgeAsync(actor, endpointId, await Task.WhenAll(due.Select(delivery => TryAsync(actor, endpoint, delivery, ct))), ct);
                tries += due.Count;
                signals.Tell(actor.OrganizationId);
            }
            return tries;
        }
        finally
        {
            await using var db = await studio.OpenAsync(actor, CancellationToken.None);
            await db.WebhookEndpoints.Where(e => e.Id == endpointId && e.LeaseId == lease).ExecuteUpdateAsync(set => set.SetProperty(e => e.LeaseId, (Guid?)null).SetProperty(e => e.LeaseUntil, (DateTimeOffset?)null), CancellationToken.None);
        }
    }

    /// <summary>Takes the lease, or prolongs it; null when another has it, or the endpoint is off or gone.</summary>
    private async Task<WebhookEndpoint?> ClaimAsync(Actor actor, Guid endpointId, Guid lease, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var (now, until) = (time.GetUtcNow(), time.GetUtcNow() + Lease);
        var claimed = await db.WebhookEndpoints.Where(e => e.Id == endpointId && e.IsEnabled && (e.LeaseId == lease || e.LeaseUntil == null || e.LeaseUntil <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.LeaseId, lease).SetProperty(e => e.LeaseUntil, until), ct);
        return claimed == 1 ? await db.WebhookEndpoints.AsNoTracking().SingleOrDefaultAsync(e => e.Id == endpointId, ct) : null;
    }

    private async Task<List<WebhookDelivery>> DueAsync(Actor actor, Guid endpointId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var now = time.GetUtcNow();
        return await db.WebhookDeliveries.AsNoTracking().Include(d => d.Event).Where(d => d.EndpointId == endpointId && d.Status == DeliveryStatus.Waiting && d.NextTryAt <= now).OrderBy(d => d.NextTryAt).ThenBy(d => d.Id).Take(AtOnce).ToListAsync(ct);
    }

    private async Task<WebhookAnswer> TryAsync(Actor actor, WebhookEndpoint endpoint, WebhookDelivery due, CancellationToken ct)
    {
        var began = time.GetUtcNow();
        var watch = time.GetTimestamp();
        var answer = await SendAsync(endpoint, due.Event, began, ct);
        var took = (int)Math.Min(int.MaxValue, time.GetElapsedTime(watch).TotalMilliseconds);

        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.WebhookDeliveries.SingleOrDefaultAsync(d => d.Id == due.Id, ct) is not { } delivery) return answer; // deleted meanwhile
        var now = time.GetUtcNow();
        db.Add(new WebhookAttempt { OrganizationId = delivery.OrganizationId, DeliveryId = delivery.Id, At = began, Milliseconds = took, StatusCode = answer.StatusCode, Failure = Short(answer.Failure, 512), Response = Short(answer.Body, WebhookAttempt.ResponseLength) });
        delivery.Tries++;
        if (answer.Failure is null) (delivery.Status, delivery.DeliveredAt, delivery.NextTryAt) = (DeliveryStatus.Delivered, now, null);
        else if (WebhookPauses.After(delivery.Tries, answer.RetryAfter) is { } pause) delivery.NextTryAt = now + pause;
        else (delivery.Status, delivery.NextTryAt) = (DeliveryStatus.Failed, null);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException) when (!db.WebhookDeliveries.Any(d => d.Id == due.Id))
        {
            // The endpoint was deleted while it answered.
        }
        return answer;
    }

    private Task<WebhookAnswer> SendAsync(WebhookEndpoint endpoint, StudioEvent happened, DateTimeOffset now, CancellationToken ct)
    {
        var previous = endpoint.PreviousSecretUntil > now ? secrets.Unprotect(endpoint.PreviousSecret) : null;
        if (secrets.Unprotect(endpoint.Secret) is not { } secret) return Task.FromResult(new WebhookAnswer(null, "The secret can't be read any more, so nothing can be signed. Make a new one.", null, null));
        var body = WebhookMessage.BodyOf(happened);
        return posts.PostAsync(new Uri(endpoint.Url), body, WebhookMessage.HeadersOf(happened, body, previous is null ? [secret] : [secret, previous], now), ct);
    }

    /// <summary>Keeps since when all fails; switches off what is gone for good, or has failed too long. Once for what was tried together, so that it is switched off once.</summary>
    private async Task JudgeAsync(Actor actor, Guid endpointId, IReadOnlyList<WebhookAnswer> answers, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var now = time.GetUtcNow();
        var all = db.WebhookEndpoints.Where(e => e.Id == endpointId);
        var (took, gone) = (answers.Any(a => a.Failure is null), answers.Any(a => a.StatusCode == (int)HttpStatusCode.Gone));
        if (took) await all.ExecuteUpdateAsync(set => set.SetProperty(e => e.FailingSince, (DateTimeOffset?)null).SetProperty(e => e.LastSuccessAt, now), ct);
        else await all.Where(e => e.FailingSince == null).ExecuteUpdateAsync(set => set.SetProperty(e => e.FailingSince, now), ct);
        if ((took && !gone) || await all.SingleOrDefaultAsync(ct) is not { IsEnabled: true } endpoint) return;

        var why = gone ? "It answered 410, which says that it is gone for good."
            : endpoint.FailingSince <= now - Patience ? $"It took nothing for {Patience.TotalDays:0} days. The last try: {answers[^1].Failure}"
            : null;
        if (why is null) return;

        (endpoint.IsEnabled, endpoint.DisabledAt, endpoint.DisabledReason) = (false, now, Short(why, 512));
        db.AuditVerb = "switched off";
        await foreach (var admin in db.Users.Where(p => p.OrganizationId == endpoint.OrganizationId && p.Role == OrganizationRole.Admin && p.Email != null).AsAsyncEnumerable().WithCancellation(ct)) Write(db, endpoint, admin);
        await db.SaveChangesAsync(ct);
        await db.GiveUpAsync(endpointId, ct);
        mail.SendSoon();
    }

    private void Write(StudioDb db, WebhookEndpoint endpoint, Person admin) =>
        mail.Write(db, endpoint.OrganizationId, admin.Email!, "AdStudio switched off a webhook endpoint", $"""
            Hello {admin.Name},

            AdStudio no longer sends events to this address:

            {endpoint.Url}

            {endpoint.DisabledReason}

            What could not be delivered is kept for 30 days. Once the address answers again, switch it on and send the failed deliveries again:

            {address.Of("/developers/webhooks")}
            """);

    private static string? Short(string? text, int most) => text is null || text.Length <= most ? text : text[..most];
}
