using AdStudio.Core.Data;
using AdStudio.Core.Partners;

namespace AdStudio.Web.Features.Developers;

/// <summary>Events in words, as one chooses them.</summary>
internal static class EventWords
{
    private static readonly Dictionary<string, string> When = new()
    {
        [EventNames.CampaignCreated] = "A campaign is written, copied or imported",
        [EventNames.CampaignUpdated] = "Its name, content, money or times change",
        [EventNames.CampaignProcessing] = "Its launch begins",
        [EventNames.CampaignCompleted] = "It has run to its end",
        [EventNames.CampaignFailed] = "It fails on a platform, or as a whole",
        [EventNames.CampaignStatusChanged] = "Its status changes, there or as a whole",
        [EventNames.LeadReceived] = "Somebody sent a lead form",
        [EventNames.ConnectionUnhealthy] = "A connection or an ad account stops working",
        [EventNames.ConnectionHealthy] = "It works again",
        [EventNames.ApprovalNeeded] = "Something waits for a person's approval",
    };

    public static IReadOnlyList<string> All => EventNames.All;

    public static string Says(string name) => When.GetValueOrDefault(name, name);

    /// <summary>"All events", "lead.received", "campaign.failed and 2 more".</summary>
    public static string Short(IReadOnlyList<string> events) =>
        events.Contains(WebhookEndpoint.EveryEvent) ? "All events" : events.Count <= 1 ? string.Concat(events) : $"{events[0]} and {events.Count - 1} more";
}
