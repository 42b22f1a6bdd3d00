using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Clock;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Snapchat;

/// <summary>What every part of the Marketing API shares: state, time, who may do what.</summary>
public sealed class SnapchatContext(SandboxStore store, SandboxClock clock, SandboxOptions options, PolicyBook policy, OAuthDesk desk)
{
    public SandboxStore Store => store;
    public SandboxClock Clock => clock;
    public SandboxOptions Options => options;
    public PolicyBook Policy => policy;
    public OAuthDesk Desk => desk;
    public DateTimeOffset Now => clock.Now;

    /// <summary>An id like the platform's; none is given twice.</summary>
    public string NewId()
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes("snapchat:" + store.Next("snapchat", 1).ToString(CultureInfo.InvariantCulture)))[..16];
        (bytes[6], bytes[8]) = ((byte)(bytes[6] & 0x0F | 0x40), (byte)(bytes[8] & 0x3F | 0x80));
        return new Guid(bytes, bigEndian: true).ToString();
    }

    public SandboxObject Person(SnapchatCall call) => desk.Person(call.Grant!.User)!;

    public IEnumerable<SandboxObject> AccountsOf(SnapchatCall call) => Person(call).Body["accounts"]!.AsArray().Select(a => store.Find(SnapchatWorld.Account, a!.ToString())!);

    /// <summary>The organizations in which the person has an ad account.</summary>
    public IEnumerable<SandboxObject> OrganizationsOf(SnapchatCall call) => AccountsOf(call).Select(a => a.Body["organization_id"]!.ToString()).Distinct().Select(id => store.Find(SnapchatWorld.Organization, id)!);

    /// <summary>An ad account that the person may use, or why not.</summary>
    public (SandboxObject? Account, SnapchatError? Error) Account(SnapchatCall call, string id) => AccountsOf(call).FirstOrDefault(a => a.Id == id) is { } account ? (account, null)
        : store.Find(SnapchatWorld.Account, id) is null ? (null, SnapchatError.Missing($"The ad account {id}")) : (null, SnapchatError.Forbidden($"You have no role on the ad account {id}"));

    /// <summary>Something of an account that the person may use, or why not. What was deleted is gone.</summary>
    public (SandboxObject? Found, SnapchatError? Error) Find(SnapchatCall call, string kind, string id, bool deleted = false)
    {
        if (kind == SnapchatWorld.Account) return Account(call, id);
        if (store.Find(kind, id) is not { } found || !deleted && IsDeleted(found)) return (null, SnapchatError.Missing($"The {kind[9..]} {id}"));
        return Account(call, found.AccountId) is { Error: { } error } ? (null, error) : (found, null);
    }

    /// <summary>Whether the account may be changed.</summary>
    public static SnapchatError? MayChange(SandboxObject account) => account.Body["status"]!.ToString() == "ACTIVE" ? null : SnapchatError.Forbidden($"The ad account {account.Id} is {account.Body["status"]} and takes no changes");

    public static bool IsDeleted(SandboxObject item) => item.Body["deleted"] is not null;

    public TimeZoneInfo Zone(SandboxObject account) => TimeZoneInfo.FindSystemTimeZoneById(account.Body["timezone"]!.ToString());

    public SandboxObject New(string kind, string account, string parent, JsonObject body)
    {
        var item = new SandboxObject { Kind = kind, Id = NewId(), AccountId = account, ParentId = parent, CreatedAt = Now, UpdatedAt = Now, Body = body };
        (body["id"], body["created_at"], body["updated_at"]) = (item.Id, SnapchatTime.Write(Now), SnapchatTime.Write(Now));
        return item;
    }

    /// <summary>An instant as it is meant, in UTC; null without one.</summary>
    public DateTimeOffset? Instant(JsonNode? value) => SnapchatTime.Read(value?.ToString()) is { } at ? clock.Meant(at) : null;
}
