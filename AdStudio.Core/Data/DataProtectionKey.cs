namespace AdStudio.Core.Data;

/// <summary>A key by which the studio encrypts. Belongs to the installation, not to an organization.</summary>
public sealed class DataProtectionKey
{
    public int Id { get; set; }
    public string FriendlyName { get; set; } = "";
    public string Xml { get; set; } = "";
}
