using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AdStudio.Web.Api.Advertising;

/// <param name="Symbol">As amounts in it are written: "$".</param>
internal sealed record AdvertisingCurrency(string Code, string Symbol);

/// <param name="Id">For x-brand-id.</param>
/// <param name="Slug">Its name as part of an address; yours if you gave one.</param>
/// <param name="Image">Address of its picture, if you gave one.</param>
/// <param name="Tier">Its plan with you, if you gave one.</param>
/// <param name="Currency">In which its reports are, or its ad account pays; null while it has neither.</param>
/// <param name="ReauthenticateFbUser">Whether its connection to Meta no longer works, so that somebody has to reconnect.</param>
/// <param name="ConversionsStatus">How its conversions stand with you, if you said so.</param>
/// <param name="PermissionLevel">"admin" when the caller may change it, else "viewer".</param>
/// <param name="Connections">Its profiles and links as you gave them, and how its Meta account, page and Instagram account stand.</param>
/// <param name="Metadata">All else that you keep with it, as you gave it. Tokens and billing ids are never kept.</param>
internal sealed record AdvertisingBrand(
    int Id, string Name, string Slug, string? Image, string? Tier, AdvertisingCurrency? Currency, bool ReauthenticateFbUser, string? ConversionsStatus, string PermissionLevel, string CreatedAt, string UpdatedAt,
    JsonObject Connections, JsonObject Metadata);

internal sealed record AdvertisingBrands(IReadOnlyList<AdvertisingBrand> Brands, int Count);

/// <summary>What is given is written over what was there; null takes a field out. Any further field is kept as it is.</summary>
internal sealed record AdvertisingBrandChange
{
    public string? Slug { get; init; }
    public string? Image { get; init; }
    public string? Tier { get; init; }

    /// <summary>Social profiles and content links by the name of the place: tiktok, youtube_channel, spotify_artist_page, google_analytics.</summary>
    public JsonObject? Connections { get; init; }
    [JsonExtensionData] public Dictionary<string, System.Text.Json.JsonElement>? More { get; init; }
}
