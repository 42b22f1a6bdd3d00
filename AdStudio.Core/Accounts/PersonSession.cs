using AdStudio.Core.Data;

namespace AdStudio.Core.Accounts;

/// <summary>One signed-in browser of a person. The cookie carries its id; revoking it signs that browser out.</summary>
public sealed class PersonSession : IOrganizationRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid PersonId { get; set; }
    public Person Person { get; set; } = null!;
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>The address it came from, and the browser in words ("Firefox on Linux").</summary>
    public string Address { get; set; } = "";
    public string Device { get; set; } = "";
    public DateTimeOffset? RevokedAt { get; set; }
}
