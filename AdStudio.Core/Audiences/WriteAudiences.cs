using AdStudio.Core.Common;
using AdStudio.Core.Connections;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Audiences;

/// <param name="Rejected">Members without a usable address or number.</param>
public sealed record CreatedAudience(AudienceRow Audience, IReadOnlyList<RejectedMember> Rejected);

/// <summary>Makes an audience; a customer list with its members, if they are at hand. A platform gets it by <see cref="PlaceAudience"/>, or at the first launch that uses it.</summary>
public sealed class CreateAudience(Studio studio, AddAudienceMembers add, TimeProvider time)
{
    public async Task<Result<CreatedAudience>> RunAsync(Actor actor, Guid workspaceId, AudienceInput input, IReadOnlyList<MemberInput>? members, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        if (!actor.Sees(workspaceId) || !await db.Workspaces.AnyAsync(w => w.Id == workspaceId, ct)) return new AudienceWorkspaceNotFound();
        if (!await db.MayWriteAsync(actor, workspaceId, ct)) return new AudiencesNeedManager();
        var (problems, source) = await input.CheckAsync(db, workspaceId, null, ct);
        if (problems is not null) return problems;
        if (members is { Count: > 0 } && input.Type != AudienceType.CustomerMatch) return new InvalidError("members", "Only a customer list has members.");
        if (members?.Count > AddAudienceMembers.AtOnce) return new TooManyMembers(AddAudienceMembers.AtOnce);

        var now = time.GetUtcNow();
        var audience = new AdAudience { WorkspaceId = workspaceId, CreatedAt = now, UpdatedAt = now };
        input.WriteTo(audience, source);
        db.Add(audience);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException failure) when (input.ExternalKey is { } key && db.IsDuplicate(failure))
        {
            return new AudienceKeyTaken(key);
        }

        IReadOnlyList<RejectedMember> rejected = [];
        if (members is { Count: > 0 })
        {
            var added = await add.RunAsync(actor, audience.Id, members, 1, ct);
            if (!added.TryGet(out var counts, out var refusal)) return Result<CreatedAudience>.Refused(refusal);
            rejected = counts.Rejected;
            await db.Entry(audience).ReloadAsync(ct);
        }
        return new CreatedAudience(await AudienceRow.ReadAsync(db, actor, audience, ct), rejected);
    }
}

/// <summary>Changes what an audience is called and how it is made. Its type stays.</summary>
public sealed class UpdateAudience(Studio studio, TimeProvider time)
{
    /// <param name="version">The version the author has seen; null saves over whatever is there.</param>
    public async Task<Result<AudienceRow>> RunAsync(Actor actor, Guid audienceId, AudienceInput input, long? version, CancellationToken ct)
    {
        await using var db = await studio.OpenAsync(actor, ct);
        var audience = await db.AdAudiences.FindVisibleAsync(actor, audienceId, ct);
        if (audience is null) return new AudienceNotFound();
        if (!await db.MayWriteAsync(actor, audience.WorkspaceId, ct)) return new AudiencesNeedManager();
        if (input.Type != audience.Type) return new InvalidError("type", "An audience keeps its type. Make another one instead.");
        var (problems, source) = await input.CheckAsync(db, audience.WorkspaceId, audience.Id, ct);
        if (problems is not null) return problems;

        db.ExpectVersion(audience, version);
        input.WriteTo(audience, source);
        audience.UpdatedAt = time.GetUtcNow();
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new AudienceChangedMeanwhile(audience.Name);
        }
        catch (DbUpdateException failure) when (input.ExternalKey is { } key && db.IsDuplicate(failure))
        {
            return new AudienceKeyTaken(key);
        }
        return await AudienceRow.ReadAsync(db, actor, audience, ct);
    }
}
