using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Accounts;

/// <summary>The hosts to which a partner's user may be sent back after connecting a platform, by name.</summary>
public sealed class ListRedirectHosts(Studio studio)
{
    public async Task<IReadOnlyList<string>> RunAsync(Actor actor, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        return [.. (await db.Organizations.AsNoTracking().SingleAsync(o => o.Id == actor.OrganizationId, ct)).AllowedRedirectHosts.Order(StringComparer.Ordinal)];
    }
}

/// <summary>Lets a partner's users be sent back to a host. One that is there already stays.</summary>
public sealed class AllowRedirectHost(Studio studio)
{
    public const int Most = 50;

    /// <param name="address">A host such as app.example.com, or any address there.</param>
    /// <returns>The host as it is kept: lower case, other alphabets in their ASCII form.</returns>
    public async Task<Result<string>> RunAsync(Actor actor, string address, CancellationToken ct)
    {
        if (!actor.ManagesKeys()) return new OrganizationAdminNeeded();
        if (RedirectHosts.HostOf(address) is not { } host) return new InvalidError("host", "Enter a host such as app.example.com, without stars.");
        return await RedirectHosts.ChangeAsync(studio, actor, hosts => hosts.Contains(host) ? hosts : [.. hosts, host], ct) is { } refusal ? refusal : host;
    }
}

/// <summary>Takes a host off the list: attempts that began before still end there.</summary>
public sealed class ForbidRedirectHost(Studio studio)
{
    public async Task<Result<Done>> RunAsync(Actor actor, string host, CancellationToken ct)
    {
        if (!actor.ManagesKeys()) return new OrganizationAdminNeeded();
        return await RedirectHosts.ChangeAsync(studio, actor, hosts => hosts.FindAll(h => h != host), ct) is { } refusal ? refusal : Done.Value;
    }
}

internal static class RedirectHosts
{
    public static string? HostOf(string text)
    {
        text = text.Trim();
        if (!Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}", UriKind.Absolute, out var address) || address.UserInfo.Length > 0) return null;
        var host = address.IdnHost.ToLowerInvariant();
        return host.Length <= 253 && (host == "localhost" || (host.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4)) ? host : null;
    }

    // The row also counts campaigns: whoever made one meanwhile is no reason to ask a person again.
    public static async Task<InvalidError?> ChangeAsync(Studio studio, Actor actor, Func<List<string>, List<string>> change, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await studio.OpenAsync(actor, ct);
            var organization = await db.Organizations.SingleAsync(o => o.Id == actor.OrganizationId, ct);
            var hosts = change(organization.AllowedRedirectHosts);
            if (hosts.Count > AllowRedirectHost.Most) return new InvalidError("host", $"{AllowRedirectHost.Most} hosts are the most there can be.");
            organization.AllowedRedirectHosts = hosts;
            try
            {
                await db.SaveChangesAsync(ct);
                return null;
            }
            catch (DbUpdateConcurrencyException) when (attempt < 8)
            {
                // Read again.
            }
        }
    }
}
