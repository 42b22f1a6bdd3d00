using AdStudio.Core.Accounts;
using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Advertising;

/// <summary>Makes a program's words into a spec, with creatives of their own in the brand's library.</summary>
internal sealed class AdvertisingWriter(
    ListAdAccounts adAccounts, FindAudiencesByKeys findAudiences, ImportMediaFromUrl import, CreateCreative createCreative, KeepPost keepPost, DeleteCreative deleteCreative, ListCreatives creatives, StudioAddress address)
{
    /// <summary>The spec with what was given written into <paramref name="before"/>; what does not exist is named among the body's problems.</summary>
    /// <param name="link">Where ads lead that were given no link of their own.</param>
    public async Task<WrittenSpec> WriteAsync(Actor actor, Guid workspaceId, CampaignSpec before, AdvertisingInput input, string? link, Given body, CancellationToken ct)
    {
        var platforms = await PlatformsAsync(actor, workspaceId, before, input, body, ct);
        var spec = before with
        {
            Objective = input.Objective ?? before.Objective,
            Platforms = platforms.Choices,
            Budget = BudgetOf(before.Budget, input, platforms.Currency, body),
            Schedule = input.Start is null && input.End is null ? before.Schedule : new ScheduleSpec { TimeZone = "UTC", Start = input.Start ?? InUtc(before, before.Schedule.Start), End = input.End ?? InUtc(before, before.Schedule.End) },
            Audience = before.Audience with
            {
                AgeMin = input.Demographics?.AgeMin ?? before.Audience.AgeMin,
                AgeMax = input.Demographics?.AgeMax ?? before.Audience.AgeMax,
                Genders = input.Demographics?.Genders ?? before.Audience.Genders,
                Traits = input.Demographics is { } d ? [.. before.Audience.Traits.Where(t => t.Kind != TargetingKind.Language), .. d.Languages] : before.Audience.Traits,
                Interests = input.Interests ?? before.Audience.Interests,
            },
            Groups = input.Groups ?? before.Groups,
            AudienceIds = input.Audiences is { } keys ? await AudiencesAsync(actor, workspaceId, keys, body, ct) : before.AudienceIds,
        };
        if (!input.HasCreative || body.Problems.Count > 0) return new(spec, []);
        var (shown, made) = await CreativesAsync(actor, workspaceId, before, input, link, body, ct);
        return new(shown.Count == 0 ? spec : spec with { CreativeIds = shown }, made);
    }

    /// <summary>Takes back creatives of a campaign that did not come to be.</summary>
    public async Task DropAsync(Actor actor, IReadOnlyList<Guid> made, CancellationToken ct)
    {
        foreach (var creative in made) await deleteCreative.RunAsync(actor, creative, ct);
    }

    private static DateTime? InUtc(CampaignSpec spec, DateTime? local) =>
        local is { } time ? DateTime.SpecifyKind(LocalTimes.ToUtc(time, LocalTimes.ZoneOf(spec.Schedule.TimeZone)).UtcDateTime, DateTimeKind.Unspecified) : null;

    /// <summary>"budget" is the total, unless a day's is asked for; without a currency it is in the paying account's.</summary>
    private static BudgetSpec BudgetOf(BudgetSpec before, AdvertisingInput input, string? accountCurrency, Given body)
    {
        if (input.Budget is not { } units) return before;
        var currency = input.Currency ?? before.Currency ?? accountCurrency ?? "USD";
        if (!Currencies.IsKnown(currency)) return before;
        if (Money.FromUnits(units, currency).Units != units) body.Wrong("budget", $"{currency} has {Currencies.Digits(currency)} digits after the point.");
        return new BudgetSpec { Type = input.BudgetType ?? (before.AmountMicros is null ? BudgetType.Lifetime : before.Type), AmountMicros = Money.FromUnits(units, currency).Micros, Currency = currency };
    }

    private async Task<(IReadOnlyList<PlatformChoice> Choices, string? Currency)> PlatformsAsync(Actor actor, Guid workspaceId, CampaignSpec before, AdvertisingInput input, Given body, CancellationToken ct)
    {
        if (!(await adAccounts.RunAsync(actor, new ConnectionFilter(workspaceId), ct)).TryGet(out var all, out var refusal))
        {
            body.Wrong("fbAdAccount", refusal.Message);
            return (before.Platforms, null);
        }
        var platforms = input.Platforms ?? (before.Platforms.Count > 0 ? [.. before.Platforms.Select(p => p.Platform)] : [Platform.Meta]);
        List<PlatformChoice> choices = [];
        string? currency = null;
        foreach (var platform in platforms)
        {
            var choice = before.Platforms.FirstOrDefault(p => p.Platform == platform) ?? new PlatformChoice { Platform = platform };
            if (input.Accounts.TryGetValue(platform, out var named)) choice = choice with { AdAccountId = Named(all, platform, named, body) };
            else if (choice.AdAccountId is null) choice = choice with { AdAccountId = Chosen([.. all.Where(a => a.Platform == platform)]) };
            if (platform == Platform.Meta && input.PageId is { } page) choice = choice with { PageId = page };
            choices.Add(choice);
            currency ??= all.FirstOrDefault(a => a.Id == choice.AdAccountId)?.Currency;
        }
        return (choices, currency);
    }

    private static Guid? Named(IReadOnlyList<AdAccountRow> all, Platform platform, string named, Given body)
    {
        var account = all.FirstOrDefault(a => a.Platform == platform && (a.ExternalId == named || a.ExternalId == $"act_{named}" || (PublicId.TryParse("acc", named, out var id) && a.Id == id)));
        if (account is null) body.Wrong(platform == Platform.Meta ? "fbAdAccount.id" : $"ad_accounts.{platform.Wire()}", $"There is no {platform.Label()} account “{named}” for this brand.");
        return account?.Id;
    }

    /// <summary>The only account that can pay; of several the first by name.</summary>
    private static Guid? Chosen(List<AdAccountRow> there) =>
        (there.Where(a => a.IsInGoodStanding && a.Access == AccountAccess.Manager).MinBy(a => a.Name, StringComparer.OrdinalIgnoreCase) ?? (there.Count == 1 && there[0].Access == AccountAccess.Manager ? there[0] : null))?.Id;

    private async Task<IReadOnlyList<Guid>> AudiencesAsync(Actor actor, Guid workspaceId, IReadOnlyList<string> keys, Given body, CancellationToken ct)
    {
        if (keys.Count == 0) return [];
        if (!(await findAudiences.RunAsync(actor, workspaceId, keys, ct)).TryGet(out var found, out var refusal))
        {
            body.Wrong("userExistingAudiences", refusal.Message);
            return [];
        }
        foreach (var (index, key) in keys.Index())
            if (found.Missing.Contains(key)) body.Wrong($"userExistingAudiences[{index}]", $"There is no audience “{key}” for this brand.");
        return found.Ids;
    }

    /// <summary>A creative for the post and one for each file. Without new files those of the campaign's creatives are used again: what a creative says is never changed under a campaign that shows it.</summary>
    private async Task<(IReadOnlyList<Guid> Shown, IReadOnlyList<Guid> Made)> CreativesAsync(Actor actor, Guid workspaceId, CampaignSpec before, AdvertisingInput input, string? link, Given body, CancellationToken ct)
    {
        var old = before.CreativeIds.Count == 0 ? [] : (await creatives.RunAsync(actor, new CreativeFilter(workspaceId, Limit: 200) { Ids = before.CreativeIds }, ct)).Value.Items.ToDictionary(c => c.Id);
        List<CreativeInput> wanted = [];
        if (input.Post is { } post)
            wanted.Add(Said(new CreativeInput { Name = NameOf(post, input), Type = CreativeType.ExistingPost, Post = post.Post, PrimaryText = post.Caption }, "all", input, link));
        if (input.Assets is { } assets)
        {
            var model = before.CreativeIds.Select(id => old.GetValueOrDefault(id)).FirstOrDefault(c => c is not null);
            foreach (var asset in assets)
                if (await FileAsync(actor, workspaceId, asset, body, ct) is { } file)
                    wanted.Add(Said(new CreativeInput { Name = asset.Name ?? input.Name ?? file.FileName, Type = file.Kind == MediaKind.Video ? CreativeType.Video : CreativeType.Image, AssetIds = [file.Id], PrimaryText = model?.PrimaryText ?? "", Headline = model?.Headline ?? "", LinkUrl = model?.LinkUrl ?? "", CallToAction = model?.CallToAction ?? "LEARN_MORE" }, asset.For, input, link));
        }
        else if (input.Post is null) wanted.AddRange(before.CreativeIds.Select(id => old.GetValueOrDefault(id)).OfType<CreativeRow>().Select(c => Said(c.ToInput() with { ExternalKey = null }, "all", input, null)));
        if (body.Problems.Count > 0) return ([], []);

        List<Guid> shown = [], made = [];
        foreach (var (index, creative) in wanted.Index())
            if ((await KeepAsync(actor, workspaceId, creative, ct)).TryGet(out var kept, out var refusal))
            {
                shown.Add(kept.Creative.Id);
                if (kept.IsNew) made.Add(kept.Creative.Id);
            }
            else foreach (var problem in refusal is InvalidError { Fields.Count: > 0 } invalid ? invalid.Fields : [new FieldProblem("", refusal.Message)])
                body.Wrong(CreativeField(problem.Field, index), problem.Message);
        if (body.Problems.Count == 0) return ([.. shown.Distinct()], made);
        await DropAsync(actor, made, ct);
        return ([], []);
    }

    private async Task<Result<KeptPost>> KeepAsync(Actor actor, Guid workspaceId, CreativeInput creative, CancellationToken ct)
    {
        if (creative.Post is not null) return await keepPost.RunAsync(actor, workspaceId, creative, ct);
        return (await createCreative.RunAsync(actor, workspaceId, creative, ct)).TryGet(out var row, out var refusal) ? new KeptPost(row, IsNew: true) : refusal;
    }

    /// <summary>How it begins, since a post has no name of its own.</summary>
    private static string NameOf(GivenPost post, AdvertisingInput input) =>
        post.Caption.Trim() is { Length: > 0 } caption ? caption.Length > 80 ? $"{caption[..80].TrimEnd()}…" : caption : input.Name ?? $"Instagram post {post.Post.Id}";

    /// <summary>Where a creative's own field stands in a request of this surface.</summary>
    public static string CreativeField(string field, int index) => field switch
    {
        "linkUrl" => "link", "primaryText" => "captions.all", "headline" => "headline", "callToAction" => "cta", "postId" => "igMedia.id", "permalink" => "igMedia.permalink", "postImageUrl" => "igMedia.media_url", _ => $"assets.all[{index}]",
    };

    private static CreativeInput Said(CreativeInput creative, string type, AdvertisingInput input, string? link)
    {
        var caption = input.Captions?.GetValueOrDefault(type) ?? input.Captions?.GetValueOrDefault("all");
        var there = type == "all" ? null : input.Content?.ExternalLinks.FirstOrDefault(l => l.Name == type)?.Url;
        return creative with
        {
            // A post says what it says.
            PrimaryText = creative.Post is null ? caption ?? creative.PrimaryText : creative.PrimaryText,
            Headline = creative.Post is not null ? creative.Headline : input.Headline ?? (creative.Headline.Length > 0 ? creative.Headline : input.Content?.Name ?? input.Name ?? ""),
            LinkUrl = there ?? input.Link ?? (creative.LinkUrl.Length > 0 ? creative.LinkUrl : link ?? ""),
            CallToAction = input.CallToAction?.Trim().Replace(' ', '_').ToUpperInvariant() ?? creative.CallToAction,
        };
    }

    private async Task<MediaRow?> FileAsync(Actor actor, Guid workspaceId, GivenAsset asset, Given body, CancellationToken ct)
    {
        var url = asset.Url.StartsWith('/') && !asset.Url.StartsWith("//", StringComparison.Ordinal) ? address.Of(asset.Url) : asset.Url;
        if ((await import.RunAsync(actor, workspaceId, url, ct)).TryGet(out var file, out var refusal)) return file;
        body.Wrong(asset.Field, refusal.Message);
        return null;
    }
}

/// <param name="Made">The creatives that were written for it.</param>
internal sealed record WrittenSpec(CampaignSpec Spec, IReadOnlyList<Guid> Made);
