using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Faults;

/// <summary>Makes the next calls of a kind go wrong. What is armed survives a restart.</summary>
public sealed class FaultDial(SandboxStore store)
{
    private const string Kind = "fault";

    public IReadOnlyList<Fault> Armed() => store.Work(() => store.All(Kind).Select(Read).ToList());

    public Fault Arm(string platform, string operation, FaultKind kind, int times = 1, int retryAfterSeconds = 60, int seconds = 5) => store.Work(() =>
    {
        var id = store.Next("fault", 1).ToString(CultureInfo.InvariantCulture);
        var fault = new Fault(id, platform, operation, kind, Math.Max(1, times), Math.Max(1, retryAfterSeconds), Math.Max(0, seconds));
        Write(fault);
        return fault;
    });

    public void Clear() => store.Work(() =>
    {
        foreach (var id in store.All(Kind).Select(f => f.Id).ToList()) store.Remove(Kind, id);
    });

    /// <summary>The fault that this call meets, if any; it counts as one of its times.</summary>
    public Fault? Take(string platform, IReadOnlyCollection<string> operations) => store.Work(() =>
    {
        var fault = store.All(Kind).Select(Read).FirstOrDefault(f =>
            (f.Platform == "*" || f.Platform == platform) && (f.Operation == CallKinds.Any || operations.Contains(f.Operation)));
        if (fault is null) return null;
        if (fault.Times <= 1) store.Remove(Kind, fault.Id);
        else Write(fault with { Times = fault.Times - 1 });
        return fault;
    });

    private void Write(Fault fault) => store.Put(new SandboxObject
    {
        Kind = Kind,
        Id = fault.Id,
        Body = new JsonObject
        {
            ["platform"] = fault.Platform,
            ["operation"] = fault.Operation,
            ["fault"] = fault.Name,
            ["times"] = fault.Times,
            ["retryAfterSeconds"] = fault.RetryAfterSeconds,
            ["seconds"] = fault.Seconds,
        },
    });

    private static Fault Read(SandboxObject o) => new(
        o.Id, o.Body["platform"]!.GetValue<string>(), o.Body["operation"]!.GetValue<string>(), Fault.KindOf(o.Body["fault"]!.GetValue<string>())!.Value,
        o.Body["times"]!.GetValue<int>(), o.Body["retryAfterSeconds"]!.GetValue<int>(), o.Body["seconds"]!.GetValue<int>());
}
