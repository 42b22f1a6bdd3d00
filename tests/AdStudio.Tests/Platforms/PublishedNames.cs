using AdStudio.Core.Platforms;

namespace AdStudio.Tests.Platforms;

/// <summary>The names that the adapters use, of those that the platforms publish: where it goes, then the path.</summary>
internal static class PublishedNames
{
    public static IReadOnlyList<string> Of(Platform platform) => (platform == Platform.Meta ? Meta : Google).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .SelectMany(line => line.Split(' ') is [var where, .. var paths] ? paths.Select(path => $"{where} {path}") : []).ToList();

    private const string Meta = """
        customaudiences name subtype customer_file_source rule prefill origin_audience_id lookalike_spec
        users id payload.schema payload.data
        campaigns name objective status buying_type special_ad_categories is_adset_budget_sharing_enabled special_ad_category_country
        adsets name campaign_id status daily_budget billing_event optimization_goal bid_strategy promoted_object.page_id start_time end_time targeting.geo_locations.countries
        adsets targeting.geo_locations.regions.key targeting.geo_locations.cities.key targeting.age_min targeting.age_max targeting.genders targeting.flexible_spec.interests.id
        adsets targeting.flexible_spec.interests.name targeting.custom_audiences.id targeting.targeting_automation.advantage_audience targeting.geo_locations.cities.radius
        adsets targeting.user_os promoted_object.application_id promoted_object.object_store_url targeting.locales targeting.excluded_geo_locations.countries targeting.excluded_geo_locations.regions.key
        adsets targeting.excluded_geo_locations.cities.key targeting.flexible_spec.behaviors.id targeting.flexible_spec.behaviors.name targeting.flexible_spec.education_schools.id
        adsets targeting.flexible_spec.education_schools.name targeting.flexible_spec.education_majors.id targeting.flexible_spec.education_majors.name targeting.flexible_spec.work_employers.id
        adsets targeting.flexible_spec.work_employers.name targeting.flexible_spec.work_positions.id targeting.flexible_spec.work_positions.name targeting.flexible_spec.family_statuses.id
        adsets targeting.flexible_spec.family_statuses.name targeting.flexible_spec.life_events.id targeting.flexible_spec.life_events.name targeting.flexible_spec.industries.id
        adsets targeting.flexible_spec.industries.name targeting.flexible_spec.income.id targeting.flexible_spec.income.name targeting.flexible_spec.relationship_statuses targeting.flexible_spec.education_statuses
        adsets targeting.geo_locations.cities.distance_unit lifetime_budget destination_type promoted_object.pixel_id promoted_object.custom_event_type
        adimages filename
        adcreatives name object_story_spec.page_id object_story_spec.instagram_user_id object_story_spec.link_data.link object_story_spec.link_data.message
        adcreatives object_story_spec.link_data.name object_story_spec.link_data.description object_story_spec.link_data.image_hash
        adcreatives object_story_spec.link_data.call_to_action.type object_story_spec.link_data.call_to_action.value.link object_story_spec.video_data.video_id
        adcreatives object_story_spec.video_data.image_url object_story_spec.video_data.title object_story_spec.video_data.message object_story_spec.video_data.link_description
        adcreatives object_story_spec.video_data.call_to_action.type object_story_spec.video_data.call_to_action.value.link object_story_spec.link_data.child_attachments.link
        adcreatives object_story_spec.link_data.child_attachments.name object_story_spec.link_data.child_attachments.description
        adcreatives object_story_spec.link_data.child_attachments.image_hash object_story_spec.link_data.child_attachments.call_to_action.type
        adcreatives object_story_spec.link_data.child_attachments.call_to_action.value.link object_story_spec.link_data.call_to_action.value.lead_gen_form_id
        adcreatives object_story_spec.video_data.call_to_action.value.lead_gen_form_id object_story_spec.link_data.child_attachments.call_to_action.value.lead_gen_form_id
        advideos name title source
        video id
        ads name adset_id creative.creative_id status
        ad id status
        adset id status daily_budget lifetime_budget
        campaign id status
        """;

    private const string Google = """
        UserLists operations.create.name operations.create.membershipLifeSpan operations.create.crmBasedUserList.uploadKeyType
        Job job.type job.customerMatchUserListMetadata.userList
        CampaignBudgets operations.create.name operations.create.amountMicros operations.create.deliveryMethod operations.create.explicitlyShared operations.update.resourceName
        CampaignBudgets operations.update.amountMicros operations.updateMask operations.remove operations.create.totalAmountMicros operations.create.period
        CampaignBudgets operations.update.totalAmountMicros
        Campaigns operations.create.name operations.create.status operations.create.advertisingChannelType operations.create.campaignBudget operations.create.manualCpm
        Campaigns operations.create.networkSettings.targetGoogleSearch operations.create.networkSettings.targetSearchNetwork
        Campaigns operations.create.networkSettings.targetContentNetwork operations.create.networkSettings.targetPartnerSearchNetwork
        Campaigns operations.create.containsEuPoliticalAdvertising operations.create.startDateTime operations.create.endDateTime operations.update.resourceName
        Campaigns operations.update.status operations.updateMask operations.remove operations.create.targetSpend operations.create.maximizeConversions
        Campaigns operations.create.maximizeConversionValue
        CampaignCriteria operations.create.campaign operations.create.location.geoTargetConstant operations.create.negative operations.create.language.languageConstant
        AdGroups operations.create.name operations.create.campaign operations.create.status operations.create.type operations.create.cpmBidMicros operations.update.resourceName
        AdGroups operations.update.status operations.updateMask
        AdGroupCriteria operations.create.adGroup operations.create.status operations.create.ageRange.type operations.create.gender.type
        AdGroupCriteria operations.create.userInterest.userInterestCategory operations.create.userList.userList
        Assets operations.create.name operations.create.type operations.create.imageAsset.data
        AdGroupAds operations.create.adGroup operations.create.status operations.create.ad.finalUrls operations.create.ad.responsiveDisplayAd.headlines.text
        AdGroupAds operations.create.ad.responsiveDisplayAd.longHeadline.text operations.create.ad.responsiveDisplayAd.descriptions.text
        AdGroupAds operations.create.ad.responsiveDisplayAd.businessName operations.create.ad.responsiveDisplayAd.callToActionText
        AdGroupAds operations.create.ad.responsiveDisplayAd.marketingImages.asset operations.create.ad.responsiveDisplayAd.squareMarketingImages.asset
        AdGroupAds operations.create.ad.urlCustomParameters.key operations.create.ad.urlCustomParameters.value operations.update.resourceName operations.update.status
        AdGroupAds operations.updateMask
        """;
}
