using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>An account's pixels, and conversions that a server tells them.</summary>
internal sealed class MetaPixels(MetaApi api) : IManagesPixels, ISendsConversions
{
    private const string Fields = "id,name,code,last_fired_time";

    public Platform Platform => Platform.Meta;

    /// <summary>GET /act_…/adspixels (AdAccount.json).</summary>
    public async Task<Result<IReadOnlyList<PlatformPixel>>> ListPixelsAsync(PlatformAccess access, CancellationToken ct)
    {
        var list = await api.ListAsync(access, $"{access.Account!.ExternalId}/adspixels", [("fields", Fields), ("limit", "100")], ct);
        return list.TryGet(out var pixels, out var refusal) ? Result<IReadOnlyList<PlatformPixel>>.Of([.. pixels.Select(Pixel)]) : Result<IReadOnlyList<PlatformPixel>>.Refused(refusal);
    }

    /// <summary>POST /act_…/adspixels (AdAccount.json), which takes a name and nothing else.</summary>
    public async Task<Result<PlatformPixel>> CreatePixelAsync(PlatformAccess access, string name, string? description, CancellationToken ct)
    {
        var answer = await api.PostAsync(access, $"{access.Account!.ExternalId}/adspixels", new() { ["name"] = name }, CallKind.Create, ct);
        if (!answer.TryGet(out var made, out var refusal)) return Result<PlatformPixel>.Refused(refusal);
        if (made["id"]?.ToString() is not { Length: > 0 } id) return new PlatformFailure(Platform.Meta, PlatformFailureKind.UnknownOutcome, "Meta answered without an id.");
        var read = await api.GetAsync(access, id, [("fields", Fields)], ct);
        // It is there, whatever can be read of it.
        return read.TryGet(out var pixel, out _) ? Pixel(pixel.AsObject()) : new PlatformPixel(id, name, AccountAssetKind.Pixel, null, null);
    }

    /// <summary>POST /{pixel}/events (AdsPixel.json). The event's id lets Meta count it once, however often it is told.</summary>
    public async Task<Result<string>> SendConversionAsync(PlatformAccess access, string pixelId, string? token, ConversionEvent conversion, string? testCode, CancellationToken ct)
    {
        var parameters = new JsonObject { ["data"] = new JsonArray(MetaFromMemory.EventOf(conversion)) };
        if (testCode is not null) parameters["test_event_code"] = testCode;
        var answer = token is null
            ? await api.PostAsync(access, $"{pixelId}/events", parameters, CallKind.Repeatable, ct)
            : await api.PostAsOtherAsync(access with { AccessToken = token }, $"{pixelId}/events", parameters, CallKind.Repeatable, ct);
        if (!answer.TryGet(out var told, out var refusal)) return Result<string>.Refused(refusal);
        return told["fbtrace_id"]?.ToString() ?? "";
    }

    private static PlatformPixel Pixel(JsonObject pixel) => new(pixel["id"]!.ToString(), pixel["name"]?.ToString() ?? "", AccountAssetKind.Pixel, pixel["code"]?.ToString(), MetaStructure.Time(pixel["last_fired_time"]));
}
