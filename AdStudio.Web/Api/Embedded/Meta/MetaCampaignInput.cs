using System.Globalization;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded.Meta;

/// <summary>The body of a creator, read; what it names on the account is found by <see cref="MetaCampaignWriter"/>.</summary>
internal sealed record MetaCampaignInput(string Name, bool IsActive, int Budget, DateTime? Start, DateTime? End, IReadOnlyList<string> Categories, IReadOnlyList<string> Countries, IReadOnlyList<string> Audiences,
    MetaTargetingInput Targeting, string PageId, string? PixelId, string? AppId, string? StoreUrl, string? LeadFormId, PlatformDetails Details, CreativeInput Creative, string ImageUrl)
{
    private static readonly Dictionary<string, bool> Statuses = new() { ["active"] = true, ["paused"] = false };
    private static readonly Dictionary<string, int> Events = Numbered(["PURCHASE", "ADD_TO_CART", "INITIATE_CHECKOUT", "SUBSCRIBE", "COMPLETE_REGISTRATION"]);
    private static readonly Dictionary<string, int> Categories002 = Numbered(["NONE", .. MetaCatalogue.Rules.SpecialAdCategories.Select(c => c.Wire)]);
    private static readonly Dictionary<string, int> Buttons = Numbered(["SIGN_UP", "GET_QUOTE", "APPLY_NOW", "LEARN_MORE", "DOWNLOAD", "SUBSCRIBE", "BOOK_TRAVEL", "SHOP_NOW", .. MetaCatalogue.Rules.CallsToAction.Select(c => c.Name)]);

    public static MetaCampaignInput Read(Given body, MetaCreator creator)
    {
        var name = body.Text("campaignName", 128, required: true);
        var status = body.Word("status", Statuses) ?? false;
        var budget = body.Whole("budget", 1, 100_000_000, required: true) ?? 0;
        var (start, end) = (Day(body, "startDate"), Day(body, "endDate"));
        if (start > end) body.Wrong("endDate", "endDate should not come before startDate");
        var categories = (Word(body, "specialAdCategories", Categories002, many: true) ?? []).Where(c => c != "NONE").Distinct().ToList();
        var countries = body.TextOrTexts("specialAdCountry", 50, 8) ?? [];
        foreach (var (index, code) in countries.Index())
            if (Core.Platforms.Countries.Find(code) is null) body.Wrong($"specialAdCountry[{index}]", $"specialAdCountry[{index}]: “{code}” is no country code. Use two letters such as US or DE.");
        if (categories.Count > 0 && countries.Count == 0) body.Wrong("specialAdCountry", "specialAdCountry should not be empty with a special ad category");
        var audiences = body.TextOrTexts("audienceId", 50, 128) ?? [];
        var targeting = MetaTargetingInput.Read(body.Object("targeting"));
        var page = body.Has("pageid") && !body.Has("pageId") ? body.Text("pageid", 64, required: true) : body.Text("pageId", 64, required: true);
        var adSet = body.Text("adSetName", 300, required: true);
        var (creative, image, video) = ReadCreative(body.Object("creatives", required: true), creator, page);
        var (pixel, app, store, form, instagram) = (body.Text("pixelId", 64, creator.NeedsPixel), body.Text("appId", 64), body.Text("objectStoreUrl", 2048), body.Text("leadFormId", 64), body.Text("instagramActorId", 64));
        var details = new PlatformDetails
        {
            AdSetName = adSet, OptimizationGoal = One(body, "optimizationGoal", creator.Goals), ConversionLocation = One(body, "conversionLocation", creator.Locations),
            ConversionEvent = Word(body, "conversionEvent", Events, many: false, creator.NeedsPixel)?[0], EngagementType = creator.MayStay ? One(body, "engagementType", ["POST_ENGAGEMENT"]) : null,
            InstagramId = instagram, VideoId = video,
            CatalogId = creator.NeedsPixel ? body.Text("catalogId", 64) : null, ProductSetId = creator.NeedsPixel ? body.Text("productSetId", 64) : null, CustomConversionId = creator.NeedsPixel ? body.Text("customConversionId", 64) : null,
        };
        CheckLocation(body, creator, details, app, store, form, pixel);
        return new(name ?? "", status, (int)budget, start, end, categories, [.. countries.Select(c => c.ToUpperInvariant())], audiences, targeting, page ?? "", pixel,
            details.ConversionLocation == "APP" ? app : null, store, creator.Objective == Objective.Leads ? form : null, details, creative, image);
    }

    /// <summary>What goes with the place where it is to happen.</summary>
    private static void CheckLocation(Given body, MetaCreator creator, PlatformDetails details, string? app, string? store, string? form, string? pixel)
    {
        var (location, goal) = (details.ConversionLocation, details.OptimizationGoal);
        if (location == "APP" && app is null) body.Wrong("appId", "appId should not be empty with the conversionLocation APP");
        if (location == "APP" && store is null) body.Wrong("objectStoreUrl", "objectStoreUrl should not be empty with the conversionLocation APP");
        if (location == "INSTAGRAM_DIRECT" && details.InstagramId is null) body.Wrong("instagramActorId", "instagramActorId should not be empty with the conversionLocation INSTAGRAM_DIRECT");
        if (creator.Objective == Objective.Traffic && goal == "LANDING_PAGE_VIEWS" && location is not (null or "WEBSITE")) body.Wrong("optimizationGoal", "optimizationGoal LANDING_PAGE_VIEWS goes with the conversionLocation WEBSITE");
        if (creator.Objective != Objective.Leads) return;
        if (form is null && (location == "ON_AD" || goal == "LEAD_GENERATION")) body.Wrong("leadFormId", "leadFormId should not be empty when leads are collected on the ad");
        if (form is not null && (location == "WEBSITE" || goal is not (null or "LEAD_GENERATION"))) body.Wrong("leadFormId", "leadFormId goes with the conversionLocation ON_AD and the optimizationGoal LEAD_GENERATION");
        if (goal == "OFFSITE_CONVERSIONS" && pixel is null) body.Wrong("pixelId", "pixelId should not be empty with the optimizationGoal OFFSITE_CONVERSIONS");
    }

    private static (CreativeInput Creative, string Image, string? Video) ReadCreative(Given? given, MetaCreator creator, string? page)
    {
        if (given is null) return (new(), "", null);
        var (text, headline, description) = (given.Text("primaryText", 2200, required: true), given.Text("headline", 255, required: true), given.Text("description", 255) ?? "");
        var button = Word(given, "callToAction", Buttons, many: false, required: true)?[0];
        // Engagement happens on the ad: without a link of its own it leads to the page.
        var url = given.Text("url", 2048, required: !creator.MayStay) ?? (page is { Length: > 0 } ? $"https://www.facebook.com/{Uri.EscapeDataString(page)}" : "");
        var video = given.Text("videoId", 64);
        if (video is not null && !video.All(char.IsAsciiDigit)) given.Wrong("videoId", "creatives.videoId should be the id of a video on Meta, which is digits");
        var image = given.Text(video is null ? "imageUrl" : "thumbnailUrl", 2048, required: true);
        return (new CreativeInput { Name = Short(headline ?? "Ad", 256), Type = CreativeType.Image, PrimaryText = text ?? "", Headline = headline ?? "", Description = description, CallToAction = button ?? "LEARN_MORE", LinkUrl = url }, image ?? "", video);
    }

    /// <summary>One of a creator's own words; where it has none, the field is not for it.</summary>
    private static string? One(Given body, string name, string[] words)
    {
        if (!body.Has(name)) return null;
        if (words.Length > 0) return Word(body, name, Numbered(words), many: false)?[0];
        body.Wrong(name, $"{name} can't be chosen for this kind of campaign");
        return null;
    }

    /// <summary>Words as they are written in the seed, whatever their case in the request.</summary>
    private static List<string>? Word(Given given, string name, Dictionary<string, int> words, bool many, bool required = false)
    {
        var names = words.Keys.ToList();
        if (many) return given.Words(name, words)?.Select(i => names[i].ToUpperInvariant()).ToList();
        return given.Word(name, words, required) is { } index ? [names[index].ToUpperInvariant()] : null;
    }

    private static Dictionary<string, int> Numbered(IEnumerable<string> words) => words.Distinct().Index().ToDictionary(w => w.Item.ToLowerInvariant(), w => w.Index);

    private static DateTime? Day(Given body, string name)
    {
        if (body.Text(name, 32) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and <= 2100) return day.ToDateTime(TimeOnly.MinValue);
        body.Wrong(name, $"{name} must be in YYYY-MM-DD format");
        return null;
    }

    private static string Short(string text, int max) => text.Length > max ? text[..max] : text;
}

