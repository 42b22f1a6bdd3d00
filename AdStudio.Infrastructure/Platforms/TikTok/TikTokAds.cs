using System.Globalization;
using System.Text.Json.Nodes;
using AdStudio.Core.Platforms;

namespace AdStudio.Infrastructure.Platforms.TikTok;

/// <summary>The ads of an ad group with the files they need. A video wants a picture of its own shape as its cover; images are swiped through to music, also a single one.</summary>
/// <param name="adGroup">The ad group's id, or the place of it.</param>
/// <param name="suffix">Ends every key, so that an edit's steps never meet those of the launch.</param>
internal sealed class TikTokAds(LaunchBrief brief, string adGroup, string suffix, List<PlannedStep> steps, List<PlanNote> notes)
{
    /// <summary>Stands for the address of the picture that TikTok takes from a video, and for that of an image: both are known only once the file is there.</summary>
    public const string OwnCover = "(the picture that TikTok takes from the video)";

    private const int MaxFileName = 100, MostImages = 35;

    private readonly string account = brief.Account.ExternalId;
    private readonly Dictionary<(Guid, string?), string> media = [];
    private readonly Dictionary<string, string> covers = [], music = [];
    private int files;

    public void Add(BriefCreative creative, int number)
    {
        var marker = $"{brief.Marker}-{number}";
        var ad = new JsonObject { ["ad_name"] = TikTokPlan.Named(creative.Name, marker) };
        if (brief.Page is { } page)
        {
            var identity = TikTokIdentity.Parse(page.Id);
            (ad["identity_type"], ad["identity_id"]) = (identity.Type, identity.Id);
            if (identity.BusinessCenter is { } center) ad["identity_authorized_bc_id"] = center;
            // Shown as an ad only, and not among the posts of the profile.
            if (identity.IsTikTokAccount) ad["dark_post_status"] = "ON";
        }

        var video = creative.Type == CreativeType.Video ? creative.Assets.FirstOrDefault(a => a.Kind == MediaKind.Video) : null;
        if (video is not null)
        {
            var uploaded = Video(video);
            (ad["ad_format"], ad["video_id"], ad["image_ids"]) = ("SINGLE_VIDEO", uploaded, new JsonArray(Cover(creative, video, uploaded)));
        }
        else
        {
            var images = (creative.Type == CreativeType.Carousel ? creative.Cards.Select(c => c.Asset) : creative.Assets.Where(a => a.Kind == MediaKind.Image).Take(1)).Take(MostImages).Select(Image).ToList();
            (ad["ad_format"], ad["image_ids"]) = ("CAROUSEL_ADS", TikTokApi.Texts(images));
            if (images.Count > 0) ad["music_id"] = Music(images[0]);
        }

        ad["ad_text"] = Text(creative);
        ad["call_to_action"] = Button(creative);
        if (brief is { Objective: Objective.Leads, LeadFormId: { } form }) ad["page_id"] = Number(form);
        else if (brief.Objective != Objective.AppInstalls) ad["landing_page_url"] = creative.LinkUrl;
        if (brief.Objective is Objective.Awareness or Objective.Traffic or Objective.Engagement && brief.Pixel is { } pixel) ad["tracking_pixel_id"] = Number(pixel.Id);
        ad["operation_status"] = "DISABLE";

        steps.Add(new($"ad:{number}{suffix}", StepKind.Ad, $"Create the ad “{creative.Name}”", marker, new JsonObject { ["advertiser_id"] = account, ["adgroup_id"] = adGroup, ["creatives"] = new JsonArray(ad) }) { CreativeId = creative.Id });
    }

    private string Text(BriefCreative creative)
    {
        var plain = TikTokText.Plain(creative.PrimaryText);
        if (plain != creative.PrimaryText) notes.Add(PlanWords.Converted("primaryText", $"TikTok takes no emoji: the text of “{creative.Name}” goes without them."));
        if (creative.Headline.Length > 0 || creative.Description.Length > 0) notes.Add(PlanWords.LeftOut("headline", $"TikTok shows the text of “{creative.Name}” only; there is no room for a headline or a description."));
        return PlanWords.Shortened(plain, TikTokCatalogue.Rules.Text(TextField.PrimaryText)!.Max!.Value);
    }

