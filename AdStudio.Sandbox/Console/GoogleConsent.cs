using AdStudio.Sandbox.Google;
using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace AdStudio.Sandbox.Console;

/// <summary>Google's consent page: GET shows it, POST carries the decision back.</summary>
internal static class GoogleConsent
{
    private const string Stylesheet = "../../../../console.css";
    private static readonly string[] Carried = ["client_id", "redirect_uri", "state", "code_challenge", "code_challenge_method", "access_type"];

    public static Task<IResult> ShowAsync(HttpContext http, GoogleApi api)
    {
        var query = http.Request.Query;
        if (query["client_id"] != api.Context.Options.GoogleClientId) return Task.FromResult(Consent.Refuse(Stylesheet, "Google", "Error 401: invalid_client"));
        if (!Consent.IsAddress(query["redirect_uri"])) return Task.FromResult(Consent.Refuse(Stylesheet, "Google", "Error 400: redirect_uri_mismatch"));
        if (query["response_type"] != "code") return Task.FromResult(Consent.Refuse(Stylesheet, "Google", "Error 400: unsupported_response_type"));
        var asked = query["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        if (asked.Count == 0 || asked.Any(s => !GoogleTokens.Scopes.ContainsKey(s))) return Task.FromResult(Consent.Refuse(Stylesheet, "Google", "Error 400: invalid_scope"));
        var people = api.Context.Store.Work(() => api.Context.Store.All(GoogleWorld.User).ToList());
        var carried = Carried.Where(c => query.ContainsKey(c)).ToDictionary(c => c, c => query[c].ToString());
        return Task.FromResult(Consent.Show(http, Stylesheet, new("Google", "G", "AdStudio", people, [.. asked.Select(s => (s, GoogleTokens.Scopes[s], false))], carried, Choosable: true)));
    }

    public static async Task<IResult> DecideAsync(HttpContext http, GoogleApi api, SandboxStore store)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (redirect, state) = (form["redirect_uri"].ToString(), form["state"].ToString());
        if (form["client_id"] != api.Context.Options.GoogleClientId || !Consent.IsAddress(redirect)) return Consent.Refuse(Stylesheet, "Google", "Error 401: invalid_client");
        var scopes = form["scope"].Select(s => s!).Where(GoogleTokens.Scopes.ContainsKey).ToList();
        if (form["decision"] != "allow" || scopes.Count == 0) return Consent.Return(redirect, new() { ["error"] = "access_denied", ["state"] = state });
        var user = form["user"].ToString();
        var code = store.Work(() => store.Find(GoogleWorld.User, user) is null ? null
            : api.Tokens.NewCode(user, redirect, scopes, form["code_challenge"], form["code_challenge_method"], form["access_type"] == "offline"));
        return code is null ? Consent.Refuse(Stylesheet, "Google", "Choose who you are.")
            : Consent.Return(redirect, new() { ["code"] = code, ["scope"] = string.Join(' ', scopes), ["state"] = state });
    }
}
