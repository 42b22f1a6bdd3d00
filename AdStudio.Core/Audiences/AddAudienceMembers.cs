using System.Runtime.CompilerServices;
using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Audiences;

/// <param name="Line">Where it stood, counted from the first one given.</param>
public sealed record RejectedMember(int Line, string Why);

/// <param name="Members">How many the list has now.</param>
public sealed record AddedMembers(int Added, int AlreadyThere, IReadOnlyList<RejectedMember> Rejected, int Members);

/// <summary>Adds people to a customer list. Addresses and numbers are hashed at once; nothing else of them is kept.</summary>
public sealed class AddAudienceMembers(Studio studio, TimeProvider time)
{
    /// <summary>More are sent in several calls.</summary>
    public const int AtOnce = 10_000;
    private const int Batch = 500;

    /// <param name="firstLine">The number of the first member, for naming the rejected ones.</param>
    public async Task<Result<AddedMembers>> RunAsync(Actor actor, Guid audienceId, IReadOnlyList<MemberInput> members, int firstLine, CancellationToken ct)
    {
        if (members.Count > AtOnce) return new TooManyMembers(AtOnce);
        await using var db = await studio.OpenAsync(actor, ct);
        var audience = await db.AdAudiences.FindVisibleAsync(actor, audienceId, ct);
        if (audience is null) return new AudienceNotFound();
        if (!await db.MayWriteAsync(actor, audience.WorkspaceId, ct)) return new AudiencesNeedManager();
        if (audience.Type != AudienceType.CustomerMatch) return new AudienceHasNoMembers(audience.Name);

        List<RejectedMember> rejected = [];
        List<MemberHash> usable = [];
        foreach (var (index, member) in members.Index())
        {
            var (hash, problem) = MemberHash.Of(member);
            if (hash is not null) usable.Add(hash);
            else rejected.Add(new(firstLine + index, problem!));
        }

        var added = 0;
        foreach (var batch in usable.Distinct().Chunk(Batch)) added += await AddAsync(db, audience, batch, ct);

        audience.MemberCount = await db.AudienceMembers.CountAsync(m => m.AudienceId == audienceId, ct);
        audience.UpdatedAt = time.GetUtcNow();
        db.AuditVerb = "filled";
        await db.SaveOverOthersAsync(ct);
        return new AddedMembers(added, usable.Count - added, rejected, audience.MemberCount);
    }

    private static async Task<int> AddAsync(StudioDb db, AdAudience audience, MemberHash[] batch, CancellationToken ct)
    {
        var emails = batch.Select(m => m.Email).OfType<string>().ToList();
        var phones = batch.Where(m => m.Email is null).Select(m => m.Phone).OfType<string>().ToList();
        var there = (await db.AudienceMembers.Where(m => m.AudienceId == audience.Id && ((m.EmailSha256 != null && emails.Contains(m.EmailSha256)) || (m.EmailSha256 == null && m.PhoneSha256 != null && phones.Contains(m.PhoneSha256))))
            .Select(m => new { m.EmailSha256, m.PhoneSha256 }).ToListAsync(ct)).Select(m => (m.EmailSha256, m.PhoneSha256)).ToHashSet();
        var rows = batch.Where(m => !there.Contains((m.Email, m.Phone)))
            .Select(m => new AudienceMember { OrganizationId = audience.OrganizationId, AudienceId = audience.Id, EmailSha256 = m.Email, PhoneSha256 = m.Phone, PhoneDigitsSha256 = m.PhoneDigits }).ToList();
        db.AddRange(rows);
        await db.SaveChangesAsync(ct);
        foreach (var row in rows) db.Entry(row).State = EntityState.Detached;
        return rows.Count;
    }
}

/// <summary>Gives the adapters a list's members. What they may send was decided when the launch was planned.</summary>
public sealed class AudienceBook(Studio studio) : IAudienceBook
{
    private const int Batch = 2000;

    public async IAsyncEnumerable<(string? EmailSha256, string? PhoneSha256)> MembersAsync(Guid audienceId, Platform platform, [EnumeratorCancellation] CancellationToken ct)
    {
        // In batches by key, so that no reader is open while the adapter waits for the platform.
        for (long last = 0; ;)
        {
            await using var db = await studio.OpenForEveryoneAsync(ct);
            var after = last;
            var batch = await db.AudienceMembers.AsNoTracking().Where(m => m.AudienceId == audienceId && m.Id > after).OrderBy(m => m.Id).Take(Batch).ToListAsync(ct);
            foreach (var member in batch) yield return (member.EmailSha256, Catalogue.RulesOf(platform).PhonesWithPlus ? member.PhoneSha256 : member.PhoneDigitsSha256);
            if (batch.Count < Batch) yield break;
            last = batch[^1].Id;
        }
    }
}
