using System.Linq.Expressions;
using System.Reflection;
using AdStudio.Core.Accounts;
using AdStudio.Core.Audiences;
using AdStudio.Core.Campaigns;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Creatives;
using AdStudio.Core.Insights;
using AdStudio.Core.LeadForms;
using AdStudio.Core.Leads;
using AdStudio.Core.Mail;
using AdStudio.Core.Operations;
using AdStudio.Core.Partners;
using AdStudio.Core.Pixels;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace AdStudio.Core.Data;

/// <summary>
/// The one DbContext, provider-neutral. Opened for an <see cref="Actor"/> by <see cref="Studio"/>: the tenant filter comes from it, without one there are no rows,
/// and saving a row of another tenant throws. Every save of an audited row writes the audit in the same transaction.
/// </summary>
public abstract class StudioDb(DbContextOptions options) : IdentityUserContext<Person, Guid>(options)
{
    public const string TenantFilter = "tenant";
    public const string DeletedFilter = "deleted";

    public DbSet<Organization> Organizations => Set<Organization>();
    public DbSet<PersonSession> PersonSessions => Set<PersonSession>();
    public DbSet<Workspace> Workspaces => Set<Workspace>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<TeamMember> TeamMembers => Set<TeamMember>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();
    public DbSet<Verdict> Verdicts => Set<Verdict>();
    public DbSet<Approval> Approvals => Set<Approval>();
    public DbSet<ApprovalAccount> ApprovalAccounts => Set<ApprovalAccount>();
    public DbSet<Connection> Connections => Set<Connection>();
    public DbSet<OAuthAttempt> OAuthAttempts => Set<OAuthAttempt>();
    public DbSet<AdAccount> AdAccounts => Set<AdAccount>();
    public DbSet<AdAccountGrant> AdAccountGrants => Set<AdAccountGrant>();
    public DbSet<Creative> Creatives => Set<Creative>();
    public DbSet<CreativeVersion> CreativeVersions => Set<CreativeVersion>();
    public DbSet<UnfinishedCreative> UnfinishedCreatives => Set<UnfinishedCreative>();
    public DbSet<MediaAsset> MediaAssets => Set<MediaAsset>();
    public DbSet<AdAudience> AdAudiences => Set<AdAudience>();
    public DbSet<AudienceMember> AudienceMembers => Set<AudienceMember>();
    public DbSet<PlatformAudience> PlatformAudiences => Set<PlatformAudience>();
    public DbSet<PixelConversions> PixelConversions => Set<PixelConversions>();
    public DbSet<LeadForm> LeadForms => Set<LeadForm>();
    public DbSet<Lead> Leads => Set<Lead>();
    public DbSet<LeadSettings> LeadSettings => Set<LeadSettings>();
    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<CampaignTemplate> CampaignTemplates => Set<CampaignTemplate>();
    public DbSet<CampaignEdit> CampaignEdits => Set<CampaignEdit>();
    public DbSet<PlatformCampaign> PlatformCampaigns => Set<PlatformCampaign>();
    public DbSet<AdSet> AdSets => Set<AdSet>();
    public DbSet<Ad> Ads => Set<Ad>();
    public DbSet<Operation> Operations => Set<Operation>();
    public DbSet<OperationStep> OperationSteps => Set<OperationStep>();
    public DbSet<CampaignImport> CampaignImports => Set<CampaignImport>();
    public DbSet<MetricFact> MetricFacts => Set<MetricFact>();
    public DbSet<CampaignDay> CampaignDays => Set<CampaignDay>();
    public DbSet<AccountDay> AccountDays => Set<AccountDay>();
    public DbSet<SyncRun> SyncRuns => Set<SyncRun>();
    public DbSet<CurrencyRate> CurrencyRates => Set<CurrencyRate>();
    public DbSet<OwnCurrencyRate> OwnCurrencyRates => Set<OwnCurrencyRate>();
    public DbSet<PartnerJob> PartnerJobs => Set<PartnerJob>();
    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();
    public DbSet<OutgoingMail> OutgoingMails => Set<OutgoingMail>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<StudioEvent> StudioEvents => Set<StudioEvent>();
    public DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<WebhookAttempt> WebhookAttempts => Set<WebhookAttempt>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
    public DbSet<InstallationSecret> InstallationSecrets => Set<InstallationSecret>();

    private Actor? actor;
    private TimeProvider clock = TimeProvider.System;

    /// <summary>Read by the tenant filter in every query.</summary>
    public Guid TenantId { get; private set; }
    public bool IsForEveryone { get; private set; }

    /// <summary>The verb that the next save writes into the audit in place of "changed": "launched", "invited".</summary>
    public string? AuditVerb { get; set; }

    internal void ActAs(Actor who, TimeProvider time) => (actor, clock, TenantId, IsForEveryone, AuditVerb) = (who, time, who.OrganizationId, false, null);
    internal void ActForEveryone(TimeProvider time) => (actor, clock, TenantId, IsForEveryone, AuditVerb) = (null, time, Guid.Empty, true, null);

    /// <summary>Whether a failed save broke a unique index or key; each provider says it in its own way.</summary>
    public abstract bool IsDuplicate(DbUpdateException failure);

    /// <summary>Forgets everything that was prepared and not saved.</summary>
    public void DropChanges()
    {
        ChangeTracker.Clear();
        AuditVerb = null;
    }

