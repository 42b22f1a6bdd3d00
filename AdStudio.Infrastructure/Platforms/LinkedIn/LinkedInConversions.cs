using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.LinkedIn;

/// <summary>Conversion rules, and the conversions that a server tells to them. https://learn.microsoft.com/en-us/linkedin/marketing/integrations/ads-reporting/conversions-api</summary>
internal sealed class LinkedInConversions(LinkedInApi api) : IManagesPixels, ISendsConversions
{
    public Platform Platform => Platform.LinkedIn;

    public async Task<Result<IReadOnlyList<PlatformPixel>>> ListPixelsAsync(PlatformAccess access, CancellationToken ct)
    {
        var list = await api.ListAsync(access, "conversions", [("q", "account"), ("account", Restli.Text(Restli.Account(access.Account!.ExternalId)))], ct);
        return list.TryGet(out var rules, out var refusal)
            ? Result<IReadOnlyList<PlatformPixel>>.Of([.. rules.Select(r => new PlatformPixel(r["id"]!.ToString(), r["name"]?.ToString() ?? "", AccountAssetKind.ConversionAction, null, LinkedInTree.Instant(r["lastCallbackAt"])))])
            : Result<IReadOnlyList<PlatformPixel>>.Refused(refusal);
    }

    /// <summary>A rule that a server feeds: those of the website's tag are made in Campaign Manager, where the tag is.</summary>
    public async Task<Result<PlatformPixel>> CreatePixelAsync(PlatformAccess access, string name, string? description, CancellationToken ct)
    {
        var made = await api.CreateAsync(access, "conversions", new JsonObject
        {
            ["name"] = name, ["account"] = Restli.Account(access.Account!.ExternalId), ["conversionMethod"] = "CONVERSIONS_API", ["postClickAttributionWindowSize"] = 30, ["viewThroughAttributionWindowSize"] = 7,
            ["attributionType"] = "LAST_TOUCH_BY_CAMPAIGN", ["type"] = "PURCHASE",
        }, ct);
        return made.TryGet(out var id, out var refusal) ? new PlatformPixel(id, name, AccountAssetKind.ConversionAction, null, null) : Result<PlatformPixel>.Refused(refusal);
    }

    /// <summary>LinkedIn goes by the rule and knows no names of events and no tests; it wants an e-mail address to find the person by.</summary>
    public async Task<Result<string>> SendConversionAsync(PlatformAccess access, string pixelId, string? token, ConversionEvent conversion, string? testCode, CancellationToken ct)
    {
        if (conversion.Person.EmailSha256 is not { } email) return new PlatformFailure(Platform.LinkedIn, PlatformFailureKind.InvalidRequest, "LinkedIn takes conversions of people whose e-mail address is known.") { Field = "user.userIds" };
        var sent = new JsonObject
        {
            ["conversion"] = Restli.Conversion(pixelId), ["conversionHappenedAt"] = conversion.At.ToUnixTimeMilliseconds(), ["eventId"] = conversion.EventId,
            ["user"] = new JsonObject { ["userIds"] = new JsonArray(new JsonObject { ["idType"] = "SHA256_EMAIL", ["idValue"] = email }) },
        };
        if (conversion.Value is { } value) sent["conversionValue"] = LinkedInPlan.Wire(value);
        // Told twice, it counts once: LinkedIn goes by the event's id.
        var answer = await api.PostAsync(token is null ? access : access with { AccessToken = token }, "conversionEvents", new JsonObject { ["elements"] = new JsonArray(sent) }, CallKind.Repeatable, ct, "BATCH_CREATE");
        if (!answer.TryGet(out var body, out var refusal)) return Result<string>.Refused(refusal);
        return LinkedInApi.Elements(body).FirstOrDefault()?["status"]?.GetValue<int>() is { } status and (< 200 or >= 300)
            ? new PlatformFailure(Platform.LinkedIn, PlatformFailureKind.InvalidRequest, "LinkedIn did not take the conversion.") { Code = status.ToString(CultureInfo.InvariantCulture) }
            : conversion.EventId;
    }
}
