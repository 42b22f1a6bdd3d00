using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;

namespace AdStudio.Web.Features.Creatives;

/// <summary>A creative while it is being written: what the fields are bound to and the preview shows.</summary>
public sealed class CreativeDraft
{
    public string Name { get; set; } = "";
    public CreativeType Type { get; set; }
    public string PrimaryText { get; set; } = "";
    public string Headline { get; set; } = "";
    public string Description { get; set; } = "";
    public string CallToAction { get; set; } = "LEARN_MORE";
    public string LinkUrl { get; set; } = "";
    public List<MediaRow> Media { get; init; } = [];
    public string? ExternalKey { get; init; }

    /// <summary>Of an existing post: its id and where people see it.</summary>
    public string PostId { get; set; } = "";
    public string Permalink { get; set; } = "";
    private string PostImageUrl { get; init; } = "";

    /// <summary>The words of each card, in the order of the media.</summary>
    private readonly List<CardDraft> cards = [];

    public string TextOf(TextField field) => field switch { TextField.Headline => Headline, TextField.Description => Description, _ => PrimaryText };

    /// <summary>"acme.example" of the link, as ads show it.</summary>
    public string Domain => Uri.TryCreate(LinkUrl.Trim(), UriKind.Absolute, out var uri) ? uri.Host.StartsWith("www.", StringComparison.Ordinal) ? uri.Host[4..] : uri.Host : "";

    public string CallToActionLabel => CreativeInput.CallsToAction.FirstOrDefault(c => c.Name == CallToAction)?.Label ?? CallToAction;

    public bool HasButton => CallToAction != "NO_BUTTON";

    /// <summary>The words of the card there; made when it has none yet.</summary>
    public CardDraft CardAt(int index)
    {
        while (cards.Count <= index) cards.Add(new());
        return cards[index];
    }

    public string HeadlineOf(int card) => CardAt(card).Headline.Trim() is { Length: > 0 } own ? own : Headline;

    public void RemoveAt(int index)
    {
        Media.RemoveAt(index);
        if (index < cards.Count) cards.RemoveAt(index);
    }

    /// <summary>A card and its words change places with the one beside it.</summary>
    public void Move(int index, int by)
    {
        var to = index + by;
        if (to < 0 || to >= Media.Count) return;
        CardAt(Math.Max(index, to));
        (Media[index], Media[to]) = (Media[to], Media[index]);
        (cards[index], cards[to]) = (cards[to], cards[index]);
    }

    /// <summary>Another kind keeps what it can show.</summary>
    public void Become(CreativeType type)
    {
        Type = type;
        if (type == CreativeType.ExistingPost) Media.Clear();
        var wanted = type == CreativeType.Video ? MediaKind.Video : MediaKind.Image;
        for (var i = Media.Count - 1; i >= 0; i--)
            if (Media[i].Kind != wanted || (type != CreativeType.Carousel && i > 0)) RemoveAt(i);
    }

    public static CreativeDraft Of(CreativeRow row) => Of(row.ToInput(), row.Assets);

    /// <param name="media">The files that the input names; those that are gone are left out with their words.</param>
    public static CreativeDraft Of(CreativeInput input, IReadOnlyList<MediaRow> media)
    {
        var draft = new CreativeDraft
        {
            Name = input.Name, Type = input.Type, PrimaryText = input.PrimaryText, Headline = input.Headline, Description = input.Description, CallToAction = input.CallToAction, LinkUrl = input.LinkUrl, ExternalKey = input.ExternalKey,
            PostId = input.Post?.Id ?? "", Permalink = input.Post?.Permalink ?? "", PostImageUrl = input.Post?.ImageUrl ?? "",
        };
        foreach (var (i, id) in input.AssetIds.Index())
        {
            if (media.FirstOrDefault(m => m.Id == id) is not { } file) continue;
            draft.Media.Add(file);
            var texts = input.CardAt(i);
            var card = draft.CardAt(draft.Media.Count - 1);
            (card.Headline, card.Description, card.LinkUrl) = (texts.Headline, texts.Description, texts.LinkUrl);
        }
        return draft;
    }

    public CreativeInput ToInput() => new()
    {
        Name = Name, Type = Type, PrimaryText = PrimaryText, Headline = Headline, Description = Description, CallToAction = CallToAction, LinkUrl = LinkUrl, AssetIds = [.. Media.Select(m => m.Id)], ExternalKey = ExternalKey,
        Post = Type == CreativeType.ExistingPost ? new(PostId.Trim(), Permalink.Trim(), PostImageUrl) : null,
        Cards = Type == CreativeType.Carousel ? [.. Media.Select((_, i) => CardAt(i)).Select(c => new CardTexts(c.Headline, c.Description, c.LinkUrl))] : [],
    };
}

/// <summary>What a card says for itself, while it is being written.</summary>
public sealed class CardDraft
{
    public string Headline { get; set; } = "";
    public string Description { get; set; } = "";
    public string LinkUrl { get; set; } = "";
}

/// <summary>Words for creatives, the same everywhere.</summary>
public static class CreativeWords
{
    public static string Of(CreativeType type) => type switch { CreativeType.Video => "Video", CreativeType.Carousel => "Carousel", CreativeType.ExistingPost => "Existing post", _ => "Image" };

    public static string Icon(CreativeType type) => type switch { CreativeType.Video => "video", CreativeType.Carousel => "columns", CreativeType.ExistingPost => "external", _ => "image" };

    public static string Size(MediaRow media) => $"{media.Width} × {media.Height}" + (media.Seconds is { } s ? $", {s:0} s" : "") + (media.Bytes < 1_000_000 ? $", {Math.Max(1, media.Bytes / 1000)} KB" : $", {media.Bytes / 1_000_000.0:0.0} MB");

    public static string Of(AdPlacement placement) => placement switch { AdPlacement.AppStore => "App Store", _ => placement.ToString() };

    /// <summary>"Used in 2 campaigns, 1 running".</summary>
    public static string Uses(IReadOnlyList<Core.Data.Use> uses)
    {
        if (uses.Count == 0) return "Not used yet";
        var running = uses.Count(u => u.IsRunning);
        return $"Used in {Shared.Figures.Shown.Count(uses.Count, "campaign")}" + (running == 0 ? "" : running == uses.Count ? ", running" : $", {running} running");
    }
}
