using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AdStudio.Web.Api.Embedded.Meta;

/// <summary>What was made on Meta, by Meta's ids.</summary>
internal sealed record MetaCampaignMade(string CampaignId, string AdSetId, string AdId);

/// <summary>Nothing was sent to Meta yet: a person decides first.</summary>
/// <param name="StudioCampaignId">The campaign in the studio.</param>
/// <param name="ApprovalId">On which a person decides in the studio.</param>
/// <param name="VerdictId">Quote it to support.</param>
internal sealed record MetaCampaignWaits(string StudioCampaignId, string ApprovalId, string? VerdictId);

/// <param name="Status">ACTIVE or PAUSED.</param>
internal sealed record MetaStatusChanged(string Id, string Status);

internal sealed record MetaStatusRequest(string Status);

/// <summary>A place, by its ISO code when it is a country and by Meta's key otherwise.</summary>
/// <param name="Type">country, region or city.</param>
internal sealed record MetaPlaceRequest(string Type, string Id);

internal sealed record MetaTraitRequest(string Id, string? Name);

internal sealed record MetaTargetingRequest(IReadOnlyList<MetaPlaceRequest> GeoLocations)
{
    public IReadOnlyList<MetaPlaceRequest>? ExcludedGeoLocations { get; init; }

    /// <summary>1 is men, 2 women; 0, both or none are all.</summary>
    public IReadOnlyList<int>? Genders { get; init; }
    public int? AgeMin { get; init; }
    public int? AgeMax { get; init; }
    public IReadOnlyList<MetaTraitRequest>? Interests { get; init; }
    public IReadOnlyList<MetaTraitRequest>? Behaviors { get; init; }
    public IReadOnlyList<int>? RelationshipStatuses { get; init; }
    public IReadOnlyList<MetaTraitRequest>? LifeEvents { get; init; }
    public IReadOnlyList<MetaTraitRequest>? Industries { get; init; }
    public IReadOnlyList<MetaTraitRequest>? Income { get; init; }
    public IReadOnlyList<MetaTraitRequest>? FamilyStatuses { get; init; }
    public IReadOnlyList<MetaTraitRequest>? EducationSchools { get; init; }

    /// <summary>1 to 13.</summary>
    public IReadOnlyList<string>? EducationStatuses { get; init; }
    public IReadOnlyList<MetaTraitRequest>? EducationMajors { get; init; }
    public IReadOnlyList<MetaTraitRequest>? WorkEmployers { get; init; }
    public IReadOnlyList<MetaTraitRequest>? WorkPositions { get; init; }
    public IReadOnlyList<int>? Locales { get; init; }
}

internal sealed record MetaCreativeRequest(string PrimaryText, string Headline, string CallToAction)
{
    /// <summary>The landing page or a Messenger deep link. May be left out of engagement campaigns, which then lead to the page.</summary>
    public string? Url { get; init; }

    /// <summary>HTTPS, best 1.91:1. Not needed with a videoId.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>A video that stands on the ad account; then thumbnailUrl is needed.</summary>
    public string? VideoId { get; init; }
    public string? ThumbnailUrl { get; init; }
    public string? Description { get; init; }
}

internal sealed record MetaCampaignRequest(string CampaignName, int Budget, string AdSetName, string PageId, MetaCreativeRequest Creatives)
{
    /// <summary>ACTIVE or PAUSED, which it is when left out.</summary>
    public string? Status { get; init; }
    public DateOnly? StartDate { get; init; }

    /// <summary>The last day on which it runs.</summary>
    public DateOnly? EndDate { get; init; }
    public IReadOnlyList<string>? SpecialAdCategories { get; init; }

    /// <summary>Needed with any special category but NONE.</summary>
    public IReadOnlyList<string>? SpecialAdCountry { get; init; }

    /// <summary>Saved or custom audiences, by Meta's ids or ours.</summary>
    public IReadOnlyList<string>? AudienceId { get; init; }

    /// <summary>Left out: the account's country, 18 to 65, all genders.</summary>
    public MetaTargetingRequest? Targeting { get; init; }
    public string? InstagramActorId { get; init; }
    public string? OptimizationGoal { get; init; }
    public string? ConversionLocation { get; init; }

    /// <summary>With objectStoreUrl, for the conversionLocation APP.</summary>
    public string? AppId { get; init; }
    public string? ObjectStoreUrl { get; init; }

    /// <summary>With conversionEvent, needed by sales campaigns.</summary>
    public string? PixelId { get; init; }
    public string? ConversionEvent { get; init; }
    public string? CatalogId { get; init; }
    public string? ProductSetId { get; init; }
    public string? CustomConversionId { get; init; }
    public string? EngagementType { get; init; }

    /// <summary>Of a lead campaign: the form that opens from the ad, by Meta's id or ours.</summary>
    public string? LeadFormId { get; init; }
}

// What Meta shows. Only what was asked for is there, beside the ids.

internal sealed record MetaIdOnly(string Id);

internal sealed record MetaCampaignObject(string Id)
{
    public string? Name { get; init; }
    public string? Status { get; init; }
    [JsonPropertyName("effective_status")] public string? EffectiveStatus { get; init; }
    public string? Objective { get; init; }
    [JsonPropertyName("buying_type")] public string? BuyingType { get; init; }
    [JsonPropertyName("bid_strategy")] public string? BidStrategy { get; init; }
    [JsonPropertyName("pacing_type")] public IReadOnlyList<string>? PacingType { get; init; }

