using AdStudio.Core.Common;

namespace AdStudio.Core.Platforms;

/// <param name="Wire">The type in the APIs and in the studio.</param>
/// <param name="Asks">The question in English, as a preview shows it; the platform words it in the form's language.</param>
/// <param name="Holds">Which of a lead's own columns its answer fills.</param>
public sealed record LeadQuestionType(string Wire, string Label, string Asks, string Group, LeadColumn Holds = LeadColumn.None);

/// <summary>What a lead is listed and found by.</summary>
public enum LeadColumn { None, FullName, FirstName, LastName, Email, Phone }

/// <param name="Wire">"AR_AR".</param>
public sealed record LeadLanguage(string Wire, string Name, bool RightToLeft = false);

/// <summary>What a lead form may consist of, and what is wrong with one.</summary>
public static class LeadFormRules
{
    public const int MaxName = 128, MaxQuestions = 15, MaxLabel = 80, MaxOptions = 20, MaxOption = 60, MaxTitle = 60, MaxBody = 300, MaxButton = 30, MaxIntroLines = 5, MaxIntroLine = 80, MaxIntroText = 500, MaxPolicyName = 70;

    public static IReadOnlyList<LeadQuestionType> Types { get; } =
    [
        new("CUSTOM", "Your own question", "", "Your own"),
        new("FULL_NAME", "Full name", "Full name", "Contact", LeadColumn.FullName), new("FIRST_NAME", "First name", "First name", "Contact", LeadColumn.FirstName), new("LAST_NAME", "Last name", "Last name", "Contact", LeadColumn.LastName),
        new("EMAIL", "E-mail", "Email", "Contact", LeadColumn.Email), new("PHONE", "Phone number", "Phone number", "Contact", LeadColumn.Phone), new("PHONE_OTP", "Phone number, confirmed by a code", "Phone number", "Contact", LeadColumn.Phone),
        new("WHATSAPP_NUMBER", "WhatsApp number", "WhatsApp number", "Contact", LeadColumn.Phone), new("WEBSITE", "Website", "Website", "Contact"),
        new("STREET_ADDRESS", "Street address", "Street address", "Address"), new("CITY", "City", "City", "Address"), new("STATE", "State", "State", "Address"), new("PROVINCE", "Province", "Province", "Address"),
        new("ZIP", "ZIP code", "ZIP code", "Address"), new("POST_CODE", "Post code", "Post code", "Address"), new("COUNTRY", "Country", "Country", "Address"),
        new("WORK_EMAIL", "Work e-mail", "Work email", "Work", LeadColumn.Email), new("JOB_TITLE", "Job title", "Job title", "Work"), new("COMPANY_NAME", "Company name", "Company name", "Work"),
        new("DOB", "Date of birth", "Date of birth", "About them"), new("GENDER", "Gender", "Gender", "About them"), new("MARITIAL_STATUS", "Marital status", "Marital status", "About them"),
        new("RELATIONSHIP_STATUS", "Relationship status", "Relationship status", "About them"), new("EDUCATION_LEVEL", "Education level", "Education level", "About them"), new("MILITARY_STATUS", "Military status", "Military status", "About them"),
    ];

