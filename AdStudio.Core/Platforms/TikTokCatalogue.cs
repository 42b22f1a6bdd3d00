namespace AdStudio.Core.Platforms;

/// <summary>TikTok's rules.</summary>
public static class TikTokCatalogue
{
    /// <summary>Null while it cannot be connected.</summary>
    public static PlatformRules? Rules => null;
}
