using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Sandbox;

/// <summary>The emulated Google Ads API.</summary>
public sealed class GoogleTests
{
    private const string Customer = $"customers/{GoogleUser.Usd}";

    [Fact]
    public async Task A_chain_is_created_read_paused_and_removed()
    {
        await using var host = await SandboxHost.StartAsync();
        var google = await host.GoogleAsync();
        var (budget, campaign, group, ad) = await google.LaunchAsync();

        var row = (await google.QueryAsync("SELECT ad_group_ad.ad.id, ad_group_ad.ad.responsive_search_ad.headlines, ad_group_ad.policy_summary.approval_status, ad_group.name, campaign.name, campaign.status, campaign_budget.amount_micros FROM ad_group_ad WHERE campaign.status != 'REMOVED'")).Single();
        row["campaignBudget"]!["amountMicros"]!.GetValue<string>().ShouldBe("60000000");
        row["adGroupAd"]!["policySummary"]!["approvalStatus"]!.GetValue<string>().ShouldBe("APPROVED");
        row["adGroupAd"]!["ad"]!["responsiveSearchAd"]!["headlines"]!.AsArray().Count.ShouldBe(3);
        row["adGroupAd"]!["resourceName"]!.GetValue<string>().ShouldBe(ad);

        await google.MutateAsync("campaigns", new { update = new { resourceName = campaign, status = "PAUSED" }, updateMask = "status" });
        await google.MutateAsync("campaignBudgets", new { update = new { resourceName = budget, amountMicros = "75000000" }, updateMask = "amount_micros" });
        row = (await google.QueryAsync($"SELECT campaign.status, campaign.primary_status, campaign_budget.amount_micros FROM campaign WHERE campaign.resource_name = '{campaign}'")).Single();
        row["campaign"]!["status"]!.GetValue<string>().ShouldBe("PAUSED");
        row["campaignBudget"]!["amountMicros"]!.GetValue<string>().ShouldBe("75000000");

        await google.MutateAsync("campaigns", new { remove = campaign });
        (await google.QueryAsync("SELECT campaign.id FROM campaign WHERE campaign.status != 'REMOVED'")).ShouldBeEmpty();
        group.ShouldStartWith(Customer);
    }

