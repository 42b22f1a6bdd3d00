using System.Globalization;
using System.Text;
using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Web.Shared.Figures;

namespace AdStudio.Web.Shared.History;

/// <summary>Says in a sentence what was done: "renamed the team “A” to “B”".</summary>
public static class HistoryWords
{
    private static readonly Dictionary<string, string> Subjects = new()
    {
        ["Person"] = "account of", ["ApiKey"] = "API key", ["AdAccount"] = "ad account", ["PlatformCampaign"] = "campaign", ["AdAudience"] = "audience", ["MediaAsset"] = "file",
        ["CampaignTemplate"] = "template", ["PixelConversions"] = "conversions of the pixel", ["OwnCurrencyRate"] = "exchange rates", ["TeamMember"] = "team member", ["AdAccountGrant"] = "access to an ad account", ["PlatformAudience"] = "audience on a platform",
    };

    public static string Sentence(HistoryItem item)
    {
        var (subject, name) = (SubjectOf(item.Subject), Quoted(item.SubjectName));
        var (who, what) = item.SubjectName.LastIndexOf(" · ", StringComparison.Ordinal) is var at and > 0 ? (Quoted(item.SubjectName[..at]), Quoted(item.SubjectName[(at + 3)..])) : (name, "");
        return (item.Subject, item.Verb) switch
        {
            ("TeamMember", "created") => $"added {who} to the team {what}",
            ("TeamMember", "deleted") => $"took {who} out of the team {what}",
            ("TeamMember", _) => $"made {who} {(Text(item, "role") == nameof(TeamRole.Admin) ? "an admin" : "a member")} of the team {what}",
            ("AdAccountGrant", "created") => $"let {who} {AccessOf(item)} the ad account {what}",
            ("AdAccountGrant", "deleted") => $"took back what {who} could do with the ad account {what}",
            ("AdAccountGrant", _) => $"let {who} {AccessOf(item)} the ad account {what}",
            ("PlatformAudience", "created") => $"put the audience {who} on the ad account {what}",
            ("PlatformAudience", _) => $"took the audience {who} off the ad account {what}",
            ("Invitation", "created") => $"invited {name}",
            ("Invitation", "withdrawn") => $"withdrew the invitation of {name}",
            ("Invitation", "accepted") => $"accepted the invitation of {name}",
            ("Invitation", _) => $"invited {name} once more",
            ("Approval", "created") => $"asked for approval: {name}",
            ("LeadSettings", "erased") => $"erased {item.SubjectName} that are kept no longer",
            ("Workspace", "changed") when Changed(item, "adminId") => $"made somebody else the admin of {name}",
            ("Person", "changed") when Text(item, "role") is { } role => $"made {name} {(role == nameof(OrganizationRole.Admin) ? "an admin" : role == nameof(OrganizationRole.Client) ? "a client" : "a member")} of the organization",
            ("Person", "changed") when Text(item, "twoFactorEnabled") is { } on => $"switched the second factor of {name} {(on == "true" ? "on" : "off")}",
            ("Person", "changed") when Text(item, "emailConfirmed") == "true" => $"confirmed the address of {name}",
            ("Person", "deleted") => $"deactivated {name}",
            (_, "changed") when Changed(item, "name") => $"renamed the {subject} {Quoted(Text(item, "name", before: true) ?? "")} to {Quoted(Text(item, "name") ?? "")}",
            (_, "created") => $"created the {subject} {name}",
            (_, "deleted") => $"deleted the {subject} {name}",
            _ => $"{item.Verb} the {subject} {name}",
        };
    }

    /// <summary>The changed fields that say something to a person, beyond what the sentence tells.</summary>
    public static IReadOnlyList<string> Details(HistoryItem item) =>
        item.Verb is "created" or "deleted" || item.Subject is "TeamMember" or "AdAccountGrant" or "Invitation" or "Person" ? []
        : [.. item.Changes.Where(c => c.Field is not ("name" or "adminId") && Said(c)).Select(c => $"{Words(c.Field)}: {Value(c.Field, c.Before)} → {Value(c.Field, c.After)}").Take(6)];

    /// <summary>Through what, where it was not a page.</summary>
    public static string? Through(HistoryItem item) => item.Via.StartsWith("api", StringComparison.Ordinal) ? "through the API" : null;

    /// <summary>"ad account", "template".</summary>
    public static string SubjectOf(string subject) => Subjects.GetValueOrDefault(subject) ?? Words(subject).ToLowerInvariant();

    private static string AccessOf(HistoryItem item) => Text(item, "access") == nameof(AccountAccess.Manager) ? "manage" : "see";

    private static bool Changed(HistoryItem item, string field) => item.Changes.Any(c => c.Field == field);

    private static string? Text(HistoryItem item, string field, bool before = false) =>
        item.Changes.FirstOrDefault(c => c.Field == field) is { } change && (before ? change.Before : change.After) is { ValueKind: not JsonValueKind.Null } value ? value.ToString().ToLowerInvariant() is "true" or "false" ? value.ToString().ToLowerInvariant() : value.ToString() : null;

    // Ids and whole documents tell nobody anything.
    private static bool Said(HistoryChange change) =>
        !change.Field.EndsWith("Id", StringComparison.Ordinal) && change.Field is not ("spec" or "deletedAt") && IsPlain(change.Before) && IsPlain(change.After);

    private static bool IsPlain(JsonElement? value) => value is null || value.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);

    private static string Value(string field, JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null } => "nothing",
        { ValueKind: JsonValueKind.True } => "on",
        { ValueKind: JsonValueKind.False } => "off",
        { ValueKind: JsonValueKind.Number } number when field.EndsWith("Micros", StringComparison.Ordinal) => (number.GetInt64() / 1_000_000m).ToString("N2", Shown.Culture),
        { ValueKind: JsonValueKind.String } text when field.EndsWith("At", StringComparison.Ordinal) && text.TryGetDateTimeOffset(out var at) => Shown.Exact(at),
        { } other => Quoted(other.ToString()),
    };

    private static string Quoted(string text) => text.Length == 0 ? "–" : $"“{(text.Length <= 80 ? text : text[..79] + "…")}”";

    /// <summary>"budgetMicros" → "Budget".</summary>
    internal static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var c in name.EndsWith("Micros", StringComparison.Ordinal) ? name[..^6] : name)
        {
            if (words.Length > 0 && char.IsUpper(c)) words.Append(' ').Append(char.ToLower(c, CultureInfo.InvariantCulture));
            else words.Append(words.Length == 0 ? char.ToUpperInvariant(c) : c);
        }
        return words.ToString();
    }
}
