using System.Text.Json.Nodes;
using AdStudio.Sandbox.Store;

namespace AdStudio.Sandbox.Meta;

/// <summary>Instant forms of a page, and the app's subscription to what they bring.</summary>
public sealed class MetaForms(MetaContext context)
{
    private static readonly string[] Types =
    [
        "CUSTOM", "CITY", "COMPANY_NAME", "COUNTRY", "DOB", "EMAIL", "GENDER", "FIRST_NAME", "FULL_NAME", "JOB_TITLE", "LAST_NAME", "MARITAL_STATUS", "PHONE", "PHONE_OTP", "POST_CODE", "PROVINCE", "RELATIONSHIP_STATUS", "STATE",
        "STREET_ADDRESS", "ZIP", "WORK_EMAIL", "WORK_PHONE_NUMBER", "MILITARY_STATUS", "WEBSITE", "WHATSAPP_NUMBER", "EDUCATION_LEVEL", "DATE_TIME",
    ];

    private static readonly string[] Buttons = ["VIEW_WEBSITE", "CALL_BUSINESS", "MESSAGE_BUSINESS", "DOWNLOAD", "SCHEDULE_APPOINTMENT", "VIEW_ON_FACEBOOK", "PROMO_CODE", "NONE", "WHATSAPP"];

    /// <summary>Forms and subscriptions are a page's own affair: its own token has to ask.</summary>
    public static MetaError? NeedsPageToken(MetaCall call, SandboxObject page) =>
        call.Session!.Body["page"]?.ToString() == page.Id ? null : new MetaError(210, "(#210) A page access token is required to request this resource.") { Status = 403 };

    public MetaReply Create(MetaCall call, SandboxObject page)
    {
        if (NeedsPageToken(call, page) is { } stranger) return stranger;
        if (!context.Has(call, "pages_manage_ads")) return MetaError.NoPermission("pages_manage_ads");
        if (MetaShapes.Check(call, "POST Page leadgen_forms") is { } misshapen) return misshapen;
        if (call.Json("questions") is not JsonArray { Count: > 0 } questions) return MetaError.Invalid("Param questions must be an array with at least one question.", "questions");
        if ((CheckQuestions(questions) ?? CheckPages(call)) is { } wrong) return wrong;
        if (context.Store.Under(MetaWorld.Form, page.Id).Any(f => f.Body["name"]!.ToString() == call.Text("name")))
            return MetaError.ForPerson(1892101, "This name is taken", "The Page has a form of this name already.", "name");
        var body = MetaShapes.Keep(call, "POST Page leadgen_forms", at => MetaTime.Write(at, TimeZoneInfo.Utc), text => MetaTime.Read(text, TimeZoneInfo.Utc));
        (body["status"], body["page_id"], body["privacy_policy_url"]) = ("ACTIVE", page.Id, body["privacy_policy"]!["url"]!.DeepClone());
        body["locale"] ??= "EN_US";
        var form = context.Create(MetaWorld.Form, "", page.Id, body);
        context.Store.Put(form);
        return new JsonObject { ["id"] = form.Id };
    }

    public MetaReply Update(MetaCall call, SandboxObject old)
    {
        if (!context.Has(call, "pages_manage_ads")) return MetaError.NoPermission("pages_manage_ads");
        if (MetaShapes.Check(call, "POST LeadgenForm") is { } misshapen) return misshapen;
        var form = old.Clone();
        if (call.Text("status") is { } status) form.Body["status"] = status;
        form.UpdatedAt = context.Now;
        context.Store.Put(form);
        return new JsonObject { ["success"] = true };
    }

