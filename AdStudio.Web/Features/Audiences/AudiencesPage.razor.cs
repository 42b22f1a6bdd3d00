using AdStudio.Core.Audiences;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Web.App;
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
    private AudienceRow? edited, filled, placed, deleted;
    private bool editing;
    private int opened, page = 1;
    private string? search;
    private AudienceType? type;

    [Inject] private ListAudiences List { get; set; } = null!;
    [Inject] private DeleteAudience Delete { get; set; } = null!;
    [Inject] private RestoreAudience Restore { get; set; } = null!;

    private static readonly IReadOnlyList<Tab> Parts = [new("yours", "Yours"), new("platforms", "On the platforms")];

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
        if (Take(await List.RunAsync(Actor, new(workspace.Id, Limit: 200), ct), out var all)) sources = [.. all.Items.Where(a => a.Type is AudienceType.CustomerMatch or AudienceType.Retargeting or AudienceType.Existing)];
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
        else if (isNew) Navigation.NavigateTo(Urls.Audience(saved.Id));
    });

    /// <summary>Where it stands nowhere, deleting can be undone, so nobody is asked.</summary>
    private Task DeleteAsync(AudienceRow row)
    {
        if (row.Platforms.Count > 0)
        {
            deleted = row;
            return Task.CompletedTask;
        }
        return RunAsync(async ct =>
        {
            if (Take(await Delete.RunAsync(Actor, row.Id, onPlatforms: false, ct), out var gone)) Toasts.Done(DeleteAudienceDialog.Said(gone), undo: () => UndoAsync(gone.Id));
            await LoadAsync(ct);
        });
    }

    private Task DeletedAsync(DeletedAudience gone) => RunAsync(async ct =>
    {
        deleted = null;
        if (gone.Leaving > 0) Toasts.Done(DeleteAudienceDialog.Said(gone));
        else Toasts.Done(DeleteAudienceDialog.Said(gone), undo: () => UndoAsync(gone.Id));
        await LoadAsync(ct);
    });

    private Task PlacedAsync(AudienceRow row)
    {
        placed = null;
        Navigation.NavigateTo(Urls.Audience(row.Id));
        return Task.CompletedTask;
    }

    private Task UndoAsync(Guid id) => RunAsync(async ct =>
    {
        Take(await Restore.RunAsync(Actor, id, ct));
        await LoadAsync(ct);
    });
}
