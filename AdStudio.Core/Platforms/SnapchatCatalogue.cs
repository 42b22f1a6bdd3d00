namespace AdStudio.Core.Platforms;

/// <summary>Snapchat's rules.</summary>
public static class SnapchatCatalogue
{
    /// <summary>Null while it cannot be connected.</summary>
    public static PlatformRules? Rules => null;
}
