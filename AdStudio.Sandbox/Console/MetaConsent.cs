using AdStudio.Sandbox.Meta;
using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Http;

namespace AdStudio.Sandbox.Console;

/// <summary>Facebook's login dialog: GET shows it, POST carries the decision back.</summary>
internal static class MetaConsent
{
    private const string Stylesheet = "../../../console.css";

    public static Task<IResult> ShowAsync(HttpContext http, MetaApi api)
    {
        var query = http.Request.Query;
        if (query["client_id"] != api.Context.Options.MetaClientId) return Task.FromResult(Consent.Refuse(Stylesheet, "Meta", "Invalid app ID: the provided app ID does not look like a valid app ID."));
        if (!Consent.IsAddress(query["redirect_uri"])) return Task.FromResult(Consent.Refuse(Stylesheet, "Meta", "The redirect_uri URL must be absolute."));
        if (query["response_type"].ToString() is not ("code" or "")) return Task.FromResult(Consent.Refuse(Stylesheet, "Meta", "Only response_type=code is offered here."));
        var asked = query["scope"].ToString().Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Prepend("public_profile").Distinct();
        var scopes = asked.Where(MetaWorld.Permissions.ContainsKey).Select(s => (s, MetaWorld.Permissions[s], s == "public_profile")).ToList();
        var people = api.Context.Store.Work(() => api.Context.Store.All(MetaWorld.User).ToList());
        return Task.FromResult(Consent.Show(http, Stylesheet, new("Meta", "M", "AdStudio", people, scopes, new Dictionary<string, string>
        {
            ["client_id"] = query["client_id"].ToString(), ["redirect_uri"] = query["redirect_uri"].ToString(), ["state"] = query["state"].ToString(),
        }, Choosable: true)));
    }

    public static async Task<IResult> DecideAsync(HttpContext http, MetaApi api, SandboxStore store)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (redirect, state) = (form["redirect_uri"].ToString(), form["state"].ToString());
        if (form["client_id"] != api.Context.Options.MetaClientId || !Consent.IsAddress(redirect)) return Consent.Refuse(Stylesheet, "Meta", "The request doesn't belong to a known app.");
        if (form["decision"] != "allow")
            return Consent.Return(redirect, new() { ["error"] = "access_denied", ["error_code"] = "200", ["error_description"] = "Permissions error", ["error_reason"] = "user_denied", ["state"] = state });
        var user = form["user"].ToString();
        var code = store.Work(() => store.Find(MetaWorld.User, user) is null ? null : api.Tokens.NewCode(user, redirect, form["scope"].Select(s => s!).Where(MetaWorld.Permissions.ContainsKey)));
        return code is null ? Consent.Refuse(Stylesheet, "Meta", "Choose who you are.") : Consent.Return(redirect, new() { ["code"] = code, ["state"] = state });
    }
}