    private string Button(BriefCreative creative)
    {
        if (TikTokCatalogue.Rules.CallToActionOf(creative.CallToAction) is { } button) return button.Wire;
        notes.Add(PlanWords.Converted("callToAction", $"The ad “{creative.Name}” gets the button “Learn more”: TikTok has no “{creative.CallToAction}”."));
        return "LEARN_MORE";
    }

    /// <summary>The place of the image's id; the same file in the same shape is sent once.</summary>
    private string Image(BriefAsset asset) => File(asset, "image_file");

    private string Video(BriefAsset asset) => File(asset, "video_file");

    private string File(BriefAsset asset, string part)
    {
        var fit = TikTokCatalogue.Rules.MediaOf(asset.Kind)!.Fits(asset)[0];
        if (media.TryGetValue((asset.Id, fit.Cut), out var place)) return place;

        var (key, marker) = NextFile(fit.KeyPart);
        if (fit.Words is { } made) notes.Add(PlanWords.Converted("creatives", $"{asset.FileName} is {made} for TikTok."));
        steps.Add(new(key, StepKind.Media, fit.Words is { } words ? $"Upload {asset.FileName}, {words}" : $"Upload {asset.FileName}", marker,
            new JsonObject { ["advertiser_id"] = account, ["file_name"] = FileName(asset.FileName, marker), ["upload_type"] = "UPLOAD_BY_FILE", [part] = asset.FileName }) { AssetId = asset.Id });
        return media[(asset.Id, fit.Cut)] = $"{{{{{key}}}}}";
    }

    /// <summary>The creative's own image where it has the video's shape, else the picture that TikTok takes from the video.</summary>
    private string Cover(BriefCreative creative, BriefAsset video, string uploaded)
    {
        var shape = TikTokCatalogue.Rules.MediaOf(MediaKind.Video)!.Fits(video)[0].Shape;
        var own = creative.Assets.FirstOrDefault(a => a.Kind == MediaKind.Image && a is { Width: > 0, Height: > 0 } && Math.Abs(a.Width / (double)a.Height / shape.Ratio - 1) < 0.02);
        if (own is not null && TikTokCatalogue.Rules.MediaOf(MediaKind.Image)!.Fits(own)[0] is { Cut: null, Problem: null }) return Image(own);

        if (covers.TryGetValue(uploaded, out var place)) return place;
        var (key, marker) = NextFile("cover");
        steps.Add(new(key, StepKind.Media, $"Take the cover of {video.FileName}, once TikTok has read the video", marker,
            new JsonObject { ["advertiser_id"] = account, ["file_name"] = FileName("Cover of " + video.FileName, marker), ["upload_type"] = "UPLOAD_BY_URL", ["image_url"] = $"{OwnCover} {uploaded}" }));
        return covers[uploaded] = $"{{{{{key}}}}}";
    }

    private string Music(string image)
    {
        if (music.TryGetValue(image, out var place)) return place;
        if (music.Count == 0) notes.Add(PlanWords.Converted("creatives", "TikTok plays music to images: the studio takes the first that TikTok recommends for them."));
        var key = $"music:{music.Count + 1}{suffix}";
        steps.Add(new(key, StepKind.Media, "Take the music that TikTok recommends for the images", brief.Marker,
            new JsonObject { ["advertiser_id"] = account, ["music_scene"] = "CAROUSEL_ADS", ["search_type"] = "SEARCH_BY_RECOMMEND", ["filtering"] = new JsonObject { ["image_urls"] = new JsonArray(image) } }));
        return music[image] = $"{{{{{key}}}}}";
    }

    /// <summary>File names are unique within an account, so each carries a marker of its own.</summary>
    private (string Key, string Marker) NextFile(string? word)
    {
        files++;
        return ($"media:{files}{(word is null ? "" : ":" + word)}{suffix}", $"{brief.Marker}-{files}");
    }

    private static string FileName(string name, string marker) => TikTokPlan.Named(name, marker, MaxFileName);

    private static JsonNode Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(id);
}
