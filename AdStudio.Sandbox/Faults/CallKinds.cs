namespace AdStudio.Sandbox.Faults;

/// <summary>The kinds of call the fault dial knows, named alike on every platform. One call may be of several kinds.</summary>
public static class CallKinds
{
    /// <summary>Every call.</summary>
    public const string Any = "*";

    /// <summary>Exchanging a code, refreshing, inspecting a token.</summary>
    public const string Token = "token";

    /// <summary>Listing the accounts, pages and businesses a person may use.</summary>
    public const string AccountsRead = "accounts.read";

    /// <summary>Reading campaigns, ad sets, ads, creatives and single objects.</summary>
    public const string StructureRead = "structure.read";

    public const string InsightsRead = "insights.read";

    /// <summary>Asking for a report that the platform makes in its own time.</summary>
    public const string ReportStart = "report.start";

    /// <summary>Searching places, interests and languages; estimates.</summary>
    public const string TargetingSearch = "targeting.search";

    /// <summary>Google's campaign budget; on Meta a budget is part of the campaign or ad set.</summary>
    public const string BudgetCreate = "budget.create";

    public const string CampaignCreate = "campaign.create";

    /// <summary>Meta's ad set, Google's ad group.</summary>
    public const string AdSetCreate = "adset.create";

    /// <summary>Meta's ad creative; on Google the ad itself holds it, and its text assets count as creatives.</summary>
    public const string CreativeCreate = "creative.create";

    public const string AdCreate = "ad.create";
    public const string ImageUpload = "image.upload";
    public const string VideoUpload = "video.upload";

    /// <summary>Google's campaign and ad group criteria.</summary>
    public const string TargetingCreate = "targeting.create";

    public const string AudienceCreate = "audience.create";

    /// <summary>Adding or removing members of an audience.</summary>
    public const string AudienceUpload = "audience.upload";

    public const string PixelCreate = "pixel.create";

    /// <summary>Meta's lead form.</summary>
    public const string LeadFormCreate = "leadform.create";

    /// <summary>Reading what people sent with a lead form.</summary>
    public const string LeadsRead = "leads.read";

    /// <summary>A conversion that a server tells.</summary>
    public const string ConversionSend = "conversion.send";

    /// <summary>A change that sets a status: activating, pausing, archiving, removing.</summary>
    public const string StatusUpdate = "status.update";

    /// <summary>A change that sets a budget.</summary>
    public const string BudgetUpdate = "budget.update";

    /// <summary>Any change of a campaign.</summary>
    public const string CampaignUpdate = "campaign.update";

    public const string AdSetUpdate = "adset.update";
    public const string AdUpdate = "ad.update";

    /// <summary>Removing anything.</summary>
    public const string Delete = "delete";

    /// <summary>Everything above, in the order the console offers it.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Any, Token, AccountsRead, StructureRead, InsightsRead, ReportStart, TargetingSearch, BudgetCreate, CampaignCreate, AdSetCreate, CreativeCreate, AdCreate, ImageUpload, VideoUpload,
        TargetingCreate, AudienceCreate, AudienceUpload, PixelCreate, LeadFormCreate, LeadsRead, ConversionSend, StatusUpdate, BudgetUpdate, CampaignUpdate, AdSetUpdate, AdUpdate, Delete,
    ];
}
