using AdStudio.Core.Common;

namespace AdStudio.Core.Creatives;

/// <summary>Where the bytes of media lie, an organization apart from the other, each file under its hash.</summary>
public interface IMediaStore
{
    /// <summary>Whether images and videos can be cut, shrunk and converted here.</summary>
    bool CanCut { get; }

    /// <summary>Takes bytes in, aside for now. More than <paramref name="maxBytes"/> are refused, and nothing is left behind.</summary>
    Task<Result<IncomingMedia>> TakeInAsync(Stream content, long maxBytes, CancellationToken ct);

    /// <summary>Puts the file to its place; the same bytes twice are one file.</summary>
    Task KeepAsync(Guid organizationId, IncomingMedia incoming, CancellationToken ct);

    /// <summary>Null when the file is gone.</summary>
    Stream? Open(Guid organizationId, string sha256);

    /// <summary>A small picture of the asset for lists; null when none can be made.</summary>
    Task<(Stream Content, string ContentType)?> ThumbnailAsync(MediaAsset asset, CancellationToken ct);
}

/// <summary>A file that was taken in and not yet kept; disposing it throws away what was not kept.</summary>
public sealed record IncomingMedia(FileStream File, string Sha256, long Bytes) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await File.DisposeAsync();
        System.IO.File.Delete(File.Name);
    }
}

/// <summary>Fetches a file of a URL that a person gave; addresses inside the own network are refused.</summary>
public interface IRemoteMedia
{
    /// <param name="read">Reads the content while the connection is open.</param>
    Task<Result<T>> FetchAsync<T>(Uri url, Func<Stream, CancellationToken, Task<Result<T>>> read, CancellationToken ct);
}
