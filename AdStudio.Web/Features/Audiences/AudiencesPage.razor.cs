using AdStudio.Core.Audiences;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AdStudio.Web.Features.Audiences;

/// <summary>The workspace's audiences.</summary>
public sealed partial class AudiencesPage
{
    private const int Size = 50;
    private Page<AudienceRow>? found;
    private IReadOnlyList<AudienceRow> sources = [];
    private AudienceRow? edited, filled;
    private bool editing;
    private int opened, page = 1;
    private string? search;
    private AudienceType? type;

    [Inject] private ListAudiences List { get; set; } = null!;
    [Inject] private DeleteAudience Delete { get; set; } = null!;
    [Inject] private RestoreAudience Restore { get; set; } = null!;

    private bool Filtered => search is not null || type is not null;

    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Moved;
        return RunAsync(LoadAsync);
    }

    protected override void OnLeaving() => Navigation.LocationChanged -= Moved;

    private void Moved(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(() => RunAsync(LoadAsync));

    private async Task LoadAsync(CancellationToken ct)
    {
        (search, type, page) = (Navigation.Query("q"), Navigation.QueryEnum<AudienceType>("type"), Math.Max(1, Navigation.QueryInt("page", 1)));
        if (Workspace is not { } workspace) return;
        if (Take(await List.RunAsync(Actor, new(workspace.Id, search, type, (page - 1) * Size, Size), ct), out var rows)) found = rows;
        if (Take(await List.RunAsync(Actor, new(workspace.Id, Limit: 200), ct), out var all)) sources = [.. all.Items.Where(a => a.Type is AudienceType.CustomerMatch or AudienceType.Retargeting)];
    }

    private void Filter(params (string Name, object? Value)[] values) => Navigation.SetQuery([.. values, .. values.Any(v => v.Name == "page") ? [] : new (string, object?)[] { ("page", null) }]);

    private void Edit(AudienceRow? row)
    {
        opened++;
        (edited, editing) = (row, true);
    }

    private void Fill(AudienceRow row) => filled = row;

    private Task SavedAsync(AudienceRow saved) => RunAsync(async ct =>
    {
        var isNew = edited is null;
        editing = false;
        Toasts.Done($"Saved “{saved.Name}”");
        await LoadAsync(ct);
        if (isNew && saved.Type == AudienceType.CustomerMatch) Fill(saved);
    });

    private Task DeleteAsync(AudienceRow row) => RunAsync(async ct =>
    {
        if (Take(await Delete.RunAsync(Actor, row.Id, onPlatforms: false, ct), out var deleted))
        {
            var used = deleted.Uses.Count == 0 ? "" : $"; {string.Join(", ", deleted.Uses.Take(3).Select(u => $"“{u.Name}”"))} {(deleted.Uses.Count == 1 ? "uses" : "use")} it and will miss it";
            Toasts.Done($"Deleted “{deleted.Name}”{used}", undo: () => UndoAsync(deleted.Id));
        }
        await LoadAsync(ct);
    });

    private Task UndoAsync(Guid id) => RunAsync(async ct =>
    {
        Take(await Restore.RunAsync(Actor, id, ct));
        await LoadAsync(ct);
    });
}
