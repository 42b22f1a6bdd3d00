using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Tests.Support;
using Shouldly;

namespace AdStudio.Tests.Api.Embedded;

/// <summary>How a partner's program calls API 002, and how its tests read the answers.</summary>
internal static class EmbeddedUsers
{
    /// <summary>The partner's program acting for one of its users: the key, and the token that it brought.</summary>
    public static async Task<Partner> UserAsync(this PartnerApp app, Scene scene, string externalUserId, params string[] scopes)
    {
        var key = await app.KeyAsync(scene, scopes);
        var reply = await new Partner(app.Address, ("x-api-key", key)).PostAsync("/api/v1/auth/token", new JsonObject { ["externalUserId"] = externalUserId });
        return new Partner(app.Address, ("x-api-key", key), ("Authorization", "Bearer " + reply.ShouldBe(HttpStatusCode.Created).Held["accessToken"]!.GetValue<string>()));
    }

    public static Task<Reply> PatchAsync(this Partner partner, string path, string body) => partner.SendAsync(HttpMethod.Patch, path, Json(body));
    public static Task<Reply> DeleteAsync(this Partner partner, string path, string body) => partner.SendAsync(HttpMethod.Delete, path, Json(body));

    extension(Reply reply)
    {
        public JsonNode Held => reply.Body["data"]!;
        public string Message => (reply.Body["message"] ?? reply.Body["error"]!["message"])!.GetValue<string>();
        public string Details => string.Join('|', reply.Body["error"]!["details"]!.AsArray().Select(d => d!.GetValue<string>()));

        /// <summary>The envelope of a success, with this status and message.</summary>
        public Reply ShouldSay(HttpStatusCode status, string message)
        {
            reply.ShouldBe(status);
            reply.Body.AsObject().Select(p => p.Key).ShouldBe(["success", "data", "message", "timestamp", "statusCode"]);
            (reply.Body["success"]!.GetValue<bool>(), reply.Body["statusCode"]!.GetValue<int>()).ShouldBe((true, (int)status));
            reply.Message.ShouldBe(message);
            reply.Body["timestamp"]!.ShouldBeTime();
            return reply;
        }
    }

    /// <summary>Every field that the seed documents, with its type: "id:string admin:object".</summary>
    public static JsonNode ShouldHave(this JsonNode? node, string fields)
    {
        foreach (var field in fields.Split(' ').Select(f => f.Split(':')))
        {
            var value = node![field[0]].ShouldNotBeNull($"{field[0]} is missing in {node.ToJsonString()}");
            var kind = value.GetValueKind() switch
            {
                JsonValueKind.String => "string", JsonValueKind.Number => "number", JsonValueKind.True or JsonValueKind.False => "boolean", JsonValueKind.Array => "array", _ => "object",
            };
            kind.ShouldBe(field[1] == "time" ? "string" : field[1], $"{field[0]} in {node.ToJsonString()}");
            if (field[1] == "time") value.ShouldBeTime();
        }
        return node!;
    }

    private static void ShouldBeTime(this JsonNode node)
    {
        node.GetValue<string>().ShouldEndWith("Z");
        DateTimeOffset.Parse(node.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture).Year.ShouldBe(2026);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
