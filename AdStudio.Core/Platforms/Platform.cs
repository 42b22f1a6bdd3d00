using System.Diagnostics.CodeAnalysis;

namespace AdStudio.Core.Platforms;

/// <summary>An ad platform. The name inside is the enum's; on the wire it is lower case, with aliases.</summary>
public enum Platform { Meta, Google, TikTok, LinkedIn, Pinterest, Snapchat, Apple }

public static class PlatformNames
{
    private static readonly Dictionary<string, Platform> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["meta"] = Platform.Meta, ["facebook"] = Platform.Meta, ["fb"] = Platform.Meta, ["google"] = Platform.Google, ["tiktok"] = Platform.TikTok,
        ["linkedin"] = Platform.LinkedIn, ["pinterest"] = Platform.Pinterest, ["snapchat"] = Platform.Snapchat, ["apple"] = Platform.Apple,
    };

    /// <summary>Reads a name or an alias of any surface ("facebook", "fb").</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, out Platform platform)
    {
        platform = default;
        return name is not null && ByName.TryGetValue(name.Trim(), out platform);
    }

    /// <summary>"meta", "google", "tiktok": inside, and on surfaces 002 and 004.</summary>
    public static string Wire(this Platform platform) => platform.ToString().ToLowerInvariant();

    /// <summary>As surfaces 000 and 001 say it: Meta is "facebook" there.</summary>
    public static string CrmWire(this Platform platform) => platform == Platform.Meta ? "facebook" : platform.Wire();
}
