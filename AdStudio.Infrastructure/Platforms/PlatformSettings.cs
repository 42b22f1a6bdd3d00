using System.Text.RegularExpressions;
using AdStudio.Core.Platforms;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Platforms;

/// <summary>Where a platform is reached and with which identity of ours. Base addresses carry the version and no slash at the end.</summary>
internal sealed record PlatformEndpoint(string Api, string Authorize, string Token, string ClientId, string ClientSecret, string? DeveloperToken, string? LoginCustomerId, string Version);

/// <summary>
/// Reads <c>AdPlatforms:*</c>. In Sandbox mode everything has a default that points to this app's own address, which is known only once it listens: so it is asked for late.
/// </summary>
internal sealed partial class PlatformSettings(IConfiguration configuration, IServiceProvider services)
{
    public bool IsSandbox => string.Equals(configuration["AdPlatforms:Mode"], "Sandbox", StringComparison.OrdinalIgnoreCase);

    /// <summary>How long one try of a call may take.</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(configuration.GetValue("AdPlatforms:TimeoutSeconds", 45.0));

    public PlatformEndpoint Of(Platform platform)
    {
        var site = PlatformSite.Of(platform);
        var version = Value(platform, "ApiVersion") ?? site.Version;
        string In(string address) => address.Replace("{version}", version, StringComparison.Ordinal);

        var api = Value(platform, "ApiBaseUrl") is { } own ? EndsWithVersion().IsMatch(own) ? own : own + In(site.VersionPath) : IsSandbox ? OwnAddress() + "/sandbox/" + platform.Wire() + In(site.VersionPath) : In(site.Api + site.VersionPath);
        return new(api,
            Value(platform, "AuthorizeUrl") ?? (IsSandbox ? $"{PublicAddress()}/sandbox/{platform.Wire()}{In(site.SandboxAuthorize)}" : In(site.Authorize)),
            Value(platform, "TokenUrl") ?? (site.Token is { } token ? IsSandbox ? $"{OwnAddress()}/sandbox/{platform.Wire()}{In(site.SandboxToken)}" : In(token) : api + site.SandboxToken),
            site.HasClient ? Identity(platform, "ClientId", "sandbox-client") : "", site.HasClient ? Identity(platform, "ClientSecret", "sandbox-secret") : "",
            Value(platform, "DeveloperToken"), Value(platform, "LoginCustomerId")?.Replace("-", "", StringComparison.Ordinal), version);
    }

    /// <summary>A setting of one platform's own ("TeamId"); null when it is not set.</summary>
    public string? Own(Platform platform, string name) => Value(platform, name);

    private string? Value(Platform platform, string name) => configuration[$"AdPlatforms:{platform}:{name}"] is { } value && !string.IsNullOrWhiteSpace(value) ? value.TrimEnd('/') : null;

    private string Identity(Platform platform, string name, string sandbox) => Value(platform, name) ?? (IsSandbox
        ? sandbox
        : throw new InvalidOperationException($"AdPlatforms:{platform}:{name} is not set. {platform} cannot be reached in Live mode without it; docs/operations.md says where to get it."));

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
