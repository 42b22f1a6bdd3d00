using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Platforms;
using Microsoft.EntityFrameworkCore;

namespace AdStudio.Core.Creatives;

/// <summary>A creative as its author writes it. What a platform needs beyond this, preflight says; a creative may be kept unfinished.</summary>
public sealed record CreativeInput
{
    public string Name { get; init; } = "";
    public CreativeType Type { get; init; }
    public string PrimaryText { get; init; } = "";
    public string Headline { get; init; } = "";
    public string Description { get; init; } = "";
    public string CallToAction { get; init; } = "LEARN_MORE";
    public string LinkUrl { get; init; } = "";
    public IReadOnlyList<Guid> AssetIds { get; init; } = [];

    /// <summary>Of a carousel: the words of each card, in the order of the files; what is left out is the creative's.</summary>
    public IReadOnlyList<CardTexts> Cards { get; init; } = [];

    /// <summary>Of an existing post: which one; its primary text is the post's own and only shown here.</summary>
    public ExistingPost? Post { get; init; }

    /// <summary>The caller's own id; null for none.</summary>
    public string? ExternalKey { get; init; }

    /// <summary>Calls to action that some platform knows, and API 002's.</summary>
    public static IReadOnlyList<CallToAction> CallsToAction { get; } =
        [.. Catalogue.All.Where(p => p.Rules is not null).SelectMany(p => p.Rules!.CallsToAction).Append(new("BOOK_TRAVEL", "Book travel", "BOOK_TRAVEL")).DistinctBy(c => c.Name)];

    /// <summary>Every wrong field, or null.</summary>
    internal async Task<InvalidError?> ProblemsAsync(StudioDb db, Guid workspaceId, CancellationToken ct)
    {
        List<FieldProblem> wrong = [];
        Check(Name.Trim().Length == 0, "name", "Give the creative a name.");
        Check(Name.Length > 256, "name", "A name has at most 256 characters.");
        Check(PrimaryText.Length > 5000, "primaryText", "The primary text has at most 5,000 characters.");
        Check(Headline.Length > 1000, "headline", "The headline has at most 1,000 characters.");
        Check(Description.Length > 1000, "description", "The description has at most 1,000 characters.");
        Check(ExternalKey is { Length: 0 or > 128 }, "id", "An id has 1 to 128 characters.");
        Check(!CallsToAction.Any(c => c.Name.Equals(CallToAction, StringComparison.OrdinalIgnoreCase)), "callToAction", $"Choose one of {string.Join(", ", CallsToAction.Select(c => c.Name))}.");
        Check(LinkUrl.Length > 0 && !IsWebAddress(LinkUrl), "linkUrl", "Give a whole address, beginning with https://.");
        Check(Type != CreativeType.Carousel && Cards.Any(c => !c.IsEmpty), "cards", "Only a carousel has cards.");
        Check(Cards.Count > AssetIds.Count && Cards.Skip(AssetIds.Count).Any(c => !c.IsEmpty), "cards", "Each card needs a file.");
        foreach (var (i, card) in Cards.Index())
        {
            Check(card.Headline.Length > 1000, $"cards[{i}].headline", "The headline has at most 1,000 characters.");
            Check(card.Description.Length > 1000, $"cards[{i}].description", "The description has at most 1,000 characters.");
            Check(card.LinkUrl.Length > 0 && !IsWebAddress(card.LinkUrl), $"cards[{i}].linkUrl", "Give a whole address, beginning with https://.");
        }
        Check(Post is { Id.Length: > 0 } && !ExistingPost.IsId(Post.Id), "postId", "A post's id is made of digits, such as 17895695668004550; a page's post has its page before it: 105550130001_122100000000001.");
        Check(Type == CreativeType.ExistingPost && Post is not { Id.Length: > 0 }, "postId", "Say which post by its id.");
        Check(Type != CreativeType.ExistingPost && Post is not null, "postId", "Only an existing post has a post's id.");
        Check(Type == CreativeType.ExistingPost && AssetIds.Count > 0, "assetIds", "An existing post brings its own picture.");
        Check(Post is { Permalink.Length: > 0 } && !IsWebAddress(Post.Permalink), "permalink", "Give a whole address, beginning with https://.");
        Check(Post is { ImageUrl.Length: > 0 } && !IsWebAddress(Post.ImageUrl), "postImageUrl", "Give a whole address, beginning with https://.");
        Check(AssetIds.Count > 10, "assetIds", "A carousel has at most ten cards.");
        Check(Type != CreativeType.Carousel && AssetIds.Count > 1, "assetIds", "Only a carousel has several files.");

        var assets = await db.MediaAssets.AsNoTracking().Where(m => AssetIds.Contains(m.Id) && m.WorkspaceId == workspaceId).Select(m => new { m.Id, m.Kind }).ToListAsync(ct);
        Check(AssetIds.Except(assets.Select(a => a.Id)).Any(), "assetIds", "One of the files does not exist.");
        Check(Type == CreativeType.Image && assets.Exists(a => a.Kind != MediaKind.Image), "assetIds", "An image creative needs an image.");
        Check(Type == CreativeType.Video && assets.Exists(a => a.Kind != MediaKind.Video), "assetIds", "A video creative needs a video.");
        Check(Type == CreativeType.Carousel && assets.Exists(a => a.Kind != MediaKind.Image), "assetIds", "A carousel is made of images.");
        return wrong.Count == 0 ? null : new InvalidError(wrong);

        void Check(bool isWrong, string field, string message)
        {
            if (isWrong) wrong.Add(new(field, message));
        }
    }

