using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace AdStudio.Core.Common;

/// <summary>Encrypts what must not be readable in the database: platform tokens, PKCE verifiers, mail with links. Keys lie in the database, protected as configured.</summary>
public sealed class Secrets(IDataProtectionProvider provider)
{
    private readonly IDataProtector protector = provider.CreateProtector("AdStudio.Secrets");

    public string Protect(string plain) => protector.Protect(plain);

    /// <summary>Null when it cannot be read any more (the keys are gone): whoever asked must connect anew.</summary>
    public string? Unprotect(string? secret)
    {
        if (string.IsNullOrEmpty(secret)) return null;
        try { return protector.Unprotect(secret); }
        catch (CryptographicException) { return null; }
    }
}
