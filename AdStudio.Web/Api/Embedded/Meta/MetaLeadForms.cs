using System.Text.Json.Serialization;
using AdStudio.Core.Accounts;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Platforms;
using AdStudio.Web.Api.Documents;
using AdStudio.Web.Api.Reading;

namespace AdStudio.Web.Api.Embedded.Meta;

/// <param name="Status">Meta's word: ACTIVE, ARCHIVED …</param>
/// <param name="LeadsCount">Leads it has brought, as far as Meta tells.</param>
/// <param name="LeadFormId">As which the studio knows it; null when it does not.</param>
internal sealed record LeadFormAnswer(string Id, string Name, string Status, [property: JsonPropertyName("page_id")] string PageId, string? Locale, [property: JsonPropertyName("leads_count")] long? LeadsCount, Guid? LeadFormId)
{
    public static LeadFormAnswer Of(StandingForm form) => new(form.Listed.ExternalId, form.LeadFormName ?? form.Listed.Name, form.Listed.OwnStatus, form.PageId, form.Listed.Locale, form.Listed.Leads, form.LeadFormId);
}

/// <param name="Id">Meta's id of the form.</param>
/// <param name="LeadFormId">Ours.</param>
internal sealed record LeadFormMade(string Id, Guid LeadFormId);

internal sealed record LeadFormRequest(string PageId, IReadOnlyList<LeadFormQuestion> Questions, string PrivacyPolicyUrl, string PrivacyPolicyName, string Name, LeadFormThanks ThankYouPage, string Language, LeadFormIntro? IntroPage);

/// <param name="Label">The question itself of a CUSTOM one; Meta words the others in the form's language.</param>
/// <param name="Options">To choose from; without any, a CUSTOM question is answered freely.</param>
internal sealed record LeadFormQuestion(string Type, string? Label, IReadOnlyList<LeadFormOption>? Options);
internal sealed record LeadFormOption(string Value, string Key);

/// <param name="WebsiteUrl">Required for VIEW_WEBSITE.</param>
/// <param name="CountryCode">ISO 3166-1 alpha-2; required for CALL_BUSINESS and WHATSAPP, as is the number.</param>
internal sealed record LeadFormThanks(string Title, string Body, string ButtonText, string ButtonType, string? WebsiteUrl, string? CountryCode, string? BusinessPhoneNumber);

/// <param name="Style">LIST_STYLE or PARAGRAPH_STYLE.</param>
internal sealed record LeadFormIntro(string Title, string Style, IReadOnlyList<string> Content);

/// <summary>Lead forms of a page.</summary>
internal static class MetaLeadForms
{
    private const string Example = """
        {"pageId":"105550130001","questions":[{"type":"CUSTOM","label":"Which size?","options":[{"value":"Small","key":"s"},{"value":"Large","key":"l"}]},{"type":"EMAIL","label":"E-mail","options":[]}],"privacyPolicyUrl":"https://shop.example/privacy",
         "privacyPolicyName":"Privacy","name":"Autumn","thankYouPage":{"title":"Thank you","body":"We will be in touch.","buttonText":"Visit us","buttonType":"VIEW_WEBSITE","websiteUrl":"https://shop.example"},"language":"EN_US",
         "introPage":{"title":"Join in","style":"LIST_STYLE","content":["Half price"]}}
        """;

    public static void Map(RouteGroupBuilder meta)
    {
        meta.MapGet("/lead-form", ListAsync)
            .Operation("List lead forms", "The forms that stand on the page, asked of Meta now; without a page, on all pages of the account.", ApiScopes.ReadCampaigns)
            .Query("adAccountId", "The ad account, by Meta's id or ours. Left out, all of the team's.").Query("pageId", "Only this page's.").Gives<Envelope<IReadOnlyList<LeadFormAnswer>>>();

        meta.MapPost("/lead-form", CreateAsync)
            .Operation("Create a lead form", $"Makes the form and publishes it on the page. Question types: {string.Join(", ", LeadFormRules.Types.Select(t => t.Wire))}. Button types: {string.Join(", ", LeadFormRules.Buttons.Select(b => b.Wire))}. "
                + $"Languages: {string.Join(", ", LeadFormRules.Languages.Select(l => l.Wire))}. For managers of the account.", ApiScopes.WriteCampaigns)
            .Query("adAccountId", "The ad account whose page it is. Left out, the one of the team's that has the page.").Takes<LeadFormRequest>(Example).Gives<Envelope<LeadFormMade>>();
    }

