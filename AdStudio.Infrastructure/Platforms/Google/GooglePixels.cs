using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Infrastructure.Platforms.Http;

namespace AdStudio.Infrastructure.Platforms.Google;

/// <summary>
/// An account's conversion actions, with the tag of those that a website's pages tell. Conversions from a server are not sent: since 15 June 2026 Google takes :uploadClickConversions only from developers
/// who had used it before (developers.google.com/google-ads/api/docs/conversions/upload-offline); its Data Manager API is another service with a consent of its own.
/// </summary>
internal sealed class GooglePixels(GoogleApi api) : IManagesPixels
{
    private const string Fields = "SELECT conversion_action.id, conversion_action.resource_name, conversion_action.name, conversion_action.type, conversion_action.status, conversion_action.tag_snippets FROM conversion_action WHERE conversion_action.";

    public Platform Platform => Platform.Google;

    public async Task<Result<IReadOnlyList<PlatformPixel>>> ListPixelsAsync(PlatformAccess access, CancellationToken ct)
    {
        var rows = await api.SearchAsync(access, GoogleApi.Customer(access), Fields + "status = 'ENABLED'", ct);
        return rows.TryGet(out var found, out var refusal) ? Result<IReadOnlyList<PlatformPixel>>.Of([.. found.Select(r => r["conversionAction"]).OfType<JsonObject>().Select(Pixel)]) : Result<IReadOnlyList<PlatformPixel>>.Refused(refusal);
    }

    /// <summary>conversionActions:mutate (discovery document): one that a page's tag tells, in Google's default category, counting every conversion. A name is given once.</summary>
    public async Task<Result<PlatformPixel>> CreatePixelAsync(PlatformAccess access, string name, string? description, CancellationToken ct)
    {
        var action = new JsonObject { ["name"] = name, ["type"] = "WEBPAGE", ["category"] = "DEFAULT", ["status"] = "ENABLED", ["countingType"] = "MANY_PER_CLICK" };
        var answer = await api.MutateAsync(access, "conversionActions", GooglePlan.Create(action), CallKind.Create, ct);
        if (!answer.TryGet(out var id, out var refusal)) return Result<PlatformPixel>.Refused(refusal);
        var resource = $"customers/{GoogleApi.Customer(access)}/conversionActions/{id}";
        var rows = await api.SearchAsync(access, GoogleApi.Customer(access), Fields + $"resource_name = '{GoogleApi.Quoted(resource)}'", ct);
        // It is there, whatever can be read of it.
        return rows.TryGet(out var found, out _) && found is [var row, ..] && row["conversionAction"] is JsonObject made ? Pixel(made) : new PlatformPixel(resource, name, AccountAssetKind.ConversionAction, null, null);
    }

    private static PlatformPixel Pixel(JsonObject action) => new(action["resourceName"]!.ToString(), action["name"]?.ToString() ?? "", AccountAssetKind.ConversionAction, Code(action["tagSnippets"] as JsonArray), null);

    /// <summary>The lines for ordinary pages: the tag of the account, then the event of this action.</summary>
    private static string? Code(JsonArray? snippets)
    {
        var lines = snippets?.OfType<JsonObject>().FirstOrDefault(s => s["type"]?.ToString() == "WEBPAGE" && s["pageFormat"]?.ToString() == "HTML");
        string[] parts = [.. ((JsonNode?[])[lines?["globalSiteTag"], lines?["eventSnippet"]]).Select(p => p?.ToString()).OfType<string>().Where(p => p.Length > 0)];
        return parts.Length == 0 ? null : string.Join('\n', parts);
    }
}