/// <summary>Makes what was read into a spec: finds the form, the app, audiences and places on the account.</summary>
internal sealed class MetaCampaignWriter(FindPlaces places, FindPlatformAudiences audiences, Core.LeadForms.ListLeadForms forms)
{
    /// <summary>What does not exist is named among the body's problems.</summary>
    public async Task<Result<CampaignSpec>> WriteAsync(Actor actor, AdAccountRow account, MetaCreator creator, MetaCampaignInput input, Given body, DateTimeOffset now, CancellationToken ct)
    {
        var small = input.Targeting.Regions.Count + input.Targeting.Cities.Count > 0;
        var named = small ? await places.RunAsync(actor, account.Id, input.Targeting.Regions, input.Targeting.Cities, ct) : Result<IReadOnlyList<TargetingOption>>.Of([]);
        if (!named.TryGet(out var known, out var refusal)) return Result<CampaignSpec>.Refused(refusal);
        var targeting = input.Targeting.With(known, body);
        if (!(await audiences.RunAsync(actor, account.Id, input.Audiences, targeting, ct)).TryGet(out var found, out refusal)) return Result<CampaignSpec>.Refused(refusal);

        var app = input.AppId is null ? null : account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.App && (a.Id == input.AppId || a.Id.StartsWith(input.AppId + ":", StringComparison.Ordinal)) && a.Url == input.StoreUrl);
        if (input.AppId is not null && app is null) body.Wrong("appId", $"appId and objectStoreUrl: {account.Name} can promote no such app");
        var form = input.LeadFormId is null ? null : (await forms.RunAsync(actor, account.WorkspaceId, ct)).TryGet(out var all, out _) ? all.FirstOrDefault(f => f.Platform == Platform.Meta && (f.ExternalId == input.LeadFormId || (PublicId.TryParse("form", input.LeadFormId, out var id) && f.Id == id))) : null;
        if (input.LeadFormId is not null && form is null) body.Wrong("leadFormId", $"leadFormId: there is no lead form {input.LeadFormId} here");