    public static IReadOnlyList<LeadLanguage> Languages { get; } =
    [
        new("AR_AR", "Arabic", RightToLeft: true), new("CS_CZ", "Czech"), new("DA_DK", "Danish"), new("DE_DE", "German"), new("EL_GR", "Greek"), new("EN_GB", "English (UK)"), new("EN_US", "English (US)"), new("ES_ES", "Spanish (Spain)"),
        new("ES_LA", "Spanish (Latin America)"), new("FI_FI", "Finnish"), new("FR_FR", "French"), new("HE_IL", "Hebrew", RightToLeft: true), new("HI_IN", "Hindi"), new("HU_HU", "Hungarian"), new("ID_ID", "Indonesian"), new("IT_IT", "Italian"),
        new("JA_JP", "Japanese"), new("KO_KR", "Korean"), new("NB_NO", "Norwegian"), new("NL_NL", "Dutch"), new("PL_PL", "Polish"), new("PT_BR", "Portuguese (Brazil)"), new("PT_PT", "Portuguese (Portugal)"), new("RO_RO", "Romanian"),
        new("RU_RU", "Russian"), new("SV_SE", "Swedish"), new("TH_TH", "Thai"), new("TR_TR", "Turkish"), new("VI_VN", "Vietnamese"), new("ZH_CN", "Chinese (simplified)"), new("ZH_HK", "Chinese (Hong Kong)"), new("ZH_TW", "Chinese (Taiwan)"),
    ];

    public static IReadOnlyList<(string Wire, string Label)> Buttons { get; } =
    [
        ("VIEW_WEBSITE", "View website"), ("CALL_BUSINESS", "Call the business"), ("MESSAGE_BUSINESS", "Message the business"), ("DOWNLOAD", "Download"), ("SCHEDULE_APPOINTMENT", "Schedule an appointment"),
        ("VIEW_ON_FACEBOOK", "View on Facebook"), ("PROMO_CODE", "Promo code"), ("WHATSAPP", "WhatsApp"), ("NONE", "No button"),
    ];

    public static IReadOnlyList<(string Wire, string Label)> IntroStyles { get; } = [("LIST_STYLE", "List"), ("PARAGRAPH_STYLE", "Paragraph")];

    public static LeadQuestionType? TypeOf(string wire) => Types.FirstOrDefault(t => t.Wire == Canonical(wire));

    /// <summary>The right spelling is understood as the printed one.</summary>
    public static string Canonical(string type) => type.Trim().ToUpperInvariant() switch { "MARITAL_STATUS" => "MARITIAL_STATUS", var other => other };

    /// <summary>Whether the button leads to a website, which then has to be given.</summary>
    public static bool NeedsWebsite(string button) => button is "VIEW_WEBSITE";
    public static bool NeedsPhone(string button) => button is "CALL_BUSINESS" or "WHATSAPP";

