using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Operations;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Idempotency;

namespace AdStudio.Web.Api.Advertising;

/// <summary>Launch, pause, resume.</summary>
internal static class AdvertisingLifecycle
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/campaign/{id}/launch", (string id, HttpContext http, LaunchCampaign launch, CancellationToken ct) => StartAsync(id, http, (actor, campaign, stop) => launch.RunAsync(actor, campaign, stop), ct))
            .Operation("Launch a draft", "Hands it to the platforms. Everything stays paused there until it is resumed, unless `status` asked for ACTIVE when it was created.", ApiScopes.WriteCampaigns).Gives<Answered<AdvertisingCampaign>>().Idempotent<Operation>();
        group.MapPost("/campaign/{id}/pause", (string id, HttpContext http, PauseCampaign pause, CancellationToken ct) => StartAsync(id, http, (actor, campaign, stop) => pause.RunAsync(actor, campaign, stop), ct))
            .Operation("Pause a campaign", "On every platform on which it runs, all its country groups.", ApiScopes.WriteCampaigns).Gives<Answered<AdvertisingCampaign>>().Idempotent<Operation>();
        group.MapPost("/campaign/{id}/resume", (string id, HttpContext http, ResumeCampaign resume, CancellationToken ct) => StartAsync(id, http, (actor, campaign, stop) => resume.RunAsync(actor, campaign, stop), ct))
            .Operation("Resume a campaign", "On every platform on which it is paused.", ApiScopes.WriteCampaigns).Gives<Answered<AdvertisingCampaign>>().Idempotent<Operation>();
    }

    private static async Task<IResult> StartAsync(string id, HttpContext http, Func<Actor, Guid, CancellationToken, Task<Result<WorkStarted>>> start, CancellationToken ct)
    {
        var (scopes, view) = (http.RequestServices.GetRequiredService<BrandScope>(), http.RequestServices.GetRequiredService<AdvertisingView>());
        if (!(await scopes.CampaignAsync(http, id, ct)).TryGet(out var campaign, out var refusal)) return refusal.Refused();
        return (await start(http.Actor(), campaign, ct)).TryGet(out var work, out refusal) ? await AdvertisingCampaignEndpoints.AnswerAsync(http, view, campaign, AdvertisingCampaignEndpoints.WaitsFor(work), ct) : refusal.Refused();
    }
}
