using System.Globalization;
using System.Text;
using AdStudio.Sandbox.Faults;
using Microsoft.AspNetCore.Http;

namespace AdStudio.Sandbox.Console;

/// <summary>The console: time, faults, what is there, what was asked.</summary>
internal static class ConsolePage
{
    private static readonly CultureInfo Us = CultureInfo.InvariantCulture;

    public static IResult Show(string root, SandboxControl control, string? said, string? on)
    {
        var page = new StringBuilder();
        page.Append(Us, $"""
            <header class="top"><div><h1>Sandbox</h1><p>{Html.Text(string.Join(", ", control.Platforms.Select(p => p.Title)))}, emulated. Nothing here spends money.</p></div><a class="button" href="/">Back to AdStudio</a></header>
            <main class="console">
            """);
        if (!string.IsNullOrEmpty(said)) page.Append(Us, $"""<p class="said" role="status">{Html.Text(said)}</p>""");
        page.Append("""<div class="pair"><div class="stack">""");
        Clock(page, root, control);
        Access(page, root, control);
        page.Append("</div>");
        Accounts(page, root, control);
        page.Append("</div>");
        Faults(page, root, control);
        Platforms(page, root, control, on);
        Objects(page, control, on);
        Requests(page, control, on);
        Words(page, root, control);
        page.Append("</main>");
        return Html.Page("Sandbox console", root + "/console.css", page.ToString());
    }

    public static async Task<IResult> DoAsync(string root, string action, HttpContext http, SandboxControl control)
    {
        // Only the console's own forms may steer: a foreign page can post here too, but says where it comes from.
        if (http.Request.Headers.Origin.ToString() is { Length: > 0 } origin && origin != "null" && new Uri(origin).Authority != http.Request.Host.Value) return Results.StatusCode(403);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var said = action switch
        {
            "advance" => Advance(form, control),
            "clock" => SetClock(form, control),
            "arm" => Arm(form, control),
            "clear-faults" => Do("The fault dial is cleared.", control.Faults.Clear),
            "expire" => $"{control.ExpireTokens(form["platform"].ToString())} access tokens of {control.Find(form["platform"])?.Title} have expired.",
            "revoke" => Do($"Every grant on {control.Find(form["platform"])?.Title} is taken back.", () => control.RevokeGrants(form["platform"].ToString())),
            "account" => control.SetAccountStatus(form["platform"].ToString(), form["id"].ToString(), form["status"].ToString()) ? "The account's status is changed." : "That status doesn't exist.",
            "policy" => AddWord(form, control),
            "clear-policy" => Do("Only the built-in words are rejected now.", control.Policy.Clear),
            "reset" => Do("Everything is as on the first day.", control.Reset),
            _ => "",
        };
        return Results.Redirect($"{root}?said={Uri.EscapeDataString(said)}");
    }

    private static void Clock(StringBuilder page, string root, SandboxControl control)
    {
        var offset = control.Clock.Offset;
        var state = offset.Duration() < TimeSpan.FromSeconds(1) ? "Same as real time" : $"{Length(offset.Duration())} {(offset > TimeSpan.Zero ? "ahead of" : "behind")} real time";
        page.Append(Us, $"""
            <section class="card"><h2>Clock</h2>
            <p class="figure"><time>{control.Now.ToString("ddd d MMM yyyy, HH:mm", Us)}</time> <small>UTC</small></p><p class="soft">{state}</p>
            <form method="post" action="{root}/do/advance" class="row"><button name="hours" value="1">+1 hour</button><button name="hours" value="6">+6 hours</button><button name="hours" value="24">+1 day</button><button name="hours" value="168">+7 days</button></form>
            <form method="post" action="{root}/do/clock" class="row"><label class="field">Set to (UTC)<input type="datetime-local" name="now" value="{control.Now.ToString("yyyy-MM-ddTHH:mm", Us)}"></label><button name="what" value="set">Set</button><button name="what" value="real">Use real time</button></form>
            </section>
            """);
    }

