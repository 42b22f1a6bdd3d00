using System.Security.Cryptography;
using System.Text;

namespace AdStudio.Core.Common;

/// <summary>
/// A caller's word that a request is one and the same however often it is sent. Goes with the <see cref="Actor"/>: the save that makes what the request is for
/// writes the claim as well, in one transaction, so that a second request finds it whatever happened to the first one's answer.
/// </summary>
/// <param name="makes">The entities that the request is there to make; the first save that adds one of them carries the claim.</param>
public sealed class IdempotencyClaim(Guid id, string route, string bodyHash, IReadOnlyCollection<Type> makes)
{
    public const int MaxKey = 255, MaxRoute = 300;

    public Guid Id => id;

    /// <summary>"POST /v1/projects/…/campaigns": method and address.</summary>
    public string Route => route;

    /// <summary>Upper-case hex SHA-256 of the body.</summary>
    public string BodyHash => bodyHash;

    /// <summary>Whether it lies in the database.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>Whether a save that carried it was refused: somebody else may hold it.</summary>
    public bool WasRefused { get; private set; }

    public bool IsFor(object entity) => makes.Contains(entity.GetType());

    public void Written() => IsWritten = true;
    public void Refused() => WasRefused = true;

    /// <param name="key">1 to 255 printable characters.</param>
    public static IdempotencyClaim Of(Actor caller, string key, string route, ReadOnlySpan<byte> body, IReadOnlyCollection<Type> makes) =>
        new(IdOf(caller.OrganizationId, caller.Id, key), route.Length <= MaxRoute ? route : "#" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(route))), Convert.ToHexString(SHA256.HashData(body)), makes);

    public static bool IsKey(string text) => text.Length is > 0 and <= MaxKey && text.All(c => c is >= ' ' and <= '~');

    /// <summary>The row's id says whose key it is: two callers who choose the same key never meet, upper and lower case are two keys on either database, and its uniqueness is that of the table's key.</summary>
    private static Guid IdOf(Guid organizationId, Guid callerId, string key) => new(SHA256.HashData([.. organizationId.ToByteArray(), .. callerId.ToByteArray(), .. Encoding.UTF8.GetBytes(key)]).AsSpan(0, 16));
}
