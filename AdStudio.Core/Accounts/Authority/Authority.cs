namespace AdStudio.Core.Accounts;

/// <summary>Off: nothing of the kind is sent. Draft: a person accepts it first. Auto: it is sent.</summary>
public enum AuthorityMode { Off, Draft, Auto }

/// <summary>
/// Structural: what makes or removes things on a platform (launch, retry, roll-back, schedule, placing audiences, lead forms, pixels).
/// Tactical: how they run (pause, resume, budget, bid, dates, targeting). Creative: what people see (creatives and texts).
/// </summary>
public enum AuthorityAxis { Structural, Tactical, Creative }

/// <summary>How far changes go by themselves, axis by axis; of a workspace, and more tightly of a campaign.</summary>
public sealed record Authority(AuthorityMode Structural, AuthorityMode Tactical, AuthorityMode Creative)
{
    public static Authority Full { get; } = new(AuthorityMode.Auto, AuthorityMode.Auto, AuthorityMode.Auto);

    public AuthorityMode Of(AuthorityAxis axis) => axis switch { AuthorityAxis.Structural => Structural, AuthorityAxis.Tactical => Tactical, _ => Creative };

    public Authority With(AuthorityAxis axis, AuthorityMode mode) => axis switch
    {
        AuthorityAxis.Structural => this with { Structural = mode },
        AuthorityAxis.Tactical => this with { Tactical = mode },
        _ => this with { Creative = mode },
    };

    /// <summary>On each axis the tighter of the two.</summary>
    public Authority TightenedBy(Authority? other) => other is null ? this : new(Tighter(Structural, other.Structural), Tighter(Tactical, other.Tactical), Tighter(Creative, other.Creative));

    /// <summary>Whether on some axis it lets through more than the other.</summary>
    public bool IsLooserThan(Authority other) => TightenedBy(other) != this;

    private static AuthorityMode Tighter(AuthorityMode one, AuthorityMode other) => one < other ? one : other;
}
