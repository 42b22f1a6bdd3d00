using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace AdStudio.Infrastructure.Data;

/// <summary>Identity's tables depend on an option of the application's services; whoever builds the model must use the same one.</summary>
public static class IdentitySchema
{
    public static Version Version => IdentitySchemaVersions.Version2;

    /// <summary>Just the option, for tools and tests that have no application.</summary>
    public static IServiceProvider Services { get; } = new ServiceCollection().AddIdentitySchema().BuildServiceProvider();

    public static IServiceCollection AddIdentitySchema(this IServiceCollection services) => services.Configure<IdentityOptions>(o => o.Stores.SchemaVersion = Version);
}
