using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AdStudio.Sandbox.Delivery;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Google;

/// <summary>Answers queries: resources with what they belong to, and their numbers by segment.</summary>
public sealed class GoogleSearch(GoogleContext context)
{
    private readonly GoogleStatus status = new(context);
    private readonly GoogleDelivery delivery = new(context);

    /// <summary>The rows of a query, and the fields it selected.</summary>
    public (List<JsonObject>? Rows, string FieldMask, GoogleError? Error) Run(SandboxObject customer, string text, string baseUrl)
    {
        var (query, syntax) = Gaql.Parse(text);
        if (syntax is not null) return (null, "", syntax);
        if (Check(query!, customer) is { } wrong) return (null, "", wrong);
        var fields = query!.Select.Concat(query.Where.Select(c => c.Field)).Concat(query.OrderBy.Select(o => o.Field)).Distinct().ToList();
        var counted = fields.Any(f => f.StartsWith("metrics.", StringComparison.Ordinal) || f.StartsWith("segments.", StringComparison.Ordinal));
        var attributes = query.Where.Where(c => !c.Field.StartsWith("metrics.", StringComparison.Ordinal) && !c.Field.StartsWith("segments.", StringComparison.Ordinal)).ToList();
        var candidates = Candidates(customer, query.From, query).Where(row => attributes.TrueForAll(c => Fits(Value(row.Resources, c.Field), c, customer))).ToList();
        var rows = counted ? Count(customer, query, candidates, fields) : candidates.Select(c => c.Resources).ToList();
        if (counted && rows.Count > context.Options.GoogleRowsAtOnce) return (null, "", new("sizeLimitError", "RESPONSE_SIZE_LIMIT_EXCEEDED", "The response size exceeds the maximum allowed."));
        if (query.OrderBy.Count > 0) rows = Order(rows, query.OrderBy);
        if (query.Limit is { } limit) rows = [.. rows.Take(limit)];
        return ([.. rows.Select(r => WithWholeAddress(Project(r, query), baseUrl))], string.Join(',', query.Select.Select(f => string.Join('.', f.Split('.').Select(GoogleShapes.Camel)))), null);
    }

    private sealed record Candidate(JsonObject Resources, Func<AdDay, bool> Owns, Func<PlannedAd, (List<Cell> Cells, int Index)>? Cell);

