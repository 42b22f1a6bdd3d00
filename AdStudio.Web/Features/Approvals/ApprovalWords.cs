using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;

namespace AdStudio.Web.Features.Approvals;

/// <summary>Authority and approvals in plain words.</summary>
internal static class ApprovalWords
{
    public static readonly IReadOnlyList<AuthorityAxis> Axes = [AuthorityAxis.Structural, AuthorityAxis.Tactical, AuthorityAxis.Creative];

    public static string Label(AuthorityAxis axis) => axis switch { AuthorityAxis.Structural => "What is made and removed", AuthorityAxis.Tactical => "How it runs", _ => "What people see" };

    public static string What(AuthorityAxis axis) => axis switch
    {
        AuthorityAxis.Structural => "Structural: launching, scheduling, trying again, rolling back, putting audiences on accounts, publishing lead forms, making pixels.",
        AuthorityAxis.Tactical => "Tactical: pausing and resuming, budgets, bids, dates, targeting.",
        _ => "Creative: the creatives of what runs, and their texts.",
    };

    public static string Label(AuthorityMode mode) => mode switch { AuthorityMode.Off => "Off: nothing is sent", AuthorityMode.Draft => "Draft: a person accepts it first", _ => "Auto: it is sent at once" };

    public static string Word(AuthorityMode mode) => mode.ToString().ToLowerInvariant();

    public static string Label(ApprovalState state) => state switch { ApprovalState.Pending => "Waiting", ApprovalState.Edited => "Accepted, changed", _ => state.ToString() };

    public static string Tone(ApprovalState state) => state switch { ApprovalState.Pending => "warn", ApprovalState.Accepted or ApprovalState.Edited => "good", ApprovalState.Declined => "bad", _ => "soft" };

    public static string Asked(ApprovalRow row) => $"{row.AskedByName}{(row.AskedByKind switch { ActorKind.ApiKey => " (API key)", ActorKind.Rule => " (rule)", _ => "" })}, through {Through(row.AskedVia)}";

    private static string Through(string via) => via switch { "page" => "the studio", "job" or "schedule" => "a planned start", _ => via };
}
