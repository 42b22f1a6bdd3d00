using AdStudio.Core.Accounts;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Leads;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Tables;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace AdStudio.Web.Features.Leads;

/// <summary>The inbox: list and detail side by side, on phones one at a time. j and k move, e archives.</summary>
public sealed partial class LeadsPage : StudioPage
{
    private const int Size = 50;

    private IReadOnlyList<LeadRow>? leads;
    private IReadOnlyList<LeadFormRow> forms = [];
    private IReadOnlyList<PersonRow> people = [];
    private LeadRow? chosen;
    private bool settingUp;
    private int total, at = 1;
    private Guid? formId, who;
    private LeadStatus? status;
    private string? search, box;

    [Inject] private ListLeads List { get; set; } = null!;
    [Inject] private ListLeadForms Forms { get; set; } = null!;
    [Inject] private ListPeople People { get; set; } = null!;
    [Inject] private ChangeLead Change { get; set; } = null!;
    [Inject] private LeadSignals Signals { get; set; } = null!;

    private bool Filtered => formId is not null || status is not null || who is not null || search is not null || box is not null;

    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        Signals.Arrived += Arrived;
        return RunAsync(async ct =>
        {
            if (Workspace is not { } workspace) return;
            if (Take(await Forms.RunAsync(Actor, workspace.Id, ct), out var found)) forms = found;
            if ((await People.RunAsync(Actor, ct)).TryGet(out var persons, out _)) people = [.. persons.Where(p => p.DeactivatedAt is null && p.Role != Core.Common.OrganizationRole.Client)];
            await LoadAsync(ct);
        });
    }

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(() => RunAsync(LoadAsync));

    private void Arrived(Guid workspaceId)
    {
        if (workspaceId == Workspace?.Id) _ = InvokeAsync(() => RunAsync(LoadAsync));
    }

    private LeadFilter Filter(int offset) => new(Workspace!.Id, formId, status, who, search, box switch { "archived" => true, "all" => null, _ => false }, Offset: offset, Limit: Size);

    private async Task LoadAsync(CancellationToken ct)
    {
        if (Workspace is null) return;
        (formId, who) = (Guid.TryParse(Navigation.Query("form"), out var form) ? form : null, Guid.TryParse(Navigation.Query("who"), out var person) ? person : null);
        (status, search, box, at) = (Navigation.QueryEnum<LeadStatus>("status"), Navigation.Query("q"), Navigation.Query("box"), Math.Max(1, Navigation.QueryInt("page", 1)));
        if (!Take(await List.RunAsync(Actor, Filter((at - 1) * Size), ct), out var found)) return;
        (leads, total) = (found.Items, found.Total);
        chosen = chosen is null ? null : found.Items.FirstOrDefault(l => l.Id == chosen.Id);
        StateHasChanged();
    }

    private Task ReloadAsync() => RunAsync(LoadAsync);

    private void Set(params (string Name, object? Value)[] values) => Navigation.SetQuery([.. values, .. values.Any(v => v.Name == "page") ? [] : new (string, object?)[] { ("page", null) }]);

    private void Choose(LeadRow lead) => chosen = lead;

    private async Task KeyAsync(KeyboardEventArgs e)
    {
        if (leads is not { Count: > 0 } all || e.CtrlKey || e.MetaKey || e.AltKey) return;
        var index = chosen is null ? -1 : all.ToList().FindIndex(l => l.Id == chosen.Id);
        switch (e.Key)
        {
            case "j" or "ArrowDown":
                chosen = all[Math.Min(index + 1, all.Count - 1)];
                break;
            case "k" or "ArrowUp":
                chosen = all[Math.Max(index - 1, 0)];
                break;
            case "Escape":
                chosen = null;
                break;
            case "e" when chosen is { MayChange: true, IsErased: false } lead:
                await ArchiveAsync(lead);
                break;
        }
    }

    private Task ArchiveAsync(LeadRow lead) => RunAsync(async ct =>
    {
        if (!Take(await Change.RunAsync(Actor, lead.Id, new(Archived: !lead.IsArchived), ct))) return;
        Toasts.Done(lead.IsArchived ? $"“{lead.Called}” is back in the inbox" : $"Archived “{lead.Called}”", undo: () => RunAsync(async again =>
        {
            Take(await Change.RunAsync(Actor, lead.Id, new(Archived: lead.IsArchived), again));
            await LoadAsync(again);
        }));
        await LoadAsync(ct);
    });

    protected override void OnLeaving()
    {
        Navigation.LocationChanged -= Moved;
        Signals.Arrived -= Arrived;
    }
}
