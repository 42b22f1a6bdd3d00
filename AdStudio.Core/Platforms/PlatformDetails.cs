namespace AdStudio.Core.Platforms;

/// <summary>What a program chose for one platform beyond what the wizard asks for, in the platform's own values; null leaves it to the adapter. Compared by value.</summary>
public sealed record PlatformDetails
{
    /// <summary>Null names the ad set like the campaign.</summary>
    public string? AdSetName { get; init; }

    /// <summary>For what the platform picks whom it shows the ads: "LANDING_PAGE_VIEWS".</summary>
    public string? OptimizationGoal { get; init; }

    /// <summary>Where it is to happen: "WEBSITE", "APP", "MESSENGER", "INSTAGRAM_DIRECT", "ON_AD".</summary>
    public string? ConversionLocation { get; init; }

    /// <summary>What the pixel counts: "PURCHASE".</summary>
    public string? ConversionEvent { get; init; }

    /// <summary>"POST_ENGAGEMENT".</summary>
    public string? EngagementType { get; init; }

    /// <summary>The Instagram account in whose name the ads run there; null takes the page's.</summary>
    public string? InstagramId { get; init; }

    /// <summary>A video that stands on the platform already: image ads show it, with their image as its cover.</summary>
    public string? VideoId { get; init; }
    public string? CatalogId { get; init; }
    public string? ProductSetId { get; init; }

    /// <summary>Counts what it describes in place of an event.</summary>
    public string? CustomConversionId { get; init; }

    /// <summary>What is set, with a name for people.</summary>
    public IReadOnlyList<(string Name, string Value)> Listed() =>
    [
        .. new (string Name, string? Value)[]
        {
            ("Ad set", AdSetName), ("Optimised for", OptimizationGoal), ("Where it happens", ConversionLocation), ("Counted event", ConversionEvent), ("Kind of engagement", EngagementType), ("Instagram account", InstagramId),
            ("Video", VideoId), ("Catalogue", CatalogId), ("Product set", ProductSetId), ("Custom conversion", CustomConversionId),
        }.Where(d => d.Value is not null).Select(d => (d.Name, d.Value!)),
    ];
}