    /// <summary>What the platform would refuse; each with its field.</summary>
    public static IReadOnlyList<FieldProblem> Check(string name, LeadFormContent form)
    {
        var problems = new List<FieldProblem>();
        Text("name", "a name", name, MaxName, required: true);
        if (Languages.All(l => l.Wire != form.Language)) Wrong("language", "Choose one of the 32 languages.");
        CheckQuestions(form, Wrong);
        if (!IsHttps(form.PrivacyPolicyUrl)) Wrong("privacyPolicyUrl", "Give the address of your privacy policy. It begins with https://");
        Text("privacyPolicyName", "what the link to your privacy policy says", form.PrivacyPolicyName, MaxPolicyName, required: true);
        CheckThankYou(form.ThankYou);
        if (form.Intro is { } intro) CheckIntro(intro);
        return problems;

        void Wrong(string field, string words) => problems.Add(new(field, words));

        void Text(string field, string what, string text, int most, bool required)
        {
            if (required && text.Trim().Length == 0) Wrong(field, $"Give {what}.");
            else if (text.Length > most) Wrong(field, $"This has {text.Length} characters; {most} are the most.");
        }

        void CheckThankYou(LeadThankYou page)
        {
            Text("thankYouPage.title", "a headline for the last page", page.Title, MaxTitle, required: true);
            Text("thankYouPage.body", "a sentence for the last page", page.Body, MaxBody, required: true);
            if (Buttons.All(b => b.Wire != page.ButtonType)) Wrong("thankYouPage.buttonType", "Choose what the button does.");
            Text("thankYouPage.buttonText", "what the button says", page.ButtonText, MaxButton, required: page.ButtonType != "NONE");
            if (NeedsWebsite(page.ButtonType) && !IsHttps(page.WebsiteUrl)) Wrong("thankYouPage.websiteUrl", "Give the website that the button opens. It begins with https://");
            else if (page.WebsiteUrl is { Length: > 0 } other && !IsHttps(other)) Wrong("thankYouPage.websiteUrl", "This isn't a web address. It begins with https://");
            if (!NeedsPhone(page.ButtonType)) return;
            if (Countries.Find(page.CountryCode ?? "") is null) Wrong("thankYouPage.countryCode", "Choose the country of the phone number.");
            if (page.BusinessPhoneNumber is not { } number || number.Count(char.IsDigit) is < 4 or > 15 || number.Any(c => !char.IsDigit(c) && !"+-() ".Contains(c, StringComparison.Ordinal)))
                Wrong("thankYouPage.businessPhoneNumber", "Give the phone number: digits, and no country code.");
        }

        void CheckIntro(LeadIntro intro)
        {
            Text("introPage.title", "a headline for the first page", intro.Title, MaxTitle, required: true);
            if (IntroStyles.All(s => s.Wire != intro.Style)) Wrong("introPage.style", "Choose a list or a paragraph.");
            var lines = intro.Content.Where(l => l.Trim().Length > 0).ToList();
            if (lines.Count == 0) Wrong("introPage.content", "Write at least one line for the first page.");
            if (intro.Style == "LIST_STYLE" && lines.Count > MaxIntroLines) Wrong("introPage.content", $"A list takes up to {MaxIntroLines} lines.");
            var most = intro.Style == "LIST_STYLE" ? MaxIntroLine : MaxIntroText;
            foreach (var (line, i) in intro.Content.Select((l, i) => (l, i)).Where(x => x.l.Length > most)) Wrong($"introPage.content[{i}]", $"This line has {line.Length} characters; {most} are the most.");
        }
    }

    private static void CheckQuestions(LeadFormContent form, Action<string, string> wrong)
    {
        if (form.Questions.Count == 0) wrong("questions", "Ask at least one question.");
        if (form.Questions.Count > MaxQuestions) wrong("questions", $"A form asks up to {MaxQuestions} questions.");
        var (types, keys) = (new HashSet<string>(), new HashSet<string>());
        foreach (var (question, i) in form.Questions.Select((q, i) => (q, i)))
        {
            var at = $"questions[{i}]";
            if (TypeOf(question.Type) is not { } type)
            {
                wrong($"{at}.type", "There is no such kind of question.");
                continue;
            }
            if (type.Wire != "CUSTOM" && !types.Add(type.Wire)) wrong($"{at}.type", $"“{type.Label}” is asked twice. Take one of them out.");
            if (question.Key.Length == 0 || !keys.Add(question.Key)) wrong($"{at}.key", "Each question needs a key of its own, by which its answers come back.");
            if (type.Wire != "CUSTOM") continue;
            if (question.Label.Trim().Length == 0) wrong($"{at}.label", "Write the question.");
            else if (question.Label.Length > MaxLabel) wrong($"{at}.label", $"The question has {question.Label.Length} characters; {MaxLabel} are the most.");
            if (question.Options.Count > MaxOptions) wrong($"{at}.options", $"A question has up to {MaxOptions} answers.");
            if (question.Options.Any(o => o.Value.Trim().Length == 0)) wrong($"{at}.options", "One of the answers is empty.");
            else if (question.Options.FirstOrDefault(o => o.Value.Length > MaxOption) is { } tooLong) wrong($"{at}.options", $"“{tooLong.Value}” has {tooLong.Value.Length} characters; {MaxOption} are the most.");
            else if (question.Options.Select(o => o.Key).Distinct().Count() != question.Options.Count) wrong($"{at}.options", "Two answers have the same key.");
        }
    }

    private static bool IsHttps(string? text) => text is { Length: <= 2000 } && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Host.Contains('.', StringComparison.Ordinal);
}
