using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>Pixels of an account, and conversions from a server to them.</summary>
internal sealed class TikTokPixels(TikTokApi api) : IManagesPixels, ISendsConversions
{
    private const int MaxName = 40, PageSize = 20;

    // Servers name a pixel by its code, ad groups by its id; neither ever changes.
    private readonly ConcurrentDictionary<string, string> codes = new();

    public Platform Platform => Platform.TikTok;

    /// <summary>GET pixel/list/.</summary>
    public async Task<Result<IReadOnlyList<PlatformPixel>>> ListPixelsAsync(PlatformAccess access, CancellationToken ct) =>
        (await api.ListAsync(access, "pixel/list/", new() { ["advertiser_id"] = TikTokApi.AccountOf(access) }, ct, "pixels", PageSize)).TryGet(out var pixels, out var refusal)
            ? Result<IReadOnlyList<PlatformPixel>>.Of([.. pixels.Select(Pixel)]) : Result<IReadOnlyList<PlatformPixel>>.Refused(refusal);

    /// <summary>POST pixel/create/. A pixel has a name and no description.</summary>
    public async Task<Result<PlatformPixel>> CreatePixelAsync(PlatformAccess access, string name, string? description, CancellationToken ct)
    {
        var plain = TikTokText.Plain(name);
        var called = plain.Length <= MaxName ? plain : plain[..MaxName].TrimEnd();
        if (!(await api.PostAsync(access, "pixel/create/", new() { ["advertiser_id"] = TikTokApi.AccountOf(access), ["pixel_name"] = called }, CallKind.Create, ct)).TryGet(out var made, out var refusal)) return Result<PlatformPixel>.Refused(refusal);
        if (made["pixel_id"]?.ToString() is not { Length: > 0 } id) return TikTokApi.Odd("a pixel's id");
        var pixel = (JsonObject)made.DeepClone();
        pixel["pixel_name"] ??= called;
        return Pixel(pixel) with { ExternalId = id };
    }

    /// <summary>POST pixel/track/. The platform's answer has no number of its own, so the event's comes back.</summary>
    public async Task<Result<string>> SendConversionAsync(PlatformAccess access, string pixelId, string? token, ConversionEvent conversion, string? testCode, CancellationToken ct)
    {
        if (!(await CodeAsync(access, pixelId, ct)).TryGet(out var code, out var refusal)) return Result<string>.Refused(refusal);
        var person = new JsonObject();
        if (conversion.Person.EmailSha256 is { } mail) person["email"] = mail;
        if (conversion.Person.PhoneSha256 is { } phone) person["phone_number"] = phone;
        var context = new JsonObject { ["page"] = new JsonObject { ["url"] = conversion.SourceUrl }, ["user"] = person };
        if (conversion.ClientIp is { } ip) context["ip"] = ip;
        if (conversion.UserAgent is { } agent) context["user_agent"] = agent;
        var body = new JsonObject { ["pixel_code"] = code, ["event"] = conversion.Name, ["event_id"] = conversion.EventId, ["timestamp"] = conversion.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), ["context"] = context };
        if (conversion.Value is { } value) body["properties"] = new JsonObject { ["currency"] = value.Currency, ["value"] = value.Units };
        if (testCode is not null) body[TikTokFromMemory.TestEventCode] = testCode;

        // TikTok counts an event of the same name and number once.
        var answer = await api.PostAsync(token is null ? access : access with { AccessToken = token }, "pixel/track/", body, CallKind.Repeatable, ct);
        return answer.TryGet(out _, out refusal) ? conversion.EventId : Result<string>.Refused(refusal);
    }

    private async Task<Result<string>> CodeAsync(PlatformAccess access, string pixelId, CancellationToken ct)
    {
        if (codes.TryGetValue(pixelId, out var known)) return known;
        var answer = await api.GetAsync(access, "pixel/list/", new() { ["advertiser_id"] = TikTokApi.AccountOf(access), ["pixel_id"] = pixelId }, ct);
        if (!answer.TryGet(out var data, out var refusal)) return Result<string>.Refused(refusal);
        return data["pixels"]?[0]?["pixel_code"]?.ToString() is { Length: > 0 } code ? codes[pixelId] = code : new PlatformFailure(Platform.TikTok, PlatformFailureKind.NotFound, "TikTok has no such pixel on this account.");
    }

    private static PlatformPixel Pixel(JsonObject row) => new(row["pixel_id"]!.ToString(), row["pixel_name"]?.ToString() ?? "", AccountAssetKind.Pixel, row["pixel_script"]?.ToString(), null);
}
