using System.Text.Json;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Data;

namespace AdStudio.Core.Operations;

/// <summary>Carries out what was accepted of a campaign, by the same actions that asked.</summary>
internal sealed class CampaignCarrier(
    LaunchCampaign launch, ScheduleCampaign schedule, RetryLaunch retry, RollBackLaunch rollBack, PauseCampaign pause, ResumeCampaign resume, ChangeBudget budget, EditCampaign edit) : ICarriesOut
{
    public IReadOnlyCollection<string> Verbs => CampaignVerbs.All;

    public static CampaignIntent Read(string intent) => JsonSerializer.Deserialize<CampaignIntent>(intent, StudioJson.Options)!;

    public async Task<Result<Done>> CarryOutAsync(Actor actor, string verb, string intent, CancellationToken ct)
    {
        var asked = Read(intent);
        var (id, platform) = (asked.CampaignId, asked.Platform);
        var refusal = verb switch
        {
            CampaignVerbs.Launch => (await launch.RunAsync(actor, id, ct, asked.Options)).Refusal,
            CampaignVerbs.Schedule => (await schedule.RunAsync(actor, id, PlannedStart.AtInstant(asked.StartAt!.Value), ct)).Refusal,
            CampaignVerbs.Retry => (await retry.RunAsync(actor, id, platform!.Value, ct, asked.Group ?? "")).Refusal,
            CampaignVerbs.RollBack => (await rollBack.RunAsync(actor, id, platform!.Value, ct, asked.Group ?? "")).Refusal,
            CampaignVerbs.Pause => (await pause.RunAsync(actor, id, ct)).Refusal,
            CampaignVerbs.Resume => (await resume.RunAsync(actor, id, ct)).Refusal,
            CampaignVerbs.Budget => (await budget.RunAsync(actor, id, new Money(asked.AmountMicros!.Value, asked.Currency!), platform, ct)).Refusal,
            CampaignVerbs.Edit => (await edit.RunAsync(actor, id, asked.Name!, asked.Spec!, null, ct)).Refusal,
            _ => throw new InvalidOperationException($"Nobody knows how to “{verb}” a campaign."),
        };
        return refusal is null ? Done.Value : refusal;
    }
}
