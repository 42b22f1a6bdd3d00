namespace AdStudio.Core.Platforms;

/// <summary>The bytes of a stored asset, as an adapter sends them.</summary>
public interface IMediaSource
{
    /// <param name="rendition">
    /// <see cref="MediaFit.Cut"/> as it stands: "1:1", "9:16;1080x1920;video/mp4"; null for the asset as it is. Cut around the asset's focal point. The same asset, focal point and rendition always give the same bytes.
    /// The first time may take minutes for a video; after that the file is there.
    /// </param>
    /// <exception cref="ArgumentException">This is no rendition's name.</exception>
    /// <exception cref="IOException">The file is gone, or could not be made over.</exception>
    Task<MediaFile> OpenAsync(Guid assetId, string? rendition, CancellationToken ct);
}

/// <summary>An opened file; whoever asked for it disposes it.</summary>
public sealed record MediaFile(Stream Content, string ContentType, string FileName, long Length) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
