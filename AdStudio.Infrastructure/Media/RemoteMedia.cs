using System.Net;
using System.Net.Sockets;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;

namespace AdStudio.Infrastructure.Media;

/// <summary>
/// Fetches what people give as a URL. The name is resolved here, every address is looked at, and the connection goes to exactly the address that was looked at,
/// so that a name which changes its mind meanwhile gains nothing. Redirects are followed by hand and looked at in the same way.
/// </summary>
public sealed class RemoteMedia(RemoteRules rules) : IRemoteMedia, IDisposable
{
    private const int MaxRedirects = 5;
    private readonly HttpMessageInvoker guarded = new(Handler(rules, checkAddresses: true));
    private readonly HttpMessageInvoker trusted = new(Handler(rules, checkAddresses: false));

    public async Task<Result<T>> FetchAsync<T>(Uri url, Func<Stream, CancellationToken, Task<Result<T>>> read, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(rules.Longest);
        try
        {
            for (var hop = 0; hop <= MaxRedirects; hop++)
            {
                if (rules.RefusalOf(url) is { } refusal) return refusal;
                using var request = new HttpRequestMessage(HttpMethod.Get, url);
                request.Headers.UserAgent.ParseAdd("AdStudio/1.0");
                request.Headers.Accept.ParseAdd("image/*, video/*");
                using var response = await (rules.IsTrusted(url) ? trusted : guarded).SendAsync(request, limit.Token);

                if ((int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } next)
                {
                    url = new Uri(url, next);
                    continue;
                }
                if (!response.IsSuccessStatusCode) return new UrlUnreachable(url.Host, $"it answered {(int)response.StatusCode}.");
                await using var content = await response.Content.ReadAsStreamAsync(limit.Token);
                return await read(content, limit.Token);
            }
            return new UrlUnreachable(url.Host, "it led from one address to the next and never arrived.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new UrlUnreachable(url.Host, "it took too long.");
        }
        catch (HttpRequestException failure) when (failure.InnerException is InsideAddressException)
        {
            return new UrlNotUsable("This address lies inside a private network. Use one that everybody can reach.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new UrlUnreachable(url.Host, "the connection failed.");
        }
    }

    public void Dispose()
    {
        guarded.Dispose();
        trusted.Dispose();
    }

    /// <summary>Connects to addresses out on the internet alone, whatever a name resolves to in the moment of the call.</summary>
    internal static SocketsHttpHandler Handler(RemoteRules rules, bool checkAddresses) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = async (context, ct) =>
        {
            var host = context.DnsEndPoint.Host;
            var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await rules.Resolve(host, ct);
            if (addresses.Length == 0) throw new HttpRequestException($"{host} has no address.");
            if (checkAddresses && Array.Exists(addresses, a => !PublicAddresses.IsPublic(a))) throw new InsideAddressException();

            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    internal sealed class InsideAddressException() : IOException("The address is not a public one.");
}

/// <summary>What may be fetched: https from the internet; hosts of the own network that <c>Media:TrustedHosts</c> names; in sandbox mode also http, and the sandbox's own samples.</summary>
public sealed class RemoteRules(IConfiguration configuration, IServer? server = null)
{
    private readonly string[] trustedHosts = configuration.GetSection("Media:TrustedHosts").Get<string[]>() ?? [];
    private readonly bool isSandbox = string.Equals(configuration["AdPlatforms:Mode"], "Sandbox", StringComparison.OrdinalIgnoreCase);

    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(configuration.GetValue("Media:FetchSeconds", 120));

    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    public UrlNotUsable? RefusalOf(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp) return new("Only web addresses can be fetched.");
        if (url.UserInfo.Length > 0) return new("Leave the user name and password out of the address.");
        if (IsTrusted(url)) return null;
        if (url.Scheme != Uri.UriSchemeHttps && !isSandbox) return new("Only https addresses can be fetched.");
        return null;
    }

    public bool IsTrusted(Uri url) =>
        trustedHosts.Contains(url.Authority, StringComparer.OrdinalIgnoreCase) || trustedHosts.Contains(url.Host, StringComparer.OrdinalIgnoreCase) || IsOwnSample(url);

    private bool IsOwnSample(Uri url)
    {
        if (!isSandbox || !url.AbsolutePath.StartsWith("/sandbox/assets/", StringComparison.Ordinal) || url.AbsolutePath.Contains('%', StringComparison.Ordinal)) return false;
        if (Uri.TryCreate(configuration["PublicUrl"], UriKind.Absolute, out var known) && known.Authority.Equals(url.Authority, StringComparison.OrdinalIgnoreCase)) return true;
        var own = server?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return url.IsLoopback && own.Any(address => Uri.TryCreate(address.Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal), UriKind.Absolute, out var uri) && uri.Port == url.Port);
    }
}
