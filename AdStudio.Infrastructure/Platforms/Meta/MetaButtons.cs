using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>Where an ad's link and button lead: to the website, to the app in its store, or to the lead form.</summary>
internal static class MetaButtons
{
    /// <summary>The creative as the campaign's goal wants it; notes say what became of its button and link.</summary>
    public static BriefCreative Fitting(BriefCreative creative, LaunchBrief brief, List<PlanNote> notes)
    {
        switch (brief.Objective)
        {
            case Objective.AppInstalls when brief.App?.Url is { } store:
                if (Of(creative) != "DOWNLOAD") notes.Add(PlanWords.Converted("callToAction", $"“{creative.Name}” gets the button “Install” and leads to the app in its store."));
                return creative with { CallToAction = "INSTALL_MOBILE_APP", LinkUrl = store, Cards = [.. creative.Cards.Select(c => c with { LinkUrl = store })] };

            case Objective.Traffic when MetaDetails.LeadsToApp(brief) && brief.App?.Url is { } store:
                return creative with { LinkUrl = store, Cards = [.. creative.Cards.Select(c => c with { LinkUrl = store })] };

            case Objective.Leads when brief.LeadFormId is not null && !MetaFromMemory.OpensAForm(Of(creative)):
                notes.Add(PlanWords.Converted("callToAction", $"“{creative.Name}” gets the button “Sign up”, because not every button can open a form."));
                return creative with { CallToAction = "SIGN_UP" };

            default: return creative;
        }
    }

    public static string Of(BriefCreative creative) => MetaCatalogue.Rules.CallToActionOf(creative.CallToAction)?.Wire ?? creative.CallToAction.ToUpperInvariant();

    public static JsonObject Action(string type, string link, LaunchBrief brief) => new()
    {
        ["type"] = type,
        ["value"] = brief is { Objective: Objective.Leads, LeadFormId: { } form } ? new JsonObject { ["lead_gen_form_id"] = form }
            : MetaDetails.ConversationIn(brief) is { } messages ? new JsonObject { ["app_destination"] = messages }
            : new JsonObject { ["link"] = link },
    };
}
