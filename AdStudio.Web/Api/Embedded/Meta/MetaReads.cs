using System.Text.Json.Serialization;
using AdStudio.Core.Accounts;
using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded.Meta;

/// <param name="MayAdvertise">Whether whoever connected may run ads for the page.</param>
/// <param name="InstagramBusinessAccount">The linked Instagram account; its id is what instagramActorId takes. Null when none is linked.</param>
internal sealed record MetaPageAnswer(string Id, string Name, string? Category, [property: JsonPropertyName("followers_count")] long? FollowersCount, [property: JsonPropertyName("may_advertise")] bool MayAdvertise,
    [property: JsonPropertyName("instagram_business_account")] MetaInstagramAnswer? InstagramBusinessAccount)
{
    public static MetaPageAnswer Of(PlatformPage page) => new(page.Id, page.Name, page.Category, page.Followers, page.MayAdvertise, page.Instagram is { } i ? new(i.Id, i.Username) : null);
}

internal sealed record MetaInstagramAnswer(string Id, string? Username);

internal sealed record TargetingQuestion(string Type, string Query);

/// <param name="Id">What targeting takes: a country's code, a place's key, a trait's id.</param>
/// <param name="Status">NORMAL: it can be targeted. What no longer can be is not found.</param>
/// <param name="Type">Of a place: country, region or city. Null for everything else.</param>
/// <param name="CountryCode">Of a place.</param>
/// <param name="Description">What tells two of the same name apart.</param>
internal sealed record TargetingAnswer(string Id, string Name, string Status, string? Type, [property: JsonPropertyName("country_code")] string? CountryCode, string? Description)
{
    public static TargetingAnswer Of(TargetingOption option) => new(option.Id, option.Name, "NORMAL", option.PlaceKind?.ToString().ToLowerInvariant(), option.Country, option.Detail);
}

/// <param name="Subtype">CUSTOM, LOOKALIKE, WEBSITE …; SAVED for saved targeting.</param>
/// <param name="Size">People in it, as far as Meta tells; null for small ones.</param>
/// <param name="AudienceId">As which the studio knows it; null when it does not.</param>
internal sealed record MetaAudienceAnswer(string Id, string Name, string Subtype, string Status, long? Size, Guid? AudienceId);

/// <summary>Pages, places and traits, audiences, and what stands on the account.</summary>
internal static class MetaReads
{
    /// <summary>Seed 002's words for what can be searched.</summary>
    public static readonly IReadOnlyList<(string Word, TargetingKind Kind)> Types =
    [
        ("location", TargetingKind.Place), ("locale", TargetingKind.Language), ("interest", TargetingKind.Interest), ("behavior", TargetingKind.Behavior), ("educationSchool", TargetingKind.School), ("educationMajor", TargetingKind.FieldOfStudy),
        ("workEmployer", TargetingKind.Employer), ("workPosition", TargetingKind.JobTitle), ("familyStatus", TargetingKind.FamilyStatus), ("lifeEvent", TargetingKind.LifeEvent), ("industry", TargetingKind.Industry), ("income", TargetingKind.Income),
    ];

