using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>All accounts that a consent opens, also those beneath managers, with their conversion actions.</summary>
internal sealed class GoogleAccounts(GoogleApi api) : IListsAccounts
{
    private const string Hierarchy =
        "SELECT customer_client.id, customer_client.descriptive_name, customer_client.manager, customer_client.currency_code, customer_client.time_zone, customer_client.status, customer_client.level FROM customer_client";

    private const string Conversions = "SELECT conversion_action.id, conversion_action.name, conversion_action.resource_name, conversion_action.status FROM conversion_action WHERE conversion_action.status = 'ENABLED'";

    public Platform Platform => Platform.Google;

    public async Task<Result<IReadOnlyList<PlatformAccount>>> ListAccountsAsync(PlatformAccess access, CancellationToken ct)
    {
        var list = await api.GetAsync(access, "customers:listAccessibleCustomers", ct);
        if (!list.TryGet(out var body, out var refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);

        var found = new Dictionary<string, PlatformAccount>();
        foreach (var root in (body["resourceNames"] as JsonArray ?? []).Select(n => GoogleApi.IdOf(n!.ToString())))
        {
            var rows = await api.SearchAsync(access, root, Hierarchy, ct, login: root);
            if (!rows.TryGet(out var clients, out refusal))
            {
                // One closed account among several says nothing against the others.
                if (refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission or PlatformFailureKind.NotFound }) continue;
                return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
            }
            var top = clients.Select(c => c["customerClient"] as JsonObject).FirstOrDefault(c => c?["id"]?.ToString() == root);
            var manager = IsManager(top) ? root : null;
            foreach (var client in clients.Select(c => c["customerClient"]).OfType<JsonObject>().Where(c => !IsManager(c)))
            {
                var id = client["id"]!.ToString();
                if (found.TryGetValue(id, out var known) && known.ManagerExternalId is null) continue;
                if (!(await ConversionsAsync(access, id, manager ?? id, ct)).TryGet(out var actions, out refusal)) return Result<IReadOnlyList<PlatformAccount>>.Refused(refusal);
                var (status, detail) = StatusOf(client["status"]?.ToString());
                found[id] = new(id, client["descriptiveName"]?.ToString() is { Length: > 0 } name ? name : id, client["currencyCode"]?.ToString() ?? "", client["timeZone"]?.ToString() ?? "UTC", status)
                {
                    StatusDetail = detail, ManagerExternalId = manager, BusinessId = manager, BusinessName = manager is null ? null : top!["descriptiveName"]?.ToString(), Assets = actions,
                };
            }
        }
        return Result<IReadOnlyList<PlatformAccount>>.Of([.. found.Values]);
    }

    private async Task<Result<IReadOnlyList<AccountAsset>>> ConversionsAsync(PlatformAccess access, string customer, string login, CancellationToken ct)
    {
        var rows = await api.SearchAsync(access, customer, Conversions, ct, login);
        if (rows.TryGet(out var found, out var refusal))
            return Result<IReadOnlyList<AccountAsset>>.Of([.. found.Select(r => r["conversionAction"]).OfType<JsonObject>().Select(a => new AccountAsset(AccountAssetKind.ConversionAction, a["resourceName"]!.ToString(), a["name"]?.ToString() ?? ""))]);
        return refusal is PlatformFailure { Kind: PlatformFailureKind.MissingPermission or PlatformFailureKind.NotFound } ? Result<IReadOnlyList<AccountAsset>>.Of([]) : Result<IReadOnlyList<AccountAsset>>.Refused(refusal);
    }

    private static bool IsManager(JsonObject? client) => client?["manager"] is JsonValue value && value.TryGetValue<bool>(out var manager) && manager;

    private static (AdAccountStatus, string?) StatusOf(string? status) => status switch
    {
        "ENABLED" => (AdAccountStatus.Active, null),
        "SUSPENDED" => (AdAccountStatus.Disabled, "Google has suspended this account."),
        "CANCELED" or "CANCELLED" => (AdAccountStatus.Closed, "This account is cancelled."),
        "CLOSED" => (AdAccountStatus.Closed, "This account is closed."),
        _ => (AdAccountStatus.Unknown, $"Google gives the status {status}."),
    };
}
