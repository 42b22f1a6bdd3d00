using System.Collections.Specialized;
using System.Web;

namespace AdStudio.Web.Hosting.Demo;

/// <summary>Says "Allow" on the sandbox's consent page, as a person would with a browser.</summary>
internal static class SandboxConsent
{
    /// <summary>The query with which the platform sends the browser back.</summary>
    public static async Task<NameValueCollection> GiveAsync(Uri authorizeUrl, Uri own, string person, CancellationToken ct)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = own };
        var asked = HttpUtility.ParseQueryString(authorizeUrl.Query);
        await http.GetStringAsync(authorizeUrl, ct);

        var fields = asked.AllKeys.Where(k => k is not (null or "scope")).Select(k => new KeyValuePair<string, string>(k!, asked[k]!))
            .Concat((asked["scope"] ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(s => new KeyValuePair<string, string>("scope", s)))
            .Append(new("user", person)).Append(new("decision", "allow"));
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(authorizeUrl.GetLeftPart(UriPartial.Path), form, ct);
        return answer.Headers.Location is { } back ? HttpUtility.ParseQueryString(back.Query) : throw new InvalidOperationException($"The sandbox's consent page answered {(int)answer.StatusCode}.");
    }
}