    private GoogleError? Check(Gaql query, SandboxObject customer)
    {
        if (!GoogleTables.Joins.TryGetValue(query.From, out var joins)) return Gaql.Wrong("BAD_RESOURCE_TYPE_IN_FROM_CLAUSE", $"Error in query: '{query.From}' is no resource that can be queried.");
        foreach (var (field, clause) in query.Select.Select(f => (f, "SELECT")).Concat(query.Where.Select(c => (c.Field, "WHERE"))).Concat(query.OrderBy.Select(o => (o.Field, "ORDER_BY"))))
        {
            var path = field.Split('.');
            var root = GoogleShapes.Camel(path[0]);
            var type = root switch { "metrics" => "Common.Metrics", "segments" => "Common.Segments", _ => "Resources." + char.ToUpperInvariant(root[0]) + root[1..] };
            if (path.Length < 2 || GoogleShapes.TypeAt(type, path.Skip(1).Select(GoogleShapes.Camel)) is null || field.Any(char.IsUpper))
                return Gaql.Wrong("UNRECOGNIZED_FIELD", $"Unrecognized field in the query: '{field}'.");
            if (root == "metrics" && !GoogleTables.WithMetrics.Contains(query.From)) return Gaql.Wrong($"PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE", $"Cannot select or filter on the following metric: '{field}', with resource '{query.From}'.");
            if (root == "segments" && (!GoogleTables.WithMetrics.Contains(query.From) || !GoogleTables.Segments.Contains(path[1]))) return Gaql.Wrong("PROHIBITED_SEGMENT_IN_SELECT_OR_WHERE_CLAUSE", $"Cannot select or filter on the following segment: '{field}', with resource '{query.From}'.");
            if (root is not ("metrics" or "segments") && path[0] != query.From && !joins.Contains(path[0])) return Gaql.Wrong($"PROHIBITED_RESOURCE_TYPE_IN_{(clause == "WHERE" ? "WHERE" : "SELECT")}_CLAUSE", $"Cannot use the resource '{path[0]}' with the resource '{query.From}'.");
            if (root == "metrics" && customer.Body["manager"]!.GetValue<bool>()) return Gaql.Wrong("REQUESTED_METRICS_FOR_MANAGER", "Metrics cannot be requested for a manager account. To retrieve metrics, issue separate requests against each client account under the manager account.");
        }
        foreach (var condition in query.Where)
        {
            var path = condition.Field.Split('.');
            var root = GoogleShapes.Camel(path[0]);
            var type = GoogleShapes.TypeAt(root switch { "metrics" => "Common.Metrics", "segments" => "Common.Segments", _ => "Resources." + char.ToUpperInvariant(root[0]) + root[1..] }, path.Skip(1).Select(GoogleShapes.Camel))!;
            if (GoogleShapes.EnumOf(type) is { } values && condition.Operator is "=" or "!=" or "IN" or "NOT IN" && condition.Values.FirstOrDefault(v => GoogleShapes.EnumOf(type)?.Contains(v) == false) is { } stranger)
                return Gaql.Wrong("BAD_ENUM_CONSTANT", $"Error in WHERE clause: invalid enum constant '{stranger}' for '{condition.Field}'.");
            if (condition.Field == "segments.date" && condition.Operator != "DURING" && condition.Values.Any(v => Day(v) is null)) return Gaql.Wrong("INVALID_DATE_FORMAT", $"Error in WHERE clause: '{condition.Values[0]}' is no date. Use yyyy-MM-dd.");
            if (condition.Field == "segments.date" && condition.Operator == "DURING" && During(condition.Values[0], DateOnly.MinValue.AddYears(9)) is null) return Gaql.Wrong("INVALID_VALUE_WITH_DURING_OPERATOR", $"Error in WHERE clause: invalid value '{condition.Values[0]}' with DURING operator.");
        }
        if (query.OrderBy.Select(o => o.Field).FirstOrDefault(f => !query.Select.Contains(f) && !f.StartsWith(query.From + ".", StringComparison.Ordinal)) is { } hidden)
            return Gaql.Wrong("EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE", $"Error in query: '{hidden}' in ORDER BY must be in the SELECT clause.");
        if (query.Where.Any(c => c.Field == "segments.date") is false && query.Select.Any(f => f is "segments.date" or "segments.week" or "segments.month" or "segments.quarter" or "segments.year"))
            return Gaql.Wrong("EXPECTED_FILTERS_ON_DATE_RANGE", "Error in query: a query that selects a date segment needs a filter on segments.date.");
        return null;
    }

