using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AdStudio.Web.Hosting;

/// <summary>OpenTelemetry traces, metrics and logs when an OTLP endpoint is configured (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>); nothing otherwise.</summary>
internal static class Telemetry
{
    private static readonly string[] Sources = ["Microsoft.AspNetCore", "System.Net.Http", "AdStudio.*"];
    private static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime", "AdStudio.*"];

    public static IServiceCollection AddStudioTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLogging(logging =>
        {
            if (string.Equals(configuration["Logging:Format"], "Json", StringComparison.OrdinalIgnoreCase)) logging.AddJsonConsole(o => o.IncludeScopes = true);
        });
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return services;

        var resource = ResourceBuilder.CreateDefault().AddService("adstudio", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString());
        services.AddLogging(logging => logging.AddOpenTelemetry(o => { o.SetResourceBuilder(resource); o.IncludeScopes = true; o.AddOtlpExporter(); }));
        services.AddHostedService(_ => new Exporters(resource));
        return services;
    }

    /// <summary>Holds the providers for as long as the app runs, and sends what is left when it stops.</summary>
    private sealed class Exporters(ResourceBuilder resource) : IHostedService, IDisposable
    {
        private TracerProvider? traces;
        private MeterProvider? metrics;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter().Build();
            metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter().Build();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Dispose();
            return Task.CompletedTask;
        }

        public void Dispose()
        {
            traces?.Dispose();
            metrics?.Dispose();
            (traces, metrics) = (null, null);
        }
    }
}
