namespace AdStudio.Web.Features.Developers;

/// <summary>The way from a key to numbers as lines for a terminal. Held by a test against the APIs themselves.</summary>
public static class CurlLines
{
    public static IReadOnlyList<(string Title, string Text, string Line)> All(Uri root, Guid organizationId)
    {
        var address = root.ToString().TrimEnd('/');
        var as_ = $"-H \"Authorization: Bearer $TOKEN\" -H \"orgid: {organizationId}\"";
        const string json = "-H \"Content-Type: application/json\"";
        return
        [
            ("Get a token", "For one of your users, by the id that you know them by. Keep accessToken from the answer as TOKEN.",
                $$"""curl -X POST {{address}}/api/v1/auth/token -H "x-api-key: ask_…" {{json}} -d '{"externalUserId":"demo-admin"}'"""),
            ("Write a creative", "With an id of your own, so that campaigns can name it.",
                $$"""curl -X POST {{address}}/api/crm/ads/creatives {{as_}} {{json}} -d '{"id":"first-image","type":"image","headline":"Half price now","primaryText":"Everything warm, half price.","description":"Free delivery","callToAction":"SHOP_NOW","linkUrl":"https://shop.example/sale","imageUrl":"/sandbox/assets/sample-1200x628.jpg"}'"""),
            ("Write a campaign", "A draft; nothing is sent to a platform yet. Keep id from the answer as CAMPAIGN.",
                $$"""curl -X POST {{address}}/api/crm/ads/campaigns {{as_}} {{json}} -d '{"name":"First campaign","objective":"traffic","platforms":["facebook","google"],"budget":{"type":"daily","amount":50,"currency":"USD"},"creativeIds":["first-image"]}'"""),
            ("Launch it", "Answers at once; the work goes on.", $"curl -X POST {address}/api/crm/ads/campaigns/launch/$CAMPAIGN {as_}"),
            ("Watch it", "platformStatus says how it stands on each platform, in the platform's own words when it refuses.", $"curl {address}/api/crm/ads/campaigns/$CAMPAIGN {as_}"),
            ("Read the numbers", "By currency, day and platform, with how fresh they are.", $"curl \"{address}/api/crm/ads/campaigns/metrics/$CAMPAIGN?range=7d\" {as_}"),
        ];
    }
}
