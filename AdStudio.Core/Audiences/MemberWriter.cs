using AdStudio.Core.Common;
using AdStudio.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Audiences;

/// <summary>What a batch of members changed.</summary>
/// <param name="Added">Came onto the list.</param>
/// <param name="AlreadyThere">Were on it and stay.</param>
/// <param name="Withdrawn">Are not on it, because they withdrew their consent.</param>
/// <param name="Removed">Were on it and no longer are.</param>
internal sealed record MemberChanges(int Added, int AlreadyThere, int Withdrawn, int Removed)
{
    public static readonly MemberChanges None = new(0, 0, 0, 0);
    public static MemberChanges operator +(MemberChanges a, MemberChanges b) => new(a.Added + b.Added, a.AlreadyThere + b.AlreadyThere, a.Withdrawn + b.Withdrawn, a.Removed + b.Removed);
}

/// <summary>A member as they are written: hashes, and what they said of being sent.</summary>
internal sealed record MemberToWrite(MemberHash Hash, MemberConsent Consent, DateTimeOffset ConsentAt);

/// <summary>Writes members of one list, a batch in a transaction, and numbers what changes in the order in which it is committed: the copies on the platforms follow these numbers.</summary>
internal sealed class MemberWriter(Studio studio, Actor actor, AdAudience audience, DateTimeOffset now)
{
    public const int Batch = 500;

    public Task<MemberChanges> AddAsync(IReadOnlyList<MemberToWrite> batch, CancellationToken ct) => WriteAsync(batch, Add, ct);

    /// <summary>Takes out everybody who has the address or the number.</summary>
    public Task<MemberChanges> RemoveAsync(IReadOnlyList<MemberToWrite> batch, CancellationToken ct) => WriteAsync(batch, Remove, ct);

    private async Task<MemberChanges> WriteAsync(IReadOnlyList<MemberToWrite> batch, Func<Sheet, MemberToWrite, MemberChanges> write, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // Holds the audience's row to the end, so that numbers become visible in their order and none is given twice.
            await db.AdAudiences.Where(a => a.Id == audience.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastChange, a => a.LastChange + 1), ct);
            var first = await db.AdAudiences.Where(a => a.Id == audience.Id).Select(a => a.LastChange).SingleAsync(ct);

            var sheet = new Sheet(db, audience, now, first - 1);
            await sheet.LoadAsync(batch, ct);
            var changes = batch.Aggregate(MemberChanges.None, (sum, member) => sum + write(sheet, member));
            if (!db.ChangeTracker.HasChanges()) return changes; // undone with the transaction: nothing that a copy would have to look for

            await db.SaveChangesAsync(ct);
            if (sheet.Last > first) await db.AdAudiences.Where(a => a.Id == audience.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LastChange, sheet.Last), ct);
            await transaction.CommitAsync(ct);
            return changes;
        });
    }

    private static MemberChanges Add(Sheet sheet, MemberToWrite member)
    {
        var same = sheet.Like(member.Hash);
        var row = same.Find(m => m.EmailSha256 == member.Hash.Email && m.PhoneSha256 == member.Hash.Phone);
        if (member.Consent == MemberConsent.Withdrawn)
        {
            var later = same.Where(m => m.Consent == MemberConsent.Given && m.ConsentAt > member.ConsentAt).ToHashSet();
            var removed = same.Where(m => !later.Contains(m)).Count(m => sheet.Withdraw(m, member.ConsentAt));
            if (same.Count == 0) sheet.Withdraw(sheet.New(member.Hash), member.ConsentAt);
            return new(0, 0, later.Count == 0 ? 1 : 0, removed);
        }

        var refusal = same.Where(m => m.Consent == MemberConsent.Withdrawn).Max(m => m.ConsentAt);
        if (refusal is not null && !(member.Consent == MemberConsent.Given && member.ConsentAt > refusal)) return new(0, 0, 1, 0);
        row ??= sheet.New(member.Hash);
        if (member.Consent == MemberConsent.Given)
            foreach (var one in same.Append(row).Where(m => m == row || m.EmailSha256 is null || m.EmailSha256 == member.Hash.Email)) sheet.Agree(one, member.ConsentAt);
        return sheet.PutOn(row) ? new(1, 0, 0, 0) : new(0, 1, 0, 0);
    }

    private static MemberChanges Remove(Sheet sheet, MemberToWrite member) => new(0, 0, 0, sheet.Like(member.Hash).Count(sheet.TakeOff));

    /// <summary>The rows that a batch may change, and the numbers it gives.</summary>
    private sealed class Sheet(StudioDb db, AdAudience audience, DateTimeOffset now, long last)
    {
        private readonly Dictionary<string, List<AudienceMember>> byHash = [];

        public long Last { get; private set; } = last;

        public async Task LoadAsync(IReadOnlyList<MemberToWrite> batch, CancellationToken ct)
        {
            var emails = batch.Select(m => m.Hash.Email).OfType<string>().Distinct().ToList();
            var phones = batch.Select(m => m.Hash.Phone).OfType<string>().Distinct().ToList();
            var rows = await db.AudienceMembers.Where(m => m.AudienceId == audience.Id && ((m.EmailSha256 != null && emails.Contains(m.EmailSha256)) || (m.PhoneSha256 != null && phones.Contains(m.PhoneSha256)))).ToListAsync(ct);
            foreach (var row in rows) Index(row);
        }

        /// <summary>Who shares the address or the number.</summary>
        public List<AudienceMember> Like(MemberHash hash) => [.. Of(hash.Email).Concat(Of(hash.Phone)).Distinct()];

        public AudienceMember New(MemberHash hash)
        {
            var row = new AudienceMember { OrganizationId = audience.OrganizationId, AudienceId = audience.Id, EmailSha256 = hash.Email, PhoneSha256 = hash.Phone, PhoneDigitsSha256 = hash.PhoneDigits, ChangedAt = now };
            db.Add(row);
            Index(row);
            return row;
        }

        public bool PutOn(AudienceMember row)
        {
            if (row.IsOn) return false;
            row.IsOn = true;
            Number(row);
            row.FirstChange ??= row.Change;
            return true;
        }

        public bool TakeOff(AudienceMember row)
        {
            if (!row.IsOn) return false;
            row.IsOn = false;
            Number(row);
            return true;
        }

        public void Agree(AudienceMember row, DateTimeOffset at)
        {
            if (row.Consent != MemberConsent.Given || row.ConsentAt < at) (row.Consent, row.ConsentAt) = (MemberConsent.Given, at);
        }

        /// <summary>True when they were on the list until now.</summary>
        public bool Withdraw(AudienceMember row, DateTimeOffset at)
        {
            if (row.Consent != MemberConsent.Withdrawn || row.ConsentAt < at) (row.Consent, row.ConsentAt) = (MemberConsent.Withdrawn, at);
            return TakeOff(row);
        }

        private void Number(AudienceMember row) => (row.Change, row.ChangedAt) = (++Last, now);

        private List<AudienceMember> Of(string? hash) => hash is not null && byHash.TryGetValue(hash, out var rows) ? rows : [];

        private void Index(AudienceMember row)
        {
            foreach (var hash in new[] { row.EmailSha256, row.PhoneSha256 }.OfType<string>())
            {
                if (!byHash.TryGetValue(hash, out var rows)) byHash[hash] = rows = [];
                rows.Add(row);
            }
        }
    }
}
