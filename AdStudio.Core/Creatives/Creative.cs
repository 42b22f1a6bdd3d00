using System.Text.Json.Serialization;
using AdStudio.Core.Accounts;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;

namespace AdStudio.Core.Creatives;

/// <summary>An asset with its texts and call to action; the same one may serve many campaigns.</summary>
public sealed class Creative : IOrganizationRow, IVersionedRow, IAuditedRow, ISoftDeletedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Workspace Workspace { get; set; } = null!;

    /// <summary>The caller's own id ("cre-bf-static-1"); unique in the workspace among those not deleted.</summary>
    public string? ExternalKey { get; set; }
    public string Name { get; set; } = "";
    public CreativeType Type { get; set; }
    public string PrimaryText { get; set; } = "";
    public string Headline { get; set; } = "";
    public string Description { get; set; } = "";

    /// <summary>As Meta names it: "SHOP_NOW", "LEARN_MORE"; each adapter translates.</summary>
    public string CallToAction { get; set; } = "LEARN_MORE";
    public string LinkUrl { get; set; } = "";

    /// <summary>The media in their order: one for image and video, two to ten for a carousel.</summary>
    public List<Guid> AssetIds { get; set; } = [];

    /// <summary>Of a carousel: the words of each card, in the order of the media.</summary>
    public IReadOnlyList<CardTexts> Cards { get; set; } = [];

    /// <summary>Of an existing post: its id, its address and its picture's.</summary>
    public string? PostId { get; set; }
    public string? PostPermalink { get; set; }
    public string? PostImageUrl { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public long Version { get; set; }

    public ExistingPost? Post => PostId is null ? null : new(PostId, PostPermalink ?? "", PostImageUrl ?? "");

    string IAuditedRow.AuditName => Name;
}

/// <summary>What a card of a carousel says for itself; what is empty is the creative's.</summary>
public sealed record CardTexts(string Headline = "", string Description = "", string LinkUrl = "")
{
    [JsonIgnore]
    public bool IsEmpty => Headline.Length + Description.Length + LinkUrl.Length == 0;
}

/// <summary>An uploaded or fetched image or video. Its bytes lie in the media store under the hash.</summary>
public sealed class MediaAsset : IOrganizationRow, IAuditedRow
{
    public Guid Id { get; set; } = Guid.CreateVersion7();
    public Guid OrganizationId { get; set; }
    public Guid WorkspaceId { get; set; }
    public Workspace Workspace { get; set; } = null!;

    /// <summary>As it was called where it came from, for people only; never part of a path.</summary>
    public string FileName { get; set; } = "";
    public MediaKind Kind { get; set; }

    /// <summary>By its content, not by its name.</summary>
    public string ContentType { get; set; } = "";
    public long Bytes { get; set; }
    public int Width { get; set; }
    public int Height { get; set; }
    public double? Seconds { get; set; }

    /// <summary>What must stay in sight when it is cut: 0 is the left edge, 1 the right one; from the top likewise.</summary>
    public double FocalX { get; set; } = 0.5;
    public double FocalY { get; set; } = 0.5;

    /// <summary>Lower-case hex.</summary>
    public string Sha256 { get; set; } = "";
    public string? SourceUrl { get; set; }
    public DateTimeOffset CreatedAt { get; set; }

    string IAuditedRow.AuditName => FileName;
}
