using System.Net;
using System.Text.Json;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox;

namespace AdStudio.Tests.Sandbox;

/// <summary>What a person does on a platform of the sandbox to let the studio in.</summary>
internal static class Consent
{
    /// <summary>Says "Allow" on the consent page that <paramref name="asked"/> leads to; where there is none, brings the sandbox's keys. The first person has everything.</summary>
    /// <param name="sandbox">The sandbox's own address, without a slash at the end.</param>
    /// <returns>The code that comes back.</returns>
    public static async Task<string> GiveAsync(string sandbox, SandboxControl control, IAuthorizes authorizes, Uri asked, Func<string, bool>? without = null)
    {
        var platform = control.Find(authorizes.Platform.Wire())!;
        if (authorizes.KeyFields.Count > 0) return JsonSerializer.Serialize(platform.Keys);

        var query = System.Web.HttpUtility.ParseQueryString(asked.Query);
        var form = query.AllKeys.Where(k => k is not null and not "scope").Select(k => KeyValuePair.Create(k!, query[k]!)).Append(new("decision", "allow")).Append(new("user", platform.People().First().Id))
            .Concat(authorizes.Scopes.Where(s => without?.Invoke(s) != true).Select(s => KeyValuePair.Create("scope", s)));
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var reply = await browser.PostAsync(sandbox + asked.AbsolutePath[new Uri(sandbox).AbsolutePath.Length..], new FormUrlEncodedContent(form));
        if (reply.StatusCode != HttpStatusCode.Redirect) throw new InvalidOperationException($"{platform.Title}'s consent page answered {(int)reply.StatusCode}.");
        var back = System.Web.HttpUtility.ParseQueryString(reply.Headers.Location!.Query);
        return back["code"] ?? back["auth_code"] ?? throw new InvalidOperationException($"{platform.Title} sent no code back: {reply.Headers.Location}");
    }
}
