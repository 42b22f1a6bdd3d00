using AdStudio.Core.Campaigns;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Insights;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;

namespace AdStudio.Tests.Insights;

/// <summary>A campaign that runs on one account, with an ad set and two ads, as a launch leaves it.</summary>
internal sealed record Launched(Campaign Campaign, PlatformCampaign OnPlatform, AdSet AdSet, Ad First, Ad Second)
{
    public static async Task<Launched> OnAsync(Studio studio, Scene scene, AdAccount account, string name, DateTimeOffset launchedAt, string? externalId = null)
    {
        await using var db = await studio.OpenForEveryoneAsync(CancellationToken.None);
        var organization = scene.Organization.Id;
        var number = 1 + Random.Shared.Next(1_000_000_000);
        var campaign = new Campaign
        {
            OrganizationId = organization, WorkspaceId = scene.Workspace.Id, TeamId = scene.Team.Id, Name = name, Number = number, Status = CampaignStatus.Active,
            CreatedAt = launchedAt, UpdatedAt = launchedAt, LaunchedAt = launchedAt, CreatedByName = "Ada",
        };
        var onPlatform = new PlatformCampaign
        {
            OrganizationId = organization, Campaign = campaign, Platform = account.Platform, AdAccountId = account.Id, ExternalId = externalId ?? $"c{number}", Currency = account.Currency,
            Status = PlatformStatus.Active, LaunchedAt = launchedAt,
        };
        var adSet = new AdSet { OrganizationId = organization, PlatformCampaign = onPlatform, ExternalId = $"s{number}", Name = $"{name} ad set", Status = "ACTIVE" };
        var ads = new[] { 1, 2 }.Select(i => new Ad { OrganizationId = organization, AdSet = adSet, ExternalId = $"a{number}-{i}", Name = $"{name} ad {i}", Status = "ACTIVE" }).ToArray();
        db.AddRange(campaign, onPlatform, adSet);
        db.AddRange(ads);
        await db.SaveChangesAsync();
        return new Launched(campaign, onPlatform, adSet, ads[0], ads[1]);
    }

    /// <summary>The day's facts on every level; the first ad has all of it and the second none.</summary>
    public IEnumerable<MetricFact> Day(DateOnly day, MetricSums sums) =>
        [Fact(MetricLevel.Campaign, OnPlatform.Id, day, sums), Fact(MetricLevel.AdSet, AdSet.Id, day, sums), Fact(MetricLevel.Ad, First.Id, day, sums)];

    /// <summary>The same, as the platform answers it.</summary>
    public IEnumerable<InsightRow> Rows(DateOnly day, MetricSums sums) =>
    [
        new(MetricLevel.Campaign, OnPlatform.ExternalId!, null, null, day, sums.Impressions, sums.Clicks, sums.SpendMicros, sums.ConversionsMicros, sums.ValueMicros, null),
        new(MetricLevel.AdSet, OnPlatform.ExternalId!, AdSet.ExternalId, null, day, sums.Impressions, sums.Clicks, sums.SpendMicros, sums.ConversionsMicros, sums.ValueMicros, null),
        new(MetricLevel.Ad, OnPlatform.ExternalId!, AdSet.ExternalId, First.ExternalId, day, sums.Impressions, sums.Clicks, sums.SpendMicros, sums.ConversionsMicros, sums.ValueMicros, null),
    ];

    public MetricFact Fact(MetricLevel level, Guid entity, DateOnly day, MetricSums sums) => new()
    {
        OrganizationId = Campaign.OrganizationId, AdAccountId = OnPlatform.AdAccountId!.Value, PlatformCampaignId = OnPlatform.Id, Level = level, EntityId = entity, Day = day,
        Impressions = sums.Impressions, Clicks = sums.Clicks, SpendMicros = sums.SpendMicros, ConversionsMicros = sums.ConversionsMicros, ValueMicros = sums.ValueMicros,
    };
}
