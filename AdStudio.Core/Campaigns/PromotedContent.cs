using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;

namespace AdStudio.Core.Campaigns;

/// <summary>What a campaign is made for, when it is one thing: a record, a video, an article. Shown with the campaign; no platform gets it.</summary>
public sealed record PromotedContent
{
    public string Name { get; init; } = "";
    public string? Slug { get; init; }

    /// <summary>In the program's own word: "single", "album", "record".</summary>
    public string? Type { get; init; }
    public string? ThumbnailUrl { get; init; }
    public bool? Explicit { get; init; }

    /// <summary>As it was given, usually a day.</summary>
    public string? ReleaseDate { get; init; }

    /// <summary>Its ids elsewhere, such as isrc.</summary>
    public IReadOnlyDictionary<string, string> ExternalIds { get; init; } = new Dictionary<string, string>();

    /// <summary>Where it can be found, by the name of the place.</summary>
    public IReadOnlyList<ContentLink> ExternalLinks { get; init; } = [];
}

public sealed record ContentLink(string Name, string Url);

/// <summary>What a program says of a campaign beyond its spec.</summary>
public sealed record GivenCampaign
{
    /// <summary>The kind of campaign in the program's own word: "record_streams", "boost_instagram". At most 64 characters.</summary>
    public string? Type { get; init; }
    public PromotedContent? Content { get; init; }

    /// <summary>A JSON object of the program's own.</summary>
    public string? Metadata { get; init; }

    /// <summary>How far changes of it go by themselves; null leaves it to the workspace.</summary>
    public Authority? Authority { get; init; }

    /// <summary>Makes a row that is saved together with the campaign or not at all.</summary>
    public Func<Campaign, object>? Beside { get; init; }
}

/// <summary>Keeps what a program says of a campaign beyond its spec, over what it said before. Sends nothing.</summary>
public sealed class KeepGivenCampaign(Studio studio)
{
    /// <param name="input">The whole request as it should stand from now on, JSON.</param>
    public async Task<Result<Done>> RunAsync(Actor actor, Guid campaignId, string? input, GivenCampaign given, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindManagedCampaignAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        (campaign.Input, campaign.GivenType, campaign.Content) = (GivenJson.WithoutSecrets(input), given.Type ?? campaign.GivenType, given.Content ?? campaign.Content);
        await db.SaveChangesAsync(ct);
        return Done.Value;
    }
}
