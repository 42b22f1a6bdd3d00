namespace AdStudio.Core.Platforms;

/// <summary>The bytes of a stored asset, as an adapter sends them.</summary>
public interface IMediaSource
{
    /// <param name="ratio">"1.91:1", "1:1" or "4:5" to have an image cut from its middle to that ratio; null for the asset as it is. The same asset and ratio always give the same bytes.</param>
    Task<MediaFile> OpenAsync(Guid assetId, string? ratio, CancellationToken ct);
}

/// <summary>An opened file; whoever asked for it disposes it.</summary>
public sealed record MediaFile(Stream Content, string ContentType, string FileName, long Length) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
