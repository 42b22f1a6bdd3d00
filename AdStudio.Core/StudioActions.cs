using AdStudio.Core.Accounts;
using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Data;
using AdStudio.Core.Insights;
using AdStudio.Core.Leads;
using AdStudio.Core.Operations;
using AdStudio.Core.Partners;
using AdStudio.Core.Platforms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AdStudio.Core;

public static class StudioActions
{
    /// <summary>Registers every action: each public sealed class of this assembly with a public <c>RunAsync</c>.</summary>
    public static IServiceCollection AddStudioActions(this IServiceCollection services)
    {
        services.AddMemoryCache();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new PlatformsHere(AreEmulated: false));
        services.AddSingleton<Secrets>();
        services.AddSingleton<PlatformSet>();
        services.AddSingleton<FindActor>();
        services.AddScoped<ConnectionTokens>();
        services.AddSingleton<OAuthState>();
        services.AddScoped<MediaShelf>();
        services.AddSingleton<IAudienceBook, AudienceBook>();
        services.AddSingleton<UseFinder>();
        foreach (var feature in typeof(StudioActions).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IKnowsUses)))) services.AddSingleton(typeof(IKnowsUses), feature);
        foreach (var feature in typeof(StudioActions).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(ICarriesOut)))) services.AddScoped(typeof(ICarriesOut), feature);
        services.AddSingleton<CampaignNumbers>();
        services.AddSingleton<AuthorityGate>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<Lockout>();
        services.AddSingleton<AccountLetters>();
        services.AddSingleton<SyncQueue>();
        services.AddSingleton<PlacementQueue>();
        services.AddSingleton<LeadSignals>();
        services.AddSingleton<ImportQueue>();
        services.AddSingleton<WebhookQueue>();
        services.AddSingleton<WebhookSignals>();
        foreach (var action in typeof(StudioActions).Assembly.GetExportedTypes().Where(t => t is { IsClass: true, IsSealed: true, IsAbstract: false } && t.GetMethods().Any(m => m.Name == "RunAsync")))
            services.TryAddScoped(action);
        return services;
    }
}
