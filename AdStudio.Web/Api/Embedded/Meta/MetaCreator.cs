using AdStudio.Core.Platforms;

namespace AdStudio.Web.Api.Embedded.Meta;

/// <summary>One of seed 002's five ways of making a campaign on Meta: what it is for and what may be chosen in it.</summary>
/// <param name="Goals">Values of optimizationGoal.</param>
/// <param name="Locations">Values of conversionLocation; empty where there is no choice.</param>
internal sealed record MetaCreator(string Path, Objective Objective, string Summary, string Description, string[] Goals, string[] Locations, string Example)
{
    private const string Image = "https://images.pexels.com/photos/998641/pexels-photo-998641.jpeg?cs=srgb&dl=pexels-francesco-ungaro-998641.jpg&fm=jpg";

    public bool NeedsPixel => Objective == Objective.Sales;

    /// <summary>The ad may lead to the page instead of a website.</summary>
    public bool MayStay => Objective == Objective.Engagement;

    public static IReadOnlyList<MetaCreator> All { get; } =
    [
        new("lead", Objective.Leads, "Create a lead campaign", "People leave their contact details: in the form that `leadFormId` names, or on your website.", ["LINK_CLICKS", "LANDING_PAGE_VIEWS", "LEAD_GENERATION", "OFFSITE_CONVERSIONS"], ["WEBSITE", "ON_AD"],
            $$$"""{"campaignName":"Traffic Campaign - Link Clicks","status":"PAUSED","budget":100,"adSetName":"Traffic Ad Set - Link Clicks","pageId":"173764419345388","optimizationGoal":"LINK_CLICKS","conversionLocation":"WEBSITE","creatives":{"primaryText":"Check out our website!","headline":"Best Products","callToAction":"LEARN_MORE","imageUrl":"{{{Image}}}","url":"https://example.com"}}"""),
        new("traffic", Objective.Traffic, "Create a traffic campaign", "People open your website, your app (`appId` and `objectStoreUrl`), or a conversation.", ["LINK_CLICKS", "LANDING_PAGE_VIEWS"], ["WEBSITE", "APP", "MESSENGER", "INSTAGRAM_DIRECT"],
            $$$"""{"campaignName":"Traffic Campaign - Link Clicks","status":"PAUSED","budget":100,"adSetName":"Traffic Ad Set - Link Clicks","pageId":"173764419345388","optimizationGoal":"LINK_CLICKS","conversionLocation":"WEBSITE","creatives":{"primaryText":"Check out our website!","headline":"Best Products","callToAction":"LEARN_MORE","imageUrl":"{{{Image}}}","url":"https://example.com"}}"""),
        new("sales", Objective.Sales, "Create a sales campaign", "People buy, as `pixelId` counts it by `conversionEvent`, or `customConversionId` by what it describes.", ["OFFSITE_CONVERSIONS", "LANDING_PAGE_VIEWS", "LINK_CLICKS", "VALUE"], ["WEBSITE"],
            """{"campaignName":"Sales - Website - Landing Page Views","status":"PAUSED","budget":100,"adSetName":"Sales Ad Set","pageId":"173764419345388","pixelId":"1391191359009715","conversionEvent":"PURCHASE","conversionLocation":"WEBSITE","optimizationGoal":"LANDING_PAGE_VIEWS","creatives":{"primaryText":"Shop now!","headline":"Amazing Products","callToAction":"SHOP_NOW","imageUrl":"https://images.pexels.com/photos/998641/pexels-photo-998641.jpeg","url":"https://example.com"}}"""),
        new("awareness", Objective.Awareness, "Create an awareness campaign", "As many people as can be see the ad.", ["REACH", "IMPRESSIONS"], [],
            """{"campaignName":"Awareness - Basic Reach","status":"PAUSED","budget":10,"startDate":"2035-12-01","endDate":"2035-12-10","specialAdCategories":["NONE"],"adSetName":"Awareness Adset - Basic","pageId":"784350118091291","creatives":{"primaryText":"This is a basic awareness ad","headline":"Brand Awareness","callToAction":"LEARN_MORE","imageUrl":"https://images.pexels.com/photos/9160637/pexels-photo-9160637.jpeg","description":"Short description for awareness ad","url":"https://example.com"},"targeting":{"ageMin":18,"ageMax":35,"genders":[0],"geoLocations":[{"type":"country","id":"US"}]},"optimizationGoal":"REACH"}"""),
        new("engagement", Objective.Engagement, "Create an engagement campaign", "People react to the ad itself.", ["POST_ENGAGEMENT"], ["ON_AD"],
            $$$"""{"campaignName":"Engagement - On Ad - Post Engagement","status":"PAUSED","budget":100,"adSetName":"Engagement Ad Set","pageId":"173764419345388","conversionLocation":"ON_AD","engagementType":"POST_ENGAGEMENT","optimizationGoal":"POST_ENGAGEMENT","creatives":{"primaryText":"Engage with this post!","headline":"Amazing Content","callToAction":"LEARN_MORE","imageUrl":"{{{Image}}}"}}"""),
    ];
}