    private IEnumerable<Candidate> Candidates(SandboxObject customer, string from, Gaql query)
    {
        IEnumerable<SandboxObject> All(string collection) => context.All(collection, customer.Id);
        Candidate With(JsonObject resources, Func<AdDay, bool>? owns = null) => new(resources, owns ?? (_ => false), null);
        JsonObject Own(string name, SandboxObject item) => new() { [name] = status.Show(item), ["customer"] = Customer(customer) };
        switch (from)
        {
            case "customer":
                return [With(new() { ["customer"] = Customer(customer) }, _ => true)];
            case "customer_client":
                return context.Store.All(GoogleWorld.Customer).Where(c => c.Id == customer.Id || c.ParentId == customer.Id).Select(c => With(new()
                {
                    ["customerClient"] = new JsonObject
                    {
                        ["resourceName"] = $"customers/{customer.Id}/customerClients/{c.Id}", ["clientCustomer"] = "customers/" + c.Id, ["id"] = c.Id, ["descriptiveName"] = c.Body["descriptiveName"]!.DeepClone(),
                        ["currencyCode"] = c.Body["currencyCode"]!.DeepClone(), ["timeZone"] = c.Body["timeZone"]!.DeepClone(), ["manager"] = c.Body["manager"]!.DeepClone(), ["testAccount"] = false,
                        ["status"] = c.Body["status"]!.DeepClone(), ["level"] = c.Id == customer.Id ? "0" : "1", ["hidden"] = false,
                    },
                    ["customer"] = Customer(customer),
                }));
            case "campaign_budget":
                return All("campaignBudgets").Select(b => With(Own("campaignBudget", b), d => context.Store.Find("google.campaigns", d.Ad.CampaignId)!.Body["campaignBudget"]!.ToString() == b.Id));
            case "campaign":
                return All("campaigns").Select(c => With(Campaign(customer, c), d => d.Ad.CampaignId == c.Id));
            case "ad_group":
                return All("adGroups").Select(g => With(Group(customer, g), d => d.Ad.AdSetId == g.Id));
            case "ad_group_ad":
                return All("adGroupAds").Select(a => With(Ad(customer, a), d => d.Ad.AdId == a.Id));
            case "age_range_view":
                return Views(customer, "ageRangeView", "google_age", "ageRange", "AGE_RANGE");
            case "gender_view":
                return Views(customer, "genderView", "google_gender", "gender", "GENDER");
            case "user_location_view":
                return Locations(customer);
            case "campaign_criterion":
                return All("campaignCriteria").Where(c => GoogleContext.Status(c) != "REMOVED").Select(c => { var row = Campaign(customer, context.Store.Find("google.campaigns", c.ParentId)!); row["campaignCriterion"] = status.Show(c); return With(row); });
            case "ad_group_criterion":
                return All("adGroupCriteria").Where(c => GoogleContext.Status(c) != "REMOVED").Select(c => { var row = Group(customer, context.Store.Find("google.adGroups", c.ParentId)!); row["adGroupCriterion"] = status.Show(c); return With(row); });
            case "campaign_asset":
                return All("campaignAssets").Where(c => GoogleContext.Status(c) != "REMOVED").Select(c => { var row = Campaign(customer, context.Store.Find("google.campaigns", c.ParentId)!); row["campaignAsset"] = status.Show(c); row["asset"] = status.Show(context.Store.Find("google.assets", c.Body["asset"]!.ToString())!); return With(row); });
            case "ad_group_ad_asset_view":
                return All("adGroupAds").SelectMany(a => GoogleAdAssets.Of(context, a).Select(used => { var row = Ad(customer, a); (row["adGroupAdAssetView"], row["asset"]) = (used.View, used.Asset); return With(row); }));
            case "customer_asset" or "ad_group_asset" or "asset_group" or "asset_group_asset":
                // Nothing in the emulation makes these: what is not there has no rows.
                return [];
            case "geo_target_constant":
                return GoogleGeo.Places.Select(p => With(new() { ["geoTargetConstant"] = GoogleGeo.Constant(p) }));
            case "language_constant":
                return GoogleGeo.Languages.Select(l => With(new() { ["languageConstant"] = new JsonObject { ["resourceName"] = "languageConstants/" + l.Id, ["id"] = l.Id, ["code"] = l.Code, ["name"] = l.Name, ["targetable"] = true } }));
            case "user_interest":
                return GoogleGeo.Interests.Select(i => With(new() { ["userInterest"] = new JsonObject { ["resourceName"] = $"customers/{customer.Id}/userInterests/{i.Id}", ["userInterestId"] = i.Id, ["name"] = i.Name, ["taxonomyType"] = i.Taxonomy, ["launchedToAll"] = true } }));
            case "asset":
                return All("assets").Select(a => With(Own("asset", a)));
            case "user_list":
                return All("userLists").Where(l => GoogleContext.Status(l) != "REMOVED").Select(l => With(Own("userList", l)));
            case "offline_user_data_job":
                return All("offlineUserDataJobs").Select(j => With(Own("offlineUserDataJob", j)));
            default:
                return All("conversionActions").Select(a => With(Own("conversionAction", a)));
        }
    }

