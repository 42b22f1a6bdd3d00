using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Platforms;
using AdStudio.Web.App;
using AdStudio.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.LeadForms;

/// <summary>Builds a lead form. Saved as one types; what is wrong is said beside its field once one has tried to publish, or has written there.</summary>
public sealed partial class LeadFormPage : StudioPage
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(600);

    private readonly SemaphoreSlim saving = new(1, 1);
    private LeadFormView? form;
    private LeadFormContent content = new();
    private string name = "", adding = "";
    private IReadOnlyList<FieldProblem> problems = [];
    private bool attempted, publishing, saved = true;
    private ITimer? timer;
    private long version;
    private int changes;

    [Parameter] public Guid Id { get; set; }
    [Inject] private GetLeadForm Get { get; set; } = null!;
    [Inject] private SaveLeadForm Save { get; set; } = null!;
    [Inject] private PublishLeadForm Publish { get; set; } = null!;
    [Inject] private CopyLeadForm Copy { get; set; } = null!;
    [Inject] private FindActor FindActor { get; set; } = null!;
    [Inject] private TimeProvider Time { get; set; } = null!;

    private bool IsDraft => form is { Status: LeadFormStatus.Draft, MayChange: true };
    private LeadThankYou Thanks => content.ThankYou;

    protected override Task OnInitializedAsync()
    {
        timer = Time.CreateTimer(_ => _ = InvokeAsync(SaveAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return RunAsync(async ct =>
        {
            if (Take(await Get.RunAsync(Actor, Id, ct), out var found)) Show(found);
        });
    }

    private void Show(LeadFormView found)
    {
        (form, content, name, version) = (found, found.Content, found.Name, found.Version);
        problems = LeadFormRules.Check(name, content);
    }

    private static string Text(ChangeEventArgs e) => e.Value as string ?? "";

    private void Rename(string to)
    {
        name = to;
        Touched();
    }

    private void Put(LeadFormContent to)
    {
        content = to;
        Touched();
    }

    private void PutThanks(LeadThankYou to) => Put(content with { ThankYou = to });

    private void Change(int index, LeadQuestion to) => Put(content with { Questions = [.. content.Questions.Select((q, i) => i == index ? to : q)] });

    private void Remove(int index) => Put(content with { Questions = [.. content.Questions.Where((_, i) => i != index)] });

    private void Move(int index, int by)
    {
        var (list, to) = (content.Questions.ToList(), index + by);
        if (to < 0 || to >= list.Count) return;
        (list[index], list[to]) = (list[to], list[index]);
        Put(content with { Questions = list });
    }

    private async Task AddAsync()
    {
        if (LeadFormRules.TypeOf(adding) is not { } type) return;
        var key = type.Wire.ToLowerInvariant();
        for (var n = 2; content.Questions.Any(q => q.Key == key); n++) key = $"{type.Wire.ToLowerInvariant()}_{n}";
        Put(content with { Questions = [.. content.Questions, new(type.Wire, "", key, [])] });
        // Rendered once with what was chosen, so that going back to the first line is a change for the browser.
        await Task.Yield();
        adding = "";
    }

    private void Touched()
    {
        changes++;
        saved = false;
        problems = LeadFormRules.Check(name, content);
        timer?.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Shown once it was tried to publish: a form that is being begun is not wrong, only unfinished.</summary>
    private string? Wrong(string field, bool below = false) =>
        attempted && IsDraft ? problems.FirstOrDefault(p => p.Field == field || (below && p.Field.StartsWith(field, StringComparison.Ordinal)))?.Message : null;

    private async Task SaveAsync()
    {
        await saving.WaitAsync();
        try
        {
            if (saved || form is null) return;
            var (taken, wanted, written) = (changes, name, content);
            if (await FindActor.RunAsync(Actor.Id, "page", CancellationToken.None) is not { } actor) return;
            var result = await Save.RunAsync(actor, Id, wanted, written, version, CancellationToken.None);
            if (!result.TryGet(out var stored, out var refusal))
            {
                Show(refusal);
                StateHasChanged();
                return;
            }
            (form, version, saved) = (stored, stored.Version, changes == taken);
            StateHasChanged();
        }
        finally
        {
            saving.Release();
        }
    }

    private async Task PublishAsync()
    {
        attempted = true;
        problems = LeadFormRules.Check(name, content);
        if (problems.Count > 0 || form is null) return;
        await SaveAsync();
        if (!saved) return;
        if (!await Confirm.AskAsync($"Publish “{name}” on {form.Platform}?", "Once it stands there, the platform lets nobody change it; a copy can be. It costs nothing before an ad opens it.", "Publish", danger: false)) return;
        publishing = true;
        await RunAsync(async ct =>
        {
            if (Take(await Publish.RunAsync(Actor, Id, ct), out var published))
            {
                Show(published);
                Toasts.Done($"“{published.Name}” stands on {published.Platform}");
            }
            else if ((await Get.RunAsync(Actor, Id, ct)).TryGet(out var found, out _)) Show(found);
        });
        publishing = false;
    }

    private Task CopyAsync() => RunAsync(async ct =>
    {
        if (Take(await Copy.RunAsync(Actor, Id, ct), out var copy)) Navigation.NavigateTo(Urls.LeadForm(copy.Id), forceLoad: true);
    });

    protected override void OnLeaving()
    {
        timer?.Dispose();
        _ = SaveAsync();
    }
}
