using System.Globalization;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Store;
using Microsoft.AspNetCore.Routing;

namespace AdStudio.Sandbox;

/// <summary>One emulated platform. Each folder has one, found by its type: nothing else has to know of it.</summary>
public abstract class SandboxPlatform(SandboxStore store, SandboxClock clock)
{
    /// <summary>In paths, in the fault dial and as the prefix of everything it stores: "tiktok".</summary>
    public abstract string Name { get; }

    /// <summary>For people: "TikTok".</summary>
    public abstract string Title { get; }

    /// <summary>The letter or two of its chip.</summary>
    public abstract string Mark { get; }

    /// <summary>The statuses an account can be set to in the console: the platform's value and words for people.</summary>
    public abstract IReadOnlyList<(string Value, string Words)> AccountStatuses { get; }

    /// <summary>What a person brings to connect, by the field's name, where the platform has no consent page. Public: they open nothing but this sandbox.</summary>
    public virtual IReadOnlyDictionary<string, string> Keys => new Dictionary<string, string>();

    /// <summary>Serves its API and its consent page beneath its name of the group.</summary>
    /// <param name="root">The path of the group, "/sandbox".</param>
    public abstract void Map(RouteGroupBuilder group, string root);

    /// <summary>Makes the people, accounts and pages that are there from the start.</summary>
    public abstract void Seed(DateTimeOffset now);

    /// <summary>Campaigns, ad sets and ads in the order they were made; kinds are "campaign", "adset" and "ad" everywhere.</summary>
    public abstract IEnumerable<SandboxItem> Objects();
    public abstract IEnumerable<SandboxAccount> Accounts();

    /// <summary>False when there is no such account or status.</summary>
    public abstract bool SetAccountStatus(string id, string status);

    /// <summary>Who can sign in; the first has everything.</summary>
    public IEnumerable<SandboxObject> People() => store.All(Name + ".user");

    internal bool IsSeeded => People().Any();

    /// <summary>Access tokens lie as "{Name}.token" with an instant "expires" in them, refresh tokens as "{Name}.refresh"; both may be "revoked".</summary>
    internal int ExpireTokens()
    {
        var tokens = store.All(Name + ".token").ToList();
        foreach (var token in tokens) Change(token, "expires", (clock.Now - TimeSpan.FromSeconds(1)).ToString("O", CultureInfo.InvariantCulture));
        return tokens.Count;
    }

    internal void RevokeGrants()
    {
        foreach (var token in store.All(Name + ".token").Concat(store.All(Name + ".refresh")).ToList()) Change(token, "revoked", true);
    }

    private void Change(SandboxObject item, string field, System.Text.Json.Nodes.JsonNode value)
    {
        var changed = item.Clone();
        changed.Body[field] = value;
        store.Put(changed);
    }
}