    /// <summary>Holds what an editor read against what is there: saving over a newer version is a <see cref="DbUpdateConcurrencyException"/>.</summary>
    public void ExpectVersion<T>(T row, long? readVersion) where T : class, IVersionedRow
    {
        if (readVersion is { } version) Entry(row).Property(r => r.Version).OriginalValue = version;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcInstant>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("PersonClaims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("PersonLogins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("PersonTokens");
        builder.ApplyConfigurationsFromAssembly(typeof(StudioDb).Assembly);

        foreach (var entity in builder.Model.GetEntityTypes().ToList())
        {
            var type = entity.ClrType;
            if (type.IsAssignableTo(typeof(IOrganizationRow))) FilterOf(nameof(FilterByTenant), type).Invoke(this, [builder]);
            if (type.IsAssignableTo(typeof(ISoftDeletedRow))) FilterOf(nameof(FilterDeleted), type).Invoke(this, [builder]);
            if (type.IsAssignableTo(typeof(IVersionedRow))) builder.Entity(type).Property(nameof(IVersionedRow.Version)).IsConcurrencyToken();

            // One rule for all: nothing is deleted by a cascade that nobody named. (SQL Server also refuses two cascade paths to one table.)
            foreach (var key in entity.GetForeignKeys().Where(k => !k.IsOwnership)) key.DeleteBehavior = DeleteBehavior.Restrict;
        }
    }

    private static MethodInfo FilterOf(string name, Type entity) =>
        typeof(StudioDb).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(entity);

    private void FilterByTenant<T>(ModelBuilder builder) where T : class, IOrganizationRow =>
        builder.Entity<T>().HasQueryFilter(TenantFilter, row => IsForEveryone || row.OrganizationId == TenantId);

    private void FilterDeleted<T>(ModelBuilder builder) where T : class, ISoftDeletedRow =>
        builder.Entity<T>().HasQueryFilter(DeletedFilter, row => row.DeletedAt == null);

    /// <summary>Tells those who listen outside, in the save that comes next: neither the change nor the word of it is ever there alone.</summary>
    public void Tell(StudioEvent happened)
    {
        if (happened.At == default) happened.At = clock.GetUtcNow();
        StudioEvents.Add(happened);
    }

    /// <summary>Whether a property's values stand in the audit's before and after.</summary>
    public static bool IsTold(Microsoft.EntityFrameworkCore.Metadata.IProperty property) => AuditTrail.IsAudited(property);

    /// <summary>Writes a line of the audit for what is not told row by row, in the save that comes next: many rows at once, or rows that hold personal data.</summary>
    /// <param name="before">An object of the fields as they were, and <paramref name="after"/> as they became; null for none.</param>
    public void Record(string verb, string subject, Guid subjectId, string name, Guid? workspaceId = null, object? before = null, object? after = null, Guid? organizationId = null) =>
        AuditEntries.Add(AuditTrail.Line(actor, clock.GetUtcNow(), verb, subject, subjectId, name, workspaceId, before, after, organizationId ?? TenantId));

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        var told = ChangeTracker.Entries().Where(e => e.Entity is ITellingRow).SelectMany(e => ((ITellingRow)e.Entity).Tell(e)).ToList();
        foreach (var happened in told) Tell(happened);
        EntityEntry? made = null;
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.Entity is IOrganizationRow row && entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted) HoldTenant(entry, (IOrganizationRow)entry.Entity);
            if (entry.Entity is IVersionedRow versioned && entry.State is EntityState.Added or EntityState.Modified)
            {
                versioned = (IVersionedRow)entry.Entity;
                var version = entry.Property(nameof(IVersionedRow.Version));
                version.CurrentValue = entry.State == EntityState.Added ? 1L : (long)version.OriginalValue! + 1;
            }
            if (entry.State == EntityState.Added && actor?.Claim is { IsWritten: false } claim && claim.IsFor(entry.Entity)) made ??= entry;
        }
        AuditTrail.Write(this, actor, clock.GetUtcNow(), AuditVerb);
        AuditVerb = null;
        var claimed = made is null ? null : ClaimFor(actor!, made);
        try
        {
            var written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            if (claimed is not null) actor!.Claim!.Written();
            return written;
        }
        catch (DbUpdateException)
        {
            foreach (var happened in told) Entry(happened).State = EntityState.Detached; // whoever saves again tells it again
            if (claimed is not null)
            {
                actor!.Claim!.Refused();
                Entry(claimed).State = EntityState.Detached;
            }
            throw;
        }
    }

    /// <summary>What a request makes and its caller's claim to it stand or fall together.</summary>
    private IdempotentRequest ClaimFor(Actor caller, EntityEntry made)
    {
        var row = IdempotentRequest.Of(caller, caller.Claim!, clock.GetUtcNow());
        (row.MadeKind, row.MadeId) = (made.Metadata.ShortName(), made.Metadata.FindProperty("Id") is null ? null : made.Property("Id").CurrentValue as Guid?);
        Add(row);
        return row;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new InvalidOperationException("The studio saves asynchronously.");

    private void HoldTenant(EntityEntry entry, IOrganizationRow row)
    {
        if (IsForEveryone)
        {
            if (row.OrganizationId == Guid.Empty) throw new InvalidOperationException($"A {entry.Metadata.ShortName()} without an organization.");
            return;
        }
        if (entry.State == EntityState.Added && row.OrganizationId == Guid.Empty) row.OrganizationId = TenantId;
        if (TenantId == Guid.Empty || row.OrganizationId != TenantId) throw new InvalidOperationException($"A {entry.Metadata.ShortName()} of another organization.");
    }
}