    [Fact]
    public async Task All_at_once_is_all_or_nothing_with_temporary_ids()
    {
        await using var host = await SandboxHost.StartAsync();
        var google = await host.GoogleAsync();
        object[] Operations(string amount) =>
        [
            new { campaignBudgetOperation = new { create = new { resourceName = $"{Customer}/campaignBudgets/-1", name = "B", amountMicros = amount, explicitlyShared = false } } },
            new { campaignOperation = new { create = new { resourceName = $"{Customer}/campaigns/-2", name = "C", status = "PAUSED", advertisingChannelType = "SEARCH", campaignBudget = $"{Customer}/campaignBudgets/-1", targetSpend = new { }, containsEuPoliticalAdvertising = "DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING" } } },
            new { adGroupOperation = new { create = new { resourceName = $"{Customer}/adGroups/-3", name = "G", campaign = $"{Customer}/campaigns/-2", cpcBidMicros = "1000000" } } },
            new { adGroupAdOperation = new { create = new { adGroup = $"{Customer}/adGroups/-3", ad = GoogleUser.SearchAd(), status = "PAUSED" } } },
        ];

        var error = await google.RefusedAsync($"{Customer}/googleAds:mutate", new { mutateOperations = Operations("10") });
        error["location"]!["fieldPathElements"]!.AsArray().Select(e => e!["fieldName"]!.GetValue<string>()).ShouldBe(["mutate_operations", "campaign_budget_operation", "create", "amount_micros"]);
        host.Control.Objects().ShouldBeEmpty();

        var made = await google.PostAsync($"{Customer}/googleAds:mutate", new { mutateOperations = Operations("20000000") });
        made["mutateOperationResponses"]!.AsArray().Count.ShouldBe(4);
        made["mutateOperationResponses"]![1]!["campaignResult"]!["resourceName"]!.GetValue<string>().ShouldNotContain("-");
        host.Control.Objects("google").Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("campaignBudgets", """{"name":"B","amountMicros":"500000","explicitlyShared":false}""", "campaignBudgetError", "BUDGET_BELOW_PER_DAY_MINIMUM")]
    [InlineData("campaignBudgets", """{"name":"B","amountMicros":"5000001","explicitlyShared":false}""", "campaignBudgetError", "NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT")]
    [InlineData("campaignBudgets", """{"name":"Taken budget","amountMicros":"5000000"}""", "campaignBudgetError", "DUPLICATE_NAME")]
    [InlineData("campaigns", """{"name":"Taken","advertisingChannelType":"SEARCH","campaignBudget":"BUDGET","targetSpend":{},"containsEuPoliticalAdvertising":"DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING"}""", "campaignError", "DUPLICATE_CAMPAIGN_NAME")]
    [InlineData("campaigns", """{"name":"N","advertisingChannelType":"SEARCH","campaignBudget":"BUDGET","targetSpend":{}}""", "fieldError", "REQUIRED")]
    [InlineData("campaigns", """{"name":"N","advertisingChannelType":"SEARCH","campaignBudget":"BUDGET","targetSpend":{},"manualCpc":{},"containsEuPoliticalAdvertising":"DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING"}""", "fieldError", "VALUE_MUST_BE_UNSET")]
    [InlineData("campaigns", """{"name":"N","advertisingChannelType":"SEARCH","campaignBudget":"customers/8005550101/campaignBudgets/1","targetSpend":{},"containsEuPoliticalAdvertising":"DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING"}""", "mutateError", "RESOURCE_NOT_FOUND")]
    [InlineData("campaigns", """{"name":"N","advertisingChannelType":"SEARCH","campaignBudget":"BUDGET","startDateTime":"2020-01-01 00:00:00","targetSpend":{},"containsEuPoliticalAdvertising":"DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING"}""", "campaignError", "CANNOT_SET_DATE_TO_PAST")]
    [InlineData("adGroups", """{"name":"Socks","campaign":"CAMPAIGN"}""", "adGroupError", "DUPLICATE_ADGROUP_NAME")]
    [InlineData("adGroupAds", """{"adGroup":"GROUP","ad":{"finalUrls":["https://a.example"],"responsiveSearchAd":{"headlines":[{"text":"One"}],"descriptions":[{"text":"a"},{"text":"b"}]}}}""", "adError", "INVALID_NUMBER_OF_ELEMENTS")]
    [InlineData("adGroupAds", """{"adGroup":"GROUP","ad":{"finalUrls":["https://a.example"],"responsiveSearchAd":{"headlines":[{"text":"One"},{"text":"Two"},{"text":"A headline that is far longer than thirty"}],"descriptions":[{"text":"a"},{"text":"b"}]}}}""", "stringLengthError", "TOO_LONG")]
    [InlineData("adGroupAds", """{"adGroup":"GROUP","ad":{"finalUrls":["https://a.example"],"responsiveSearchAd":{"headlines":[{"text":"One"},{"text":"Two"},{"text":"A miracle cure"}],"descriptions":[{"text":"a"},{"text":"b"}]}}}""", "policyFindingError", "POLICY_FINDING")]
    public async Task A_wrong_resource_is_refused_with_its_family_and_code(string collection, string create, string family, string code)
    {
        await using var host = await SandboxHost.StartAsync();
        var google = await host.GoogleAsync();
        var (_, campaign, group, _) = await google.LaunchAsync("Taken");
        var free = await google.MutateAsync("campaignBudgets", new { create = new { name = "Free", amountMicros = "5000000", explicitlyShared = false } });
        var body = JsonNode.Parse(create.Replace("BUDGET\"", free + "\"", StringComparison.Ordinal).Replace("CAMPAIGN", campaign, StringComparison.Ordinal).Replace("GROUP", group, StringComparison.Ordinal))!;

        var error = await google.RefusedAsync($"{Customer}/{collection}:mutate", new { operations = new[] { new { create = body } } });

        error["errorCode"]!.AsObject().Single().ShouldSatisfyAllConditions(e => e.Key.ShouldBe(family), e => e.Value!.GetValue<string>().ShouldBe(code));
    }

