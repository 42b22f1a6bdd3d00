using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Api.Advertising;

/// <summary>Shows campaigns as seed 003 does.</summary>
internal sealed class AdvertisingView(GetCampaign get, GetCampaignAds getAds, ListBrands brands, ListAdAccounts adAccounts, ListCreatives listCreatives, BrandView brandView)
{
    public static AdvertisingRow Row(CampaignRow row, IReadOnlyDictionary<Guid, int> brands) => new(
        row.Number, row.Status.Wire(), brands.GetValueOrDefault(row.WorkspaceId),
        new(Start(row.Spec, row.LaunchedAt ?? row.CreatedAt), Moment(row.Spec, row.Spec.Schedule.End), AdvertisingWords.TypeOf(row.GivenType, row.Objective), row.Budget?.Units));

    /// <param name="note">What there is to say of it beside how it stands.</param>
    public async Task<Result<AdvertisingCampaign>> ReadAsync(Actor actor, Guid id, string? note, CancellationToken ct)
    {
        if (!(await get.RunAsync(actor, id, ct)).TryGet(out var campaign, out var refusal)) return refusal;
        var brand = (await brands.RunAsync(actor, campaign.WorkspaceId, ct)).Single();
        var shownBrand = (await brandView.OfAsync(actor, [brand], ct))[0];
        var ads = (await getAds.RunAsync(actor, id, ct)).TryGet(out var found, out _) ? found : [];
        var accounts = (await adAccounts.RunAsync(actor, new ConnectionFilter(campaign.WorkspaceId), ct)).TryGet(out var all, out _) ? all : [];
        var spec = campaign.Spec;
        var creatives = spec.CreativeIds.Count == 0 ? [] : (await listCreatives.RunAsync(actor, new CreativeFilter(campaign.WorkspaceId, Limit: 200) { Ids = spec.CreativeIds }, ct)).Value.Items.ToDictionary(c => c.Id);

        // Filtered once more on the way out, in case the names that count as secret have grown since it was stored.
        var given = new KeptRequest(campaign.Input is null ? null : GivenJson.Read(campaign.Input));
        var shown = new ShownCreatives([.. spec.CreativeIds.Where(creatives.ContainsKey).Select(c => creatives[c])], given, ads);
        var choice = spec.Platforms.FirstOrDefault(p => p.Platform == Platform.Meta);
        var account = accounts.FirstOrDefault(a => a.Id == choice?.AdAccountId);
        var state = new AdvertisingState(
            Over(given.Object("brand"), JsonSerializer.SerializeToNode(shownBrand, AdvertisingJson.Shared.AdvertisingBrand)!.AsObject()),
            given.Object("record") ?? given.Object("content"),
            new AdvertisingAccounts(
                Over(given.Object("fbPage"), account is null ? null : AccountParts.Page(account, choice!.PageId)),
                Over(given.Object("igPage"), account is null ? null : AccountParts.Instagram(account, choice!.PageId)),
                Over(given.Object("fbAdAccount"), account is null ? null : AccountParts.AdAccount(account))),
            new AdvertisingResolved(
                new AdvertisingDetails(spec.Budget.AmountMicros is { } micros ? micros / (decimal)Money.MicrosPerUnit : null, Moment(spec, spec.Schedule.End), Start(spec, campaign.LaunchedAt ?? campaign.CreatedAt)),
                shown.Creative, TargetingParts.Of(spec), new AdvertisingConversions(given.Text("conversionsDomain"), given.Flag("conversionsEnabled") ?? false, given.Text("conversionsEventName"))));
        var platforms = PlatformParts.Of(campaign, ads, shown);
        var metadata = new AdvertisingMetadata
        {
            Links = given.Node("links"), Budget = state.Campaign.Details.Budget, Status = campaign.LaunchedAt is null ? campaign.Status.Wire() : "SUBMITTED", Content = ContentOf(campaign.Content),
            EndDate = state.Campaign.Details.EndDate, StartDate = state.Campaign.Details.StartDate, Creative = state.Campaign.Creative.Assets, Currency = spec.Budget.Currency,
            StatusNotes = NotesOf(campaign, note), CampaignType = AdvertisingWords.TypeOf(campaign.GivenType, campaign.Objective), CampaignInput = InputOf(campaign, given, state, platforms),
            CampaignState = state, PaymentDetails = given.Node("payment_details"), PlatformDetails = platforms, CampaignPlatforms = [.. spec.Platforms.Select(p => p.Platform.Wire())],
        };
        return new AdvertisingCampaign(campaign.Number, brand.Number, campaign.Status.Wire(), metadata, campaign.CreatedAt.Wire(), campaign.UpdatedAt.Wire());
    }