    /// <summary>In the currency's smallest unit, as Meta counts.</summary>
    [JsonPropertyName("daily_budget")] public long? DailyBudget { get; init; }
    [JsonPropertyName("lifetime_budget")] public long? LifetimeBudget { get; init; }
    [JsonPropertyName("budget_remaining")] public long? BudgetRemaining { get; init; }
    [JsonPropertyName("special_ad_categories")] public IReadOnlyList<string>? SpecialAdCategories { get; init; }
    [JsonPropertyName("special_ad_category_country")] public IReadOnlyList<string>? SpecialAdCategoryCountry { get; init; }
    [JsonPropertyName("is_adset_budget_sharing_enabled")] public bool? IsAdsetBudgetSharingEnabled { get; init; }
    [JsonPropertyName("promoted_object")] public JsonObject? PromotedObject { get; init; }
    [JsonPropertyName("start_time")] public string? StartTime { get; init; }
    [JsonPropertyName("stop_time")] public string? StopTime { get; init; }
    [JsonPropertyName("created_time")] public string? CreatedTime { get; init; }
    [JsonPropertyName("updated_time")] public string? UpdatedTime { get; init; }
}

internal sealed record MetaAdSetObject(string Id, [property: JsonPropertyName("campaign_id")] string CampaignId)
{
    public MetaIdOnly? Campaign { get; init; }
    [JsonPropertyName("adset_schedule")] public IReadOnlyList<JsonObject>? AdsetSchedule { get; init; }
    public string? Name { get; init; }
    public string? Status { get; init; }
    [JsonPropertyName("effective_status")] public string? EffectiveStatus { get; init; }
    [JsonPropertyName("billing_event")] public string? BillingEvent { get; init; }
    [JsonPropertyName("optimization_goal")] public string? OptimizationGoal { get; init; }
    [JsonPropertyName("bid_amount")] public long? BidAmount { get; init; }
    [JsonPropertyName("budget_remaining")] public long? BudgetRemaining { get; init; }

    /// <summary>In the currency's smallest unit, as Meta counts.</summary>
    [JsonPropertyName("daily_budget")] public long? DailyBudget { get; init; }
    [JsonPropertyName("lifetime_budget")] public long? LifetimeBudget { get; init; }
    [JsonPropertyName("start_time")] public string? StartTime { get; init; }
    [JsonPropertyName("end_time")] public string? EndTime { get; init; }
    [JsonPropertyName("created_time")] public string? CreatedTime { get; init; }
    [JsonPropertyName("updated_time")] public string? UpdatedTime { get; init; }
    [JsonPropertyName("attribution_spec")] public IReadOnlyList<JsonObject>? AttributionSpec { get; init; }
    public JsonObject? Targeting { get; init; }
}

internal sealed record MetaAdObject(string Id, [property: JsonPropertyName("campaign_id")] string CampaignId, [property: JsonPropertyName("adset_id")] string AdsetId)
{
    public MetaIdOnly? Adset { get; init; }
    public MetaIdOnly? Campaign { get; init; }
    public MetaIdOnly? Creative { get; init; }
    [JsonPropertyName("bid_amount")] public long? BidAmount { get; init; }
    public string? Name { get; init; }
    public string? Status { get; init; }
    [JsonPropertyName("created_time")] public string? CreatedTime { get; init; }
    [JsonPropertyName("updated_time")] public string? UpdatedTime { get; init; }
}

internal sealed record MetaCreativeObject(string Id)
{
    public string? Name { get; init; }
    public string? Status { get; init; }
    public string? Title { get; init; }
    public string? Body { get; init; }
    [JsonPropertyName("object_story_spec")] public JsonObject? ObjectStorySpec { get; init; }
    [JsonPropertyName("object_type")] public string? ObjectType { get; init; }
    [JsonPropertyName("call_to_action_type")] public string? CallToActionType { get; init; }
    [JsonPropertyName("image_hash")] public string? ImageHash { get; init; }
    [JsonPropertyName("image_url")] public string? ImageUrl { get; init; }
    [JsonPropertyName("thumbnail_url")] public string? ThumbnailUrl { get; init; }
    [JsonPropertyName("video_id")] public string? VideoId { get; init; }
    [JsonPropertyName("link_url")] public string? LinkUrl { get; init; }
    [JsonPropertyName("effective_object_story_id")] public string? EffectiveObjectStoryId { get; init; }
}

[JsonSerializable(typeof(Envelope<MetaCampaignMade>))]
[JsonSerializable(typeof(Envelope<MetaCampaignWaits>))]
[JsonSerializable(typeof(Envelope<MetaStatusChanged>))]
[JsonSerializable(typeof(MetaStatusRequest))]
[JsonSerializable(typeof(MetaCampaignRequest))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<JsonObject>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<MetaCampaignObject>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<MetaAdSetObject>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<MetaAdObject>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<MetaCreativeObject>>))]
internal sealed partial class MetaCampaignJson : JsonSerializerContext
{
    public static MetaCampaignJson Shared { get; } = new(ApiJson.Options());
}
