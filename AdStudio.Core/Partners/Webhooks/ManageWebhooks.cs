using System.Security.Cryptography;
using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Leads;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Partners;

/// <summary>The endpoints that the actor may set up, newest first.</summary>
public sealed class ListWebhooks(Studio studio)
{
    public async Task<Result<IReadOnlyList<WebhookRow>>> RunAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var all = await db.WebhookEndpoints.AsNoTracking().OwnedBy(actor).OrderByDescending(e => e.CreatedAt).ThenBy(e => e.Id).ToListAsync(ct);
        return await db.RowsAsync(all, ct);
    }
}

public sealed class GetWebhook(Studio studio)
{
    public async Task<Result<WebhookRow>> RunAsync(Actor actor, Guid id, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        return await db.FindWebhookAsync(actor, id, ct) is { } endpoint ? (await db.RowsAsync([endpoint], ct))[0] : new WebhookNotFound();
    }
}

/// <summary>Sets up an address that is told of events. The secret comes back this once.</summary>
public sealed class CreateWebhook(Studio studio, Secrets secrets, IPostsToWebhooks posts, WebhookSignals signals, TimeProvider time)
{
    public const int Most = 50;

    /// <param name="workspaceId">Null hears of the whole organization, which its admins alone may ask for.</param>
    public async Task<Result<WebhookWithSecret>> RunAsync(Actor actor, string url, IReadOnlyCollection<string> events, Guid? workspaceId, string description, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var workspace = workspaceId is null ? null : await db.Workspaces.Where(w => w.Id == workspaceId).Select(w => new { w.Name }).SingleOrDefaultAsync(ct);
        if (workspaceId is { } id && (workspace is null || !actor.Sees(id))) return new InvalidError("workspaceId", "There is no such workspace here.");
        if (!actor.Owns(workspaceId)) return new WebhooksNeedAdmin(workspace?.Name ?? "the organization");
        if (WebhookRules.Check(posts, url, events, description) is { } wrong) return wrong;
        if (await db.WebhookEndpoints.CountAsync(ct) >= Most) return new TooManyWebhooks(Most);

        var (secret, now) = (WebhookRules.NewSecret(), time.GetUtcNow());
        var endpoint = new WebhookEndpoint
        {
            OrganizationId = actor.OrganizationId, WorkspaceId = workspaceId, Url = url.Trim(), Description = description.Trim(), Events = WebhookRules.Tidy(events), Secret = secrets.Protect(secret), SecretMadeAt = now, CreatedByName = actor.Name, CreatedAt = now, UpdatedAt = now,
        };
        db.Add(endpoint);
        await db.SaveChangesAsync(ct);
        signals.Tell(actor.OrganizationId);
        return new WebhookWithSecret((await db.RowsAsync([endpoint], ct))[0], secret);
    }
}

/// <summary>Null leaves a part as it is.</summary>
public sealed record WebhookChange(string? Url = null, IReadOnlyCollection<string>? Events = null, string? Description = null, bool? Enabled = null);

/// <summary>Changes an endpoint, switches it off or on again. What waited when it was switched off is given up, and can be sent again by hand.</summary>
public sealed class ChangeWebhook(Studio studio, IPostsToWebhooks posts, WebhookSignals signals, TimeProvider time)
{
    public async Task<Result<WebhookRow>> RunAsync(Actor actor, Guid id, WebhookChange change, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindWebhookAsync(actor, id, ct) is not { } endpoint) return new WebhookNotFound();
        if (WebhookRules.Check(posts, change.Url, change.Events, change.Description) is { } wrong) return wrong;

        var now = time.GetUtcNow();
        (endpoint.Url, endpoint.Description, endpoint.UpdatedAt) = (change.Url?.Trim() ?? endpoint.Url, change.Description?.Trim() ?? endpoint.Description, now);
        if (change.Events is { } events) endpoint.Events = WebhookRules.Tidy(events);
        if (change.Enabled is { } on && on != endpoint.IsEnabled)
        {
            (endpoint.IsEnabled, endpoint.DisabledReason, endpoint.DisabledAt) = (on, null, on ? null : now);
            if (on) endpoint.FailingSince = null;
            db.AuditVerb = on ? "switched on" : "switched off";
        }
        await db.SaveChangesAsync(ct);
        if (!endpoint.IsEnabled) await db.GiveUpAsync(id, ct);
        signals.Tell(actor.OrganizationId);
        return (await db.RowsAsync([endpoint], ct))[0];
    }
}

