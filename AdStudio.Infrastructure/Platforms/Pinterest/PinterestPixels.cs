using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Pinterest;

/// <summary>Conversion tags: https://developers.pinterest.com/docs/api/v5/conversion_tags-create</summary>
internal sealed class PinterestPixels(PinterestApi api) : IManagesPixels
{
    public Platform Platform => Platform.Pinterest;

    public async Task<Result<IReadOnlyList<PlatformPixel>>> ListPixelsAsync(PlatformAccess access, CancellationToken ct)
    {
        var answer = await api.GetAsync(access, $"{PinterestApi.AccountOf(access)}/conversion_tags", [], ct);
        return answer.TryGet(out var body, out var refusal)
            ? Result<IReadOnlyList<PlatformPixel>>.Of([.. (body["items"] as JsonArray ?? []).OfType<JsonObject>().Where(t => t["id"] is not null && t["status"]?.ToString() is not "ARCHIVED").Select(Read)])
            : Result<IReadOnlyList<PlatformPixel>>.Refused(refusal);
    }

    /// <summary>Pinterest keeps no description of a tag.</summary>
    public async Task<Result<PlatformPixel>> CreatePixelAsync(PlatformAccess access, string name, string? description, CancellationToken ct)
    {
        var answer = await api.SendAsync(access, HttpMethod.Post, $"{PinterestApi.AccountOf(access)}/conversion_tags", new JsonObject { ["name"] = name }, CallKind.Create, ct);
        if (!answer.TryGet(out var made, out var refusal)) return Result<PlatformPixel>.Refused(refusal);
        return made is JsonObject tag && tag["id"] is not null ? Read(tag) : new PlatformFailure(Platform.Pinterest, PlatformFailureKind.UnknownOutcome, "Pinterest answered without an id.");
    }

    private static PlatformPixel Read(JsonObject tag) => new(tag["id"]!.ToString(), tag["name"]?.ToString() ?? "", AccountAssetKind.Pixel, tag["code_snippet"]?.ToString(),
        double.TryParse(tag["last_fired_time_ms"]?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var at) && at > 0 ? DateTimeOffset.FromUnixTimeMilliseconds((long)at) : null);
}

/// <summary>Conversions from a server, counted for the whole ad account: https://developers.pinterest.com/docs/api/v5/events-create</summary>
internal sealed class PinterestConversions(PinterestApi api) : ISendsConversions
{
    public Platform Platform => Platform.Pinterest;

    /// <param name="testCode">Pinterest has no codes: any asks it to check the event without counting it.</param>
    public async Task<Result<string>> SendConversionAsync(PlatformAccess access, string pixelId, string? token, ConversionEvent conversion, string? testCode, CancellationToken ct)
    {
        var person = new JsonObject();
        if (conversion.Person.EmailSha256 is { } email) person["em"] = new JsonArray(email);
        if (conversion.Person.PhoneSha256 is { } phone) person["ph"] = new JsonArray(phone);
        if (conversion.ClientIp is { } ip) person["client_ip_address"] = ip;
        if (conversion.UserAgent is { } agent) person["client_user_agent"] = agent;
        if (conversion.Person.EmailSha256 is null && (conversion.ClientIp is null || conversion.UserAgent is null))
            return new PlatformFailure(Platform.Pinterest, PlatformFailureKind.InvalidRequest, "Pinterest wants an e-mail address, or an IP address together with a user agent.") { Field = "user_data" };

        var told = new JsonObject
        {
            ["event_name"] = PinterestFromMemory.EventName(conversion.Name), ["action_source"] = "web", ["event_time"] = conversion.At.ToUnixTimeSeconds(), ["event_id"] = conversion.EventId,
            ["event_source_url"] = conversion.SourceUrl, ["user_data"] = person,
        };
        if (conversion.Value is { } value) told["custom_data"] = new JsonObject { ["currency"] = value.Currency, ["value"] = value.Units.ToString("0.######", CultureInfo.InvariantCulture) };
        // The event's id makes a second one of the same count once.
        var answer = await api.SendAsync(token is null ? access : access with { AccessToken = token }, HttpMethod.Post, $"{PinterestApi.AccountOf(access)}/events", new JsonObject { ["data"] = new JsonArray(told) }, CallKind.Repeatable, ct,
            testCode is null ? [] : [("test", "true")]);
        if (!answer.TryGet(out var body, out var refusal)) return Result<string>.Refused(refusal);
        var first = (body["events"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault();
        return first?["status"]?.ToString() == "failed" ? new PlatformFailure(Platform.Pinterest, PlatformFailureKind.InvalidRequest, first["error_message"]?.ToString() ?? "Pinterest did not take the event.") : conversion.EventId;
    }
}
