using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using Microsoft.AspNetCore.Components;

namespace AdStudio.Web.Features.Campaigns.Wizard;

public sealed partial class ReviewStep : StudioPage
{
    private CampaignReview? review;

    [Inject] private ReviewCampaign Review { get; set; } = null!;
    [CascadingParameter] private WizardModel Model { get; set; } = null!;

    /// <summary>Told with the review as it was read, so that the page can offer to launch.</summary>
    [Parameter] public EventCallback<CampaignReview> OnRead { get; set; }

    private List<Finding> Blocking => [.. review?.Findings.Where(f => f.Severity == FindingSeverity.Blocks).DistinctBy(f => f.Message) ?? []];

    protected override Task OnInitializedAsync() => ReadAsync();

    private Task ReadAsync() => RunAsync(async ct =>
    {
        // What is reviewed is what is stored, and so what would be launched.
        await Model.Draft.SaveAsync();
        if (!Take(await Review.RunAsync(Actor, Model.CampaignId, ct), out var read)) return;
        review = read;
        await OnRead.InvokeAsync(read);
    });

    private static string Costs(IReadOnlyList<Money> costs, string otherwise) => costs.Count == 0 ? otherwise : string.Join(" + ", costs);

    private string Line(PlatformReview platform)
    {
        if (platform.LeftOutBecause is not null) return Blocking.Any(f => f.Platform is null || f.Platform == platform.Platform) ? "Not ready yet" : "Left out";
        var money = platform.Cost switch
        {
            { PerDay: { } day, InAll: { } all, Days: { } days } => $"{day} a day, {all} in {Shown.Count(days, "day")}",
            { PerDay: { } day } => $"{day} a day until paused",
            { InAll: { } all } => $"{all} in all",
            _ => "",
        };
        return $"{platform.AccountName} · {money}";
    }
}
