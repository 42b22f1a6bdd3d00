using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.Apple;

/// <summary>The keys of an API user, as a person brings them. They are a connection's refresh token: kept encrypted, never shown or logged.</summary>
internal sealed record AppleKeys(string ClientId, string TeamId, string KeyId, string PrivateKey)
{
    private static readonly TimeSpan AssertionCounts = TimeSpan.FromMinutes(10);

    public static IReadOnlyList<KeyField> Fields { get; } =
    [
        new("clientId", "Client ID", "Begins with SEARCHADS. Apple Ads shows it under Account Settings, API, once the public key is uploaded."),
        new("teamId", "Team ID", "Begins with SEARCHADS as well and stands below the client ID."),
        new("keyId", "Key ID", "The third value on the same page."),
        new("privateKey", "Private key", "The whole text of the file that belongs to the public key you uploaded, with its BEGIN and END lines.", Secret: true, Multiline: true),
    ];

    public static AppleKeys? Read(string? json)
    {
        if (json is null) return null;
        try
        {
            var fields = JsonSerializer.Deserialize<Dictionary<string, string>>(json);
            return fields is null ? null : new(Of("clientId"), Of("teamId"), Of("keyId"), Of("privateKey"));

            string Of(string name) => fields.GetValueOrDefault(name)?.Trim() ?? "";
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public string ToJson() => new JsonObject { ["clientId"] = ClientId, ["teamId"] = TeamId, ["keyId"] = KeyId, ["privateKey"] = PrivateKey }.ToJsonString();

    /// <summary>What is wrong with them, each with its field.</summary>
    public IReadOnlyList<FieldProblem> Check()
    {
        var problems = new List<FieldProblem>();
        if (ClientId.Length == 0) problems.Add(new("clientId", "Paste the client ID."));
        if (TeamId.Length == 0) problems.Add(new("teamId", "Paste the team ID."));
        if (KeyId.Length == 0) problems.Add(new("keyId", "Paste the key ID."));
        if (PrivateKey.Length == 0) problems.Add(new("privateKey", "Paste the private key."));
        else if (PrivateKey.Contains("PUBLIC KEY", StringComparison.Ordinal)) problems.Add(new("privateKey", "This is the public key, which Apple has already. Paste the private one that belongs to it."));
        else if (Signer() is not { } signer) problems.Add(new("privateKey", "This is no private key. Paste the whole file, from the BEGIN line to the END line."));
        else
        {
            using (signer)
                if (signer.KeySize != 256) problems.Add(new("privateKey", "Apple wants a key of the curve prime256v1. This one is of another."));
        }
        return problems;
    }

    /// <summary>The client secret: a JWT signed with ES256 (Apple: Implementing OAuth for the Apple Ads API).</summary>
    public string Assertion(DateTimeOffset now)
    {
        var header = Part(new() { ["alg"] = "ES256", ["kid"] = KeyId });
        var claims = Part(new() { ["sub"] = ClientId, ["aud"] = AppleFromMemory.Audience, ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = (now + AssertionCounts).ToUnixTimeSeconds(), ["iss"] = TeamId });
        using var signer = Signer() ?? throw new InvalidOperationException("The keys were not checked.");
        return $"{header}.{claims}.{Base64Url.EncodeToString(signer.SignData(Encoding.ASCII.GetBytes($"{header}.{claims}"), HashAlgorithmName.SHA256))}";
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));

    private ECDsa? Signer()
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(PrivateKey);
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }

    public override string ToString() => $"{nameof(AppleKeys)} {{ {ClientId} }}";
}