    private IEnumerable<Candidate> Views(SandboxObject customer, string view, string dimension, string criterion, string type)
    {
        var planned = delivery.Plans(customer).SelectMany(p => p.Ads).ToLookup(a => a.AdSetId);
        foreach (var group in context.All("adGroups", customer.Id))
        {
            var ads = planned[group.Id].ToList();
            if (ads.Count == 0) continue;
            var values = Breakdown.Cells(ads[0].Profile, [dimension])!.Select(c => c.Values[0]).ToList();
            for (var i = 0; i < values.Count; i++)
            {
                var (index, value) = (i, values[i]);
                var row = Group(customer, group);
                var name = $"{GoogleContext.IdOf(group.Id)}~{503001 + i}";
                row[view] = new JsonObject { ["resourceName"] = $"customers/{customer.Id}/{view}s/{name}" };
                row["adGroupCriterion"] = new JsonObject { ["resourceName"] = $"customers/{customer.Id}/adGroupCriteria/{name}", ["type"] = type, [criterion] = new JsonObject { ["type"] = value }, ["adGroup"] = group.Id, ["status"] = "ENABLED" };
                yield return new Candidate(row, d => d.Ad.AdSetId == group.Id, ad => (Breakdown.Cells(ad.Profile, [dimension])!, index));
            }
        }
    }

    /// <summary>Where people were, by country. All of them were where the campaign is shown, so there is no second row for those who were elsewhere.</summary>
    private IEnumerable<Candidate> Locations(SandboxObject customer)
    {
        const string dimension = "country";
        var planned = delivery.Plans(customer).SelectMany(p => p.Ads).ToLookup(a => a.CampaignId);
        foreach (var campaign in context.All("campaigns", customer.Id))
            foreach (var country in planned[campaign.Id].SelectMany(a => a.Profile.Audience.Countries).Distinct().ToList())
            {
                var id = GoogleGeo.Places.First(p => p.Type == "Country" && p.Country == country).Id;
                var row = Campaign(customer, campaign);
                row["userLocationView"] = new JsonObject { ["resourceName"] = $"customers/{customer.Id}/userLocationViews/{id}~true", ["countryCriterionId"] = id, ["targetingLocation"] = true };
                yield return new Candidate(row, d => d.Ad.CampaignId == campaign.Id, ad => Breakdown.Cells(ad.Profile, [dimension])! is var cells && cells.FindIndex(c => c.Values[0] == country) is var at and >= 0 ? (cells, at) : ([], 0));
            }
    }

    private List<JsonObject> Count(SandboxObject customer, Gaql query, List<Candidate> candidates, List<string> fields)
    {
        var market = context.MarketOf(customer);
        var today = market.DayOf(context.Now);
        var (first, last) = (today.AddYears(-4), today);
        foreach (var condition in query.Where.Where(c => c.Field == "segments.date"))
        {
            var (from, to) = Range(condition, today);
            if (from > first) first = from;
            if (to < last) last = to;
        }
        var selected = fields.Where(f => f.StartsWith("segments.", StringComparison.Ordinal)).Select(f => f[9..]).ToList();
        // A date that is only filtered on does not divide the rows.
        if (!query.Select.Contains("segments.date")) selected.Remove("date");
        var days = first > last ? [] : DeliveryModel.Run(delivery.Plans(customer), market, first, last, context.Now);
        var byAd = days.ToLookup(d => d.Ad.AdId);
        var ads = days.Select(d => d.Ad).DistinctBy(a => a.AdId).ToList();
        var metrics = query.Where.Where(c => c.Field.StartsWith("metrics.", StringComparison.Ordinal) || (c.Field.StartsWith("segments.", StringComparison.Ordinal) && c.Field != "segments.date")).ToList();
        var rows = new List<JsonObject>();
        foreach (var candidate in candidates)
        {
            var totals = new Dictionary<string, GoogleTotal>();
            foreach (var ad in ads)
                foreach (var day in byAd[ad.AdId])
                    if (candidate.Owns(day)) GoogleTotal.Add(totals, day, selected, candidate.Cell);
                    else break;
            // Without segments a resource has its row even when nothing happened.
            if (selected.Count == 0 && totals.Count == 0 && candidate.Cell is null) totals[""] = new GoogleTotal();
            foreach (var total in totals.Values)
            {
                var row = (JsonObject)candidate.Resources.DeepClone();
                row["metrics"] = total.Metrics();
                row["segments"] = total.SegmentsOf();
                if (metrics.TrueForAll(c => Fits(Value(row, c.Field), c, customer))) rows.Add(row);
            }
        }
        return rows;
    }

    private JsonObject Customer(SandboxObject customer) => (JsonObject)customer.Body.DeepClone();

