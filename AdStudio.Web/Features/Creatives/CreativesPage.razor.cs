using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
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
    private bool isList;
    private string? search;
    private CreativeType? type;
    private CreativeUse? use;
    private CreativeSort sort;
    private readonly HashSet<Guid> picked = [];
    private int page = 1;

    [Inject] private ListCreatives List { get; set; } = null!;
    [Inject] private CreateCreative Create { get; set; } = null!;
    [Inject] private DeleteCreative Delete { get; set; } = null!;
    [Inject] private RestoreCreative Restore { get; set; } = null!;

    private bool Filtered => search is not null || type is not null || use is not null;

    private IReadOnlyList<CreativeRow> Picked => [.. (found?.Items ?? []).Where(c => picked.Contains(c.Id))];

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
        (use, sort, isList) = (Navigation.QueryEnum<CreativeUse>("use"), Navigation.QueryEnum<CreativeSort>("sort") ?? CreativeSort.Changed, Navigation.Query("view") == "list");
        if (Workspace is not { } workspace || !Take(await List.RunAsync(Actor, new(workspace.Id, search, type, (page - 1) * Size, Size) { Use = use, Sort = sort, WithUses = true }, ct), out var rows)) return;
        found = rows;
        picked.IntersectWith(rows.Items.Select(c => c.Id));
    }

    private void Filter(params (string Name, object? Value)[] values) => Navigation.SetQuery([.. values, .. values.Any(v => v.Name == "page") ? [] : new (string, object?)[] { ("page", null) }]);

    private void ClearFilters() => Filter(("q", null), ("type", null), ("use", null));

    private static string? Word<T>(T? value) where T : struct, Enum => value?.ToString().ToLowerInvariant();

    private void Pick(CreativeRow row, bool on)
    {
        if (on) picked.Add(row.Id);
        else picked.Remove(row.Id);
    }

    private Task AddedAsync(IReadOnlyList<CreativeRow> added) => RunAsync(async ct =>
    {
        Toasts.Done(added.Count == 1 ? $"Added “{added[0].Name}”" : $"Added {Shown.Count(added.Count, "creative")}");
        await LoadAsync(ct);
        // One file is written on at once; several wait in the list.
        if (added.Count == 1) Edit(added[0]);
    });

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

    private Task DeleteAsync(IReadOnlyList<CreativeRow> rows) => RunAsync(async ct =>
    {
        if (rows.Count > 1 && !await Confirm.AskAsync($"Delete {Shown.Count(rows.Count, "creative")}?", $"{Named(rows.Select(r => r.Name))} go. {Missing(rows)}You can undo it right after.", "Delete")) return;
        List<DeletedCreative> gone = [];
        foreach (var row in rows)
        {
            if ((await Delete.RunAsync(Actor, row.Id, ct)).TryGet(out var deleted, out var refusal)) gone.Add(deleted);
            else if (rows.Count == 1) Show(refusal);
            else Toasts.Wrong(refusal.Message);
        }
        if (gone.Count > 0)
        {
            var missed = gone.SelectMany(d => d.Uses).Select(u => u.Name).Distinct().ToList();
            var used = missed.Count == 0 ? "" : $"; {Named(missed)} {(missed.Count == 1 ? "uses" : "use")} {(gone.Count == 1 ? "it" : "them")} and will miss {(gone.Count == 1 ? "it" : "them")}";
            Toasts.Done($"Deleted {Named(gone.Select(d => d.Name))}{used}", undo: () => UndoAsync([.. gone.Select(d => d.Id)]));
        }
        picked.Clear();
        var problem = Problem;
        await LoadAsync(ct);
        Problem ??= problem;
    });

    private Task UndoAsync(IReadOnlyList<Guid> ids) => RunAsync(async ct =>
    {
        foreach (var id in ids) Take(await Restore.RunAsync(Actor, id, ct));
        await LoadAsync(ct);
    });

    private static string Missing(IReadOnlyList<CreativeRow> rows)
    {
        var names = rows.SelectMany(r => r.Uses ?? []).Where(u => !u.IsRunning).Select(u => u.Name).Distinct().ToList();
        var running = rows.Where(r => r.Uses?.Any(u => u.IsRunning) == true).Select(r => r.Name).ToList();
        return (names.Count == 0 ? "" : $"{Named(names)} will need another. ") + (running.Count == 0 ? "" : $"{Named(running)} {(running.Count == 1 ? "stays" : "stay")}, because a campaign runs with {(running.Count == 1 ? "it" : "them")}. ");
    }

    /// <summary>“A”, “B” and 3 more.</summary>
    private static string Named(IEnumerable<string> names)
    {
        var all = names.ToList();
        List<string> said = [.. all.Take(5).Select(n => $"“{n}”")];
        if (all.Count > 5) said.Add($"{all.Count - 5} more");
        return said.Count == 1 ? said[0] : $"{string.Join(", ", said.SkipLast(1))} and {said[^1]}";
    }

    private static string Short(string name) => name.Length <= 256 ? name : name[..256];
}
