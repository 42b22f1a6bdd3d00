using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Core.Operations;

public static class OperationsSetup
{
    /// <summary>What the actions on platforms work with, beside what is registered by convention.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services, OperationOptions options) => services
        .AddSingleton(options)
        .AddSingleton<OperationSignals>()
        .AddSingleton<OperationLeases>()
        .AddSingleton<OperationDesk>()
        .AddSingleton<OperationQueue>()
        .AddScoped<StartCascade>()
        .AddScoped<LookAtPlatform>()
        .AddScoped<FinishOperation>()
        .AddScoped<StatusReader>()
        .AddScoped<CarryOutOperation>()
        .AddScoped<ApprovalDesk>();
}