    private JsonObject Campaign(SandboxObject customer, SandboxObject campaign) => new()
    {
        ["campaign"] = status.Show(campaign), ["campaignBudget"] = status.Show(context.Store.Find("google.campaignBudgets", campaign.Body["campaignBudget"]!.ToString())!), ["customer"] = Customer(customer),
    };

    private JsonObject Group(SandboxObject customer, SandboxObject group)
    {
        var row = Campaign(customer, context.Store.Find("google.campaigns", group.ParentId)!);
        row["adGroup"] = status.Show(group);
        return row;
    }

    private JsonObject Ad(SandboxObject customer, SandboxObject ad)
    {
        var row = Group(customer, context.Store.Find("google.adGroups", ad.ParentId)!);
        row["adGroupAd"] = status.Show(ad);
        return row;
    }

    private static JsonNode? Value(JsonObject row, string field)
    {
        JsonNode? node = row;
        foreach (var step in field.Split('.')) node = (node as JsonObject)?[GoogleShapes.Camel(step)];
        return node;
    }

    private static JsonObject Project(JsonObject row, Gaql query)
    {
        var result = new JsonObject();
        foreach (var field in query.Select)
        {
            var path = field.Split('.').Select(GoogleShapes.Camel).ToArray();
            if (path[0] is not ("metrics" or "segments") && result[path[0]] is null && row[path[0]]?["resourceName"] is { } name) result[path[0]] = new JsonObject { ["resourceName"] = name.DeepClone() };
            if (Value(row, field) is not { } value) continue;
            var to = result;
            foreach (var step in path[..^1])
            {
                if (to[step] is not JsonObject inner) to[step] = inner = [];
                to = inner;
            }
            to[path[^1]] = value.DeepClone();
        }
        var from = GoogleShapes.Camel(query.From);
        if (result[from] is null && row[from]?["resourceName"] is { } own) result[from] = new JsonObject { ["resourceName"] = own.DeepClone() };
        return result;
    }

    private static JsonObject WithWholeAddress(JsonObject row, string baseUrl)
    {
        if (row["asset"]?["imageAsset"]?["fullSize"] is JsonObject size && size["url"]?.ToString() is { } path && path.StartsWith(GoogleAdRules.ImagePath, StringComparison.Ordinal)) size["url"] = baseUrl + path;
        return row;
    }

    private bool Fits(JsonNode? node, GaqlCondition condition, SandboxObject customer)
    {
        if (condition.Operator.StartsWith("CONTAINS", StringComparison.Ordinal))
        {
            var items = (node as JsonArray ?? []).Select(n => n?.ToString() ?? "").ToHashSet();
            return condition.Operator switch { "CONTAINS ANY" => condition.Values.Any(items.Contains), "CONTAINS ALL" => condition.Values.All(items.Contains), _ => !condition.Values.Any(items.Contains) };
        }
        var actual = node switch { null => "", JsonValue value when value.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => value.GetValue<bool>() ? "TRUE" : "FALSE", _ => node.ToString() };
        var first = condition.Values.Count > 0 ? condition.Values[0] : "";
        bool Equal(string value) => Compare(actual, value) == 0 || (actual is "TRUE" or "FALSE" && string.Equals(actual, value, StringComparison.OrdinalIgnoreCase));
        return condition.Operator switch
        {
            "=" => Equal(first),
            "!=" => !Equal(first),
            "IN" => condition.Values.Any(Equal),
            "NOT IN" => !condition.Values.Any(Equal),
            ">" => Compare(actual, first) > 0,
            ">=" => Compare(actual, first) >= 0,
            "<" => Compare(actual, first) < 0,
            "<=" => Compare(actual, first) <= 0,
            "BETWEEN" => Compare(actual, first) >= 0 && Compare(actual, condition.Values[1]) <= 0,
            "LIKE" => Like(actual, first),
            "NOT LIKE" => !Like(actual, first),
            "REGEXP_MATCH" => Regex.IsMatch(actual, "^(?:" + first + ")$", RegexOptions.None, TimeSpan.FromMilliseconds(200)),
            "NOT REGEXP_MATCH" => !Regex.IsMatch(actual, "^(?:" + first + ")$", RegexOptions.None, TimeSpan.FromMilliseconds(200)),
            "IS NULL" => node is null,
            "IS NOT NULL" => node is not null,
            "DURING" => Day(actual) is { } day && During(first, context.MarketOf(customer).DayOf(context.Now)) is { } range && day >= range.From && day <= range.To,
            _ => false,
        };
    }

