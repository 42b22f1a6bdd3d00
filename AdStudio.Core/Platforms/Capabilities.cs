using System.Text.Json.Nodes;
using AdStudio.Core.Common;

namespace AdStudio.Core.Platforms;

/// <summary>Something an ad platform can be asked for. An adapter implements those it has and leaves out the others.</summary>
public interface IPlatformCapability
{
    Platform Platform { get; }
}

/// <summary>With whose token, and on which account, a call is made. <see cref="AccessToken"/> is plain: never log or store it.</summary>
public sealed record PlatformAccess(Guid ConnectionId, string AccessToken)
{
    /// <summary>Null for calls that concern no account.</summary>
    public AccountHandle? Account { get; init; }

    public override string ToString() => $"{nameof(PlatformAccess)} {{ {ConnectionId}, {Account?.ExternalId} }}";
}

/// <param name="ExternalId">"act_123" on Meta, digits on Google.</param>
/// <param name="TimeZone">IANA id; days of numbers are in it.</param>
/// <param name="ManagerExternalId">Google: the manager account to sign in by.</param>
public sealed record AccountHandle(Guid Id, string ExternalId, string Currency, string TimeZone, string? ManagerExternalId);

// ---- authorize -------------------------------------------------------------

/// <summary>OAuth code flow; or keys that a person makes on the platform and brings here, where it has no consent page.</summary>
public interface IAuthorizes : IPlatformCapability
{
    /// <summary>
    /// What a person brings from the platform, in order; empty where it has a consent page. With them <see cref="AuthorizeUrl"/> leads to a page of the studio's own,
    /// and the code is a JSON object of the fields by name, which is also the refresh token: never put it into an address or a log.
    /// </summary>
    IReadOnlyList<KeyField> KeyFields => [];

    /// <summary>Pure: what is wrong with the fields before anybody is asked.</summary>
    IReadOnlyList<FieldProblem> CheckKeys(IReadOnlyDictionary<string, string> keys) => [];

    /// <summary>Whether the platform takes a PKCE challenge.</summary>
    bool SupportsPkce { get; }

    /// <summary>Permissions asked for, in the platform's names; the least that the studio needs.</summary>
    IReadOnlyList<string> Scopes { get; }

    /// <summary>Where to send the browser. <paramref name="codeChallenge"/> is S256, null without PKCE.</summary>
    Uri AuthorizeUrl(string state, Uri redirectUri, string? codeChallenge);

    Task<Result<PlatformTokens>> ExchangeCodeAsync(string code, Uri redirectUri, string? codeVerifier, CancellationToken ct);

    /// <summary>Fresh tokens; <see cref="PlatformFailureKind.ExpiredAuthorization"/> when the person must connect again.</summary>
    Task<Result<PlatformTokens>> RefreshAsync(string accessToken, string? refreshToken, CancellationToken ct);

    /// <summary>Who consented and what was granted, asked of the platform with a real call.</summary>
    Task<Result<PlatformIdentity>> WhoAmIAsync(PlatformAccess access, CancellationToken ct);
}

/// <param name="Label">As the platform calls it; <paramref name="Hint"/> says where it is found.</param>
/// <param name="Secret">Never shown again once it is stored.</param>
public sealed record KeyField(string Name, string Label, string Hint, bool Secret = false, bool Multiline = false);

/// <param name="RefreshToken">Null keeps the one there is.</param>
/// <param name="ExpiresAt">UTC; null when it does not expire.</param>
public sealed record PlatformTokens(string AccessToken, string? RefreshToken, DateTimeOffset? ExpiresAt)
{
    public override string ToString() => $"{nameof(PlatformTokens)} {{ ExpiresAt = {ExpiresAt} }}";
}

public sealed record PlatformIdentity(string ExternalId, string Name, IReadOnlyList<string> GrantedScopes, IReadOnlyList<string> MissingScopes);

// ---- accounts --------------------------------------------------------------

public interface IListsAccounts : IPlatformCapability
{
    Task<Result<IReadOnlyList<PlatformAccount>>> ListAccountsAsync(PlatformAccess access, CancellationToken ct);
}

