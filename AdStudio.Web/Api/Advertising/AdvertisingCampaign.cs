using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AdStudio.Core.Campaigns;

namespace AdStudio.Web.Api.Advertising;

/// <param name="Campaigns">The newest first.</param>
/// <param name="Count">How many match in all.</param>
/// <param name="After">Send it as `after` for those behind this page; null at the end.</param>
internal sealed record AdvertisingCampaigns(IReadOnlyList<AdvertisingRow> Campaigns, int Count, [property: JsonPropertyName("total_pages")] int TotalPages, int? After);

/// <param name="Status">DRAFT, SCHEDULED, SUBMITTED, IN_REVIEW, ACTIVE, PAUSED, COMPLETED, FAILED or REJECTED.</param>
internal sealed record AdvertisingRow(int Id, string Status, [property: JsonPropertyName("brand_id")] int BrandId, [property: JsonPropertyName("campaign_metadata")] AdvertisingRowMetadata CampaignMetadata);

/// <param name="StartDate">When it starts; without a start of its own, when it was launched or written.</param>
/// <param name="EndDate">Null when it runs until it is paused.</param>
/// <param name="CampaignType">As it was given; of a campaign from elsewhere what its objective comes to.</param>
/// <param name="Budget">The whole campaign's, in whole units with decimals.</param>
internal sealed record AdvertisingRowMetadata(
    [property: JsonPropertyName("start_date")] string StartDate, [property: JsonPropertyName("end_date")] string? EndDate, [property: JsonPropertyName("campaign_type")] string CampaignType, decimal? Budget);

/// <param name="Status">DRAFT, SCHEDULED, SUBMITTED, IN_REVIEW, ACTIVE, PAUSED, COMPLETED, FAILED or REJECTED: where it stands.</param>
internal sealed record AdvertisingCampaign(
    int Id, [property: JsonPropertyName("brand_id")] int BrandId, string Status, [property: JsonPropertyName("campaign_metadata")] AdvertisingMetadata CampaignMetadata, string CreatedAt, string UpdatedAt);

internal sealed record AdvertisingMetadata
{
    /// <summary>As given.</summary>
    public JsonNode? Links { get; init; }

    /// <summary>In whole units with decimals.</summary>
    public decimal? Budget { get; init; }

    /// <summary>SUBMITTED once it was handed to the platforms; before that as the campaign's.</summary>
    public required string Status { get; init; }

    /// <summary>What is promoted, when it is one thing.</summary>
    public AdvertisingContent? Content { get; init; }
    public string? EndDate { get; init; }
    public required AdvertisingFiles Creative { get; init; }
    public string? Currency { get; init; }
    public required string StartDate { get; init; }

    /// <summary>Why it stands as it does, where there is something to say.</summary>
    [JsonPropertyName("status_notes")] public string? StatusNotes { get; init; }
    [JsonPropertyName("campaign_type")] public required string CampaignType { get; init; }

    /// <summary>The request as it was given, without tokens and billing ids; what it left out is filled in as it was resolved.</summary>
    [JsonPropertyName("campaign_input")] public required JsonObject CampaignInput { get; init; }

    /// <summary>The campaign as it was resolved.</summary>
    [JsonPropertyName("campaign_state")] public required AdvertisingState CampaignState { get; init; }

    /// <summary>As given; AdStudio bills nobody.</summary>
    [JsonPropertyName("payment_details")] public JsonNode? PaymentDetails { get; init; }
    [JsonPropertyName("platform_details")] public required AdvertisingPlatforms PlatformDetails { get; init; }

    /// <summary>fb, google, tiktok, linkedin, pinterest, snapchat, apple.</summary>
    [JsonPropertyName("campaign_platforms")] public required IReadOnlyList<string> CampaignPlatforms { get; init; }
}

internal sealed record AdvertisingContent(
    string Name, string? Slug, string? Type, [property: JsonPropertyName("thumbnail_url")] string? ThumbnailUrl, bool? Explicit, [property: JsonPropertyName("release_date")] string? ReleaseDate,
    [property: JsonPropertyName("external_ids")] IReadOnlyDictionary<string, string> ExternalIds, [property: JsonPropertyName("external_links")] IReadOnlyList<ContentLink> ExternalLinks);

internal sealed record AdvertisingFiles(IReadOnlyList<AdvertisingFile> All);

/// <param name="Url">Where it was fetched from; null for a file that was uploaded here.</param>
/// <param name="Type">image or video.</param>
/// <param name="FbId">As you gave it.</param>
/// <param name="Thumbnail">As you gave it; of an image without one, the image.</param>
/// <param name="FormatType">feed, stories or reels: as you gave it, else by its shape.</param>
internal sealed record AdvertisingFile(
    string? Url, string Name, string Type, [property: JsonPropertyName("fb_id")] string? FbId, int Width, int Height, string? Thumbnail, string FormatType);

/// <param name="Brand">The brand as it is now, over what was given of it.</param>
/// <param name="Record">What is promoted, as given.</param>
internal sealed record AdvertisingState(JsonObject Brand, JsonObject? Record, AdvertisingAccounts Accounts, AdvertisingResolved Campaign);

/// <param name="FbPage">In whose name the ads run on Meta.</param>
/// <param name="IgPage">The Instagram account that is linked to the page.</param>
/// <param name="FbAdAccount">Which pays on Meta.</param>
internal sealed record AdvertisingAccounts(JsonObject? FbPage, JsonObject? IgPage, JsonObject? FbAdAccount);

