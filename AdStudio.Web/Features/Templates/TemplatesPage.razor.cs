using AdStudio.Core.Campaigns;
using AdStudio.Web.App;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.Templates;

public sealed partial class TemplatesPage : StudioPage
{
    private IReadOnlyList<TemplateRow>? templates;
    private int total;
    private bool mayWrite, creating;
    private TemplateRow? renaming;
    private string name = "", description = "";

    [Inject] private ListTemplates List { get; set; } = null!;
    [Inject] private UpdateTemplate Update { get; set; } = null!;
    [Inject] private DeleteTemplate Delete { get; set; } = null!;
    [Inject] private RestoreTemplate Restore { get; set; } = null!;
    [Inject] private CreateFromTemplate Create { get; set; } = null!;

    protected override Task OnInitializedAsync() => RunAsync(LoadAsync);

    private async Task LoadAsync(CancellationToken ct)
    {
        if (Workspace is not { } workspace || !Take(await List.RunAsync(Actor, new TemplateFilter(workspace.Id), ct), out var page)) return;
        (templates, total) = (page.Items, page.Total);
        mayWrite = Actor.Administers(workspace.Id) || Actor.Teams.Keys.Any(team => Actor.WritesCampaigns(team, workspace.Id));
    }

    private Task BeginAsync(TemplateRow template) => RunAsync(async ct =>
    {
        if (!Take(await Create.RunAsync(Actor, template.Id, null, ct), out var made)) return;
        Toasts.Done(made.Notes.Count == 0 ? $"Begun from “{template.Name}”" : string.Join(" ", made.Notes));
        Navigation.NavigateTo(Urls.EditCampaign(made.Campaign.Id));
    });

    private void Rename(TemplateRow template) => (renaming, name, description) = (template, template.Name, template.Description);

    private Task SaveAsync() => RunAsync(async ct =>
    {
        if (renaming is not { } template || name.Trim().Length == 0) return;
        if (!Take(await Update.RunAsync(Actor, template.Id, new(name, description, template.Spec), template.Version, ct))) return;
        renaming = null;
        await LoadAsync(ct);
    });

    private Task DeleteAsync(TemplateRow template) => RunAsync(async ct =>
    {
        if (Take(await Delete.RunAsync(Actor, template.Id, ct)))
            Toasts.Done($"Deleted “{template.Name}”", undo: () => RunAsync(async again =>
            {
                Take(await Restore.RunAsync(Actor, template.Id, again));
                await LoadAsync(again);
            }));
        await LoadAsync(ct);
    });

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