    internal void WriteTo(Creative creative)
    {
        creative.Name = Name.Trim();
        creative.Type = Type;
        creative.PrimaryText = PrimaryText.Trim();
        creative.Headline = Headline.Trim();
        creative.Description = Description.Trim();
        creative.CallToAction = CallToAction.ToUpperInvariant();
        creative.LinkUrl = LinkUrl.Trim();
        creative.AssetIds = [.. AssetIds];
        creative.Cards = Type == CreativeType.Carousel ? [.. AssetIds.Select((_, i) => CardAt(i)).Select(c => new CardTexts(c.Headline.Trim(), c.Description.Trim(), c.LinkUrl.Trim()))] : [];
        (creative.PostId, creative.PostPermalink, creative.PostImageUrl) = (Post?.Id, Post?.Permalink, Post?.ImageUrl);
        creative.ExternalKey = ExternalKey;
    }

    internal static CreativeInput Of(Creative c) => new()
    {
        Name = c.Name, Type = c.Type, PrimaryText = c.PrimaryText, Headline = c.Headline, Description = c.Description, CallToAction = c.CallToAction, LinkUrl = c.LinkUrl, AssetIds = [.. c.AssetIds], Cards = c.Cards, Post = c.Post, ExternalKey = c.ExternalKey,
    };

    /// <summary>The words of the card there; empty ones when it has none of its own.</summary>
    public CardTexts CardAt(int index) => index < Cards.Count ? Cards[index] : new();

    /// <summary>Whether the two say the same.</summary>
    public bool Says(CreativeInput other) => this with { AssetIds = [], Cards = [] } == other with { AssetIds = [], Cards = [] } && AssetIds.SequenceEqual(other.AssetIds)
        && Enumerable.Range(0, Math.Max(Cards.Count, other.Cards.Count)).All(i => CardAt(i) == other.CardAt(i));

    /// <summary>Longer than even something unfinished may be.</summary>
    internal bool IsTooLong => Name.Length + PrimaryText.Length + Headline.Length + Description.Length + LinkUrl.Length + Cards.Sum(c => c.Headline.Length + c.Description.Length + c.LinkUrl.Length) + (Post is { } post ? post.Id.Length + post.Permalink.Length + post.ImageUrl.Length : 0) > 60_000 || AssetIds.Count > 20 || Cards.Count > 20;

    private static bool IsWebAddress(string text) => text.Length <= 2048 && Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is ("https" or "http") && uri.Host.Length > 0;
}
