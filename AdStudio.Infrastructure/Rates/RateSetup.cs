using AdStudio.Core.Insights;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Rates;

public static class RateSetup
{
    /// <summary>
    /// Where currency rates come from: in Live mode the file at <c>Rates:Url</c> (the European Central Bank's, or one of the same shape); in Sandbox mode a fixed table, unless <c>Rates:Url</c> is set.
    /// </summary>
    public static IServiceCollection AddRates(this IServiceCollection services, IConfiguration configuration)
    {
        var given = configuration["Rates:Url"] is { Length: > 0 } url ? url : null;
        if (given is null && !string.Equals(configuration["AdPlatforms:Mode"], "Live", StringComparison.OrdinalIgnoreCase)) return services.AddSingleton<IRateSource, SandboxRates>();

        services.AddHttpClient(CentralBankRates.Client, client =>
        {
            client.Timeout = TimeSpan.FromSeconds(30);
            client.MaxResponseContentBufferSize = 20_000_000;
            client.DefaultRequestHeaders.UserAgent.ParseAdd("AdStudio/1.0");
        });
        return services.AddSingleton<IRateSource>(provider => new CentralBankRates(provider.GetRequiredService<IHttpClientFactory>(), new Uri(given ?? CentralBankRates.DefaultAddress)));
    }
}
