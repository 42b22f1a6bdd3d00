using System.Net;
using System.Text.RegularExpressions;
using AdStudio.Tests.Support;

namespace AdStudio.Tests.Auth;

/// <summary>A browser without a screen: keeps cookies, follows no redirect by itself, fills in the forms of pages.</summary>
internal sealed partial class Visitor : IDisposable
{
    private readonly HttpClient http;

    public Visitor(StudioApp app, string userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    {
        http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        http.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>Every cookie as it was sent, with its attributes.</summary>
    public List<string> SetCookies { get; } = [];

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(path);

    public async Task<string> GetTextAsync(string path) => WebUtility.HtmlDecode(await http.GetStringAsync(path));

    /// <summary>Opens the page, fills in its form and sends it.</summary>
    public async Task<Answer> SubmitAsync(string path, params (string Name, string Value)[] fields)
    {
        var page = await http.GetStringAsync(path);
        var hidden = HiddenInput().Matches(page).Select(m => (WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)));
        return await PostAsync(path, [.. hidden, .. fields]);
    }

    public async Task<Answer> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var response = await http.PostAsync(path, content);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies)) SetCookies.AddRange(cookies);
        return new Answer(response.StatusCode, PathOf(response.Headers.Location), WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    public Task<Answer> SignInAsync(string email, string password, string path = "/account/sign-in") => SubmitAsync(path, ("Form.Email", email), ("Form.Password", password));

    public Task<Answer> SignOutAsync() => SubmitAntiforgeryAsync("/account/sign-out");


    /// <summary>Whether a page opens for this visitor; otherwise they are led to sign in.</summary>
    public async Task<bool> IsSignedInAsync()
    {
        using var answer = await http.GetAsync("/not-found");
        return answer.StatusCode != HttpStatusCode.Redirect;
    }

    // The token comes from any page with a form: it is the visitor's, not the form's.
    private async Task<Answer> SubmitAntiforgeryAsync(string path)
    {
        var page = await http.GetStringAsync("/account/forgotten-password");
        var token = HiddenInput().Matches(page).Single(m => m.Groups[1].Value == "__RequestVerificationToken").Groups[2].Value;
        return await PostAsync(path, ("__RequestVerificationToken", token));
    }

    // Where a redirect leads: a path when it stays with us, else the whole address.
    private string? PathOf(Uri? location) =>
        location is null ? null : new Uri(http.BaseAddress!, location) is var whole && whole.Authority == http.BaseAddress!.Authority ? whole.PathAndQuery : whole.ToString();

    public void Dispose() => http.Dispose();

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)" */?>""")]
    private static partial Regex HiddenInput();
}

internal sealed record Answer(HttpStatusCode Status, string? Location, string Text)
{
    /// <summary>What a person sees of it.</summary>
    public string Main => Text[Text.IndexOf("<main", StringComparison.Ordinal)..Text.IndexOf("</main>", StringComparison.Ordinal)];
}
