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
public sealed record AddedMembers(int Added, int AlreadyThere, IReadOnlyList<RejectedMember> Rejected, int Members)
{
    /// <summary>Are not on the list, because they withdrew their consent now or before.</summary>
    public int Withdrawn { get; init; }
}

/// <summary>
/// Adds people to a customer list, and takes out those who withdrew their consent. Addresses and numbers are hashed at once; nothing else of them is kept. Where the list stands on platforms, the change follows by itself.
/// </summary>
public sealed class AddAudienceMembers(Studio studio, TimeProvider time)
{
    /// <summary>More are sent in several calls.</summary>
    public const int AtOnce = 10_000;

    /// <param name="firstLine">The number of the first member, for naming the rejected ones.</param>
    public async Task<Result<AddedMembers>> RunAsync(Actor actor, Guid audienceId, IReadOnlyList<MemberInput> members, int firstLine, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindListAsync(actor, audienceId, members.Count, ct)).TryGet(out var audience, out var refusal)) return refusal;
        var now = time.GetUtcNow();
        var (usable, rejected) = Hashed(members, firstLine, now);
        var writer = new MemberWriter(studio, actor, audience, now);
        var changes = MemberChanges.None;
        foreach (var batch in usable.Distinct().Chunk(MemberWriter.Batch)) changes += await writer.AddAsync(batch, ct);

        // Those given twice are there already when they come again.
        var twice = usable.Count - usable.Distinct().Count();
        return new AddedMembers(changes.Added, changes.AlreadyThere + twice, rejected, await db.CountMembersAsync(audience, "filled", now, ct)) { Withdrawn = changes.Withdrawn };
    }

    internal static (List<MemberToWrite> Usable, List<RejectedMember> Rejected) Hashed(IReadOnlyList<MemberInput> members, int firstLine, DateTimeOffset now)
    {
        List<RejectedMember> rejected = [];
        List<MemberToWrite> usable = [];
        foreach (var (index, member) in members.Index())
        {
            var (hash, problem) = MemberHash.Of(member);
            // A date to come is a mistake: it would outweigh whatever they say until then.
            if (hash is not null) usable.Add(new(hash, member.Consent, member.ConsentAt is { } at && at < now ? at : now));
            else rejected.Add(new(firstLine + index, problem!));
        }
        return (usable, rejected);
    }
}

/// <param name="Removed">Who was on the list and no longer is.</param>
/// <param name="NotThere">Usable rows that named nobody on it.</param>
/// <param name="Members">How many the list has now.</param>
public sealed record RemovedMembers(int Removed, int NotThere, IReadOnlyList<RejectedMember> Rejected, int Members);

/// <summary>Takes people out of a customer list: everybody who has one of the addresses or numbers. Where the list stands on platforms, they are taken out there too, by itself.</summary>
public sealed class RemoveAudienceMembers(Studio studio, TimeProvider time)
{
    /// <param name="firstLine">The number of the first member, for naming the rejected ones.</param>
    /// <param name="withdrawn">They withdrew their consent: nobody can add them again unless they give it anew.</param>
    public async Task<Result<RemovedMembers>> RunAsync(Actor actor, Guid audienceId, IReadOnlyList<MemberInput> members, int firstLine, bool withdrawn, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!(await db.FindListAsync(actor, audienceId, members.Count, ct)).TryGet(out var audience, out var refusal)) return refusal;
        var now = time.GetUtcNow();
        var (usable, rejected) = AddAudienceMembers.Hashed([.. members.Select(m => m with { Consent = MemberConsent.Withdrawn, Problem = null })], firstLine, now);
        var writer = new MemberWriter(studio, actor, audience, now);
        var (removed, missed) = (0, 0);
        foreach (var batch in usable.Distinct().Chunk(MemberWriter.Batch))
        {
            var took = (withdrawn ? await writer.AddAsync(batch, ct) : await writer.RemoveAsync(batch, ct)).Removed;
            removed += took;
            missed += Math.Max(0, batch.Length - took);
        }
        return new RemovedMembers(removed, missed, rejected, await db.CountMembersAsync(audience, "took people out of", now, ct));
    }
}

internal static class ListMembers
{
    /// <summary>The customer list, when the actor may write it and gives no more at once than is taken.</summary>
    public static async Task<Result<AdAudience>> FindListAsync(this StudioDb db, Actor actor, Guid audienceId, int given, CancellationToken ct)
    {
        if (given > AddAudienceMembers.AtOnce) return new TooManyMembers(AddAudienceMembers.AtOnce);
        var audience = await db.AdAudiences.FindVisibleAsync(actor, audienceId, ct);
        if (audience is null) return new AudienceNotFound();
        if (!await db.MayWriteAsync(actor, audience.WorkspaceId, ct)) return new AudiencesNeedManager();
        // Where the list stands on a platform, the change would follow by itself.
        if (!actor.ReachesPlatforms && await db.PlatformAudiences.AnyAsync(p => p.AudienceId == audienceId, ct)) return new SandboxKeyStopsHere();
        return audience.Type == AudienceType.CustomerMatch ? audience : new AudienceHasNoMembers(audience.Name);
    }

    public static async Task<int> CountMembersAsync(this StudioDb db, AdAudience audience, string verb, DateTimeOffset now, CancellationToken ct)
    {
        audience.MemberCount = await db.AudienceMembers.CountAsync(m => m.AudienceId == audience.Id && m.IsOn, ct);
        audience.UpdatedAt = now;
        db.AuditVerb = verb;
        await db.SaveOverOthersAsync(ct);
        return audience.MemberCount;
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
            var batch = await db.AudienceMembers.AsNoTracking().Where(m => m.AudienceId == audienceId && m.IsOn && m.Id > after).OrderBy(m => m.Id).Take(Batch).ToListAsync(ct);
            foreach (var member in batch) yield return (member.EmailSha256, Catalogue.RulesOf(platform).PhonesWithPlus ? member.PhoneSha256 : member.PhoneDigitsSha256);
            if (batch.Count < Batch) yield break;
            last = batch[^1].Id;
        }
    }
}
