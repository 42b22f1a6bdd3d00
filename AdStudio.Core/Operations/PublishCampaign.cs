using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Operations;

/// <summary>A campaign for one platform with its one creative, to be written and launched in one go.</summary>
/// <param name="ImageUrl">Fetched into the library; the image of the ad, or a video's cover.</param>
/// <param name="Input">The request as it came.</param>
public sealed record PublishRequest(string Name, CampaignSpec Spec, CreativeInput Creative, string ImageUrl, string Input);

/// <param name="ApprovalId">A person decides first, and nothing stands on the platform yet; null once it does.</param>
public sealed record Published(StandsThere There, Guid? ApprovalId, Guid? VerdictId);

/// <summary>Writes a campaign, launches it and waits for the outcome. What a platform refuses stays in the studio with the platform's words, to be put right there or rolled back.</summary>
public sealed class PublishCampaign(ImportMediaFromUrl import, CreateCreative write, DeleteCreative drop, CheckSpec check, CreateCampaign create, DeleteCampaign delete, FinishPublishingCampaign finish)
{
    public async Task<Result<Published>> RunAsync(Actor actor, Guid workspaceId, PublishRequest request, CancellationToken ct)
    {
        if (!(await import.RunAsync(actor, workspaceId, request.ImageUrl, ct)).TryGet(out var image, out var refusal))
            return refusal is InvalidError or UnavailableError ? new InvalidError("image", refusal.Message) : Result<Published>.Refused(refusal);
        if (image.Kind != MediaKind.Image) return new InvalidError("image", "There is a video at this address, and an image is wanted.");
        if (!(await write.RunAsync(actor, workspaceId, request.Creative with { AssetIds = [image.Id] }, ct)).TryGet(out var creative, out refusal)) return Result<Published>.Refused(refusal);

        var spec = request.Spec with { CreativeIds = [creative.Id] };
        refusal = await WhyNotAsync(actor, workspaceId, request.Name, spec, ct);
        if (refusal is null && (await create.RunAsync(actor, workspaceId, request.Name, spec, request.Input, ct)).TryGet(out var campaign, out refusal))
        {
            var published = await finish.RunAsync(actor, campaign.Id, ct);
            if (published.Refusal is not AuthorityDenied denied) return published;
            await delete.RunAsync(actor, campaign.Id, ct);
            refusal = denied;
        }
        // Nothing uses it, and whoever sends the request again brings its own.
        await drop.RunAsync(actor, creative.Id, ct);
        return Result<Published>.Refused(refusal!);
    }

    /// <summary>What a launch would be refused for, before anything is kept.</summary>
    private async Task<Refusal?> WhyNotAsync(Actor actor, Guid workspaceId, string name, CampaignSpec spec, CancellationToken ct)
    {
        if (!(await check.RunAsync(actor, workspaceId, name, spec, ct)).TryGet(out var findings, out var refusal)) return refusal;
        var wrong = findings.Where(f => f.Severity != FindingSeverity.Warns).Select(f => new FieldProblem(f.Field, f.Message)).ToList();
        return wrong.Count > 0 ? new CampaignNotReady(wrong) : null;
    }
}

/// <summary>Launches a campaign for one platform that was written a moment ago, where that was not done yet, and waits for the outcome.</summary>
public sealed class FinishPublishingCampaign(GetCampaign get, LaunchCampaign launch, AwaitWork wait)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    public async Task<Result<Published>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        if (!(await get.RunAsync(actor, campaignId, ct)).TryGet(out var campaign, out var refusal)) return Result<Published>.Refused(refusal);
        if (campaign.Spec.Platforms is not [var only]) return new CampaignNotFound();

        WorkStarted? started = null;
        if (campaign.Status == CampaignStatus.Draft)
        {
            if (!(await launch.RunAsync(actor, campaignId, ct, new LaunchOptions { WithCreation = true })).TryGet(out started, out refusal)) return Result<Published>.Refused(refusal);
            if (started.Waits) return new Published(new StandsThere(campaignId, campaign.Name, null, null, null, PlatformStatus.Waiting, false, null, null, null), started.ApprovalId, started.VerdictId);
        }
        if (!(await wait.RunAsync(actor, campaignId, only.Platform, Patience, ct)).TryGet(out var there, out refusal)) return Result<Published>.Refused(refusal);
        if (there.IsAtWork) return new StillPublishing(there, only.Platform);
        if (there.Failed) return Failure(there, only.Platform);
        return new Published(there, null, started?.VerdictId);
    }

    /// <summary>What the platform finds wrong with the request is the caller's to put right; the rest is not.</summary>
    private static Refusal Failure(StandsThere there, Platform platform)
    {
        var words = $"{Catalogue.Of(platform).Name} answered: {there.Words} The campaign stays in the studio as {PublicId.Of("cmp", there.CampaignId)}.";
        return there.FailureKind is PlatformFailureKind.InvalidRequest or PlatformFailureKind.RejectedByPolicy or PlatformFailureKind.NotFound
            ? new InvalidError(words, [new(there.Field ?? "campaign", words)])
            : new UnavailableError(words);
    }
}

public sealed record StillPublishing(StandsThere There, Platform Platform)
    : UnavailableError($"{Catalogue.Of(Platform).Name} is not done yet{(There.Words is { Length: > 0 } words ? $" ({words})" : "")}. The campaign is {PublicId.Of("cmp", There.CampaignId)} and goes on by itself; the same request with the same Idempotency-Key waits for it and makes no second one.");
