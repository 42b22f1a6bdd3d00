using System.Text;
using AdStudio.Core.Common;
using AdStudio.Core.Leads;

namespace AdStudio.Infrastructure.Media;

/// <summary>Posts to addresses that people gave, with the same care with which media are fetched. Follows no redirects: a signed message goes where it was meant to.</summary>
public sealed class WebhookPost(RemoteRules rules, TimeProvider time) : IPostsToWebhooks, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpMessageInvoker guarded = new(RemoteMedia.Handler(rules, checkAddresses: true));
    private readonly HttpMessageInvoker trusted = new(RemoteMedia.Handler(rules, checkAddresses: false));

    public Refusal? RefusalOf(string url) => !Uri.TryCreate(url, UriKind.Absolute, out var uri) || url.Length > 2000
        ? new InvalidError("url", "This isn't a web address. It begins with https://")
        : rules.RefusalOf(uri) is { } why ? why : null;

    public async Task<WebhookAnswer> PostAsync(Uri url, string json, IReadOnlyDictionary<string, string> headers, CancellationToken ct)
    {
        if (rules.RefusalOf(url) is { } why) return NoAnswer(why.Message);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
            request.Headers.UserAgent.ParseAdd("AdStudio/1.0");
            foreach (var (name, value) in headers) request.Headers.Add(name, value);
            using var response = await (rules.IsTrusted(url) ? trusted : guarded).SendAsync(request, limit.Token);
            var code = (int)response.StatusCode;
            var failure = response.IsSuccessStatusCode ? null : code is >= 300 and < 400 ? $"{url.Host} answered {code}. Redirects are not followed: give the address itself." : $"{url.Host} answered {code}.";
            return new WebhookAnswer(code, failure, await BeginningAsync(response, limit.Token, ct), RetryAfter(response));
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return NoAnswer($"{url.Host} took longer than {Patience.TotalSeconds:0} seconds to answer.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return NoAnswer(failure.InnerException is RemoteMedia.InsideAddressException ? $"{url.Host} lies inside a private network." : $"{url.Host} can't be reached.");
        }
    }

    private static WebhookAnswer NoAnswer(string failure) => new(null, failure, null, null);

    /// <summary>The answer counts by its status: what its text does, slow or broken, changes nothing any more.</summary>
    private static async Task<string?> BeginningAsync(HttpResponseMessage response, CancellationToken limit, CancellationToken ct)
    {
        var bytes = new byte[1024];
        var read = 0;
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(limit);
            read = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, limit);
        }
        catch (Exception failure) when ((failure is OperationCanceledException && !ct.IsCancellationRequested) || failure is HttpRequestException or IOException)
        {
            // What came is kept.
        }
        var text = new string([.. Encoding.UTF8.GetString(bytes, 0, read).Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? ' ' : c)]).Trim();
        return text.Length == 0 ? null : text;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    public void Dispose()
    {
        guarded.Dispose();
        trusted.Dispose();
    }
}
