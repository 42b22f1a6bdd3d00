using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AdStudio.Infrastructure.Platforms.Http;

/// <summary>Traces and measures of calls to platforms.</summary>
internal static class PlatformTelemetry
{
    public const string Name = "AdStudio.Platforms";

    public static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Calls = Meter.CreateCounter<long>("adstudio.platform.calls", description: "Tries sent to a platform, by outcome");
    public static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("adstudio.platform.duration", "s", "How long a platform took to answer");
    public static readonly Counter<long> Held = Meter.CreateCounter<long>("adstudio.platform.held", description: "Calls that the rate budget slowed down or refused");
}