    public MetaReply Subscribe(MetaCall call, SandboxObject old, bool on)
    {
        if (NeedsPageToken(call, old) is { } stranger) return stranger;
        if (!context.Has(call, "pages_manage_metadata")) return MetaError.NoPermission("pages_manage_metadata");
        if (on && MetaShapes.Check(call, "POST Page subscribed_apps") is { } misshapen) return misshapen;
        var page = old.Clone();
        page.Body["subscribed_fields"] = on ? new JsonArray([.. call.List("subscribed_fields").Select(f => (JsonNode)f)]) : null;
        // Nobody tells the platform where it stands; it calls back to where it was called.
        page.Body["callback"] = context.Options.MetaWebhookUrl ?? new Uri(call.BaseUrl).GetLeftPart(UriPartial.Authority) + "/webhooks/meta";
        context.Store.Put(page);
        return new JsonObject { ["success"] = true };
    }

    public MetaReply Subscriptions(MetaCall call, SandboxObject page)
    {
        if (NeedsPageToken(call, page) is { } stranger) return stranger;
        return new JsonObject
        {
            ["data"] = page.Body["subscribed_fields"] is JsonArray fields ? new JsonArray(new JsonObject { ["id"] = context.Options.MetaClientId, ["name"] = "AdStudio", ["subscribed_fields"] = fields.DeepClone() }) : new JsonArray(),
        };
    }

    private static MetaError? CheckQuestions(JsonArray questions)
    {
        var keys = new HashSet<string>();
        foreach (var question in questions)
        {
            if (MetaShapes.CheckObject(question, "LeadGenQuestion", "questions") is { } odd) return odd;
            var type = question?["type"]?.ToString();
            if (!Types.Contains(type)) return MetaError.Invalid($"Param questions[0][type] must be one of {{{string.Join(", ", Types)}}}", "questions");
            if (type == "CUSTOM" && string.IsNullOrEmpty(question!["label"]?.ToString())) return MetaError.ForPerson(1892033, "A question has no text", "Each question of your own needs a label.", "questions");
            if (!keys.Add(question!["key"]?.ToString() ?? type!.ToLowerInvariant())) return MetaError.ForPerson(1892034, "Two questions have the same key", "Each question needs a key of its own.", "questions");
            foreach (var option in question["options"] as JsonArray ?? [])
                if (MetaShapes.CheckObject(option, "LeadGenQuestionOption", "questions[options]") is { } wrong) return wrong;
        }
        return null;
    }

    private static MetaError? CheckPages(MetaCall call)
    {
        if (MetaShapes.CheckObject(call.Json("privacy_policy"), "LeadGenPrivacyPolicy", "privacy_policy") is { } policy) return policy;
        if (call.Json("privacy_policy")?["url"]?.ToString() is not { } url || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return MetaError.ForPerson(1892027, "Privacy policy is missing", "A form needs the address of a privacy policy.", "privacy_policy");
        if (MetaShapes.CheckObject(call.Json("context_card"), "LeadGenContextCard", "context_card") is { } card) return card;
        if (call.Json("context_card")?["style"]?.ToString() is not (null or "LIST_STYLE" or "PARAGRAPH_STYLE")) return MetaError.Invalid("Param context_card[style] must be one of {LIST_STYLE, PARAGRAPH_STYLE}", "context_card");
        var thanks = call.Json("thank_you_page");
        if (MetaShapes.CheckObject(thanks, "LeadGenThankYouPage", "thank_you_page") is { } last) return last;
        if (thanks?["button_type"]?.ToString() is { } button && !Buttons.Contains(button)) return MetaError.Invalid($"Param thank_you_page[button_type] must be one of {{{string.Join(", ", Buttons)}}}", "thank_you_page");
        if (thanks?["button_type"]?.ToString() == "VIEW_WEBSITE" && string.IsNullOrEmpty(thanks["website_url"]?.ToString())) return MetaError.ForPerson(1892080, "Website is missing", "The button leads to a website: give website_url.", "thank_you_page");
        return thanks?["button_type"]?.ToString() is "CALL_BUSINESS" or "WHATSAPP" && string.IsNullOrEmpty(thanks["business_phone_number"]?.ToString())
            ? MetaError.ForPerson(1892081, "Phone number is missing", "The button calls a number: give business_phone_number.", "thank_you_page") : null;
    }
}