    [Fact]
    public async Task A_display_ad_needs_images_of_the_right_shape()
    {
        await using var host = await SandboxHost.StartAsync();
        var google = await host.GoogleAsync();
        async Task<string> Image(string name) => await google.MutateAsync("assets", new { create = new { name, type = "IMAGE", imageAsset = new { data = Convert.ToBase64String(await host.Http.GetByteArrayAsync($"{host.Url}/assets/{name}.jpg")) } } });
        var (wide, square) = (await Image("sample-1200x628"), await Image("sample-1080x1080"));
        (await Image("sample-1080x1080")).ShouldBe(square);
        var budget = await google.MutateAsync("campaignBudgets", new { create = new { name = "D", amountMicros = "5000000", explicitlyShared = false } });
        var campaign = await google.MutateAsync("campaigns", new { create = new { name = "D", advertisingChannelType = "DISPLAY", campaignBudget = budget, manualCpm = new { }, containsEuPoliticalAdvertising = "DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING" } });
        var group = await google.MutateAsync("adGroups", new { create = new { name = "G", campaign } });
        object Ad(string marketing) => new
        {
            create = new { adGroup = group, ad = new { finalUrls = new[] { "https://harborandpine.example" }, responsiveDisplayAd = new { marketingImages = new[] { new { asset = marketing } }, squareMarketingImages = new[] { new { asset = square } }, headlines = new[] { new { text = "Socks" } }, longHeadline = new { text = "Warm socks for cold decks" }, descriptions = new[] { new { text = "Knitted in Maine." } }, businessName = "Harbor & Pine" } } },
        };

        (await google.RefusedAsync($"{Customer}/adGroupAds:mutate", new { operations = new[] { Ad(square) } }))["errorCode"]!["imageError"]!.GetValue<string>().ShouldBe("ASPECT_RATIO_NOT_ALLOWED");
        (await google.MutateAsync("adGroupAds", Ad(wide))).ShouldStartWith($"{Customer}/adGroupAds/");
    }

    [Fact]
    public async Task Partial_failure_keeps_what_is_good_and_validate_only_keeps_nothing()
    {
        await using var host = await SandboxHost.StartAsync();
        var google = await host.GoogleAsync();
        var operations = new object[] { new { create = new { name = "Good", amountMicros = "5000000" } }, new { create = new { name = "Bad", amountMicros = "5" } } };

        await google.PostAsync($"{Customer}/campaignBudgets:mutate", new { operations = operations[..1], validateOnly = true });
        (await google.QueryAsync("SELECT campaign_budget.name FROM campaign_budget")).ShouldBeEmpty();
        var answer = await google.PostAsync($"{Customer}/campaignBudgets:mutate", new { operations, partialFailure = true });

        answer["results"]![1]!.AsObject().ShouldBeEmpty();
        answer["partialFailureError"]!["details"]![0]!["errors"]![0]!["location"]!["fieldPathElements"]![0]!["index"]!.GetValue<int>().ShouldBe(1);
        (await google.QueryAsync("SELECT campaign_budget.name FROM campaign_budget")).Single()["campaignBudget"]!["name"]!.GetValue<string>().ShouldBe("Good");
    }

    [Theory]
    [InlineData("SELECT campaign.nome FROM campaign", "UNRECOGNIZED_FIELD")]
    [InlineData("SELECT campaign.id", "EXPECTED_FROM")]
    [InlineData("SELECT campaign.id FROM campaigns", "BAD_RESOURCE_TYPE_IN_FROM_CLAUSE")]
    [InlineData("SELECT ad_group.id FROM campaign", "PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE")]
    [InlineData("SELECT campaign.id FROM campaign WHERE campaign.status = 'RUNNING'", "BAD_ENUM_CONSTANT")]
    [InlineData("SELECT metrics.clicks FROM asset", "PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE")]
    [InlineData("SELECT campaign.id, segments.date, metrics.clicks FROM campaign", "EXPECTED_FILTERS_ON_DATE_RANGE")]
    [InlineData("SELECT campaign.id FROM campaign WHERE segments.date BETWEEN '1.1.2026' AND '2026-02-01'", "INVALID_DATE_FORMAT")]
    public async Task A_wrong_query_is_refused(string query, string code)
    {
        await using var host = await SandboxHost.StartAsync();
        var google = await host.GoogleAsync();

        (await google.RefusedAsync($"{Customer}/googleAds:search", new { query }))["errorCode"]!["queryError"]!.GetValue<string>().ShouldBe(code);
    }

