using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Meta;

/// <summary>What an ad set is made for, when a program has chosen it: in place of what the campaign's goal and creatives would give (values: AdSet.json, AdPromotedObject.json).</summary>
internal static class MetaDetails
{
    public const string Website = "WEBSITE", App = "APP", Messenger = "MESSENGER", InstagramDirect = "INSTAGRAM_DIRECT";

    public static bool LeadsToApp(LaunchBrief brief) => brief.App is not null && (brief.Objective == Objective.AppInstalls || brief.Details?.ConversionLocation == App);

    /// <summary>In which app a conversation is opened by the ad; null when none is.</summary>
    public static string? ConversationIn(LaunchBrief brief) => brief.Details?.ConversionLocation is Messenger or InstagramDirect ? brief.Details.ConversionLocation : null;

    /// <summary>The usual goal, destination and promoted object with what was chosen in their place.</summary>
    public static (string Goal, string? Destination, JsonObject? Promoted) Of(LaunchBrief brief, (string Goal, string? Destination, JsonObject? Promoted) usual)
    {
        if (brief.Details is not { } chosen) return usual;
        var (_, destination, promoted) = usual;
        if (LeadsToApp(brief)) (destination, promoted) = (App, new JsonObject { ["application_id"] = MetaApps.IdOf(brief.App!), ["object_store_url"] = brief.App!.Url });
        else if (ConversationIn(brief) is { } messages) (destination, promoted) = (messages, new JsonObject { ["page_id"] = brief.Page?.Id });
        else if (chosen.ConversionLocation == Website && brief.LeadFormId is null) destination = Website;

        if (promoted?["pixel_id"] is not null && chosen.ConversionEvent is { } counted) promoted["custom_event_type"] = EventOf(counted);
        if (chosen.CustomConversionId is { } custom)
        {
            promoted ??= [];
            promoted["custom_conversion_id"] = custom;
            // It says itself what counts.
            promoted.Remove("custom_event_type");
        }
        if (chosen.ProductSetId is { } products) (promoted ??= [])["product_set_id"] = products;
        return (chosen.OptimizationGoal ?? usual.Goal, destination, promoted);
    }

    /// <summary>API 002 says INITIATE_CHECKOUT, Meta's enumeration INITIATED_CHECKOUT.</summary>
    private static string EventOf(string counted) => counted == "INITIATE_CHECKOUT" ? "INITIATED_CHECKOUT" : counted;
}
