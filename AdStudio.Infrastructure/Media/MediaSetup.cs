using AdStudio.Core.Creatives;
using AdStudio.Core.Leads;
using AdStudio.Core.Platforms;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Media;

public static class MediaSetup
{
    /// <summary>Where media lie, the workshop that makes them over, and fetching them from the internet.</summary>
    public static IServiceCollection AddMedia(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Media").Get<MediaLimits>() ?? new MediaLimits());
        services.AddSingleton<Ffmpeg>();
        services.AddSingleton<MediaWorkshop>();
        services.AddSingleton(provider => new MediaFolder(Path.GetFullPath(configuration["Media:Folder"] is { Length: > 0 } folder ? folder : "data/media"), provider.GetRequiredService<MediaWorkshop>()));
        services.AddSingleton<IMediaStore>(provider => provider.GetRequiredService<MediaFolder>());
        services.AddSingleton<IMediaSource, StoredMedia>();
        services.AddSingleton(provider => new RemoteRules(configuration, provider.GetService<IServer>()));
        services.AddSingleton<IRemoteMedia, RemoteMedia>();
        services.AddSingleton<IPostsToWebhooks, WebhookPost>();
        return services;
    }
}
