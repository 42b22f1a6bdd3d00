using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox.Hosting;

/// <summary>Sample images and a sample video of the shop the sandbox's accounts belong to.</summary>
internal static class AssetEndpoints
{
    private static readonly Dictionary<string, string> Types = new() { [".jpg"] = "image/jpeg", [".mp4"] = "video/mp4" };

    public static void Map(RouteGroupBuilder group) => group.MapGet("/assets/{name}", (string name) =>
        Types.TryGetValue(Path.GetExtension(name), out var type) && typeof(AssetEndpoints).Assembly.GetManifestResourceStream("assets/" + name) is { } file
            ? Results.Stream(file, type, enableRangeProcessing: true) : Results.NotFound());
}
