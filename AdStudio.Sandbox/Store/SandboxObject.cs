using System.Text.Json.Nodes;

namespace AdStudio.Sandbox.Store;

/// <summary>One thing a platform keeps. Once stored it is not changed: clone it, change the clone, put that.</summary>
public sealed class SandboxObject
{
    public required string Kind { get; init; }
    public required string Id { get; init; }
    public string AccountId { get; set; } = "";
    public string ParentId { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public JsonObject Body { get; set; } = [];

    /// <summary>What delivery needs to know of the past, oldest first.</summary>
    public List<Moment> History { get; set; } = [];

    public SandboxObject Clone() => new()
    {
        Kind = Kind,
        Id = Id,
        AccountId = AccountId,
        ParentId = ParentId,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
        Body = (JsonObject)Body.DeepClone(),
        History = [.. History],
    };

    /// <summary>Notes how things stand from now on; what lay in the clock's future is forgotten.</summary>
    public void Remember(Moment moment)
    {
        History.RemoveAll(m => m.At > moment.At);
        if (History.Count > 0 && History[^1] with { At = moment.At } == moment) return;
        History.Add(moment);
    }
}

/// <summary>How an object stood from one instant on. Budgets are in micros.</summary>
public sealed record Moment(DateTimeOffset At)
{
    public string Status { get; init; } = "";
    public long DailyBudget { get; init; }
    public long LifetimeBudget { get; init; }
    public DateTimeOffset? Start { get; init; }
    public DateTimeOffset? End { get; init; }

    /// <summary>When the review of an ad ends; null means that it has none.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>Why the review refuses the ad; null when it accepts it.</summary>
    public string? Rejection { get; init; }

    /// <summary>The budget a Google campaign spends from.</summary>
    public string? BudgetId { get; init; }
}
