namespace AdStudio.Core.Platforms;

/// <summary>The adapters that are installed, asked by what is wanted of them.</summary>
public sealed class PlatformSet(IEnumerable<IPlatformCapability> capabilities)
{
    private readonly IPlatformCapability[] all = [.. capabilities];

    /// <summary>The capability of a platform, or null when it has none.</summary>
    public T? Find<T>(Platform platform) where T : class, IPlatformCapability => all.OfType<T>().FirstOrDefault(c => c.Platform == platform);

    /// <summary>The capability of a platform that is known to have it.</summary>
    public T Get<T>(Platform platform) where T : class, IPlatformCapability =>
        Find<T>(platform) ?? throw new InvalidOperationException($"{platform} has no {typeof(T).Name}.");

    /// <summary>Platforms that can be connected here.</summary>
    public IReadOnlyList<Platform> Installed => [.. all.OfType<IAuthorizes>().Select(c => c.Platform).Distinct().Order()];
}