    [Fact]
    public async Task Queries_filter_order_limit_and_page()
    {
        await using var host = await SandboxHost.StartAsync(o => o.GooglePageSize = 4);
        var google = await host.GoogleAsync();
        for (var i = 0; i < 9; i++) await google.MutateAsync("campaignBudgets", new { create = new { name = $"Budget {i}", amountMicros = $"{i + 1}0000000" } });

        (await google.QueryAsync("SELECT campaign_budget.name FROM campaign_budget WHERE campaign_budget.amount_micros >= 30000000 AND campaign_budget.name LIKE 'Budget%' AND campaign_budget.name NOT IN ('Budget 4') ORDER BY campaign_budget.amount_micros DESC LIMIT 2"))
            .Select(r => r["campaignBudget"]!["name"]!.GetValue<string>()).ShouldBe(["Budget 8", "Budget 7"]);
        var names = new List<string>();
        string? pageToken = null;
        do
        {
            var page = await google.PostAsync($"{Customer}/googleAds:search", new { query = "SELECT campaign_budget.name FROM campaign_budget", pageToken });
            names.AddRange(page["results"]!.AsArray().Select(r => r!["campaignBudget"]!["name"]!.GetValue<string>()));
            pageToken = page["nextPageToken"]?.GetValue<string>();
        } while (pageToken is not null);
        names.Distinct().Count().ShouldBe(9);
        (await google.RefusedAsync($"{Customer}/googleAds:search", new { query = "SELECT campaign.id FROM campaign", pageSize = 5 }))["errorCode"]!["requestError"]!.GetValue<string>().ShouldBe("PAGE_SIZE_NOT_SUPPORTED");
        (await google.PostAsync($"{Customer}/googleAds:searchStream", new { query = "SELECT campaign_budget.name FROM campaign_budget" })).AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task Targeting_audiences_and_their_members_are_taken()
    {
        await using var host = await SandboxHost.StartAsync();
        var google = await host.GoogleAsync();
        var (_, campaign, group, _) = await google.LaunchAsync();
        var place = (await google.PostAsync("geoTargetConstants:suggest", new { locale = "en", countryCode = "DE", locationNames = new { names = new[] { "Berlin" } } }))["geoTargetConstantSuggestions"]![0]!["geoTargetConstant"]!["resourceName"]!.GetValue<string>();
        await google.MutateAsync("campaignCriteria", new { create = new { campaign, location = new { geoTargetConstant = place } } });
        await google.MutateAsync("adGroupCriteria", new { create = new { adGroup = group, status = "ENABLED", keyword = new { text = "wool socks", matchType = "PHRASE" } } });
        (await google.QueryAsync("SELECT campaign_criterion.type, campaign_criterion.location.geo_target_constant FROM campaign_criterion")).Single()["campaignCriterion"]!["type"]!.GetValue<string>().ShouldBe("LOCATION");

        var list = await google.MutateAsync("userLists", new { create = new { name = "Buyers", membershipLifeSpan = 90, crmBasedUserList = new { uploadKeyType = "CONTACT_INFO" } } });
        var job = (await google.PostAsync($"{Customer}/offlineUserDataJobs:create", new { job = new { type = "CUSTOMER_MATCH_USER_LIST", customerMatchUserListMetadata = new { userList = list } } }))["resourceName"]!.GetValue<string>();
        await google.PostAsync(job + ":addOperations", new { operations = new[] { new { create = new { userIdentifiers = new[] { new { hashedEmail = new string('a', 64) } } } } } });
        await google.PostAsync(job + ":run", new { });

        (await google.QueryAsync("SELECT user_list.size_for_display FROM user_list")).Single()["userList"]!["sizeForDisplay"]!.GetValue<string>().ShouldBe("1");
    }

    [Fact]
    public async Task A_suspended_customer_takes_no_changes_and_unknown_members_are_named()
    {
        await using var host = await SandboxHost.StartAsync();
        var google = await host.GoogleAsync();
        (await google.RefusedAsync($"customers/{GoogleUser.Suspended}/campaignBudgets:mutate", new { operations = new[] { new { create = new { name = "B", amountMicros = "5000000" } } } }))["errorCode"]!["authorizationError"]!.GetValue<string>().ShouldBe("ACTION_NOT_PERMITTED_FOR_SUSPENDED_ACCOUNT");

        var (status, body) = await google.SendAsync(HttpMethod.Post, $"{Customer}/campaigns:mutate", new { operations = new[] { new { create = new { name = "C", startDate = "2027-01-01" } } } });

        (status, body["error"]!["message"]!.GetValue<string>()).ShouldBe((400, "Invalid JSON payload received. Unknown name \"startDate\" at 'operations[0].create': Cannot find field."));
    }
}
