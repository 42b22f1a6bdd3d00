using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Insights;

/// <summary>What one ad of a campaign has brought.</summary>
/// <param name="Type">What an imported ad shows; of an ad of ours its creative says it.</param>
public sealed record AdNumbers(Guid AdId, Guid? CreativeId, CreativeType? Type, long Clicks, long Impressions);

/// <summary>The ads of one campaign with their clicks, also those without any.</summary>
public sealed class ListAdNumbers(Studio studio, TimeProvider time)
{
    public async Task<Result<IReadOnlyList<AdNumbers>>> RunAsync(Actor actor, Guid campaignId, NumbersQuery query, CancellationToken ct)
    {
        if (query.Range.Check() is { } wrong) return wrong;
        await using var db = await studio.OpenAsync(actor, ct);
        if (await db.ReadableCampaignAsync(actor, campaignId, ct) is not { } campaign) return new NumbersOfCampaignNotFound();
        var accounts = await db.ReadableAccountsAsync(actor, campaign.WorkspaceId, query.Platforms, ct);
        var ads = await AdSums.OfAsync(db, accounts, query.Range.Resolve(accounts.Today(time)), campaignId, ct);
        return Result<IReadOnlyList<AdNumbers>>.Of(ads.ConvertAll(a => new AdNumbers(a.AdId, a.CreativeId, a.Type, a.Sums.Clicks, a.Sums.Impressions)));
    }
}
