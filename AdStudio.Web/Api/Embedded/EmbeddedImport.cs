using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Api.Embedded;

/// <param name="New">Not known here before.</param>
/// <param name="Changed">Known, and brought in step with the platform.</param>
/// <param name="Gone">Known, and deleted on the platform.</param>
internal sealed record ImportedCampaignCounts(int Found, int New, int Changed, int Gone);
internal sealed record ImportedCounts(int Found);

/// <summary>One ad account's import.</summary>
/// <param name="AdAccountId">The platform's id; <paramref name="Id"/> is ours.</param>
/// <param name="Status">succeeded, failed, or running when it takes longer than a minute: it goes on by itself.</param>
/// <param name="Failure">Why it failed, in words.</param>
internal sealed record ImportedAccount(string AdAccountId, Guid Id, string Name, string Status, string? Failure, ImportedCampaignCounts Campaigns, ImportedCounts Adsets, ImportedCounts Ads);

/// <summary>What stands on the ad accounts, all together and each by itself.</summary>
internal sealed record ImportSummary(ImportedCampaignCounts Campaigns, ImportedCounts Adsets, ImportedCounts Ads, IReadOnlyList<ImportedAccount> Accounts);

/// <summary>Imports what stands on a team's accounts of a platform; the same for each platform of this surface.</summary>
internal static class EmbeddedImport
{
    public static async Task<IResult> RunAsync(HttpContext http, string teamId, Platform platform, EmbeddedScope scope, ImportCampaignsAndWait import, CancellationToken ct)
    {
        if (!(await scope.AccountsAsync(http, teamId, platform, AccountAccess.Manager, ct)).TryGet(out var accounts, out var refusal)) return refusal.Refused();
        List<ImportedAccount> done = [];
        foreach (var account in accounts)
        {
            if (!(await import.RunAsync(http.Actor(), account.Id, ct)).TryGet(out var row, out refusal)) return refusal.Refused();
            done.Add(new(account.ExternalId, account.Id, account.Name, row.IsActive ? "running" : row.Status == ImportStatus.Succeeded ? "succeeded" : "failed", row.Status == ImportStatus.Failed ? row.FailureText : null,
                new(row.Campaigns, row.Campaigns - row.Known, row.Changed, row.Gone), new(row.AdSets), new(row.Ads)));
        }
        // Where nothing could be read, the request as a whole has failed.
        if (done.TrueForAll(a => a.Status == "failed")) return new UnavailableError(done[0].Failure ?? "Nothing could be imported.").Refused();
        return new ImportSummary(new(done.Sum(a => a.Campaigns.Found), done.Sum(a => a.Campaigns.New), done.Sum(a => a.Campaigns.Changed), done.Sum(a => a.Campaigns.Gone)), new(done.Sum(a => a.Adsets.Found)), new(done.Sum(a => a.Ads.Found)), done)
            .Enveloped(PlatformJson.Shared.EnvelopeImportSummary);
    }
}