    /// <summary>The request as it was given; what it left out, or what came to be otherwise, as it was resolved.</summary>
    private static JsonObject InputOf(Campaign campaign, KeptRequest given, AdvertisingState state, AdvertisingPlatforms platforms)
    {
        var resolved = JsonSerializer.SerializeToNode(state, AdvertisingJson.Shared.AdvertisingState)!;
        var (brand, accounts, parts) = (resolved["brand"], resolved["accounts"]!, resolved["campaign"]!);
        var (details, creative, targeting, conversions) = (parts["details"]!, parts["creative"]!, parts["targeting"]!, parts["conversions"]!);
        var input = given.Whole;
        void Fill(string name, JsonNode? value)
        {
            if (!input.ContainsKey(name)) input[name] = (given.Node(name) ?? value)?.DeepClone();
        }
        Fill("goal", AdvertisingWords.TypeOf(campaign.GivenType, campaign.Objective) is "record_streams" or "video_views" ? $"increase_{campaign.GivenType}" : AdvertisingWords.TypeOf(campaign.GivenType, campaign.Objective));
        Fill("brand", brand);
        Fill("assets", creative["assets"]);
        Fill("budget", details["budget"]);
        foreach (var name in new[] { "fbPage", "igPage", "fbAdAccount" }) Fill(name, accounts[name]);
        Fill("record", resolved["record"]);
        Fill("endDate", details["endDate"]);
        Fill("startDate", details["startDate"]);
        Fill("igMedia", creative["igMedia"]);
        Fill("captions", creative["captions"]);
        Fill("price_data", null);
        Fill("campaignName", campaign.Name);
        Fill("targetedCountries", targeting["targetedCountries"]);
        Fill("targetingDemographics", targeting["targetingDemographics"]);
        Fill("interestTargetingAudiences", targeting["interestTargetingAudiences"]);
        Fill("userExistingAudiences", null);
        foreach (var name in new[] { "conversionsDomain", "conversionsEnabled", "conversionsEventName" }) Fill(name, conversions[name]);
        return input;
    }

    private static string? NotesOf(Campaign campaign, string? note)
    {
        List<string> notes = note is null ? [] : [note];
        notes.AddRange(campaign.Platforms.Where(p => p.StatusDetail is not null && p.Status is PlatformStatus.Failed or PlatformStatus.Rejected or PlatformStatus.NotConnected).Select(p => $"{p.Platform.Label()}: {p.StatusDetail}").Distinct());
        return notes.Count == 0 ? null : string.Join(" ", notes);
    }

    private static AdvertisingContent? ContentOf(PromotedContent? c) => c is null ? null : new(c.Name, c.Slug, c.Type, c.ThumbnailUrl, c.Explicit, c.ReleaseDate, c.ExternalIds, c.ExternalLinks);

    /// <summary>What is so over what was given.</summary>
    private static JsonObject Over(JsonObject? given, JsonObject? now) => Maybe(given, now) ?? [];
    private static JsonObject? Maybe(JsonObject? given, JsonObject? now)
    {
        if (now is null) return given?.DeepClone().AsObject();
        var shown = given?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in now)
            shown[name] = value is JsonObject inner && shown[name] is JsonObject there ? Maybe(there, inner) : value?.DeepClone() ?? shown[name]?.DeepClone();
        return shown;
    }

    internal static string? Moment(CampaignSpec spec, DateTime? local) => local is { } time ? LocalTimes.ToUtc(time, LocalTimes.ZoneOf(spec.Schedule.TimeZone)).Wire() : null;

    internal static string Start(CampaignSpec spec, DateTimeOffset otherwise) => Moment(spec, spec.Schedule.Start) ?? otherwise.Wire();
}