/// <summary>An ad account as the platform describes it, with the pages, pixels and conversion actions that can be used with it.</summary>
public sealed record PlatformAccount(string ExternalId, string Name, string Currency, string TimeZone, AdAccountStatus Status)
{
    public string? StatusDetail { get; init; }
    public string? BusinessId { get; init; }
    public string? BusinessName { get; init; }
    public string? ManagerExternalId { get; init; }

    /// <summary>What the person who connected may do there, in the platform's words ("ADVERTISE"); empty where it says nothing of it.</summary>
    public IReadOnlyList<string> UserTasks { get; init; } = [];

    /// <summary>All that was ever spent, in micros of the account's currency; null where the platform doesn't say.</summary>
    public long? AmountSpentMicros { get; init; }
    public IReadOnlyList<AccountAsset> Assets { get; init; } = [];
}

/// <summary>Page: in whose name ads run, whatever the platform calls it (Meta's Page, TikTok's identity, LinkedIn's organization, Pinterest's board, Snapchat's public profile). App: what app campaigns promote.</summary>
public enum AccountAssetKind { Page, InstagramAccount, Pixel, ConversionAction, App }

/// <summary>Something on the platform that ads of an account can use. <paramref name="ParentId"/>: an Instagram account's page.</summary>
/// <param name="Url">An app's address in its store.</param>
public sealed record AccountAsset(AccountAssetKind Kind, string Id, string Name, string? ParentId = null, string? Url = null);

// ---- publish ---------------------------------------------------------------

/// <summary>Look: the studio's own; finds out what stands on the platform before or after a removal. No adapter is asked to carry it out.</summary>
/// <remarks>Change: sets something of what stands to a state that it names, so it may be repeated.</remarks>
public enum StepKind { Audience, Budget, Campaign, Targeting, AdSet, Media, Creative, Ad, Activate, Pause, ChangeBudget, Remove, Look, Change }

/// <summary>All an adapter needs to plan a launch on its platform. Resolved: nothing in it is looked up again.</summary>
public sealed record LaunchBrief
{
    public required string Name { get; init; }
    public required Objective Objective { get; init; }
    public required AccountHandle Account { get; init; }
    public required AudienceSpec Audience { get; init; }
    public required IReadOnlyList<BriefCreative> Creatives { get; init; }

    /// <summary>Whether whoever carries the plan out keeps what switches something on for later. Adapters plan the same either way.</summary>
    public bool StartsPaused { get; init; }

    /// <summary>Of this platform, in the account's currency.</summary>
    public required Money Budget { get; init; }
    public required BudgetType BudgetType { get; init; }

    /// <summary>In the account's currency; null lets the platform bid.</summary>
    public BidSpec? Bid { get; init; }

    /// <summary>Instants (UTC); null starts at launch, or runs until paused.</summary>
    public DateTimeOffset? Start { get; init; }
    public DateTimeOffset? End { get; init; }
    public IReadOnlyList<string> SpecialAdCategories { get; init; } = [];
    public IReadOnlyList<string> SpecialAdCountries { get; init; } = [];
    public IReadOnlyList<BriefAudience> Audiences { get; init; } = [];
    public AccountAsset? Page { get; init; }
    public AccountAsset? Instagram { get; init; }

    /// <summary>The pixel, tag, conversion rule or conversion action that counts what the ads bring.</summary>
    public AccountAsset? Pixel { get; init; }

    /// <summary>What an app campaign promotes.</summary>
    public AccountAsset? App { get; init; }

    /// <summary>What a program chose; null leaves all of it to the adapter. Adapters of platforms for which there is no such choice pass it over.</summary>
    public PlatformDetails? Details { get; init; }

    /// <summary>The platform's id of the lead form that opens from the ad; null leads to the website.</summary>
    public string? LeadFormId { get; init; }

    /// <summary>What it is called in ads that name the advertiser: the workspace's name.</summary>
    public required string BusinessName { get; init; }

    /// <summary>Eight to twelve letters and digits, unique to this launch on this platform. Each object's name carries it and the step's key.</summary>
    public required string Marker { get; init; }
}

