using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Audiences;

/// <param name="Through">The last change that it covers.</param>
/// <param name="Changes">How many rows it covers, those among them of whom the platform need not hear.</param>
/// <param name="IsLast">Nobody else joins after it.</param>
internal sealed record MemberTurn(long Through, int Changes, IReadOnlyList<MemberHashes> Joining, IReadOnlyList<MemberHashes> Leaving, bool IsLast);

/// <summary>The changes of a list that one copy of it has still to hear of, in their order.</summary>
internal sealed class MemberSheet(StudioDb db, PlatformAudience place)
{
    /// <summary>Rows held in memory at once; platforms that take more get it in several calls.</summary>
    public const int Largest = 20_000;

    private readonly bool withPlus = Catalogue.RulesOf(place.Platform).PhonesWithPlus;
    private long last;

    /// <summary>How many join in this upload.</summary>
    public int Joining { get; private set; }

    /// <summary>The change up to which is read; what comes later is another upload.</summary>
    public async Task<long> ReadLastAsync(CancellationToken ct) => last = await db.AdAudiences.Where(a => a.Id == place.AudienceId).Select(a => a.LastChange).SingleAsync(ct);

    public async Task<int> CountAsync(CancellationToken ct)
    {
        Joining = await Behind().CountAsync(m => m.IsOn, ct);
        return await Behind().CountAsync(ct);
    }

    /// <summary>Null when the copy is in step.</summary>
    public async Task<MemberTurn?> NextAsync(int size, CancellationToken ct)
    {
        if (place.SentThrough >= last) return null;
        var rows = await Behind().OrderBy(m => m.Change).Take(size).ToListAsync(ct);
        var through = rows.Count < size ? last : rows[^1].Change;
        return new(through, rows.Count, [.. rows.Where(m => m.IsOn).Select(Hashes)], [.. rows.Where(m => !m.IsOn && MayStandThere(m)).Select(Hashes)],
            IsLast: !await db.AudienceMembers.AnyAsync(m => m.AudienceId == place.AudienceId && m.IsOn && m.Change > through && m.Change <= last, ct));
    }

    /// <summary>
    /// Whether the platform may have got them, so that it has to hear that they went; a hash that it never had is not sent for that. What was tried before counts as sent,
    /// but whoever had gone already when it was tried was no part of it.
    /// </summary>
    private bool MayStandThere(AudienceMember member) => member.FirstChange is { } first && first <= (member.Change <= place.TriedThrough ? place.SentThrough : place.TriedThrough);

    private IQueryable<AudienceMember> Behind() => db.AudienceMembers.AsNoTracking().Where(m => m.AudienceId == place.AudienceId && m.Change > place.SentThrough && m.Change <= last);

    private MemberHashes Hashes(AudienceMember member) => new(member.EmailSha256, withPlus ? member.PhoneSha256 : member.PhoneDigitsSha256);
}
