using System.Net;
using System.Text.Json.Nodes;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Api.Embedded;

/// <summary>Lead forms of seed 002: its body as it is printed, with every type, button and language of its tables.</summary>
public sealed class MetaLeadFormTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly string[] Types =
    [
        "CUSTOM", "CITY", "COMPANY_NAME", "COUNTRY", "DOB", "EMAIL", "GENDER", "FIRST_NAME", "FULL_NAME", "JOB_TITLE", "LAST_NAME", "MARITIAL_STATUS", "WHATSAPP_NUMBER", "EDUCATION_LEVEL", "WEBSITE", "PHONE", "PHONE_OTP", "POST_CODE", "PROVINCE",
        "RELATIONSHIP_STATUS", "STATE", "STREET_ADDRESS", "ZIP", "WORK_EMAIL", "MILITARY_STATUS",
    ];

    private static readonly string[] Languages =
    [
        "AR_AR", "CS_CZ", "DA_DK", "DE_DE", "EL_GR", "EN_GB", "EN_US", "ES_ES", "ES_LA", "FI_FI", "FR_FR", "HE_IL", "HI_IN", "HU_HU", "ID_ID", "IT_IT", "JA_JP", "KO_KR", "NB_NO", "NL_NL", "PL_PL", "PT_BR", "PT_PT", "RO_RO", "RU_RU", "SV_SE", "TH_TH",
        "TR_TR", "VI_VN", "ZH_CN", "ZH_HK", "ZH_TW",
    ];

    /// <summary>The seed's body, with a page and addresses that are there.</summary>
    internal static JsonObject Form(string name = "Autumn") => JsonNode.Parse($$"""
        {
          "pageId": "105550130001",
          "questions": [{ "type": "CUSTOM", "label": "string", "options": [{ "value": "string", "key": "string" }] }],
          "privacyPolicyUrl": "https://shop.example/privacy", "privacyPolicyName": "string", "name": "{{name}}",
          "thankYouPage": { "title": "string", "body": "string", "buttonText": "string", "buttonType": "VIEW_WEBSITE", "websiteUrl": "https://shop.example", "countryCode": "string", "businessPhoneNumber": "string" },
          "language": "AR_AR",
          "introPage": { "title": "string", "style": "LIST_STYLE", "content": ["string"] }
        }
        """)!.AsObject();

    [Fact]
    public async Task The_example_makes_a_form_that_stands_on_the_page()
    {
        var partner = await app.CallerAsync(app.Scene, "Mia-1");
        var made = (await partner.PostAsync(app.Path($"meta/lead-form?adAccountId={app.Meta.ExternalId}"), Form("By example"))).Data()["id"]!.GetValue<string>();

        foreach (var query in new[] { "?pageId=105550130001", $"?adAccountId={app.Meta.ExternalId}", "" })
        {
            var listed = (await partner.GetAsync(app.Path("meta/lead-form" + query))).Data().AsArray().Single(f => f!["id"]!.GetValue<string>() == made)!;
            (listed["name"]!.GetValue<string>(), listed["status"]!.GetValue<string>(), listed["locale"]!.GetValue<string>()).ShouldBe(("By example", "ACTIVE", "AR_AR"));
        }
        (await partner.GetAsync(app.Path("meta/lead-form?pageId=1"))).Wrong().ShouldHaveSingleItem().ShouldStartWith("pageId");
        await using var db = await app.Studio.OpenAsync(app.Scene.Admin, default);
        (await db.LeadForms.SingleAsync(f => f.ExternalId == made)).Status.ShouldBe(LeadFormStatus.Active);
    }

    [Fact]
    public async Task Every_question_type_and_language_of_the_seed_is_taken()
    {
        var partner = await app.CallerAsync(app.Scene, "Mia-1");
        LeadFormRules.Types.Select(t => t.Wire).ShouldBe(Types, ignoreOrder: true);
        LeadFormRules.Languages.Select(l => l.Wire).ShouldBe(Languages, ignoreOrder: true);
        foreach (var (types, i) in Types.Append("MARITAL_STATUS").Chunk(13).Select((t, i) => (t, i)))
        {
            var form = Form($"All types {i}");
            form["questions"] = new JsonArray([.. types.Select(t => (JsonNode)new JsonObject { ["type"] = t, ["label"] = "string", ["options"] = new JsonArray() })]);
            form["language"] = Languages[i];
            (await partner.PostAsync(app.Path("meta/lead-form"), form)).Data()["id"]!.GetValue<string>().ShouldNotBeEmpty();
        }
    }

    public static TheoryData<string, string?> Buttons() => new()
    {
        { "VIEW_WEBSITE", "websiteUrl" }, { "CALL_BUSINESS", "countryCode" }, { "WHATSAPP", "businessPhoneNumber" }, { "MESSAGE_BUSINESS", null }, { "DOWNLOAD", null }, { "SCHEDULE_APPOINTMENT", null }, { "VIEW_ON_FACEBOOK", null }, { "PROMO_CODE", null }, { "NONE", null },
    };

    [Theory]
    [MemberData(nameof(Buttons))]
    public async Task Each_button_asks_for_what_it_needs(string button, string? needed)
    {
        var partner = await app.CallerAsync(app.Scene, "Mia-1");
        var form = Form("Button " + button);
        var page = form["thankYouPage"]!.AsObject();
        page["buttonType"] = button;
        foreach (var name in new[] { "websiteUrl", "countryCode", "businessPhoneNumber" }) page.Remove(name);
        if (needed is not null) (await partner.PostAsync(app.Path("meta/lead-form"), form)).Wrong().ShouldContain(d => d.StartsWith("thankYouPage." + needed, StringComparison.Ordinal));
        (page["websiteUrl"], page["countryCode"], page["businessPhoneNumber"]) = ("https://shop.example", "US", "5035550100");
        (await partner.PostAsync(app.Path("meta/lead-form"), form)).Data()["id"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("questions", """[{"type":"SHOE_SIZE","label":"x","options":[]}]""", "questions[0].type")]
    [InlineData("questions", "[]", "questions")]
    [InlineData("questions", "7", "questions")]
    [InlineData("questions", """[{"type":"EMAIL"},{"type":"EMAIL"}]""", "questions[1].type")]
    [InlineData("language", "\"EN_XX\"", "language")]
    [InlineData("privacyPolicyUrl", "\"string\"", "privacyPolicyUrl")]
    [InlineData("privacyPolicyName", "null", "privacyPolicyName")]
    [InlineData("name", "\"\"", "name")]
    [InlineData("pageId", "\"1\"", "pageId")]
    [InlineData("pageId", "null", "pageId")]
    [InlineData("thankYouPage", "null", "thankYouPage")]
    [InlineData("thankYouPage", """{"title":"t","body":"b","buttonText":"x","buttonType":"DANCE"}""", "thankYouPage.buttonType")]
    [InlineData("introPage", """{"title":"t","style":"COMIC","content":["a"]}""", "introPage.style")]
    [InlineData("introPage", """{"title":"t","style":"LIST_STYLE","content":[]}""", "introPage.content")]
    public async Task What_is_wrong_with_a_form_is_named_and_nothing_is_left_behind(string field, string value, string named)
    {
        var form = Form("Wrong " + field);
        form[field] = JsonNode.Parse(value);
        (await (await app.CallerAsync(app.Scene, "Mia-1")).PostAsync(app.Path("meta/lead-form"), form)).Wrong().ShouldContain(d => d.StartsWith(named, StringComparison.Ordinal));
        await using var db = await app.Studio.OpenAsync(app.Scene.Admin, default);
        (await db.LeadForms.AnyAsync(f => f.Name.StartsWith("Wrong"))).ShouldBeFalse();
    }

    [Fact]
    public async Task The_intro_page_may_be_left_out_and_the_printed_spelling_of_the_page_is_taken()
    {
        var form = Form("Plain");
        form.Remove("introPage");
        form["pageid"] = form["pageId"]!.GetValue<string>();
        form.Remove("pageId");
        (await (await app.CallerAsync(app.Scene, "Mia-1")).PostAsync(app.Path("meta/lead-form"), form)).ShouldBe(HttpStatusCode.OK);
    }
}