    private static void Accounts(StringBuilder page, string root, SandboxControl control)
    {
        page.Append("""<section class="card"><h2>Ad accounts</h2><div class="scroll"><table class="accounts"><thead><tr><th>Account</th><th>Time zone</th><th>Status</th></tr></thead><tbody>""");
        foreach (var account in control.Accounts())
        {
            var choices = string.Concat(control.Find(account.Platform)!.AccountStatuses.Select(o => $"""<option value="{o.Value}"{(o.Value == account.Status ? " selected" : "")}>{o.Words}</option>"""));
            page.Append(Us, $"""
                <tr><td><div class="who">{Chip(control, account.Platform)}<span>{Html.Text(account.Name)}<small>{Html.Text(account.Id)} · {Html.Text(account.Currency)}</small></span></div></td><td>{Html.Text(account.TimeZone.Replace('_', ' '))}</td>
                <td><form method="post" action="{root}/do/account" class="inline"><input type="hidden" name="platform" value="{account.Platform}"><input type="hidden" name="id" value="{Html.Text(account.Id)}"><select name="status" aria-label="Status of {Html.Text(account.Name)}">{choices}</select><button>Set</button></form></td></tr>
                """);
        }
        page.Append("</tbody></table></div></section>");
    }

    private static void Faults(StringBuilder page, string root, SandboxControl control)
    {
        var kinds = string.Concat(Enum.GetValues<FaultKind>().Select(k => $"""<option value="{Fault.NameOf(k)}">{Words(k)}</option>"""));
        var operations = string.Concat(CallKinds.All.Select(o => $"""<option value="{o}">{(o == "*" ? "any call" : o)}</option>"""));
        page.Append(Us, $"""
            <section class="card"><h2>Fault dial</h2><p class="soft">Makes the next calls of a kind go wrong, as they do on the real platforms.</p>
            <form method="post" action="{root}/do/arm" class="row sentence">
            <label class="field">Platform<select name="platform">{Choices(control)}<option value="*">All</option></select></label>
            <label class="field">Call<select name="operation">{operations}</select></label>
            <label class="field">What happens<select name="fault">{kinds}</select></label>
            <label class="field short">Times<input type="number" name="times" value="1" min="1" max="1000"></label>
            <label class="field short">Seconds<input type="number" name="seconds" value="5" min="0" max="3600"></label>
            <button class="primary">Arm</button></form>
            """);
        var armed = control.Faults.Armed();
        if (armed.Count == 0) page.Append("""<p class="empty">Nothing is armed. Every call is answered as it should be.</p>""");
        else
        {
            page.Append("""<div class="scroll"><table><thead><tr><th>Platform</th><th>Call</th><th>What happens</th><th class="number">Times left</th></tr></thead><tbody>""");
            foreach (var f in armed) page.Append(Us, $"""<tr><td>{Chip(control, f.Platform)}</td><td><code>{Html.Text(f.Operation == "*" ? "any call" : f.Operation)}</code></td><td>{Words(f.Kind)}</td><td class="number">{f.Times}</td></tr>""");
            page.Append(Us, $"""</tbody></table></div><form method="post" action="{root}/do/clear-faults"><button>Clear all</button></form>""");
        }
        page.Append("</section>");
    }

    /// <summary>What is there and what was asked, of all platforms or of one.</summary>
    private static void Platforms(StringBuilder page, string root, SandboxControl control, string? on)
    {
        var links = string.Concat(control.Platforms.Select(p => $"""<a class="button" href="{root}?on={p.Name}#there"{(p.Name == on ? " aria-current=\"true\"" : "")}>{Chip(p)} {p.Title}</a>"""));
        page.Append(Us, $"""<nav class="row" id="there" aria-label="Platforms"><a class="button" href="{root}#there"{(control.Find(on) is null ? " aria-current=\"true\"" : "")}>All platforms</a>{links}</nav>""");
    }