    public static void Map(RouteGroupBuilder meta)
    {
        meta.MapGet("/import", (HttpContext http, string teamId, EmbeddedScope scope, ImportCampaignsAndWait import, CancellationToken ct) => EmbeddedImport.RunAsync(http, teamId, Platform.Meta, scope, import, ct))
            .Operation("Import an ad account", "Reads campaigns, ad sets and ads of the account, takes over what is not known here yet, and brings the rest in step. Asking again changes nothing twice. For managers of the account.", ApiScopes.WriteCampaigns)
            .Query("adAccountId", "The ad account, by Meta's id or ours. Left out, all that you manage in the team.").Gives<Envelope<ImportSummary>>();

        meta.MapGet("/pages", async (HttpContext http, string teamId, EmbeddedScope scope, ListPages list, CancellationToken ct) =>
            (await scope.AccountsAsync(http, teamId, Platform.Meta, AccountAccess.Viewer, ct)).TryGet(out var accounts, out var refusal)
                ? (await list.RunAsync(http.Actor(), [.. accounts.Select(a => a.Id)], ct)).Listed(MetaPageAnswer.Of, PlatformJson.Shared.EnvelopeIReadOnlyListMetaPageAnswer) : refusal.Refused())
            .Operation("List Facebook pages", "The pages that the connection reaches, asked of Meta now, with their Instagram accounts. Never with a token.", ApiScopes.ReadAccounts)
            .Query("adAccountId", "The ad account whose connection to ask. Left out, all of the team's.").Gives<Envelope<IReadOnlyList<MetaPageAnswer>>>();

        meta.MapPost("/targeting/search", SearchAsync)
            .Operation("Search targeting", $"Finds what Meta can target, in its own ids. `type` is one of {string.Join(", ", Types.Select(t => t.Word))}.", ApiScopes.ReadCampaigns)
            .Query("adAccountId", "The ad account to ask with. Left out, one of the team's.")
            .Takes<TargetingQuestion>("""{"type":"location","query":"New York"}""").Gives<Envelope<IReadOnlyList<TargetingAnswer>>>();

        meta.MapGet("/savedAudience", (HttpContext http, string teamId, EmbeddedScope scope, ListStandingAudiences list, CancellationToken ct) => AudiencesAsync(http, teamId, true, scope, list, ct))
            .Operation("List saved audiences", "The choices of targeting that were saved on the account, asked of Meta now.", ApiScopes.ReadAudiences).OfAccount().Gives<Envelope<IReadOnlyList<MetaAudienceAnswer>>>();
        meta.MapGet("/customAudience", (HttpContext http, string teamId, EmbeddedScope scope, ListStandingAudiences list, CancellationToken ct) => AudiencesAsync(http, teamId, false, scope, list, ct))
            .Operation("List custom audiences", "The lists of people on the account, lookalikes among them, asked of Meta now.", ApiScopes.ReadAudiences).OfAccount().Gives<Envelope<IReadOnlyList<MetaAudienceAnswer>>>();
    }

    private static async Task<IResult> SearchAsync(HttpContext http, string teamId, EmbeddedScope scope, SearchAccountTargeting search, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var (word, query) = (body.Text("type", 64, required: true), body.Text("query", 200, required: true));
        var type = Types.FirstOrDefault(t => t.Word.Equals(word, StringComparison.OrdinalIgnoreCase));
        if (word is not null && type.Word is null) body.Wrong("type", $"type should be one of {string.Join(", ", Types.Select(t => t.Word))}");
        if (!(await scope.AccountsAsync(http, teamId, Platform.Meta, AccountAccess.Viewer, ct)).TryGet(out var accounts, out var refusal)) return refusal.Refused();
        if (body.Refusal() is { } wrong) return wrong;
        return (await search.RunAsync(http.Actor(), (accounts.FirstOrDefault(a => a.IsInGoodStanding) ?? accounts[0]).Id, type.Kind, query!, ct)).Listed(TargetingAnswer.Of, PlatformJson.Shared.EnvelopeIReadOnlyListTargetingAnswer);
    }

    private static async Task<IResult> AudiencesAsync(HttpContext http, string teamId, bool saved, EmbeddedScope scope, ListStandingAudiences list, CancellationToken ct)
    {
        if (!(await scope.AccountAsync(http, teamId, Platform.Meta, AccountAccess.Viewer, ct)).TryGet(out var account, out var refusal)) return refusal.Refused();
        if (!(await list.RunAsync(http.Actor(), account.Id, ct)).TryGet(out var found, out refusal)) return refusal.Refused();
        return ((IReadOnlyList<MetaAudienceAnswer>)[.. found.Where(a => a.Listed.IsSaved == saved).Select(a => new MetaAudienceAnswer(a.Listed.ExternalId, a.Listed.Name, a.Listed.OwnType, a.Listed.OwnStatus, a.Listed.Size, a.AudienceId))])
            .Enveloped(PlatformJson.Shared.EnvelopeIReadOnlyListMetaAudienceAnswer);
    }
}
