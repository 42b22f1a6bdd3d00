using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Insights;
using AdStudio.Core.Operations;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded.Google;

/// <param name="Id">Google's customer id, digits alone.</param>
/// <param name="Status">active, disabled, closed …</param>
/// <param name="ManagerId">The manager account through which it is reached; null when it is reached directly.</param>
/// <param name="AdAccountId">Ours, where it is connected.</param>
internal sealed record GoogleAccountAnswer(string Id, string ResourceName, string Name, string Currency, string TimeZone, string Status, string? ManagerId, Guid? AdAccountId, Guid ConnectionId)
{
    public static GoogleAccountAnswer Of(ReachableAccount r) =>
        new(r.Account.ExternalId, $"customers/{r.Account.ExternalId}", r.Account.Name, r.Account.Currency, r.Account.TimeZone, r.Account.Status.ToString().ToLowerInvariant(), r.Account.ManagerExternalId, r.AdAccountId, r.ConnectionId);
}

/// <summary>Google's accounts, numbers and assets.</summary>
internal static class GoogleReads
{
    /// <summary>What the studio's own facts can answer.</summary>
    public static readonly IReadOnlyList<string> Fields = ["impressions", "clicks", "spend", "cost_micros", "ctr", "average_cpc", "average_cpm", "conversions", "conversions_value"];

    public static void Map(RouteGroupBuilder google)
    {
        google.MapGet("/list-accessible-accounts", async (HttpContext http, string teamId, ListReachableAccounts list, CancellationToken ct) =>
            EmbeddedScope.TeamIdOf(teamId) is { } team ? (await list.RunAsync(http.Actor(), team, Platform.Google, ct)).Listed(GoogleAccountAnswer.Of, PlatformJson.Shared.EnvelopeIReadOnlyListGoogleAccountAnswer) : new TeamNotFound().Refused())
            .Operation("List accessible accounts", "The Google Ads accounts that the team's connections reach, those beneath manager accounts among them, asked of Google now. Who administers the team sees all; others those on which they have a grant.", ApiScopes.ReadAccounts)
            .Gives<Envelope<IReadOnlyList<GoogleAccountAnswer>>>();

        google.MapGet("/import", (HttpContext http, string teamId, EmbeddedScope scope, ImportCampaignsAndWait import, CancellationToken ct) => EmbeddedImport.RunAsync(http, teamId, Platform.Google, scope, import, ct))
            .Operation("Import an ad account", "Reads campaigns, ad groups (as `adsets`) and ads of the account, takes over what is not known here yet, and brings the rest in step. Asking again changes nothing twice. For managers of the account.", ApiScopes.WriteCampaigns)
            .Query("adAccountId", "The ad account, by Google's id or ours. Left out, all that you manage in the team.").Gives<Envelope<ImportSummary>>();

        google.MapGet("/insights", InsightsAsync)
            .Operation("Get insights",
                "Numbers over a range of days. Level `campaign` with the fields " + string.Join(", ", Fields) + " comes from what AdStudio has read (`source` is `adstudio`, `asOf` says when), as long as that holds the whole range; everything else is asked of Google (`source` is `google`). "
                + "A bare field is one of Google's metrics, any other is named in full (`campaign.status`, `segments.device`); `spend` is the cost in whole units, the rest is in Google's own units (`cost_micros`, `average_cpc` in micros). "
                + "Each row says what it is about (`campaign_id`, `campaign_name`, `date_start`, `date_stop`) and has the fields under the names by which they were asked for.", ApiScopes.ReadNumbers)
            .OfAccount().Query("fields", "Several with commas, or several times, also as fields[]. Left out: " + string.Join(", ", Fields) + ".", QueryKind.Words).Query("level", "campaign (if left out), ad_group, ad or customer.")
            .Query("startDate", "First day, in the account's time zone. Required.", QueryKind.Day).Query("endDate", "Last day. Required.", QueryKind.Day).Query("source", "google asks Google even for what AdStudio has read.").Gives<NumbersEnvelope>();

        google.MapGet("/assets", AssetsAsync)
            .Operation("List assets", "What the account's ads are made of, asked of Google now: at level `customer` every asset, else those linked to campaigns, ad groups, asset groups or ads, with what they hang on. "
                + "A bare field is one of the asset (`name`, `image_asset.full_size.url`), any other is named in full (`campaign_asset.field_type`).", ApiScopes.ReadCreatives)
            .OfAccount().Query("fields", "Several with commas, or several times, also as fields[]. Left out: id, name, type, and the text, image or video.", QueryKind.Words).Query("level", "customer (if left out), campaign, ad_group, asset_group or ad.")
            .Gives<Envelope<IReadOnlyList<JsonObject>>>();
    }

