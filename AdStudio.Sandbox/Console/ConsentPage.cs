using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox.Console;

/// <summary>The consent page of a platform with a plain code flow: GET shows it, POST carries the decision back to <c>redirect_uri</c>.</summary>
/// <param name="ClientField">How the platform calls the client in the query: "client_id", TikTok's "app_id".</param>
/// <param name="CodeField">How it hands the code back: "code", TikTok's "auth_code".</param>
/// <param name="Scopes">What may be granted, with words for people. A platform that is asked for nothing in particular grants all.</param>
/// <param name="Separator">Between scopes in the query.</param>
public sealed record ConsentPage(SandboxPlatform Platform, OAuthDesk Desk, SandboxStore Store, IReadOnlyDictionary<string, string> Scopes)
{
    public string ClientField { get; init; } = "client_id";
    public string CodeField { get; init; } = "code";
    public char Separator { get; init; } = ' ';

    /// <summary>Whether single scopes can be unticked.</summary>
    public bool Choosable { get; init; }

    /// <param name="path">Beneath the group, beginning with a slash: "/tiktok/portal/auth".</param>
    public void Map(RouteGroupBuilder group, string path)
    {
        var stylesheet = string.Concat(Enumerable.Repeat("../", path.Count(c => c == '/') - 1)) + "console.css";
        group.MapGet(path, (HttpContext http) => Show(http, stylesheet));
        group.MapPost(path, Task<IResult> (HttpContext http, CancellationToken _) => DecideAsync(http, stylesheet));
    }

    private IResult Show(HttpContext http, string stylesheet)
    {
        var query = http.Request.Query;
        if (!Desk.KnowsClient(query[ClientField])) return Consent.Refuse(stylesheet, Platform.Title, "The request doesn't belong to a known app.");
        if (!Consent.IsAddress(query["redirect_uri"])) return Consent.Refuse(stylesheet, Platform.Title, "The request doesn't say where to go back to.");
        var asked = query["scope"].ToString().Split([Separator], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList();
        if (asked.Find(s => !Scopes.ContainsKey(s)) is { } unknown) return Consent.Refuse(stylesheet, Platform.Title, $"There is no permission \"{unknown}\".");
        if (asked.Count == 0) asked = [.. Scopes.Keys];
        var carried = query.Where(q => q.Key != "scope").ToDictionary(q => q.Key, q => q.Value.ToString());
        return Consent.Show(http, stylesheet, new(Platform.Title, Platform.Mark, "AdStudio", Store.Work(() => Platform.People().ToList()), [.. asked.Select(s => (s, Scopes[s], !Choosable))], carried, Choosable));
    }

    private async Task<IResult> DecideAsync(HttpContext http, string stylesheet)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (redirect, state) = (form["redirect_uri"].ToString(), form["state"].ToString());
        if (!Desk.KnowsClient(form[ClientField]) || !Consent.IsAddress(redirect)) return Consent.Refuse(stylesheet, Platform.Title, "The request doesn't belong to a known app.");
        if (form["decision"] != "allow") return Consent.Return(redirect, new() { ["error"] = "access_denied", ["error_description"] = "The person didn't allow it.", ["state"] = state });
        var scopes = form["scope"].Select(s => s!).Where(Scopes.ContainsKey).ToList();
        var code = Store.Work(() => Desk.Person(form["user"].ToString()) is null ? null : Desk.NewCode(form["user"].ToString(), redirect, scopes, form["code_challenge"] is [{ Length: > 0 } challenge] ? challenge : null));
        return code is null ? Consent.Refuse(stylesheet, Platform.Title, "Choose who you are.") : Consent.Return(redirect, new() { [CodeField] = code, ["state"] = state });
    }
}
