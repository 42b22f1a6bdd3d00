using System.Xml.Linq;
using AdStudio.Core.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdStudio.Infrastructure.Secrets;

/// <summary>Keeps the encryption keys in the studio's database, so that every node and every restart reads the same secrets. The framework asks for them synchronously.</summary>
internal sealed class DatabaseKeys(Studio studio) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName) => StoreAsync(element, friendlyName).GetAwaiter().GetResult();

    private async Task<IReadOnlyCollection<XElement>> ReadAsync()
    {
        await using var db = await studio.OpenForEveryoneAsync(CancellationToken.None).ConfigureAwait(false);
        var keys = await db.DataProtectionKeys.AsNoTracking().Select(k => k.Xml).ToListAsync().ConfigureAwait(false);
        return [.. keys.Select(XElement.Parse)];
    }

    private async Task StoreAsync(XElement element, string friendlyName)
    {
        await using var db = await studio.OpenForEveryoneAsync(CancellationToken.None).ConfigureAwait(false);
        db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        await db.SaveChangesAsync().ConfigureAwait(false);
    }
}

public static class SecretsSetup
{
    /// <summary>Data Protection with its keys in the database.</summary>
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("AdStudio");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = new DatabaseKeys(provider.GetRequiredService<Studio>())));
        return services;
    }
}
