using System.Globalization;
using System.Text.Json.Nodes;

namespace AdStudio.Web.Api.Documents;

/// <summary>What the places of an address mean: "{campaignId}" of one surface is not that of another.</summary>
internal static class Places
{
    private const string Uuid = "0199f3a1-6c2e-7b44-9d10-5a7c2e8f4b61", Short = "01kcsv5m3nf1tt8ws2xq7h4rb6";

    /// <summary>The heading under which an operation stands: "campaigns", "webhooks".</summary>
    public static string TagOf(ApiSurface surface, string path)
    {
        var parts = path[surface.Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
        var below = parts[(Array.IndexOf(parts, "ads") + 1)..];
        return below.FirstOrDefault(p => !p.StartsWith('{')) ?? surface.Name;
    }

    /// <summary>Which id is meant, and one that looks like it.</summary>
    public static (string Says, JsonNode Example) Of(ApiSurface surface, string path, string name)
    {
        var (says, example) = (surface.Name, name) switch
        {
            ("crm", "campaignId") => ("The campaign's id, as the list has it.", Uuid),
            ("partner", "campaignId") => ("The campaign's id, `cmp_…` or its uuid.", "cmp_" + Short),
            ("embedded", "campaignId") => ("The campaign's id on Meta.", "120210000000000001"),
            ("advertising", "id") when TagOf(surface, path) == "brand" => ("The brand's number.", "7"),
            ("advertising", "id") => ("The campaign's number.", "42"),
            ("embedded", "id") when TagOf(surface, path) == "workspace" => ("Your own id of the workspace: its `enterpriseId`.", "shop-1"),
            ("embedded", "id") when TagOf(surface, path) == "teams" => ("The team's id.", Uuid),
            ("embedded", "id") => ("The ad account, by the platform's id or ours.", "act_1001"),
            (_, "enterpriseId") => ("Your own id of the workspace.", "shop-1"),
            (_, "adsaccountid") => ("The ad account, by the platform's id or ours.", "act_1001"),
            (_, "teamId") => ("The team's id.", Uuid),
            (_, "connectionId") => ("The connection's id.", Uuid),
            (_, "creativeId") => ("The creative, by your own id or ours.", "first-image"),
            (_, "audienceId") => ("The audience, by your own id or ours.", "newsletter"),
            (_, "placementId") => ("The placement's id: the audience on one ad account.", Uuid),
            (_, "templateId") => ("The template's id.", Uuid),
            (_, "number") => ("The version's number, as the list of versions has it.", "1"),
            (_, "projectId") => ("The project: a workspace, by its `ws_…` id or its uuid.", "ws_" + Short),
            (_, "platform") => ("meta, google, tiktok, linkedin, pinterest, snapchat or apple.", "meta"),
            (_, "jobId") => ("The job's id, as the accepted request answered it.", "job_" + Short),
            (_, "webhookId") => ("The webhook's id.", "wh_" + Short),
            (_, "deliveryId") => ("The delivery's id, as the list of deliveries has it.", "whd_" + Short),
            _ => throw new InvalidOperationException($"What is {{{name}}} of {path}? Say it here."),
        };
        return (says, name == "number" ? JsonValue.Create(int.Parse(example, CultureInfo.InvariantCulture)) : JsonValue.Create(example));
    }
}
