using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded.Meta;

/// <summary>Campaigns, ad sets, ads and creatives of an account in Meta's own fields, asked of Meta now.</summary>
internal static class MetaObjectReads
{
    /// <summary>Where the rest of a list begins.</summary>
    public const string NextHeader = "x-next-after";

    public static void Map(RouteGroupBuilder meta)
    {
        Map<MetaCampaignObject>(meta, RawObjectKind.Campaigns, "campaigns", "List campaigns", "campaignId");
        Map<MetaAdSetObject>(meta, RawObjectKind.AdSets, "adsets", "List ad sets", "adsetId", "campaignId");
        Map<MetaAdObject>(meta, RawObjectKind.Ads, "ads", "List ads", "adId", "campaignId", "adsetId");
        Map<MetaCreativeObject>(meta, RawObjectKind.Creatives, "adcreatives", "List ad creatives", "adcreativeId");
    }

    private static void Map<TShown>(RouteGroupBuilder meta, RawObjectKind kind, string edge, string summary, string own, params string[] parents)
    {
        var endpoint = meta.MapGet("/" + edge, (HttpContext http, string teamId, EmbeddedScope scope, ReadPlatformObjects read, CancellationToken ct) => ReadAsync(http, teamId, kind, own, parents, scope, read, ct))
            .Operation(summary, $"As Meta shows them now. What is deleted or archived is left out. Where `limit` leaves some for later, `{NextHeader}` of the answer is the `after` of the next question.", ApiScopes.ReadCampaigns)
            .OfAccount().Query(own, "Only these, by Meta's ids. Several with commas.", QueryKind.Words);
        foreach (var parent in parents) endpoint = endpoint.Query(parent, $"Only what belongs to these {(parent == "campaignId" ? "campaigns" : "ad sets")}, by Meta's ids. Several with commas.", QueryKind.Words);
        endpoint.Query("fields", "Which fields, with commas; left out, all that this operation answers.", QueryKind.Words).Query("limit", "How many at most, 1 to 2000.", QueryKind.Whole).Query("after", "Goes on where an earlier answer ended.")
            .Gives<Envelope<IReadOnlyList<TShown>>>();
    }

    private static async Task<IResult> ReadAsync(HttpContext http, string teamId, RawObjectKind kind, string own, string[] parents, EmbeddedScope scope, ReadPlatformObjects read, CancellationToken ct)
    {
        if (!(await scope.AccountAsync(http, teamId, Platform.Meta, AccountAccess.Viewer, ct)).TryGet(out var account, out var refusal)) return refusal.Refused();
        var query = new GivenQuery(http);
        var asked = new RawObjectQuery(kind, query.Many("fields"))
        {
            Ids = Ids(query, own), CampaignIds = parents.Contains("campaignId") ? Ids(query, "campaignId") : [], AdSetIds = parents.Contains("adsetId") ? Ids(query, "adsetId") : [],
            Limit = query.Whole("limit", 2000, 1, 2000), After = query.Text("after", 500),
        };
        if (query.Refusal() is { } wrong) return wrong;
        if (!(await read.RunAsync(http.Actor(), account.Id, asked, ct)).TryGet(out var page, out refusal)) return refusal.Refused();
        if (page.Next is { } next) http.Response.Headers[NextHeader] = next;
        return page.Objects.Enveloped(MetaCampaignJson.Shared.EnvelopeIReadOnlyListJsonObject);
    }

    private static IReadOnlyList<string> Ids(GivenQuery query, string name)
    {
        var ids = query.Many(name);
        if (ids.Any(id => id.Length > 32 || !id.All(char.IsAsciiDigit))) query.Problems.Add(new(name, $"{name} should be Meta's ids, which are digits"));
        return ids;
    }
}