    private static async Task<IResult> ListAsync(HttpContext http, string teamId, EmbeddedScope scope, ListStandingForms list, CancellationToken ct)
    {
        var query = new GivenQuery(http);
        var page = query.Text("pageId", 64);
        if (!(await scope.AccountsAsync(http, teamId, Platform.Meta, AccountAccess.Viewer, ct)).TryGet(out var accounts, out var refusal)) return refusal.Refused();
        if (query.Refusal() is { } wrong) return wrong;
        return (await list.RunAsync(http.Actor(), [.. accounts.Select(a => a.Id)], page, ct)).Listed(LeadFormAnswer.Of, PlatformJson.Shared.EnvelopeIReadOnlyListLeadFormAnswer);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, string teamId, EmbeddedScope scope, MakeLeadForm make, CancellationToken ct)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http);
        if (unreadable is not null) return unreadable;
        var (page, name, content) = (body.Text(body.Has("pageid") ? "pageid" : "pageId", 64, required: true), body.Text("name", LeadFormRules.MaxName, required: true), Read(body));
        if (!(await scope.AccountsAsync(http, teamId, Platform.Meta, AccountAccess.Manager, ct)).TryGet(out var accounts, out var refusal)) return refusal.Refused();
        if (body.Refusal() is { } wrong) return wrong;
        var account = accounts.FirstOrDefault(a => HasPage(a, page!)) ?? accounts[0];
        return (await make.RunAsync(http.Actor(), account.WorkspaceId, account.Id, page!, name!, content, ct)).TryGet(out var made, out refusal)
            ? new LeadFormMade(made.ExternalId!, made.Id).Enveloped(PlatformJson.Shared.EnvelopeLeadFormMade) : refusal.Refused();
    }

    private static LeadFormContent Read(Given body)
    {
        var number = 0;
        var questions = body.Objects("questions", LeadFormRules.MaxQuestions, q =>
        {
            var type = LeadFormRules.Canonical(q.Text("type", 64, required: true) ?? "");
            var options = q.Objects("options", LeadFormRules.MaxOptions, o => new LeadOption(o.Text("key", 100, required: true) ?? "", o.Text("value", LeadFormRules.MaxOption, required: true) ?? ""));
            number++;
            return new LeadQuestion(type, q.Text("label", LeadFormRules.MaxLabel) ?? "", type == "CUSTOM" ? $"custom_{number}" : type.ToLowerInvariant(), type == "CUSTOM" ? options ?? [] : []);
        });
        if (questions is null) body.Texts("questions", LeadFormRules.MaxQuestions, 1, required: !body.Has("questions"));
        var (thanks, intro) = (body.Object("thankYouPage", required: true), body.Object("introPage"));
        var button = thanks?.Text("buttonType", 64, required: true)?.ToUpperInvariant() ?? "";
        return new()
        {
            Questions = questions ?? [], PrivacyPolicyUrl = body.Text("privacyPolicyUrl", 2000, required: true) ?? "", PrivacyPolicyName = body.Text("privacyPolicyName", LeadFormRules.MaxPolicyName, required: true) ?? "",
            Language = body.Text("language", 16, required: true)?.ToUpperInvariant() ?? "",
            ThankYou = thanks is null ? new() : new()
            {
                Title = thanks.Text("title", LeadFormRules.MaxTitle, required: true) ?? "", Body = thanks.Text("body", LeadFormRules.MaxBody, required: true) ?? "", ButtonText = thanks.Text("buttonText", LeadFormRules.MaxButton) ?? "", ButtonType = button,
                WebsiteUrl = thanks.Text("websiteUrl", 2000), CountryCode = LeadFormRules.NeedsPhone(button) ? thanks.Text("countryCode", 64) : null, BusinessPhoneNumber = LeadFormRules.NeedsPhone(button) ? thanks.Text("businessPhoneNumber", 64) : null,
            },
            Intro = intro is null ? null : new(intro.Text("title", LeadFormRules.MaxTitle, required: true) ?? "", intro.Text("style", 64, required: true)?.ToUpperInvariant() ?? "", intro.Texts("content", LeadFormRules.MaxQuestions, LeadFormRules.MaxIntroText, required: true) ?? []),
        };
    }

    private static bool HasPage(AdAccountRow account, string page) => account.Assets.Any(a => a.Kind == AccountAssetKind.Page && a.Id == page);
}
