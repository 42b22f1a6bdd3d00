using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.LeadForms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Leads;

/// <summary>Posts to an address that a person gave: https, never into a private network, short of patience.</summary>
public interface IPostsToWebhooks
{
    /// <summary>Null when the address can be used; else why not.</summary>
    Refusal? RefusalOf(string url);

    Task<WebhookAnswer> PostAsync(Uri url, string json, IReadOnlyDictionary<string, string> headers, CancellationToken ct);
}

/// <summary>What came of a post. It is taken when it was answered with a 2xx; then <paramref name="Failure"/> is null.</summary>
/// <param name="StatusCode">HTTP status; null when there was no answer.</param>
/// <param name="Failure">In words, why it was not taken.</param>
/// <param name="Body">The beginning of the answer.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone, if it does.</param>
public sealed record WebhookAnswer(int? StatusCode, string? Failure, string? Body, TimeSpan? RetryAfter);

/// <param name="Secret">Shown when it was made just now; null otherwise.</param>
public sealed record LeadSettingsView(int? RetentionDays, string? ForwardUrl, bool HasSecret, string? Secret, bool MayChange);

public sealed class GetLeadSettings(Studio studio)
{
    public async Task<Result<LeadSettingsView>> RunAsync(Actor actor, Guid workspaceId, CancellationToken ct)
    {
        if (!actor.Sees(workspaceId) || actor.IsClient) return new LeadNotFound();
        await using var db = await studio.OpenAsync(actor, ct);
        var settings = await db.LeadSettings.AsNoTracking().SingleOrDefaultAsync(s => s.WorkspaceId == workspaceId, ct);
        return new LeadSettingsView(settings?.RetentionDays, settings?.ForwardUrl, settings?.ForwardSecret is not null, null, actor.Administers(workspaceId));
    }
}

/// <summary>Says how long a workspace keeps its leads, and where they are forwarded to. For its admins.</summary>
public sealed class SaveLeadSettings(Studio studio, Secrets secrets, IPostsToWebhooks posts, TimeProvider time)
{
    public async Task<Result<LeadSettingsView>> RunAsync(Actor actor, Guid workspaceId, int? retentionDays, string? forwardUrl, bool newSecret, CancellationToken ct)
    {
        if (!actor.Sees(workspaceId)) return new LeadNotFound();
        if (!actor.Administers(workspaceId)) return new LeadNeedsManager("these settings");
        if (retentionDays is < 1 or > 3650) return new InvalidError("retentionDays", "Keep leads for 1 to 3,650 days, or without an end.");
        var url = string.IsNullOrWhiteSpace(forwardUrl) ? null : forwardUrl.Trim();
        if (url is not null && posts.RefusalOf(url) is { } why) return new InvalidError("forwardUrl", why.Message);

        await using var db = await studio.OpenAsync(actor, ct);
        if (!await db.Workspaces.AnyAsync(w => w.Id == workspaceId, ct)) return new LeadNotFound();
        var settings = await db.LeadSettings.SingleOrDefaultAsync(s => s.WorkspaceId == workspaceId, ct);
        if (settings is null) db.Add(settings = new LeadSettings { WorkspaceId = workspaceId });
        var secret = url is not null && (newSecret || settings.ForwardSecret is null) ? "whs_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)) : null;
        (settings.RetentionDays, settings.ForwardUrl, settings.UpdatedAt) = (retentionDays, url, time.GetUtcNow());
        if (secret is not null) settings.ForwardSecret = secrets.Protect(secret);
        await db.SaveChangesAsync(ct);
        return new LeadSettingsView(settings.RetentionDays, settings.ForwardUrl, settings.ForwardSecret is not null, secret, true);
    }
}

/// <summary>
/// Sends each new lead to the workspace's address, signed, at least once, with the lead's id by which the receiver can tell it again. A refusal is tried again with growing pauses for a day; then it is given up, and the inbox says so.
/// </summary>
[WithoutActor]
public sealed class ForwardLeads(Studio studio, Secrets secrets, IPostsToWebhooks posts, TimeProvider time)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(8), TimeSpan.FromHours(8)];

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var now = time.GetUtcNow();
        var due = await db.Leads.IgnoreQueryFilters([StudioDb.DeletedFilter]).Include(l => l.LeadForm).Where(l => l.ForwardAt != null && l.ForwardAt <= now && l.ErasedAt == null).OrderBy(l => l.ForwardAt).Take(100).ToListAsync(ct);
        var settings = new Dictionary<Guid, LeadSettings?>();
        foreach (var lead in due)
        {
            if (!settings.TryGetValue(lead.WorkspaceId, out var to)) settings[lead.WorkspaceId] = to = await db.LeadSettings.AsNoTracking().SingleOrDefaultAsync(s => s.WorkspaceId == lead.WorkspaceId, ct);
            if (to?.ForwardUrl is not { } url || secrets.Unprotect(to.ForwardSecret) is not { } secret) lead.ForwardAt = null;
            else await SendAsync(lead, new Uri(url), secret, ct);
            await db.SaveChangesAsync(ct);
        }
    }

    private async Task SendAsync(Lead lead, Uri url, string secret, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var json = JsonSerializer.Serialize(new
        {
            @event = "lead.received", id = PublicId.Of("lead", lead.Id), createdAt = lead.CreatedAt, receivedAt = lead.ReceivedAt, platform = lead.LeadForm.Platform.ToString().ToLowerInvariant(), formId = lead.LeadForm.ExternalId, formName = lead.LeadForm.Name,
            name = lead.Name, email = lead.Email, phone = lead.Phone, answers = lead.Answers.Select(a => new { key = a.Key, question = a.Question, value = a.Value }), campaignId = lead.CampaignExternalId, adId = lead.AdExternalId, isOrganic = lead.IsOrganic,
        }, StudioJson.Options);
        var stamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string> { ["X-AdStudio-Id"] = PublicId.Of("lead", lead.Id), ["X-AdStudio-Timestamp"] = stamp, ["X-AdStudio-Signature"] = "sha256=" + Sign(secret, stamp, json) };
        var sent = await posts.PostAsync(url, json, headers, ct);
        lead.ForwardAttempts++;
        if (sent.Failure is not { } failure) (lead.ForwardedAt, lead.ForwardAt, lead.ForwardFailure) = (time.GetUtcNow(), null, null);
        else
        {
            lead.ForwardFailure = failure.Length > 512 ? failure[..512] : failure;
            lead.ForwardAt = lead.ForwardAttempts > Pauses.Length ? null : now + Pauses[lead.ForwardAttempts - 1];
        }
    }

    /// <summary>HMAC-SHA256 over "timestamp.body", lower-case hex.</summary>
    public static string Sign(string secret, string timestamp, string body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));
}

/// <summary>Sends a lead again, now.</summary>
public sealed class ForwardLeadAgain(Studio studio, TimeProvider time)
{
    public async Task<Result<Done>> RunAsync(Actor actor, Guid leadId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedLeadAsync(actor, leadId, ct)).TryGet(out var lead, out var refusal)) return refusal;
        if (lead.ErasedAt is not null) return new LeadErased();
        (lead.ForwardAt, lead.ForwardAttempts, lead.ForwardFailure) = (time.GetUtcNow(), 0, null);
        await db.SaveChangesAsync(ct);
        return Done.Value;
    }
}
