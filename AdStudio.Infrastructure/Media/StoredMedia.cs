using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Infrastructure.Media;

/// <summary>Gives the adapters the bytes of an asset. What they may send was decided when the launch was planned.</summary>
internal sealed class StoredMedia(Studio studio, MediaFolder folder) : IMediaSource
{
    public async Task<MediaFile> OpenAsync(Guid assetId, string? rendition, CancellationToken ct)
    {
        MediaAsset asset;
        await using (var db = await studio.OpenForEveryoneAsync(ct))
            asset = await db.MediaAssets.AsNoTracking().SingleOrDefaultAsync(m => m.Id == assetId, ct) ?? throw new FileNotFoundException($"There is no asset {assetId}.");

        if (rendition is null)
        {
            var whole = folder.Open(asset.OrganizationId, asset.Sha256) ?? throw new FileNotFoundException($"The file of asset {assetId} is gone.");
            return new MediaFile(whole, asset.ContentType, asset.FileName, whole.Length);
        }
        var wanted = Rendition.Parse(rendition);
        if (wanted is null || (wanted.ContentType is { } type && type.StartsWith("video/", StringComparison.Ordinal) != (asset.Kind == MediaKind.Video)))
            throw new ArgumentException($"“{rendition}” is nothing that asset {assetId} can be made.", nameof(rendition));
        var (content, contentType) = await folder.RenditionAsync(asset, wanted, ct) ?? throw new IOException($"Asset {assetId} could not be {wanted.Words}.");
        return new MediaFile(content, contentType, Path.GetFileNameWithoutExtension(asset.FileName) + MediaWorkshop.ExtensionOf(contentType), content.Length);
    }
}
