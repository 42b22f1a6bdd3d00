using System.Text;

namespace AdStudio.Web.Shared.Figures;

/// <summary>How a state is shown: its word, its tone (good, warn, bad, info, busy, quiet) and its icon. The one table of all states.</summary>
public sealed record Status(string Text, string Tone, string Icon)
{
    private static readonly Dictionary<string, Status> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        // campaigns, ad sets, ads
        ["draft"] = new("Draft", "quiet", "draft"),
        ["ready"] = new("Ready", "info", "check-circle"),
        ["scheduled"] = new("Scheduled", "info", "calendar"),
        ["queued"] = new("Waiting", "info", "clock"),
        ["pending"] = new("Waiting", "info", "clock"),
        ["launching"] = new("Launching", "busy", "refresh"),
        ["running"] = new("Running", "good", "play"),
        ["active"] = new("Running", "good", "play"),
        ["enabled"] = new("Running", "good", "play"),
        ["pausing"] = new("Pausing", "busy", "refresh"),
        ["resuming"] = new("Resuming", "busy", "refresh"),
        ["paused"] = new("Paused", "quiet", "pause"),
        ["completed"] = new("Ended", "quiet", "check"),
        ["ended"] = new("Ended", "quiet", "check"),
        ["partial"] = new("Partly running", "warn", "alert"),
        ["partiallyrunning"] = new("Partly running", "warn", "alert"),
        ["partiallyfailed"] = new("Partly failed", "warn", "alert"),
        ["submitted"] = new("Submitted", "info", "eye"),
        ["inreview"] = new("In review", "info", "eye"),
        ["rejected"] = new("Rejected", "bad", "error"),
        ["failed"] = new("Failed", "bad", "error"),
        ["rollingback"] = new("Rolling back", "busy", "refresh"),
        ["rolledback"] = new("Rolled back", "quiet", "undo"),
        ["notconnected"] = new("Not connected", "warn", "connections"),
        ["archived"] = new("Archived", "quiet", "archive"),
        ["deleted"] = new("Deleted", "quiet", "trash"),
        // lead forms and leads
        ["published"] = new("Published", "good", "check-circle"),
        ["publishing"] = new("Publishing", "busy", "refresh"),
        ["new"] = new("New", "info", "dot"),
        ["contacted"] = new("Contacted", "quiet", "phone"),
        ["qualified"] = new("Qualified", "good", "check"),
        ["won"] = new("Won", "good", "check-circle"),
        ["lost"] = new("Lost", "quiet", "minus"),
        // steps of a launch
        ["done"] = new("Done", "good", "check-circle"),
        ["succeeded"] = new("Done", "good", "check-circle"),
        ["skipped"] = new("Skipped", "quiet", "minus"),
        ["started"] = new("At work", "busy", "refresh"),
        ["waiting"] = new("Waiting", "info", "clock"),
        ["undone"] = new("Taken back", "quiet", "undo"),
        ["cancelled"] = new("Cancelled", "quiet", "close"),
        // connections and ad accounts
        ["good"] = new("Good", "good", "check-circle"),
        ["healthy"] = new("Good", "good", "check-circle"),
        ["connected"] = new("Connected", "good", "check-circle"),
        ["expiring"] = new("Expires soon", "warn", "clock"),
        ["expired"] = new("Expired", "bad", "error"),
        ["missingpermission"] = new("Permission missing", "bad", "lock"),
        ["disconnected"] = new("Disconnected", "quiet", "close"),
        ["disabled"] = new("Disabled", "bad", "lock"),
        ["closed"] = new("Closed", "quiet", "archive"),
        ["unsettled"] = new("Payment due", "bad", "wallet"),
        ["adaccountstatus.active"] = new("Active", "good", "check-circle"),
        ["ingraceperiod"] = new("Grace period", "warn", "clock"),
        ["pendingreview"] = new("In review", "info", "eye"),
        // reading numbers
        ["uptodate"] = new("Up to date", "good", "check-circle"),
        ["syncing"] = new("Reading", "busy", "refresh"),
        ["behind"] = new("Behind", "warn", "clock"),
        ["never"] = new("Not read yet", "quiet", "ring"),
        // webhooks
        ["failing"] = new("Failing", "bad", "error"),
        ["off"] = new("Switched off", "quiet", "pause"),
        ["delivered"] = new("Delivered", "good", "check-circle"),
        ["webhookhealth.new"] = new("Nothing sent yet", "quiet", "ring"),
        // people, keys
        ["invited"] = new("Invited", "info", "mail"),
        ["revoked"] = new("Revoked", "quiet", "close"),
        ["unknown"] = new("Unknown", "quiet", "help"),
    };

    /// <summary>By an enum's value or by a word, however it is written; a word we don't know is shown as it is, without colour.</summary>
    public static Status Of(object? state)
    {
        var word = state?.ToString() ?? "unknown";
        var key = word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        // The same word may mean another thing of another kind: an active ad account does not run.
        if (state is Enum && Known.TryGetValue($"{state.GetType().Name}.{key}", out var special)) return special;
        return Known.TryGetValue(key, out var known) ? known : new(Words(word), "quiet", "dot");
    }

    // "NeedsAttention" and "NEEDS_ATTENTION" both read "Needs attention".
    private static string Words(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var letter = name[i] is '_' or '-' ? ' ' : name[i];
            if (i > 0 && char.IsUpper(letter) && char.IsLower(name[i - 1])) text.Append(' ');
            text.Append(i == 0 ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
