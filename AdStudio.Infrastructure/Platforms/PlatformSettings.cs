using System.Text.RegularExpressions;
using AdStudio.Core.Platforms;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Platforms;

/// <summary>Where a platform is reached and with which identity of ours. Base addresses carry the version and no slash at the end.</summary>
internal sealed record PlatformEndpoint(string Api, string Authorize, string Token, string ClientId, string ClientSecret, string DeveloperToken, string? LoginCustomerId);

/// <summary>
/// Reads <c>AdPlatforms:*</c>. In Sandbox mode everything has a default that points to this app's own address, which is known only once it listens: so it is asked for late.
/// </summary>
internal sealed partial class PlatformSettings(IConfiguration configuration, IServiceProvider services)
{
    public bool IsSandbox => string.Equals(configuration["AdPlatforms:Mode"], "Sandbox", StringComparison.OrdinalIgnoreCase);

    /// <summary>How long one try of a call may take.</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(configuration.GetValue("AdPlatforms:TimeoutSeconds", 45.0));

    public PlatformEndpoint Of(Platform platform) => platform switch
    {
        Platform.Meta => Meta(),
        Platform.Google => Google(),
        _ => throw new InvalidOperationException($"{platform} has no adapter."),
    };

    private PlatformEndpoint Meta()
    {
        var version = Value(Platform.Meta, "ApiVersion") ?? "v25.0";
        var api = WithVersion(Value(Platform.Meta, "ApiBaseUrl") ?? (IsSandbox ? OwnAddress() + "/sandbox/meta" : "https://graph.facebook.com"), version);
        return new(api,
            Value(Platform.Meta, "AuthorizeUrl") ?? (IsSandbox ? $"{PublicAddress()}/sandbox/meta/{version}/dialog/oauth" : $"https://www.facebook.com/{version}/dialog/oauth"),
            Value(Platform.Meta, "TokenUrl") ?? api + "/oauth/access_token",
            Identity(Platform.Meta, "ClientId", "sandbox-client"), Identity(Platform.Meta, "ClientSecret", "sandbox-secret"), "", null);
    }

    private PlatformEndpoint Google() => new(
        WithVersion(Value(Platform.Google, "ApiBaseUrl") ?? (IsSandbox ? OwnAddress() + "/sandbox/google" : "https://googleads.googleapis.com"), Value(Platform.Google, "ApiVersion") ?? "v25"),
        Value(Platform.Google, "AuthorizeUrl") ?? (IsSandbox ? PublicAddress() + "/sandbox/google/o/oauth2/v2/auth" : "https://accounts.google.com/o/oauth2/v2/auth"),
        Value(Platform.Google, "TokenUrl") ?? (IsSandbox ? OwnAddress() + "/sandbox/google/token" : "https://oauth2.googleapis.com/token"),
        Identity(Platform.Google, "ClientId", "sandbox-client"), Identity(Platform.Google, "ClientSecret", "sandbox-secret"),
        Identity(Platform.Google, "DeveloperToken", "sandbox-developer-token"), Value(Platform.Google, "LoginCustomerId")?.Replace("-", "", StringComparison.Ordinal));

    private string? Value(Platform platform, string name) => configuration[$"AdPlatforms:{platform}:{name}"] is { } value && !string.IsNullOrWhiteSpace(value) ? value.TrimEnd('/') : null;

    private string Identity(Platform platform, string name, string sandbox) => Value(platform, name) ?? (IsSandbox
        ? sandbox
        : throw new InvalidOperationException($"AdPlatforms:{platform}:{name} is not set. {platform} cannot be reached in Live mode without it; docs/operations.md says where to get it."));

    private static string WithVersion(string address, string version) => EndsWithVersion().IsMatch(address) ? address : $"{address}/{version}";

    /// <summary>Where a browser finds this app, which a server behind a proxy cannot know by itself.</summary>
    private string PublicAddress() => configuration["PublicUrl"] is { Length: > 0 } open ? open.TrimEnd('/') : OwnAddress();

    private string OwnAddress()
    {
        var addresses = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var address = addresses.FirstOrDefault(a => a.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) ?? addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The sandbox lies on the studio's own address, which is not known before it listens. Set AdPlatforms:*:ApiBaseUrl to use another.");
        return AnyHost().Replace(address, "://127.0.0.1").TrimEnd('/');
    }

    [GeneratedRegex(@"/v\d+(\.\d+)?$")]
    private static partial Regex EndsWithVersion();

    [GeneratedRegex(@"://(\[::\]|0\.0\.0\.0|\*|\+)")]
    private static partial Regex AnyHost();
}
