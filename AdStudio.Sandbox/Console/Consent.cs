using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace AdStudio.Sandbox.Console;

/// <summary>What a consent page shows: who asks, as whom one may answer, and what is asked for.</summary>
internal sealed record ConsentQuestion(string Platform, string Mark, string Asker, IReadOnlyList<SandboxObject> People, IReadOnlyList<(string Name, string Words, bool Required)> Scopes, IReadOnlyDictionary<string, string> Request, bool Choosable);

/// <summary>The page on which a person lets the studio into their accounts.</summary>
internal static class Consent
{
    public static IResult Show(HttpContext http, string stylesheet, ConsentQuestion question)
    {
        // A browser holds form-action against every redirect that follows: the asker may send the browser on to whoever asked it, whatever the host's own policy says.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; form-action *; frame-ancestors 'none'; base-uri 'none'";
        var people = string.Concat(question.People.Select((p, i) => $"""
            <label class="person"><input type="radio" name="user" value="{Html.Text(p.Id)}"{(i == 0 ? " checked" : "")}><span><b>{Html.Text(p.Body["name"]!.ToString())}</b><small>{Html.Text(p.Body["about"]!.ToString())}</small></span></label>
            """));
        var scopes = string.Concat(question.Scopes.Select(s => question.Choosable && !s.Required
            ? $"""<li><label><input type="checkbox" name="scope" value="{Html.Text(s.Name)}" checked><span>{Html.Text(s.Words)}<small>{Html.Text(s.Name)}</small></span></label></li>"""
            : $"""<li class="fixed"><input type="hidden" name="scope" value="{Html.Text(s.Name)}"><span>{Html.Text(s.Words)}<small>{Html.Text(s.Name)}</small></span></li>"""));
        var choice = question.Choosable ? """<p class="hint">Untick what you don't want to allow.</p>""" : "";
        return Html.Page($"Allow access · {question.Platform} sandbox", stylesheet, $"""
            <main class="consent {question.Platform.ToLowerInvariant()}">
            <p class="banner">Sandbox: nothing here spends money</p>
            <form method="post" class="card">
            <header><span class="mark">{question.Mark}</span><div><h1>{Html.Text(question.Asker)} wants access to your {question.Platform} account</h1>
            <p>This page stands in for {question.Platform}'s own. Choose who you are and what to allow.</p></div></header>
            {Html.Hidden(question.Request)}
            <fieldset><legend>Continue as</legend>{people}</fieldset>
            <fieldset><legend>{Html.Text(question.Asker)} will be able to</legend>{choice}<ul class="scopes">{scopes}</ul></fieldset>
            <footer><button name="decision" value="deny">Don't allow</button><button name="decision" value="allow" class="primary">Allow</button></footer>
            </form>
            </main>
            """, "narrow");
    }

    public static IResult Refuse(string stylesheet, string platform, string problem) => Html.Page($"Something is wrong · {platform} sandbox", stylesheet, $"""
        <main class="consent"><p class="banner">Sandbox: nothing here spends money</p><section class="card"><h1>{Html.Text(problem)}</h1><p>The studio's request can't be answered. Go back and try again.</p></section></main>
        """, "narrow");

    /// <summary>Back to the asker, with what was decided.</summary>
    public static IResult Return(string redirectUri, Dictionary<string, string?> answer) =>
        Results.Redirect(QueryHelpers.AddQueryString(redirectUri, answer.Where(a => !string.IsNullOrEmpty(a.Value))));

    public static bool IsAddress(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}
