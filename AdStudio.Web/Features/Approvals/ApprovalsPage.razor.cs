using AdStudio.Core.Accounts;
using AdStudio.Core.Operations;
using AdStudio.Web.Features.Operations;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace AdStudio.Web.Features.Approvals;

/// <summary>The inbox of what waits for a person: list and detail side by side, on phones one at a time. State, page and card live in the URL.</summary>
public sealed partial class ApprovalsPage : StudioPage
{
    private const int Size = 50;
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(10);

    private IReadOnlyList<ApprovalRow>? rows;
    private ApprovalState? state;
    private Guid? chosen;
    private int total, at = 1;
    private WorkListener? listener;

    [Inject] private ListApprovals List { get; set; } = null!;
    [Inject] private OperationSignals Signals { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        if (RendererInfo.IsInteractive) listener = new(Signals, Time, AskAgain, () => InvokeAsync(ReloadAsync));
        return ReloadAsync();
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(ReloadAsync);

    private Task ReloadAsync() => RunAsync(async ct =>
    {
        (state, at, chosen) = (Navigation.QueryEnum<ApprovalState>("state"), Math.Max(1, Navigation.QueryInt("page", 1)), Guid.TryParse(Navigation.Query("id"), out var id) ? id : null);
        if (!Take(await List.RunAsync(Actor, new(Workspace?.Id, state, (at - 1) * Size, Size), ct), out var found)) return;
        (rows, total) = (found.Items, found.Total);
    });

    private void Set(params (string Name, object? Value)[] values) => Navigation.SetQuery([.. values, .. values.Any(v => v.Name is "page" or "id") ? [] : new (string, object?)[] { ("page", null), ("id", null) }]);

    private void Choose(Guid id) => Set(("id", id));

    private void Key(KeyboardEventArgs e)
    {
        if (rows is not { Count: > 0 } all || e.CtrlKey || e.MetaKey || e.AltKey) return;
        var index = all.ToList().FindIndex(r => r.Id == chosen);
        if (e.Key is "j" or "ArrowDown") Choose(all[Math.Min(index + 1, all.Count - 1)].Id);
        else if (e.Key is "k" or "ArrowUp") Choose(all[Math.Max(index - 1, 0)].Id);
        else if (e.Key is "Escape" && chosen is not null) Set(("id", null));
    }

    protected override void OnLeaving()
    {
        Navigation.LocationChanged -= Moved;
        listener?.Dispose();
    }
}