public sealed record BriefCreative(Guid Id, string Name, CreativeType Type, string PrimaryText, string Headline, string Description, string CallToAction, string LinkUrl, IReadOnlyList<BriefAsset> Assets)
{
    private readonly IReadOnlyList<BriefCard>? cards;

    /// <summary>Of an existing post: which one.</summary>
    public ExistingPost? Post { get; init; }

    /// <summary>Of a carousel, in their order; a card without words of its own has the creative's. Where none were given, a card for each image.</summary>
    public IReadOnlyList<BriefCard> Cards
    {
        get => cards ?? [.. Assets.Where(a => a.Kind == MediaKind.Image).Select(a => new BriefCard(a, Headline, Description, LinkUrl))];
        init => cards = value;
    }
}

/// <summary>One card of a carousel.</summary>
public sealed record BriefCard(BriefAsset Asset, string Headline, string Description, string LinkUrl);

/// <param name="CanCrop">Whether it can be made over here: cut to another ratio, made smaller, converted.</param>
public sealed record BriefAsset(Guid Id, string FileName, MediaKind Kind, string ContentType, int Width, int Height, long Bytes, string Sha256, string? SourceUrl, bool CanCrop)
{
    /// <summary>How long a video runs; null for an image, or where it is not known.</summary>
    public double? Seconds { get; init; }
}

/// <summary>
/// An ad audience that the ads are for. A saved audience is no object of a platform: whoever makes the brief merges it into <see cref="LaunchBrief.Audience"/>.
/// </summary>
/// <param name="ExternalId">On this account; null when the launch has to create it first.</param>
/// <param name="Definition">JSON. Retargeting: {"days":30,"urlContains":"/cart"}. Lookalike: {"country":"US","percent":1}. Null otherwise.</param>
public sealed record BriefAudience(Guid Id, string Name, AudienceType Type, string? ExternalId, string? Definition)
{
    /// <summary>Of a lookalike: the id on this account of the audience that it resembles.</summary>
    public string? SourceExternalId { get; init; }
}

/// <summary>What a launch will do on the platform, in order; activation last. Shown in the review, stored as the operation's steps, then carried out.</summary>
public sealed record LaunchPlan(IReadOnlyList<PlannedStep> Steps, IReadOnlyList<PlanNote> Notes);

/// <param name="Body">What the platform will receive, in its own names and units; "{{key}}" stands for the id that an earlier step brings.</param>
public sealed record PlannedStep(string Key, StepKind Kind, string Title, string Marker, JsonObject Body)
{
    public Guid? CreativeId { get; init; }
    public Guid? AssetId { get; init; }
    public Guid? AudienceId { get; init; }
}

public enum PlanNoteKind { Converted, LeftOut }

/// <summary>Something the platform gets otherwise than it was written, or not at all, in words: "Daily budget $125.00 becomes 12500 cents".</summary>
public sealed record PlanNote(PlanNoteKind Kind, string Field, string Text);

/// <summary>A planned step with every "{{key}}" filled in, ready to be carried out.</summary>
/// <param name="Done">Ids that earlier steps brought, by key.</param>
public sealed record StepRequest(string Key, StepKind Kind, string Marker, JsonObject Body, Guid? AssetId, Guid? AudienceId, IReadOnlyDictionary<string, string> Done);

/// <summary>Creates, changes and removes campaigns. Everything is created paused.</summary>
public interface IPublishes : IPlatformCapability
{
    /// <summary>Pure: the same brief gives the same plan.</summary>
    LaunchPlan PlanLaunch(LaunchBrief brief);

    /// <summary>Carries out one step and returns the platform's id of what it made or changed.</summary>
    Task<Result<string>> CarryOutAsync(PlatformAccess access, StepRequest step, CancellationToken ct);

    /// <summary>Looks for what the step may have made, by its marker. Null means that it certainly is not there.</summary>
    Task<Result<string?>> FindAsync(PlatformAccess access, StepRequest step, CancellationToken ct);

