using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox;

/// <summary>A word that a platform's policy does not allow in ads.</summary>
/// <param name="Platform">meta, google or *.</param>
/// <param name="When">"review" rejects the ad after its review; "create" refuses to create it.</param>
public sealed record PolicyRule(string Platform, string Word, string When, string Reason);

/// <summary>The words the emulated platforms reject.</summary>
public sealed class PolicyBook(SandboxStore store)
{
    private static readonly PolicyRule[] BuiltIn =
    [
        new("meta", "miracle cure", "review", "Unrealistic outcomes"),
        new("meta", "get rich quick", "review", "Unacceptable business practices"),
        new("meta", "forbidden words", "create", "Community standards"),
        new("tiktok", "miracle cure", "review", "Exaggerated or misleading claims"),
        new("google", "miracle cure", "create", "MISREPRESENTATION"),
        new("google", "get rich quick", "review", "UNRELIABLE_CLAIMS"),
        new("pinterest", "miracle cure", "review", "EXAGGERATED_CLAIMS"),
        new("pinterest", "get rich quick", "review", "UNACCEPTABLE_BUSINESS"),
        new("pinterest", "forbidden words", "create", "Community Guidelines"),
        new("snapchat", "miracle cure", "review", "Ads must not promise cures that nobody can show to work."),
        new("snapchat", "get rich quick", "review", "Ads must not promise quick money."),
        new("linkedin", "miracle cure", "review", "MISLEADING_CLAIMS"),
        new("linkedin", "get rich quick", "review", "UNACCEPTABLE_BUSINESS_PRACTICES"),
    ];

    public IReadOnlyList<PolicyRule> Rules() => store.Work(() => BuiltIn.Concat(store.All("policy").Select(Read)).ToList());

    public void Add(PolicyRule rule) => store.Work(() => store.Put(new SandboxObject
    {
        Kind = "policy",
        Id = rule.Platform + ":" + rule.Word.ToLowerInvariant(),
        Body = new JsonObject { ["platform"] = rule.Platform, ["word"] = rule.Word, ["when"] = rule.When, ["reason"] = rule.Reason },
    }));

    /// <summary>Back to the words that are always rejected.</summary>
    public void Clear() => store.Work(() =>
    {
        foreach (var id in store.All("policy").Select(p => p.Id).ToList()) store.Remove("policy", id);
    });

    public PolicyRule? Broken(string platform, string when, string text) => Rules().FirstOrDefault(r =>
        (r.Platform == platform || r.Platform == "*") && r.When == when && text.Contains(r.Word, StringComparison.OrdinalIgnoreCase));

    private static PolicyRule Read(SandboxObject o) => new(
        o.Body["platform"]!.GetValue<string>(), o.Body["word"]!.GetValue<string>(), o.Body["when"]!.GetValue<string>(), o.Body["reason"]!.GetValue<string>());
}
