using System.Security.Cryptography;

namespace AdStudio.Web.Shared;

/// <summary>A short reference that stands in a message to a person and in the log beside the exception.</summary>
public static class Reference
{
    public static string New() => RandomNumberGenerator.GetString("23456789ABCDEFGHJKMNPQRSTUVWXYZ", 8);
}