internal sealed record AdvertisingResolved(AdvertisingDetails Details, AdvertisingCreative Creative, AdvertisingTargeting Targeting, AdvertisingConversions Conversions);

internal sealed record AdvertisingDetails(decimal? Budget, string? EndDate, string StartDate);

/// <param name="Cta">The button of the first ad; null without ads.</param>
/// <param name="IgMedia">The Instagram post that is promoted: its id and what else was said of it; null without one.</param>
/// <param name="Captions">The texts of the ads: `all`, and those of single services.</param>
internal sealed record AdvertisingCreative(string? Cta, AdvertisingFiles Assets, JsonNode? IgMedia, IReadOnlyDictionary<string, string> Captions, string? MainCaption);

internal sealed record AdvertisingTargeting(IReadOnlyList<AdvertisingGroup> TargetedCountries, AdvertisingDemographics TargetingDemographics, IReadOnlyList<AdvertisingInterest> InterestTargetingAudiences);

/// <param name="Budget">Its part of the budget: 0.6 is 60 %.</param>
internal sealed record AdvertisingGroup(string Name, decimal Budget, IReadOnlyList<AdvertisingPlace> Locations);

/// <param name="Type">country, region or city.</param>
/// <param name="Value">The country's code, or Meta's id of the place.</param>
/// <param name="CountryCode">Of a region or city.</param>
internal sealed record AdvertisingPlace(string Type, string Label, string Value, [property: JsonPropertyName("region_id")] string? RegionId, [property: JsonPropertyName("country_code")] string? CountryCode);

/// <param name="Gender">All, Male or Female.</param>
internal sealed record AdvertisingDemographics(AdvertisingAge Age, string Gender, IReadOnlyList<AdvertisingLanguage> Languages);

/// <param name="Max">65 means 65 and older.</param>
internal sealed record AdvertisingAge(int Max, int Min);

/// <param name="Key">Meta's number of it; null where it has none.</param>
internal sealed record AdvertisingLanguage(long? Key, string Name, bool Selected);

internal sealed record AdvertisingInterest(string? FbId, string Name);

internal sealed record AdvertisingConversions(string? ConversionsDomain, bool ConversionsEnabled, string? ConversionsEventName);

/// <summary>What stands on the platforms.</summary>
/// <param name="AdAccount">Which pays on Meta, or on the first platform.</param>
/// <param name="Campaigns">Ids on the platforms.</param>
/// <param name="ErrorCampaigns">Those that could not be made or were rejected, with why.</param>
/// <param name="CampaignsMapping">One for each country group on each platform.</param>
/// <param name="CreativesMapping">Which ads show which file.</param>
internal sealed record AdvertisingPlatforms(
    [property: JsonPropertyName("ad_types")] IReadOnlyList<AdvertisingAdType> AdTypes, IReadOnlyList<string> Campaigns, [property: JsonPropertyName("ad_account")] string? AdAccount,
    IReadOnlyList<AdvertisingErrorCampaign> ErrorCampaigns, IReadOnlyList<AdvertisingMapping> CampaignsMapping, [property: JsonPropertyName("creatives_mapping")] IReadOnlyList<AdvertisingCreativeMapping> CreativesMapping);

internal sealed record AdvertisingAdType(string Name, [property: JsonPropertyName("ad_ids")] IReadOnlyList<string> AdIds);

internal sealed record AdvertisingErrorCampaign(string Name, string Platform, string Error);

/// <param name="Fraction">Its part of the platform's budget.</param>
/// <param name="Countries">Codes of the countries that are in it whole.</param>
/// <param name="FbCampaign">The campaign as it stands on the platform.</param>
internal sealed record AdvertisingMapping(
    string Name, IReadOnlyList<AdvertisingPlace> Cities, IReadOnlyList<AdvertisingPlace> Regions, decimal Fraction, IReadOnlyList<string> Countries, AdvertisingThere FbCampaign,
    [property: JsonPropertyName("excluded_countries")] IReadOnlyList<string> ExcludedCountries, [property: JsonPropertyName("included_countries")] IReadOnlyList<string> IncludedCountries, string Platform);

/// <param name="Id">Null before it exists there.</param>
/// <param name="Error">In the platform's words; null when all is well.</param>
internal sealed record AdvertisingThere(string? Id, string? Error, IReadOnlyList<AdvertisingAdSet> Adsets, AdvertisingFields Fields);

internal sealed record AdvertisingAdSet(string Id, string Name, string Status);

/// <param name="Objective">The platform's own word.</param>
/// <param name="LifetimeBudget">In the smallest unit of the account's currency; null for a daily one.</param>
/// <param name="SpecialAdCategories">NONE, or several with commas.</param>
internal sealed record AdvertisingFields(
    string Name, string Status, string? Objective, [property: JsonPropertyName("pacing_type")] IReadOnlyList<string> PacingType, [property: JsonPropertyName("bid_strategy")] string BidStrategy,
    [property: JsonPropertyName("lifetime_budget")] long? LifetimeBudget, [property: JsonPropertyName("daily_budget")] long? DailyBudget, [property: JsonPropertyName("special_ad_categories")] string SpecialAdCategories,
    [property: JsonPropertyName("is_adset_budget_sharing_enabled")] bool IsAdsetBudgetSharingEnabled);

internal sealed record AdvertisingCreativeMapping(string Name, string? Url, [property: JsonPropertyName("ad_ids")] IReadOnlyList<string> AdIds);