    private static async Task<IResult> InsightsAsync(HttpContext http, string teamId, EmbeddedScope scope, GetAccountNumbers facts, ReadLiveNumbers live, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var (asked, source) = (AskedRows.Read(query), query.Text("source", 20));
        if (source is not (null or "google" or "adstudio")) query.Problems.Add(new("source", "source should be google, or left out"));
        if (!(await scope.AccountAsync(http, teamId, Platform.Google, AccountAccess.Viewer, ct)).TryGet(out var account, out var refusal)) return refusal.Refused();
        if (query.Refusal() is { } wrong) return wrong;
        // "account" is what the other platforms call a customer.
        var level = asked.Level == "account" ? "customer" : asked.Level;

        if (source != "google" && level is null or "campaign" && asked.Fields.All(Fields.Contains))
        {
            if (!(await facts.RunAsync(http.Actor(), account.Id, asked.Range, null, ct)).TryGet(out var numbers, out refusal) && refusal is not null) return refusal.Refused();
            if (numbers is not null) return new NumbersAnswer([.. numbers.Rows.Select(r => Row(r, asked))], "adstudio", numbers.AsOf);
        }
        return (await live.RunAsync(http.Actor(), account.Id, new(level, asked.Range, asked.Fields, []), ct)).TryGet(out var rows, out refusal) ? new NumbersAnswer(rows, "google", null) : refusal.Refused();
    }

    private static async Task<IResult> AssetsAsync(HttpContext http, string teamId, EmbeddedScope scope, ReadAccountAssets read, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var (level, fields) = (query.Text("level", 40)?.ToLowerInvariant(), AskedRows.Names(query, "fields"));
        if (!(await scope.AccountAsync(http, teamId, Platform.Google, AccountAccess.Viewer, ct)).TryGet(out var account, out var refusal)) return refusal.Refused();
        if (query.Refusal() is { } wrong) return wrong;
        return (await read.RunAsync(http.Actor(), account.Id, level == "account" ? "customer" : level, fields, ct)).Listed(r => r, PlatformJson.Shared.EnvelopeIReadOnlyListJsonObject);
    }

    private static JsonObject Row(AccountNumbersRow row, AskedRows asked)
    {
        var written = new JsonObject { ["campaign_id"] = row.CampaignId, ["campaign_name"] = row.CampaignName };
        foreach (var field in asked.Fields.Count == 0 ? Fields : asked.Fields) written[field] = Value(field, row.Sums);
        (written["date_start"], written["date_stop"]) = (asked.Range.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), asked.Range.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return written;
    }

    /// <summary>In Google's units; what is per nothing is nought there.</summary>
    private static JsonNode Value(string field, MetricSums sums) => field switch
    {
        "impressions" => sums.Impressions,
        "clicks" => sums.Clicks,
        "spend" => (decimal)sums.SpendMicros / Money.MicrosPerUnit,
        "cost_micros" => sums.SpendMicros,
        "ctr" => sums.Ctr ?? 0m,
        "average_cpc" => sums.CpcMicros ?? 0,
        "average_cpm" => sums.CpmMicros ?? 0,
        "conversions" => sums.Conversions,
        _ => (decimal)sums.ValueMicros / Money.MicrosPerUnit,
    };
}