        // A start that is today is now: its midnight has passed.
        var today = TimeZoneInfo.TryFindSystemTimeZoneById(account.TimeZone, out var zone) ? TimeZoneInfo.ConvertTime(now, zone).Date : now.Date;
        if (input.Start < today) body.Wrong("startDate", "startDate lies in the past");
        if (input.End < today) body.Wrong("endDate", "endDate lies in the past");
        return new CampaignSpec
        {
            Objective = creator.Objective,
            Platforms = [new PlatformChoice { Platform = Platform.Meta, AdAccountId = account.Id, PageId = input.PageId, PixelId = input.PixelId, AppId = app?.Id, LeadFormId = form?.Id, Details = input.Details }],
            Audience = found.Targeting, AudienceIds = found.Ids,
            Budget = new BudgetSpec { Type = BudgetType.Daily, AmountMicros = input.Budget * Money.MicrosPerUnit, Currency = account.Currency },
            // Both days are whole ones of the account's clock.
            Schedule = new ScheduleSpec { TimeZone = account.TimeZone, Start = input.Start > today ? input.Start : null, End = input.End?.AddDays(1) },
            SpecialAdCategories = input.Categories, SpecialAdCountries = input.Categories.Count > 0 ? input.Countries : [],
            StartsPaused = !input.IsActive,
        };
    }
}