    private static bool Like(string actual, string pattern)
    {
        // Percent stands for anything; brackets make a character stand for itself.
        var regex = Regex.Escape(pattern).Replace(@"\[%]", "\u0001", StringComparison.Ordinal).Replace(@"\[_]", "\u0002", StringComparison.Ordinal).Replace("%", ".*", StringComparison.Ordinal).Replace("_", ".", StringComparison.Ordinal).Replace("\u0001", "%", StringComparison.Ordinal).Replace("\u0002", "_", StringComparison.Ordinal);
        return Regex.IsMatch(actual, "^" + regex + "$", RegexOptions.IgnoreCase | RegexOptions.Singleline, TimeSpan.FromMilliseconds(200));
    }

    private static int Compare(string a, string b) =>
        decimal.TryParse(a, NumberStyles.Float, CultureInfo.InvariantCulture, out var x) && decimal.TryParse(b, NumberStyles.Float, CultureInfo.InvariantCulture, out var y) ? x.CompareTo(y) : string.CompareOrdinal(a, b);

    private static List<JsonObject> Order(List<JsonObject> rows, IReadOnlyList<(string Field, bool Descending)> by)
    {
        var comparer = Comparer<string>.Create(Compare);
        IOrderedEnumerable<JsonObject>? ordered = null;
        foreach (var (field, descending) in by)
        {
            string Key(JsonObject row) => Value(row, field)?.ToString() ?? "";
            ordered = (ordered, descending) switch
            {
                (null, false) => rows.OrderBy(Key, comparer), (null, true) => rows.OrderByDescending(Key, comparer),
                (not null, false) => ordered.ThenBy(Key, comparer), (not null, true) => ordered.ThenByDescending(Key, comparer),
            };
        }
        return [.. ordered!];
    }

    private static (DateOnly From, DateOnly To) Range(GaqlCondition c, DateOnly today) => c.Operator switch
    {
        "BETWEEN" => (Day(c.Values[0])!.Value, Day(c.Values[1])!.Value),
        "=" => (Day(c.Values[0])!.Value, Day(c.Values[0])!.Value),
        ">=" => (Day(c.Values[0])!.Value, DateOnly.MaxValue),
        ">" => (Day(c.Values[0])!.Value.AddDays(1), DateOnly.MaxValue),
        "<=" => (DateOnly.MinValue, Day(c.Values[0])!.Value),
        "<" => (DateOnly.MinValue, Day(c.Values[0])!.Value.AddDays(-1)),
        "DURING" => During(c.Values[0], today)!.Value,
        "IN" => (c.Values.Min(v => Day(v)!.Value), c.Values.Max(v => Day(v)!.Value)),
        _ => (DateOnly.MinValue, DateOnly.MaxValue),
    };

    private static (DateOnly From, DateOnly To)? During(string name, DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var sunday = today.AddDays(-(int)today.DayOfWeek);
        return name.ToUpperInvariant() switch
        {
            "TODAY" => (today, today), "YESTERDAY" => (today.AddDays(-1), today.AddDays(-1)), "LAST_7_DAYS" => (today.AddDays(-7), today.AddDays(-1)), "LAST_14_DAYS" => (today.AddDays(-14), today.AddDays(-1)),
            "LAST_30_DAYS" => (today.AddDays(-30), today.AddDays(-1)), "LAST_BUSINESS_WEEK" => (monday.AddDays(-7), monday.AddDays(-3)), "THIS_MONTH" => (month, today), "LAST_MONTH" => (month.AddMonths(-1), month.AddDays(-1)),
            "THIS_WEEK_MON_TODAY" => (monday, today), "THIS_WEEK_SUN_TODAY" => (sunday, today), "LAST_WEEK_MON_SUN" => (monday.AddDays(-7), monday.AddDays(-1)), "LAST_WEEK_SUN_SAT" => (sunday.AddDays(-7), sunday.AddDays(-1)),
            _ => null,
        };
    }

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
