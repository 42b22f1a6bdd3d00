namespace AdStudio.Core.Data;

/// <summary>A row of one organization. The tenant filter holds it.</summary>
public interface IOrganizationRow
{
    Guid OrganizationId { get; set; }
}

/// <summary>A row that people edit: a stale save is a conflict.</summary>
public interface IVersionedRow
{
    /// <summary>Counts up with each save; what an editor read must be what it saves over.</summary>
    long Version { get; set; }
}

/// <summary>A row on which history hangs: deleting it hides it, a purge removes it for good.</summary>
public interface ISoftDeletedRow
{
    DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>A row whose changes are written to the audit, with what it is called there.</summary>
public interface IAuditedRow
{
    Guid Id { get; }

    /// <summary>What a person calls it: its name, an address.</summary>
    string AuditName { get; }
}

/// <summary>Left out of the audit's before and after: secrets, and what changes without anybody's doing.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotAuditedAttribute : Attribute;
