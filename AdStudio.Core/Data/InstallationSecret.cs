namespace AdStudio.Core.Data;

/// <summary>A secret of the installation (the key that signs access tokens), encrypted by <see cref="AdStudio.Core.Common.Secrets"/>.</summary>
public sealed class InstallationSecret
{
    public string Name { get; set; } = "";
    public string Value { get; set; } = "";
}
