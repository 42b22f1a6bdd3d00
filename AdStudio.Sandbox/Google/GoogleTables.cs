namespace AdStudio.Sandbox.Google;

/// <summary>What can be asked for together.</summary>
internal static class GoogleTables
{
    /// <summary>The resources a query can name, and those whose fields may be selected with them.</summary>
    public static IReadOnlyDictionary<string, string[]> Joins { get; } = new Dictionary<string, string[]>
    {
        ["customer"] = [], ["customer_client"] = ["customer"], ["campaign_budget"] = ["customer"], ["campaign"] = ["campaign_budget", "customer"], ["ad_group"] = ["campaign", "campaign_budget", "customer"],
        ["ad_group_ad"] = ["ad_group", "campaign", "campaign_budget", "customer"], ["asset"] = ["customer"], ["campaign_asset"] = ["campaign", "asset", "customer"], ["customer_asset"] = ["asset", "customer"],
        ["ad_group_asset"] = ["ad_group", "campaign", "asset", "customer"], ["asset_group"] = ["campaign", "customer"], ["asset_group_asset"] = ["asset_group", "campaign", "asset", "customer"],
        ["ad_group_ad_asset_view"] = ["ad_group_ad", "ad_group", "campaign", "asset", "customer"], ["campaign_criterion"] = ["campaign", "customer"],
        ["ad_group_criterion"] = ["ad_group", "campaign", "customer"], ["user_list"] = ["customer"], ["user_interest"] = [], ["geo_target_constant"] = [], ["language_constant"] = [], ["conversion_action"] = ["customer"],
        ["offline_user_data_job"] = ["customer"], ["age_range_view"] = ["ad_group_criterion", "ad_group", "campaign", "customer"], ["gender_view"] = ["ad_group_criterion", "ad_group", "campaign", "customer"],
        ["user_location_view"] = ["campaign", "customer"],
    };

    public static IReadOnlyList<string> WithMetrics { get; } = ["customer", "campaign_budget", "campaign", "ad_group", "ad_group_ad", "age_range_view", "gender_view", "user_location_view"];
    public static IReadOnlyList<string> Segments { get; } = ["date", "week", "month", "quarter", "year", "day_of_week", "device", "ad_network_type"];
}
