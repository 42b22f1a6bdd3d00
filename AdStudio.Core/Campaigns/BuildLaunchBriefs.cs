using AdStudio.Core.Audiences;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Campaigns;

/// <summary>What goes to one platform, for one country group where there are any: a brief, or why there is none.</summary>
/// <param name="WhyNot">A <see cref="CampaignNotReady"/> should stop the whole launch; anything else leaves this platform out and lets the others go on.</param>
public sealed record PlatformBrief(Platform Platform, AdAccount? Account, LaunchBrief? Brief, Refusal? WhyNot)
{
    /// <summary>The country group that it is for; empty for all places.</summary>
    public string GroupName { get; init; } = "";

    /// <summary>Its part of the money, as far as it can be told.</summary>
    public Money? Share { get; init; }
}

/// <summary>Resolves a campaign's spec into what each platform's adapter needs: account, share of the money, instants, creatives, audiences. One entry a platform and country group, in the spec's order.</summary>
public sealed class BuildLaunchBriefs(Studio studio, IMediaStore media, TimeProvider time)
{
    public async Task<Result<IReadOnlyList<PlatformBrief>>> RunAsync(Actor actor, Guid campaignId, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var campaign = await db.FindVisibleCampaignAsync(actor, campaignId, ct);
        if (campaign is null) return new CampaignNotFound();

        var facts = await CampaignFacts.ReadAsync(db, actor, campaign.WorkspaceId, campaign.Spec, time.GetUtcNow(), media.CanCut, ct);
        return Result<IReadOnlyList<PlatformBrief>>.Of(Build(campaign, facts));
    }

    internal static IReadOnlyList<PlatformBrief> Build(Campaign campaign, CampaignFacts facts)
    {
        var spec = campaign.Spec;
        var findings = Preflight.Check(campaign.Name, spec, facts);
        var shares = facts.Shares(spec);
        return [.. spec.Platforms.SelectMany((choice, i) =>
        {
            var (account, whyNot) = (facts.AccountFor(choice), WhyNot(choice.Platform, findings));
            return spec.GroupsOrWhole().Zip(BudgetShares.OfGroups(spec, shares[i]), (group, share) =>
                new PlatformBrief(choice.Platform, account, whyNot is null ? BriefFor(campaign, choice, group, account!, share!.Value, facts) : null, whyNot) { GroupName = group?.Name ?? "", Share = share });
        })];
    }

    /// <summary>What a platform was sent with this version, whatever preflight would say of it today: its end may have passed since. Null when the account is gone.</summary>
    internal static LaunchBrief? AsSent(Campaign version, PlatformCampaign there, CampaignFacts facts)
    {
        var spec = version.Spec;
        var index = spec.Platforms.Select(p => p.Platform).ToList().IndexOf(there.Platform);
        var group = spec.GroupsOrWhole().Index().FirstOrDefault(g => (g.Item?.Name ?? "") == there.GroupName, (-1, null));
        return index >= 0 && group.Index >= 0 && facts.AccountFor(spec.Platforms[index]) is { } account && spec.Objective is not null
            && BudgetShares.OfGroups(spec, facts.Shares(spec)[index])[group.Index] is { } share
            ? BriefFor(version, spec.Platforms[index], group.Item, account, share, facts)
            : null;
    }

    private static Refusal? WhyNot(Platform platform, IReadOnlyList<Finding> findings)
    {
        var mine = findings.Where(f => f.Platform is null || f.Platform == platform).ToList();
        if (mine.Find(f => f.Severity == FindingSeverity.LeavesOut) is { } leftOut) return new PlatformLeftOut(platform, leftOut.Message);
        var blocking = mine.Where(f => f.Severity == FindingSeverity.Blocks).Select(f => new FieldProblem(f.Field, f.Message)).ToList();
        return blocking.Count > 0 ? new CampaignNotReady(blocking) : null;
    }

