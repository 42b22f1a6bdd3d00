using AdStudio.Core.Common;

namespace AdStudio.Core.Platforms;

/// <summary>The pages in whose name a consent lets ads run, as they are now.</summary>
public interface IListsPages : IPlatformCapability
{
    /// <summary>All of them; those too where the person may only look, which <see cref="PlatformPage.MayAdvertise"/> tells.</summary>
    Task<Result<IReadOnlyList<PlatformPage>>> ListPagesAsync(PlatformAccess access, CancellationToken ct);
}

/// <param name="Followers">Null where the platform does not tell.</param>
/// <param name="MayAdvertise">Whether whoever consented may run ads for it.</param>
public sealed record PlatformPage(string Id, string Name, string? Category, long? Followers, bool MayAdvertise, PageInstagram? Instagram);

/// <summary>The Instagram account that is linked to a page.</summary>
public sealed record PageInstagram(string Id, string? Username);