/// <summary>Makes a new secret, which comes back this once. The old one signs beside it for as long as is asked, so that the receiver can change over without losing anything.</summary>
public sealed class RotateWebhookSecret(Studio studio, Secrets secrets, WebhookSignals signals, TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public async Task<Result<WebhookWithSecret>> RunAsync(Actor actor, Guid id, TimeSpan overlap, CancellationToken ct)
    {
        if (overlap < TimeSpan.Zero || overlap > Longest) return new InvalidError("overlapHours", "The old secret can sign along for 0 to 168 hours.");
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindWebhookAsync(actor, id, ct) is not { } endpoint) return new WebhookNotFound();

        var (secret, now) = (WebhookRules.NewSecret(), time.GetUtcNow());
        endpoint.PreviousSecret = overlap > TimeSpan.Zero ? endpoint.Secret : null;
        endpoint.PreviousSecretUntil = overlap > TimeSpan.Zero ? now + overlap : null;
        (endpoint.Secret, endpoint.SecretMadeAt, endpoint.UpdatedAt) = (secrets.Protect(secret), now, now);
        db.AuditVerb = "got a new secret";
        await db.SaveChangesAsync(ct);
        signals.Tell(actor.OrganizationId);
        return new WebhookWithSecret((await db.RowsAsync([endpoint], ct))[0], secret);
    }
}

/// <summary>Deletes an endpoint with all that is known of its deliveries.</summary>
public sealed class DeleteWebhook(Studio studio, WebhookSignals signals)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid id, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.FindWebhookAsync(actor, id, ct) is not { } endpoint) return new WebhookNotFound();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.WebhookAttempts.Where(a => a.Delivery.EndpointId == id).ExecuteDeleteAsync(ct);
        await db.WebhookDeliveries.Where(d => d.EndpointId == id).ExecuteDeleteAsync(ct);
        db.Remove(endpoint);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        signals.Tell(actor.OrganizationId);
        return Done.Value;
    }
}

internal static class WebhookRules
{
    public static string NewSecret() => "whsec_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static List<string> Tidy(IEnumerable<string> events)
    {
        var chosen = events.Select(e => e.Trim()).ToHashSet(StringComparer.Ordinal);
        return chosen.Contains(WebhookEndpoint.EveryEvent) ? [WebhookEndpoint.EveryEvent] : [.. EventNames.All.Where(chosen.Contains)];
    }

    /// <summary>Null when what is given can stand; what is null is not looked at.</summary>
    public static InvalidError? Check(IPostsToWebhooks posts, string? url, IReadOnlyCollection<string>? events, string? description)
    {
        List<FieldProblem> wrong = [];
        if (url is not null && (string.IsNullOrWhiteSpace(url) ? new InvalidError("url", "Give the address that is to be told.") : posts.RefusalOf(url.Trim())) is { } why) wrong.Add(new("url", why.Message));
        if (events is { Count: 0 }) wrong.Add(new("events", "Choose at least one event."));
        else if (events?.FirstOrDefault(e => e.Trim() != WebhookEndpoint.EveryEvent && !EventNames.All.Contains(e.Trim())) is { } unknown) wrong.Add(new("events", $"There is no event “{unknown}”. There are: {string.Join(", ", EventNames.All)}; and * for all."));
        if (description?.Trim().Length > 256) wrong.Add(new("description", "A description has at most 256 characters."));
        return wrong.Count > 0 ? new InvalidError(wrong) : null;
    }

    /// <summary>What waits for an endpoint that is off is tried no more.</summary>
    public static Task GiveUpAsync(this StudioDb db, Guid endpointId, CancellationToken ct) =>
        db.WebhookDeliveries.Where(d => d.EndpointId == endpointId && d.Status == DeliveryStatus.Waiting).ExecuteUpdateAsync(set => set.SetProperty(d => d.Status, DeliveryStatus.Failed).SetProperty(d => d.NextTryAt, (DateTimeOffset?)null), ct);
}
