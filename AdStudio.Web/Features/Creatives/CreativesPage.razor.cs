using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace AdStudio.Web.Features.Creatives;

/// <summary>The workspace's library of creatives.</summary>
public sealed partial class CreativesPage
{
    private const int Size = 24;
    private Page<CreativeRow>? found;
    private CreativeRow? edited;
    private bool editing;
    private string? search;
    private CreativeType? type;
    private int page = 1;

    [Inject] private ListCreatives List { get; set; } = null!;
    [Inject] private CreateCreative Create { get; set; } = null!;
    [Inject] private DeleteCreative Delete { get; set; } = null!;
    [Inject] private RestoreCreative Restore { get; set; } = null!;

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
        (search, type, page) = (Navigation.Query("q"), Navigation.QueryEnum<CreativeType>("type"), Math.Max(1, Navigation.QueryInt("page", 1)));
        if (Workspace is { } workspace && Take(await List.RunAsync(Actor, new(workspace.Id, search, type, (page - 1) * Size, Size), ct), out var rows)) found = rows;
    }

    private void Filter(params (string Name, object? Value)[] values) => Navigation.SetQuery([.. values, .. values.Any(v => v.Name == "page") ? [] : new (string, object?)[] { ("page", null) }]);

    private void Edit(CreativeRow? row) => (edited, editing) = (row, true);

    private Task SavedAsync(CreativeRow saved) => RunAsync(async ct =>
    {
        editing = false;
        Toasts.Done($"Saved “{saved.Name}”");
        await LoadAsync(ct);
    });

    private Task CopyAsync(CreativeRow row) => RunAsync(async ct =>
    {
        if (Take(await Create.RunAsync(Actor, row.WorkspaceId, row.ToInput() with { Name = Short($"{row.Name} (copy)"), ExternalKey = null }, ct), out var copy)) Edit(copy);
        await LoadAsync(ct);
    });

    private Task DeleteAsync(CreativeRow row) => RunAsync(async ct =>
    {
        if (Take(await Delete.RunAsync(Actor, row.Id, ct), out var deleted))
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

    private static string Short(string name) => name.Length <= 256 ? name : name[..256];
}
