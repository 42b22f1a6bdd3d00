namespace AdStudio.Core.Audiences;

/// <summary>How lists and programs say whether somebody agreed to being sent to ad platforms.</summary>
public static class ConsentWords
{
    private static readonly HashSet<string> Yes = ["yes", "y", "true", "1", "given", "granted", "consented", "agreed", "opt-in", "optin", "opted-in", "subscribed", "ja", "oui", "si", "sí"];
    private static readonly HashSet<string> No = ["no", "n", "false", "0", "withdrawn", "denied", "revoked", "refused", "opt-out", "optout", "opted-out", "unsubscribed", "nein", "non"];
    private static readonly HashSet<string> Nothing = ["", "unknown", "unspecified", "not_told", "not-told", "n/a", "-"];

    /// <summary>Null for a word that is neither: then nobody should guess.</summary>
    public static MemberConsent? Read(string? word)
    {
        var known = (word ?? "").Trim().Replace(' ', '-').ToLowerInvariant();
        return Yes.Contains(known) ? MemberConsent.Given : No.Contains(known) ? MemberConsent.Withdrawn : Nothing.Contains(known) ? MemberConsent.NotTold : null;
    }
}
