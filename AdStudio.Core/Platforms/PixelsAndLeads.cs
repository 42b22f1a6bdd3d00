using System.Text.Json.Nodes;
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
    /// <param name="form">The platform's own names and values; the marker stands in its name.</param>
    Task<Result<string>> CreateFormAsync(PlatformAccess access, string pageId, JsonObject form, CancellationToken ct);

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