    /// <summary>The steps that pause or resume a launched campaign, change its budget, or remove it with all beneath it. Each may safely be repeated.</summary>
    IReadOnlyList<PlannedStep> PlanPause(LaunchedObjects launched);
    IReadOnlyList<PlannedStep> PlanResume(LaunchedObjects launched);
    IReadOnlyList<PlannedStep> PlanBudget(LaunchedObjects launched, Money budget, BudgetType type);
    IReadOnlyList<PlannedStep> PlanRemove(LaunchedObjects launched);
}

/// <summary>The platform's ids of what a launch made, by the keys of its steps ("campaign", "adset", "ad:1").</summary>
public sealed record LaunchedObjects(AccountHandle Account, string Marker, IReadOnlyDictionary<string, string> Ids);

// ---- read ------------------------------------------------------------------

/// <summary>Reads how a launched campaign stands on the platform, down to its ads, with what review said.</summary>
public interface IReadsStructure : IPlatformCapability
{
    /// <summary>Those of <paramref name="campaignIds"/> that still exist; a missing one was deleted on the platform.</summary>
    Task<Result<IReadOnlyList<CampaignState>>> ReadCampaignsAsync(PlatformAccess access, IReadOnlyCollection<string> campaignIds, CancellationToken ct);
}

public sealed record CampaignState(string ExternalId, string Name, PlatformStatus Status, string OwnStatus, IReadOnlyList<AdSetState> AdSets);
public sealed record AdSetState(string ExternalId, string Name, string OwnStatus, IReadOnlyList<AdState> Ads);

/// <param name="Rejection">The platform's words when it rejected the ad.</param>
public sealed record AdState(string ExternalId, string Name, string OwnStatus, bool InReview, string? Rejection);

public interface IReadsInsights : IPlatformCapability
{
    /// <summary>
    /// One row an entity a day (and a value of the breakdown), in the account's time zone, for days that had any delivery. Pages, and waits for the platform's report job where it wants one.
    /// A range or a set that the platform finds too large is refused as <see cref="PlatformFailureKind.TooMuchData"/>: whoever asks halves it.
    /// </summary>
    IAsyncEnumerable<Result<InsightRow>> ReadInsightsAsync(PlatformAccess access, InsightQuery query, CancellationToken ct);
}

/// <param name="From">First day in the account's time zone; <paramref name="To"/> the last, both included.</param>
public sealed record InsightQuery(MetricLevel Level, DateOnly From, DateOnly To)
{
    /// <summary>The platform's ids of the campaigns asked for; null is all of the account.</summary>
    public IReadOnlyCollection<string>? CampaignIds { get; init; }

    /// <summary>One of <see cref="PlatformRules.Breakdowns"/>; only with the level Campaign.</summary>
    public BreakdownKind? Breakdown { get; init; }
}

/// <summary>Ids are the platform's; those above the level are filled, those below are null. Money is micros of the account's currency, conversions are millionths.</summary>
public sealed record InsightRow(MetricLevel Level, string CampaignId, string? AdSetId, string? AdId, DateOnly Day, long Impressions, long Clicks, long SpendMicros, long ConversionsMicros, long ValueMicros, long? Reach)
{
    /// <summary>In our words where the kind has them ("25-34", "female", "US", "mobile"), else in the platform's; null without a breakdown.</summary>
    public string? BreakdownValue { get; init; }
}

// ---- targeting -------------------------------------------------------------

/// <summary>Language: what people speak. The kinds after it are Meta's.</summary>
public enum TargetingKind { Place, Interest, Language, Behavior, School, FieldOfStudy, Employer, JobTitle, FamilyStatus, LifeEvent, Industry, Income, RelationshipStatus, EducationLevel }

public interface ISearchesTargeting : IPlatformCapability
{
    Task<Result<IReadOnlyList<TargetingOption>>> SearchAsync(PlatformAccess access, TargetingKind kind, string query, CancellationToken ct);
}

/// <param name="Detail">What tells two of the same name apart: "City in Bavaria, Germany".</param>
public sealed record TargetingOption(string Id, string Name, string? Detail)
{
    public PlaceKind? PlaceKind { get; init; }
    public string? Country { get; init; }
}