    private static LaunchBrief BriefFor(Campaign campaign, PlatformChoice choice, CountryGroup? group, AdAccount account, Money budget, CampaignFacts facts)
    {
        var spec = campaign.Spec;
        var (start, end) = spec.Schedule.Instants(account.TimeZone);
        var audiences = spec.AudienceIds.Distinct().Where(facts.Audiences.ContainsKey).Select(id => facts.Audiences[id]).ToList();
        var page = Asset(account, AccountAssetKind.Page, choice.PageId ?? facts.LeadFormFor(choice)?.PageId);
        var offer = Catalogue.RulesOf(choice.Platform).Offer(spec.Objective!.Value);
        return new LaunchBrief
        {
            Name = CountryGroups.NameOn(campaign.Name, group),
            Objective = spec.Objective!.Value,
            Account = new AccountHandle(account.Id, account.ExternalId, account.Currency, account.TimeZone, account.ManagerExternalId),
            Audience = AudienceMerge.WithPlaces(facts.MergedAudience(spec).In(group), account),
            Creatives = [.. Preflight.ShownOn(spec, choice.Platform, facts).Select(creative => BriefOf(creative, facts))],
            Budget = budget,
            BudgetType = spec.Budget.Type,
            Bid = spec.Bid is { Kind: BidKind.LowestCost } ? null : spec.Bid,
            StartsPaused = spec.StartsPaused,
            Start = start > facts.Now ? start : null,
            End = end,
            SpecialAdCategories = spec.SpecialAdCategories,
            SpecialAdCountries = spec.SpecialAdCountries,
            Audiences = [.. audiences.Where(a => a.Type != AudienceType.Saved && (a.Type != AudienceType.Existing || facts.ExternalIdOf(a.Id, account) is not null)).Select(a => BriefOf(a, account, facts))],
            Page = page,
            Instagram = InstagramOf(choice, account, page),
            Details = choice.Details,
            Pixel = choice.PixelId is not null || offer.NeedsPixel || spec.Objective == Objective.Sales ? Pixel(account, choice.PixelId) : null,
            App = choice.AppId is not null || offer.NeedsApp ? Asset(account, AccountAssetKind.App, choice.AppId) : null,
            LeadFormId = offer.NeedsLeadForm || offer.TakesLeadForm ? facts.LeadFormFor(choice)?.ExternalId : null,
            BusinessName = facts.WorkspaceName,
            Marker = Marker(campaign, choice.Platform, group),
        };
    }

    /// <summary>The Instagram account in whose name the ads run there: the one chosen, else the page's.</summary>
    internal static AccountAsset? InstagramOf(PlatformChoice choice, AdAccount account, AccountAsset? page) =>
        choice.Details?.InstagramId is { } instagram ? Asset(account, AccountAssetKind.InstagramAccount, instagram)
        : page is null ? null : account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.InstagramAccount && a.ParentId == page.Id);

    /// <summary>What counts conversions on the account, whatever the platform calls it.</summary>
    internal static AccountAsset? Pixel(AdAccount account, string? chosen) => Asset(account, AccountAssetKind.Pixel, chosen) ?? Asset(account, AccountAssetKind.ConversionAction, chosen);

    internal static AccountAsset? Asset(AdAccount account, AccountAssetKind kind, string? chosen) =>
        account.Assets.FirstOrDefault(a => a.Kind == kind && (chosen is null || a.Id == chosen));

    private static BriefCreative BriefOf(Creative creative, CampaignFacts facts) => new(
        creative.Id, creative.Name, creative.Type, creative.PrimaryText, creative.Headline, creative.Description, creative.CallToAction, creative.LinkUrl,
        [.. creative.AssetIds.Where(facts.Assets.ContainsKey).Select(id => BriefOf(facts.Assets[id], facts))])
    {
        Post = creative.Post,
        Cards = creative.Type != CreativeType.Carousel ? [] :
        [
            .. creative.AssetIds.Select((id, i) => (Asset: facts.Assets.GetValueOrDefault(id), Texts: i < creative.Cards.Count ? creative.Cards[i] : new CardTexts())).Where(c => c.Asset is not null)
                .Select(c => new BriefCard(BriefOf(c.Asset!, facts), Or(c.Texts.Headline, creative.Headline), Or(c.Texts.Description, creative.Description), Or(c.Texts.LinkUrl, creative.LinkUrl))),
        ],
    };

    private static string Or(string own, string general) => own.Length > 0 ? own : general;

    internal static BriefAsset BriefOf(MediaAsset asset, CampaignFacts facts) =>
        new(asset.Id, asset.FileName, asset.Kind, asset.ContentType, asset.Width, asset.Height, asset.Bytes, asset.Sha256, asset.SourceUrl, CanCrop: facts.CanCut) { Seconds = asset.Seconds };

    private static BriefAudience BriefOf(AdAudience audience, AdAccount account, CampaignFacts facts) =>
        new(audience.Id, audience.Name, audience.Type, facts.ExternalIdOf(audience.Id, account), audience.Definition)
        {
            SourceExternalId = audience.Type == AudienceType.Lookalike && Guid.TryParse(audience.SourceAudienceId, out var source) ? facts.ExternalIdOf(source, account) : null,
        };

    /// <summary>From the random part of the campaign's id, the platform and the place of the group. A launch that comes again after a roll-back puts a marker of its own in its place.</summary>
    private static string Marker(Campaign campaign, Platform platform, CountryGroup? group) =>
        PublicId.Of("", campaign.Id)[^10..] + platform.ToString()[..1] + (group is null ? "" : (char)('A' + campaign.Spec.Groups.Index().First(g => g.Item == group).Index));
}
