using AdStudio.Core.Common;

namespace AdStudio.Core.Platforms;

/// <summary>Pixels, tags and conversion actions of an account.</summary>
public interface IManagesPixels : IPlatformCapability
{
    Task<Result<IReadOnlyList<PlatformPixel>>> ListPixelsAsync(PlatformAccess access, CancellationToken ct);

    /// <summary>Makes one; <see cref="PlatformFailureKind.InvalidRequest"/> where the account may have no other.</summary>
    Task<Result<PlatformPixel>> CreatePixelAsync(PlatformAccess access, string name, string? description, CancellationToken ct);
}

/// <param name="Code">The lines for the website, where the platform gives them.</param>
/// <param name="LastFiredAt">UTC.</param>
public sealed record PlatformPixel(string ExternalId, string Name, AccountAssetKind Kind, string? Code, DateTimeOffset? LastFiredAt);

/// <summary>Takes conversions from a server, beside those that the browser's pixel tells; the event's id tells the two apart from two of them.</summary>
public interface ISendsConversions : IPlatformCapability
{
    /// <param name="token">The pixel's own server-side token; null signs with the connection's.</param>
    /// <param name="testCode">Marks it as a test in the platform's own tools.</param>
    Task<Result<string>> SendConversionAsync(PlatformAccess access, string pixelId, string? token, ConversionEvent conversion, string? testCode, CancellationToken ct);
}

/// <param name="EventId">The same in the browser and here, so that the platform counts it once.</param>
/// <param name="At">UTC.</param>
public sealed record ConversionEvent(string Name, string EventId, DateTimeOffset At, string SourceUrl, Money? Value, MemberHashes Person, string? ClientIp, string? UserAgent);

/// <summary>Forms that open from an ad, and what people send with them.</summary>
public interface ICollectsLeads : IPlatformCapability
{
    /// <param name="name">Carries the marker, so that it can be found again.</param>
    Task<Result<string>> CreateFormAsync(PlatformAccess access, string pageId, string name, LeadFormContent form, CancellationToken ct);

    /// <summary>The form that carries the marker in its name; null means that it certainly is not there.</summary>
    Task<Result<string?>> FindFormAsync(PlatformAccess access, string pageId, string marker, CancellationToken ct);
    Task<Result<IReadOnlyList<PlatformLeadForm>>> ListFormsAsync(PlatformAccess access, string pageId, CancellationToken ct);

    /// <summary>A form once made is not changed; it can only be put away.</summary>
    Task<Result<bool>> ArchiveFormAsync(PlatformAccess access, string pageId, string formId, CancellationToken ct);

    /// <summary>Leads since an instant (UTC), newest first; pages.</summary>
    IAsyncEnumerable<Result<PlatformLead>> ReadLeadsAsync(PlatformAccess access, string pageId, string formId, DateTimeOffset since, CancellationToken ct);
    Task<Result<PlatformLead>> ReadLeadAsync(PlatformAccess access, string pageId, string leadId, CancellationToken ct);

    /// <summary>Has the platform call our webhook for the page's leads.</summary>
    Task<Result<bool>> SubscribeAsync(PlatformAccess access, string pageId, CancellationToken ct);
}

/// <summary>Calls that the platform makes to us when leads come in.</summary>
public interface ITellsOfLeads : IPlatformCapability
{
    /// <summary>What to answer when the platform makes sure that the address is ours; null when it does not know the word that was agreed on.</summary>
    string? AnswerChallenge(IReadOnlyDictionary<string, string> query);

    /// <summary>The leads it tells of; null when the call is not signed by the platform, or is none of its calls.</summary>
    IReadOnlyList<LeadNotice>? Read(string body, string? signature);
}

/// <summary>A platform's word that a lead has come in.</summary>
public sealed record LeadNotice(Platform Platform, string PageId, string FormId, string LeadId);

public sealed record PlatformLeadForm(string ExternalId, string Name, string OwnStatus, string? Locale, long? Leads, DateTimeOffset? CreatedAt);

/// <param name="Answers">By the question's key.</param>
/// <param name="CreatedAt">UTC.</param>
public sealed record PlatformLead(string ExternalId, string FormId, DateTimeOffset CreatedAt, IReadOnlyList<KeyValuePair<string, string>> Answers)
{
    public string? CampaignId { get; init; }
    public string? AdSetId { get; init; }
    public string? AdId { get; init; }

    /// <summary>Came without an ad.</summary>
    public bool IsOrganic { get; init; }
}

/// <summary>A lead form as it is asked: what the platform's form is made from. Types and languages are those of <see cref="LeadFormRules"/>.</summary>
public sealed record LeadFormContent
{
    public IReadOnlyList<LeadQuestion> Questions { get; init; } = [];
    public string PrivacyPolicyUrl { get; init; } = "";
    public string PrivacyPolicyName { get; init; } = "";

    /// <summary>"EN_US".</summary>
    public string Language { get; init; } = "EN_US";
    public LeadThankYou ThankYou { get; init; } = new();

    /// <summary>Shown before the questions; null goes straight to them.</summary>
    public LeadIntro? Intro { get; init; }
}

/// <param name="Type">"EMAIL", "CUSTOM" …; <paramref name="Label"/> is the question itself of a CUSTOM one.</param>
/// <param name="Key">By which its answers come back; unique in the form.</param>
/// <param name="Options">To choose from; a CUSTOM question without any is answered freely.</param>
public sealed record LeadQuestion(string Type, string Label, string Key, IReadOnlyList<LeadOption> Options);

public sealed record LeadOption(string Key, string Value);

/// <summary>What one sees after sending the form.</summary>
public sealed record LeadThankYou
{
    public string Title { get; init; } = "";
    public string Body { get; init; } = "";
    public string ButtonText { get; init; } = "";

    /// <summary>"VIEW_WEBSITE", "CALL_BUSINESS", "NONE" …</summary>
    public string ButtonType { get; init; } = "VIEW_WEBSITE";
    public string? WebsiteUrl { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of <see cref="BusinessPhoneNumber"/>.</summary>
    public string? CountryCode { get; init; }
    public string? BusinessPhoneNumber { get; init; }
}

/// <param name="Style">"LIST_STYLE" shows each line of the content with a dot, "PARAGRAPH_STYLE" as one text.</param>
public sealed record LeadIntro(string Title, string Style, IReadOnlyList<string> Content);