    private static void Objects(StringBuilder page, SandboxControl control, string? on)
    {
        var objects = control.Objects(control.Find(on)?.Name);
        page.Append("""<section class="card"><h2>Campaigns</h2>""");
        if (objects.Count == 0) page.Append("""<p class="empty">No campaigns yet. Launch one from the studio and it appears here.</p>""");
        foreach (var platform in control.Platforms)
        {
            var campaigns = objects.Where(o => o.Platform == platform.Name && o.Kind == "campaign").Reverse().ToList();
            if (campaigns.Count == 0) continue;
            var children = objects.Where(o => o.Platform == platform.Name).ToLookup(o => o.ParentId);
            page.Append(Us, $"""<h3>{Chip(platform)} {platform.Title} <small>{campaigns.Count} {(campaigns.Count == 1 ? "campaign" : "campaigns")}</small></h3><div class="tree">""");
            foreach (var campaign in campaigns.Take(60))
            {
                page.Append(Us, $"""<details><summary>{Line(campaign)}</summary>""");
                foreach (var adSet in children[campaign.Id].Where(o => o.Kind == "adset"))
                {
                    page.Append(Us, $"""<div class="level2">{Line(adSet)}</div>""");
                    foreach (var ad in children[adSet.Id].Where(o => o.Kind == "ad")) page.Append(Us, $"""<div class="level3">{Line(ad)}</div>""");
                }
                page.Append("</details>");
            }
            page.Append("</div>");
        }
        page.Append("</section>");
    }

    private static void Requests(StringBuilder page, SandboxControl control, string? on)
    {
        IReadOnlyList<LoggedRequest> requests = control.Find(on) is { } one ? [.. control.Requests.Where(r => r.Platform == one.Name)] : control.Requests;
        page.Append("""<section class="card"><h2>Recent calls</h2>""");
        if (requests.Count == 0) page.Append("""<p class="empty">No calls since the start.</p>""");
        else
        {
            page.Append("""<div class="scroll tall" tabindex="0" role="group" aria-label="Calls"><table><thead><tr><th>Time</th><th>Platform</th><th>Call</th><th>Kind</th><th class="number">Status</th><th class="number">ms</th></tr></thead><tbody>""");
            foreach (var r in requests.Take(150))
            {
                var path = r.Path[(r.Path.IndexOf("/" + r.Platform + "/", StringComparison.Ordinal) + r.Platform.Length + 2)..];
                var status = r.Status == 0 ? """<span class="bad">dropped</span>""" : $"""<span class="{(r.Status < 400 ? "good" : "bad")}">{r.Status}</span>""";
                page.Append(Us, $"""<tr><td>{r.At.ToString("HH:mm:ss", Us)}</td><td>{Chip(control, r.Platform)}</td><td><code>{r.Method} {Html.Text(path)}</code></td><td>{Html.Text(r.Operation)}{(r.Fault is null ? "" : $" <b class=\"warn\">{Html.Text(r.Fault)}</b>")}</td><td class="number">{status}</td><td class="number">{r.Milliseconds.ToString("0.0", Us)}</td></tr>""");
            }
            page.Append("</tbody></table></div>");
        }
        page.Append("</section>");
    }

    private static void Access(StringBuilder page, string root, SandboxControl control) => page.Append(Us, $"""
        <section class="card"><h2>Access</h2><p class="soft">Try what happens when access ends.</p>
        <form method="post" class="row"><label class="field">Platform<select name="platform">{Choices(control)}</select></label><button formaction="{root}/do/expire">Expire tokens</button><button formaction="{root}/do/revoke">Take back access</button></form>
        <hr><details><summary>Reset the sandbox</summary><p class="soft">Removes every campaign, image, token and fault, and sets the clock to real time. The studio has to connect again.</p><form method="post" action="{root}/do/reset"><button class="danger">Reset everything</button></form></details></section>
        """);

    private static string Choices(SandboxControl control) => string.Concat(control.Platforms.Select(p => $"""<option value="{p.Name}">{p.Title}</option>"""));

