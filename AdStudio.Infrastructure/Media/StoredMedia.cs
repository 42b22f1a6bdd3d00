using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Infrastructure.Media;

/// <summary>Gives the adapters the bytes of an asset. What they may send was decided when the launch was planned.</summary>
internal sealed class StoredMedia(Studio studio, MediaFolder folder) : IMediaSource
{
    public async Task<MediaFile> OpenAsync(Guid assetId, string? ratio, CancellationToken ct)
    {
        await using var db = await studio.OpenForEveryoneAsync(ct);
        var asset = await db.MediaAssets.AsNoTracking().SingleOrDefaultAsync(m => m.Id == assetId, ct) ?? throw new FileNotFoundException($"There is no asset {assetId}.");

        if (ratio is null)
        {
            var whole = folder.Open(asset.OrganizationId, asset.Sha256) ?? throw new FileNotFoundException($"The file of asset {assetId} is gone.");
            return new MediaFile(whole, asset.ContentType, asset.FileName, whole.Length);
        }
        if (asset.Kind != MediaKind.Image || Ratios.Parse(ratio) is null) throw new ArgumentException($"Asset {assetId} cannot be cut to {ratio}.", nameof(ratio));
        var (content, type) = await folder.CutAsync(asset, ratio, ct) ?? throw new IOException($"Asset {assetId} could not be cut to {ratio}.");
        var name = Path.GetFileNameWithoutExtension(asset.FileName) + (type == "image/png" ? ".png" : ".jpg");
        return new MediaFile(content, type, name, content.Length);
    }
}
