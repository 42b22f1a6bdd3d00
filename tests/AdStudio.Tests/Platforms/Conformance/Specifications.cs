using System.Collections.Concurrent;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Platforms.Conformance.Formats;
using AdStudio.Tests.Support;

namespace AdStudio.Tests.Platforms.Conformance;

/// <summary>What is known of each platform's API: its own document where the folder of the documents lies above the repository, our table of it everywhere else.</summary>
internal static class Specifications
{
    private static readonly ConcurrentDictionary<Platform, Lazy<ApiFacts>> Known = new();

    /// <summary>The platform's document with what the table adds, or the table alone.</summary>
    public static ApiFacts Of(Platform platform) => Known.GetOrAdd(platform, p => new(() => Document(p) is { } document ? Table.Read(TableOf(p), document) : Table.Read(TableOf(p)))).Value;

    /// <summary>The table of a platform: Tables/README.md says how it is written.</summary>
    public static string TableOf(Platform platform) => File.ReadAllText(Path.Combine(Repository.Root, "tests", "AdStudio.Tests", "Platforms", "Conformance", "Tables", platform.Wire() + ".txt"));

    /// <summary>What the platform publishes, read anew; null where it does not lie above the repository.</summary>
    public static ApiFacts? Document(Platform platform) => platform switch
    {
        Platform.Meta when Folder("meta", "specs") is { } folder => MetaCodegen.Read(folder),
        Platform.Google when Folder("google-ads") is { } folder => Discovery.Read(Path.Combine(folder, "googleads.v25.rest-discovery.json"), "v25"),
        Platform.TikTok when Folder("tiktok") is { } folder => TikTokSdk.Read(folder),
        Platform.LinkedIn when Folder("linkedin") is { } folder => OpenApi.Read(Directory.EnumerateFiles(folder, "linkedin-marketing-*.yml").Order().Append(Path.Combine(folder, "ads", "linkedin-ads-openapi.yml"))),
        Platform.Pinterest when Folder("pinterest") is { } folder => OpenApi.Read(Path.Combine(folder, "openapi.json")),
        Platform.Snapchat when Folder("snapchat", "singer-schemas") is { } folder => OpenApi.Schemas(folder),
        Platform.Apple when Folder("apple-ads") is { } folder => OpenApi.Read(Path.Combine(folder, "openapi-v5.5.json")),
        _ => null,
    };

    private static string? Folder(params string[] path)
    {
        for (var folder = Directory.GetParent(Repository.Root); folder is not null; folder = folder.Parent)
            if (Path.Combine([folder.FullName, "shared", "specs", .. path]) is var found && Directory.Exists(found)) return found;
        return null;
    }
}
