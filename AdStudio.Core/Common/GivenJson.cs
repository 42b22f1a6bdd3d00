using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdStudio.Core.Common;

/// <summary>
/// JSON of a program that is kept as it was given, though not modelled: without anything that would carry a token, a secret or a billing id.
/// It goes through here both before it is stored and before it is answered.
/// </summary>
public static class GivenJson
{
    /// <summary>How much of it is kept for one brand, in UTF-8 bytes.</summary>
    public const int MostBytes = 64 * 1024;

    // Compared without case, "_" and "-": access_token, accessToken and Access-Token are one name.
    private static readonly string[] Within = ["accesstoken", "secret", "password", "passphrase", "apikey", "privatekey", "credential", "sessionid", "subscriptionitemid", "paymentmethodid", "cardnumber", "accountnumber", "iban"];
    private static readonly string[] AtTheEnd = ["token", "tokens", "jwt", "cookie", "cookies", "authorization", "bearer", "cvc", "cvv", "pan"];
    private static readonly string[] InTexts = ["access_token=", "appsecret_proof=", "client_secret=", "refresh_token=", "Bearer "];

    /// <summary>Whether a field of this name would carry a secret or a billing id. "fbTokenValid" says that there is one and stays.</summary>
    public static bool IsSecret(string name)
    {
        var plain = string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return plain.StartsWith("stripe", StringComparison.Ordinal) || Within.Any(w => plain.Contains(w, StringComparison.Ordinal)) || AtTheEnd.Any(w => plain.EndsWith(w, StringComparison.Ordinal));
    }

    /// <summary>A copy without secrets, at any depth.</summary>
    public static JsonNode? WithoutSecrets(JsonNode? json) => json switch
    {
        JsonObject whole => new JsonObject(whole.Where(field => !IsSecret(field.Key)).Select(field => KeyValuePair.Create(field.Key, WithoutSecrets(field.Value)))),
        JsonArray list => new JsonArray([.. list.Select(WithoutSecrets)]),
        JsonValue text when text.GetValueKind() == JsonValueKind.String && text.GetValue<string>() is var words && InTexts.Any(s => words.Contains(s, StringComparison.OrdinalIgnoreCase)) => null,
        _ => json?.DeepClone(),
    };

    /// <summary>The same of a text; null stays null, and so becomes what can't be kept.</summary>
    public static string? WithoutSecrets(string? json) => json is null ? null : Read(json)?.ToJsonString();

    /// <summary>An object out of a text, without secrets; null when it is none, or holds characters that are no Unicode.</summary>
    public static JsonObject? Read(string json)
    {
        try
        {
            var read = WithoutSecrets(JsonNode.Parse(json)) as JsonObject;
            _ = read?.ToJsonString(); // names and texts are decoded no earlier
            return read;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary><paramref name="before"/> with the fields of <paramref name="change"/> in their place; a field that is null there is taken out.</summary>
    public static JsonObject Merged(JsonObject? before, JsonObject change)
    {
        var merged = before?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in change)
            if (value is null) merged.Remove(name);
            else if (value is JsonObject inner && merged[name] is JsonObject there) merged[name] = Merged(there, inner);
            else merged[name] = value.DeepClone();
        return merged;
    }
}
