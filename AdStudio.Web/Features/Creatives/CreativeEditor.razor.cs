using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AdStudio.Web.Features.Creatives;

/// <summary>One creative in the making: what is typed is kept on the server as one goes, and saved when one says so.</summary>
public sealed partial class CreativeEditor
{
    private CreativeDraft draft = new();
    private CreativeSitting? sitting;
    private IReadOnlyList<Platform> platforms = [];
    private string view = "write";
    private long savedVersion;
    private DateTimeOffset? resumed;
    private (CreativeRow Row, string Who)? conflict;
    private ElementReference form;
    private IJSObjectReference? module, keys;
    private DotNetObjectReference<CreativeEditor>? self;

    [Parameter, EditorRequired] public Guid WorkspaceId { get; set; }
    /// <summary>The creative to change; null makes a new one.</summary>
    [Parameter] public CreativeRow? Creative { get; set; }
    /// <summary>Whose limits to show; null takes all.</summary>
    [Parameter] public IReadOnlyList<Platform>? Platforms { get; set; }
    [Parameter] public EventCallback<CreativeRow> OnSaved { get; set; }
    [Parameter] public EventCallback OnCancel { get; set; }

    [Inject] private CreateCreative Create { get; set; } = null!;
    [Inject] private UpdateCreative Update { get; set; } = null!;
    [Inject] private GetCreative Get { get; set; } = null!;
    [Inject] private ListCreativeVersions Versions { get; set; } = null!;
    [Inject] private KeepUnfinishedCreative Keep { get; set; } = null!;
    [Inject] private FindUnfinishedCreative Find { get; set; } = null!;
    [Inject] private DropUnfinishedCreative Drop { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    protected override void OnParametersSet() => platforms = Platforms is { Count: > 0 } ? Platforms : [.. Catalogue.All.Where(p => p.Rules is not null).Select(p => p.Platform)];

    protected override Task OnInitializedAsync()
    {
        Begin(Creative is null ? new() : CreativeDraft.Of(Creative));
        return RunAsync(ResumeAsync);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        try
        {
            module = await Js.InvokeAsync<IJSObjectReference>("import", "/Features/Creatives/CreativeEditor.razor.js");
            keys = await module.InvokeAsync<IJSObjectReference>("watch", form, self = DotNetObjectReference.Create(this));
        }
        catch (JSDisconnectedException)
        {
        }
    }

    private void Begin(CreativeDraft written)
    {
        if (sitting is not null) Forget(sitting);
        var saved = Creative?.ToInput() ?? new CreativeInput();
        (draft, savedVersion) = (written, Creative?.Version ?? 0);
        sitting = new CreativeSitting(written, saved, Time, KeepAsync);
        sitting.Kept += Refresh;
    }

    private void Refresh() => _ = InvokeAsync(StateHasChanged);

    private void Forget(CreativeSitting old)
    {
        old.Kept -= Refresh;
        old.Forget();
        old.Dispose();
    }

    /// <summary>Goes on with what was not saved the last time.</summary>
    private async Task ResumeAsync(CancellationToken ct)
    {
        if (!Take(await Find.RunAsync(Actor, WorkspaceId, Creative?.Id, ct), out var left) || left is null || sitting is not { CanUndo: false, IsSaved: true }) return;
        var written = CreativeDraft.Of(left.Content, left.Assets);
        if (written.ToInput().Says(sitting.Saved)) return;
        draft = written;
        sitting.Note("resumed", draft);
        resumed = left.SavedAt;
        if (Creative is not null && left.BasedOn != Creative.Version) conflict = (Creative, await WhoAsync(ct));
    }

    private async Task<DateTimeOffset?> KeepAsync(CreativeInput input, bool asSaved)
    {
        // Also after the page is gone: what was typed last is worth keeping.
        if (asSaved)
        {
            await Drop.RunAsync(Actor, WorkspaceId, Creative?.Id, CancellationToken.None);
            return null;
        }
        return (await Keep.RunAsync(Actor, WorkspaceId, Creative?.Id, savedVersion, input, CancellationToken.None)).TryGet(out var at, out _) ? at : null;
    }

    private bool IsPost => draft.Type == CreativeType.ExistingPost;

    private void Note(string part) => sitting?.Note(part, draft);

    private void Become(CreativeType type)
    {
        draft.Become(type);
        Note("kind");
    }

    [JSInvokable]
    public Task Pressed(bool redo) => InvokeAsync(() =>
    {
        if (redo) Redo();
        else Undo();
        StateHasChanged();
    });

    private void Undo() => draft = sitting?.Undo() ?? draft;

    private void Redo() => draft = sitting?.Redo() ?? draft;

    /// <summary>Back to what is saved; undo brings it back.</summary>
    private async Task DiscardAsync()
    {
        draft = Creative is null ? new() : CreativeDraft.Of(Creative);
        Note("discarded");
        resumed = null;
        if (sitting is not null) await sitting.KeepAsync();
    }

    private Task SaveAsync() => SaveOverAsync(savedVersion);

    private Task SaveOverAsync(long version) => RunAsync(async ct =>
    {
        var saved = Creative is null ? await Create.RunAsync(Actor, WorkspaceId, draft.ToInput(), ct) : await Update.RunAsync(Actor, Creative.Id, draft.ToInput(), version, ct);
        if (!saved.TryGet(out var row, out var refusal))
        {
            if (refusal is CreativeChangedMeanwhile && Creative is not null && (await Get.RunAsync(Actor, Creative.Id, ct)).TryGet(out var theirs, out _)) conflict = (theirs, await WhoAsync(ct));
            else Show(refusal);
            return;
        }
        await DoneAsync(row, ct);
    });

    private async Task DoneAsync(CreativeRow row, CancellationToken ct)
    {
        if (sitting is { } done) Forget(done);
        sitting = null;
        await Drop.RunAsync(Actor, WorkspaceId, Creative?.Id, ct);
        await OnSaved.InvokeAsync(row);
    }

    private async Task RestoredAsync(CreativeRow row)
    {
        // What was being written stays kept, and is held against the restored version the next time.
        if (sitting is { } open)
        {
            await open.KeepAsync();
            Forget(open);
        }
        sitting = null;
        await OnSaved.InvokeAsync(row);
    }

    private Task KeepMineAsync() => SaveOverAsync(conflict?.Row.Version ?? savedVersion);

    private void TakeTheirs()
    {
        if (conflict is not { } other || sitting is null) return;
        draft = CreativeDraft.Of(other.Row);
        (savedVersion, sitting.Saved, conflict, resumed) = (other.Row.Version, other.Row.ToInput(), null, null);
        Note("theirs");
    }

    private async Task<string> WhoAsync(CancellationToken ct) =>
        (await Versions.RunAsync(Actor, Creative!.Id, ct)).TryGet(out var all, out _) && all.Count > 0 ? all[0].Who : "Somebody";

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (sitting is { } open)
        {
            open.Kept -= Refresh;
            open.Dispose();
        }
        try
        {
            if (keys is not null)
            {
                await keys.InvokeVoidAsync("dispose");
                await keys.DisposeAsync();
            }
            if (module is not null) await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
        }
        self?.Dispose();
        GC.SuppressFinalize(this);
    }
}