    private static void Words(StringBuilder page, string root, SandboxControl control)
    {
        var words = string.Concat(control.Policy.Rules().Select(r => $"""<li>{Chip(control, r.Platform)}<span><b>{Html.Text(r.Word)}</b> <small>{(r.When == "create" ? "refused at once" : "rejected in review")}: {Html.Text(r.Reason)}</small></span></li>"""));
        page.Append(Us, $"""
            <section class="card"><h2>Rejected words</h2><p class="soft">An ad with one of these words is refused or rejected.</p><ul class="words">{words}</ul>
            <form method="post" action="{root}/do/policy" class="row"><label class="field">Word<input name="word" required maxlength="60"></label><label class="field">Platform<select name="platform"><option value="*">All</option>{Choices(control)}</select></label><label class="field">When<select name="when"><option value="review">In review</option><option value="create">At once</option></select></label><button>Add</button></form>
            <form method="post" action="{root}/do/clear-policy"><button class="quiet">Back to the built-in words</button></form></section>
            """);
    }

    private static string Line(SandboxItem item) => $"""
        <span class="name">{Html.Text(item.Name)}</span><span class="status {(item.EffectiveStatus is "ACTIVE" or "ELIGIBLE" or "LEARNING" ? "good" : item.EffectiveStatus is "DISAPPROVED" or "NOT_ELIGIBLE" or "WITH_ISSUES" ? "bad" : "")}">{Html.Text(item.EffectiveStatus)}</span><code>{Html.Text(item.Id)}</code>
        """;

    private static string Chip(SandboxPlatform platform) => $"""<span class="chip {platform.Name}" title="{platform.Title}">{platform.Mark}</span>""";

    private static string Chip(SandboxControl control, string platform) => control.Find(platform) is { } one ? Chip(one) : """<span class="chip" title="All platforms">*</span>""";

    private static string Words(FaultKind kind) => kind switch
    {
        FaultKind.Error500 => "Server error", FaultKind.TimeoutBefore => "Time-out before doing it", FaultKind.TimeoutAfter => "Time-out after doing it", FaultKind.RateLimit => "Rate limit", FaultKind.ExpiredToken => "Expired token",
        FaultKind.Slow => "Slow answer", _ => "Broken answer",
    };

    private static string Length(TimeSpan span) => span.TotalDays >= 1 ? $"{span.TotalDays.ToString("0.#", Us)} days" : span.TotalHours >= 1 ? $"{span.TotalHours.ToString("0.#", Us)} hours" : $"{span.TotalMinutes.ToString("0", Us)} minutes";

    private static string Do(string said, Action action)
    {
        action();
        return said;
    }

    private static string Advance(IFormCollection form, SandboxControl control)
    {
        if (!double.TryParse(form["hours"], Us, out var hours)) return "Say how many hours.";
        control.Clock.Advance(TimeSpan.FromHours(hours));
        return $"The clock is {Length(TimeSpan.FromHours(hours))} further.";
    }

    private static string SetClock(IFormCollection form, SandboxControl control)
    {
        if (form["what"] == "real") return Do("The clock follows real time.", control.Clock.FollowRealTime);
        if (!DateTimeOffset.TryParse(form["now"], Us, DateTimeStyles.AssumeUniversal, out var now)) return "That is no time.";
        control.Clock.Set(now);
        return "The clock is set.";
    }

    private static string Arm(IFormCollection form, SandboxControl control)
    {
        if (Fault.KindOf(form["fault"]) is not { } kind || !CallKinds.All.Contains(form["operation"].ToString())) return "That fault doesn't exist.";
        var seconds = int.TryParse(form["seconds"], NumberStyles.None, Us, out var s) ? s : 5;
        var fault = control.Faults.Arm(form["platform"].ToString(), form["operation"].ToString(), kind, int.TryParse(form["times"], NumberStyles.None, Us, out var times) ? times : 1, Math.Max(1, seconds), seconds);
        return $"Armed: {Words(fault.Kind)}, {fault.Times} {(fault.Times == 1 ? "time" : "times")}.";
    }

    private static string AddWord(IFormCollection form, SandboxControl control)
    {
        var word = form["word"].ToString().Trim();
        if (word.Length == 0) return "Give a word.";
        control.Policy.Add(new PolicyRule(form["platform"].ToString(), word, form["when"] == "create" ? "create" : "review", "Prohibited content"));
        return $"Ads with \"{word}\" are rejected now.";
    }
}
