using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Snapchat;

/// <summary>An account's Snap Pixel, and conversions from a server. https://developers.snap.com/api/marketing-api/Ads-API/snap-pixel, …/Conversions-API/UsingTheAPI</summary>
internal sealed class SnapchatPixels(SnapchatApi api) : IManagesPixels, ISendsConversions
{
    public Platform Platform => Platform.Snapchat;

    public async Task<Result<IReadOnlyList<PlatformPixel>>> ListPixelsAsync(PlatformAccess access, CancellationToken ct) =>
        (await api.ListAsync(access, $"adaccounts/{access.Account!.ExternalId}/pixels", Noun.Pixel, ct)).TryGet(out var pixels, out var refusal)
            ? Result<IReadOnlyList<PlatformPixel>>.Of([.. pixels.Select(p => new PlatformPixel(p["id"]!.ToString(), p["name"]?.ToString() ?? "", AccountAssetKind.Pixel, p["pixel_javascript"]?.ToString(), null))])
            : Result<IReadOnlyList<PlatformPixel>>.Refused(refusal);

    public Task<Result<PlatformPixel>> CreatePixelAsync(PlatformAccess access, string name, string? description, CancellationToken ct) => Task.FromResult<Result<PlatformPixel>>(
        new PlatformFailure(Platform.Snapchat, PlatformFailureKind.InvalidRequest, "Snapchat lets a pixel be made in its Ads Manager only. Make it there; it then appears here."));

    public async Task<Result<string>> SendConversionAsync(PlatformAccess access, string pixelId, string? token, ConversionEvent conversion, string? testCode, CancellationToken ct)
    {
        var person = new JsonObject();
        if (conversion.Person.EmailSha256 is { } mail) person["em"] = new JsonArray(mail);
        if (conversion.Person.PhoneSha256 is { } phone) person["ph"] = new JsonArray(phone);
        if (conversion.ClientIp is { } ip) person["client_ip_address"] = ip;
        if (conversion.UserAgent is { } agent) person["client_user_agent"] = agent;
        var one = new JsonObject
        {
            ["event_name"] = SnapchatFromMemory.Event(conversion.Name), ["event_time"] = conversion.At.ToUnixTimeSeconds(), ["event_id"] = conversion.EventId, ["action_source"] = "WEB", ["event_source_url"] = conversion.SourceUrl, ["user_data"] = person,
        };
        if (conversion.Value is { } value) one["custom_data"] = new JsonObject { ["currency"] = value.Currency, ["value"] = value.Units.ToString(CultureInfo.InvariantCulture), ["order_id"] = conversion.EventId };
        // A trial is only looked at, so that it counts nowhere.
        var path = $"{pixelId}/events{(testCode is null ? "" : "/validate")}";
        var sent = await api.SendEventAsync(access, path, token ?? access.AccessToken, new JsonObject { ["data"] = new JsonArray(one) }, ct);
        return sent.IsDone ? conversion.EventId : Result<string>.Refused(sent.Refusal);
    }
}
