namespace AdStudio.Core.Platforms;

/// <summary>Apple Ads's rules.</summary>
public static class AppleCatalogue
{
    /// <summary>Null while it cannot be connected.</summary>
    public static PlatformRules? Rules => null;
}
