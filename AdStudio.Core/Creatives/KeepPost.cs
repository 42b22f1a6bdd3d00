using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Creatives;

/// <param name="IsNew">Whether it was made just now, rather than found.</param>
public sealed record KeptPost(CreativeRow Creative, bool IsNew);

/// <summary>A post as a creative of the workspace's library: the one that is there with the same button and link, else a new one.</summary>
public sealed class KeepPost(Studio studio, CreateCreative create)
{
    /// <param name="input">Of type <see cref="CreativeType.ExistingPost"/>.</param>
    public async Task<Result<KeptPost>> RunAsync(Actor actor, Guid workspaceId, CreativeInput input, CancellationToken ct)
    {
        if (input.Post is { } post)
        {
            await using var db = await studio.OpenAsync(actor, ct);
            var (link, button) = (input.LinkUrl.Trim(), input.CallToAction.ToUpperInvariant());
            var there = await db.Creatives.AsNoTracking().Visible(actor).Where(c => c.WorkspaceId == workspaceId && c.PostId == post.Id && c.LinkUrl == link && c.CallToAction == button).OrderBy(c => c.CreatedAt).FirstOrDefaultAsync(ct);
            if (there is not null) return new KeptPost(await CreativeRow.ReadAsync(db, there, ct), IsNew: false);
        }
        return (await create.RunAsync(actor, workspaceId, input, ct)).TryGet(out var made, out var refusal) ? new KeptPost(made, IsNew: true) : refusal;
    }
}
