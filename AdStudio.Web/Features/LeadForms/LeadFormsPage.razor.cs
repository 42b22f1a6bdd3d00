using AdStudio.Core.LeadForms;
using AdStudio.Core.Leads;
using AdStudio.Core.Platforms;
using AdStudio.Web.App;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.LeadForms;

public sealed partial class LeadFormsPage : StudioPage
{
    private IReadOnlyList<LeadFormRow>? forms;
    private IReadOnlyList<LeadFormPlace> places = [];
    private bool creating, importing;
    private string name = "", language = "EN_US";
    private int place;

    [Inject] private ListLeadForms List { get; set; } = null!;
    [Inject] private ListLeadFormPlaces Places { get; set; } = null!;
    [Inject] private CreateLeadForm Create { get; set; } = null!;
    [Inject] private CopyLeadForm Copy { get; set; } = null!;
    [Inject] private DeleteLeadForm Delete { get; set; } = null!;
    [Inject] private RestoreLeadForm Restore { get; set; } = null!;
    [Inject] private ArchiveLeadForm Archive { get; set; } = null!;
    [Inject] private ImportLeadForms Import { get; set; } = null!;
    [Inject] private CollectLeads Collect { get; set; } = null!;

    /// <summary>A form that stands on a platform is published; it does not run.</summary>
    internal static string Word(LeadFormStatus status) => status == LeadFormStatus.Active ? "published" : status.ToString();

    protected override Task OnInitializedAsync() => RunAsync(LoadAsync);

    private async Task LoadAsync(CancellationToken ct)
    {
        if (Workspace is not { } workspace) return;
        if (Take(await List.RunAsync(Actor, workspace.Id, ct), out var rows)) forms = rows;
        if (Take(await Places.RunAsync(Actor, workspace.Id, ct), out var found)) places = found;
    }

    private Task CreateAsync() => RunAsync(async ct =>
    {
        if (Workspace is not { } workspace || places.ElementAtOrDefault(place) is not { } where || name.Trim().Length == 0) return;
        var begun = new LeadFormContent
        {
            Language = language,
            Questions = [new("FULL_NAME", "", "full_name", []), new("EMAIL", "", "email", [])],
            PrivacyPolicyName = "Privacy policy",
            ThankYou = new() { Title = "Thank you", Body = "We'll be in touch soon.", ButtonText = "Visit our website", ButtonType = "VIEW_WEBSITE" },
        };
        if (Take(await Create.RunAsync(Actor, workspace.Id, where.AdAccountId, where.PageId, name, begun, ct), out var form)) Navigation.NavigateTo(Urls.LeadForm(form.Id));
    });

    private Task CopyAsync(LeadFormRow row) => RunAsync(async ct =>
    {
        if (Take(await Copy.RunAsync(Actor, row.Id, ct), out var copy)) Navigation.NavigateTo(Urls.LeadForm(copy.Id));
    });

    private Task DeleteAsync(LeadFormRow row) => RunAsync(async ct =>
    {
        if (Take(await Delete.RunAsync(Actor, row.Id, ct)))
            Toasts.Done($"Deleted “{row.Name}”", undo: () => RunAsync(async again =>
            {
                Take(await Restore.RunAsync(Actor, row.Id, again));
                await LoadAsync(again);
            }));
        await LoadAsync(ct);
    });

    private async Task ArchiveAsync(LeadFormRow row)
    {
        if (!await Confirm.AskAsync($"Archive “{row.Name}” on {row.Platform}?", "No ad can open it any more, and it can't be brought back. Its leads stay here.", "Archive")) return;
        await RunAsync(async ct =>
        {
            if (Take(await Archive.RunAsync(Actor, row.Id, ct))) Toasts.Done($"Archived “{row.Name}”");
            await LoadAsync(ct);
        });
    }

    private Task CollectAsync(LeadFormRow row) => RunAsync(async ct =>
    {
        if (Take(await Collect.RunAsync(Actor, row.Id, ct), out var collected)) Toasts.Done(collected.New == 0 ? "No new leads" : $"{Shown.Count(collected.New, "new lead")} came in");
        await LoadAsync(ct);
    });

    private async Task ImportAsync()
    {
        importing = true;
        await RunAsync(async ct =>
        {
            var (fresh, known) = (0, 0);
            foreach (var account in places.Select(p => p.AdAccountId).Distinct())
            {
                if (!Take(await Import.RunAsync(Actor, account, ct), out var imported)) break;
                (fresh, known) = (fresh + imported.New, known + imported.Known);
            }
            if (Problem is null) Toasts.Done(fresh == 0 ? $"Nothing new: {Shown.Count(known, "form")} known already" : $"{Shown.Count(fresh, "form")} taken over");
            await LoadAsync(ct);
        });
        importing = false;
    }
}
