using System.Text;
using AdStudio.Core.Common;
using AdStudio.Core.Leads;

namespace AdStudio.Infrastructure.Media;

/// <summary>Posts to addresses that people gave, with the same care with which media are fetched. Follows no redirects: a signed message goes where it was meant to.</summary>
public sealed class WebhookPost(RemoteRules rules) : IPostsToWebhooks, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpMessageInvoker guarded = new(RemoteMedia.Handler(rules, checkAddresses: true));
    private readonly HttpMessageInvoker trusted = new(RemoteMedia.Handler(rules, checkAddresses: false));

    public Refusal? RefusalOf(string url) => !Uri.TryCreate(url, UriKind.Absolute, out var uri) || url.Length > 2000
        ? new InvalidError("url", "This isn't a web address. It begins with https://")
        : rules.RefusalOf(uri) is { } why ? why : null;

    public async Task<Result<Done>> PostAsync(Uri url, string json, IReadOnlyDictionary<string, string> headers, CancellationToken ct)
    {
        if (rules.RefusalOf(url) is { } why) return why;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            request.Headers.UserAgent.ParseAdd("AdStudio/1.0");
            foreach (var (name, value) in headers) request.Headers.Add(name, value);
            using var response = await (rules.IsTrusted(url) ? trusted : guarded).SendAsync(request, limit.Token);
            return response.IsSuccessStatusCode ? Done.Value : new UnavailableError($"{url.Host} answered {(int)response.StatusCode}.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new UnavailableError($"{url.Host} took too long to answer.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new UnavailableError(failure.InnerException is RemoteMedia.InsideAddressException ? $"{url.Host} lies inside a private network." : $"{url.Host} can't be reached.");
        }
    }

    public void Dispose()
    {
        guarded.Dispose();
        trusted.Dispose();
    }
}
