using AdStudio.Core.Creatives;
using AdStudio.Core.Platforms;
using AdStudio.Web.Shared;
using AdStudio.Web.Shared.Figures;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Web;

namespace AdStudio.Web.Features.Creatives;

/// <summary>Uploads and fetches what a creative shows.</summary>
public sealed partial class MediaPicker
{
    private readonly string hintId = Ids.Next("drop");
    private string url = "";
    private bool fetching;
    private decimal? progress;
    private string said = "";
    private int? focused;

    [Parameter, EditorRequired] public CreativeDraft Draft { get; set; } = null!;
    [Parameter, EditorRequired] public Guid WorkspaceId { get; set; }
    [Parameter] public EventCallback OnChanged { get; set; }
    [Parameter] public string? Error { get; set; }
    /// <summary>What is wrong with a field of a card: "cards[0].linkUrl".</summary>
    [Parameter] public Func<string, string?>? ErrorFor { get; set; }

    [Inject] private UploadMedia Upload { get; set; } = null!;
    [Inject] private ImportMediaFromUrl Import { get; set; } = null!;
    [Inject] private MediaLimits Limits { get; set; } = null!;

    private bool MayAdd => Draft.Media.Count < (Draft.Type == CreativeType.Carousel ? 10 : 1);
    private string Accept => Draft.Type == CreativeType.Video ? "video/mp4,video/quicktime" : "image/jpeg,image/png,image/gif,image/webp";

    private Task UploadAsync(InputFileChangeEventArgs chosen) => RunAsync(async ct =>
    {
        foreach (var file in chosen.GetMultipleFiles(10).Take(Draft.Type == CreativeType.Carousel ? 10 - Draft.Media.Count : 1))
        {
            if (file.Size > Limits.MaxBytes)
            {
                Show(new MediaTooLarge("file", Limits.MaxBytes));
                break;
            }
            try
            {
                said = $"Uploading {file.Name}";
                await using var stream = new CountedStream(file.OpenReadStream(Limits.MaxBytes, ct), file.Size, TellAsync);
                if (!Take(await Upload.RunAsync(Actor, WorkspaceId, file.Name, stream, ct), out var media)) break;
                await AddAsync(media);
            }
            finally
            {
                progress = null;
            }
        }
    });

    private Task FetchAsync() => RunAsync(async ct =>
    {
        (fetching, progress, said) = (true, -1, "Fetching the file");
        StateHasChanged();
        try
        {
            if (!Take(await Import.RunAsync(Actor, WorkspaceId, url, ct), out var media)) return;
            url = "";
            await AddAsync(media);
        }
        finally
        {
            (fetching, progress) = (false, null);
        }
    });

    private Task KeyAsync(KeyboardEventArgs key) => key.Key == "Enter" && url.Trim().Length > 0 ? FetchAsync() : Task.CompletedTask;

    private Task AddAsync(MediaRow media)
    {
        // An image may be chosen before its type: the file decides between image and video.
        if (Draft.Type != CreativeType.Carousel) Draft.Type = media.Kind == MediaKind.Video ? CreativeType.Video : CreativeType.Image;
        if (Draft.Type == CreativeType.Carousel || !Draft.Media.Exists(m => m.Id == media.Id)) Draft.Media.Add(media);
        if (Draft.Name.Length == 0) Draft.Name = Path.GetFileNameWithoutExtension(media.GivenName ?? media.FileName);
        return OnChanged.InvokeAsync();
    }

    private Task RemoveAsync(int index) => WriteAsync(() =>
    {
        Draft.RemoveAt(index);
        focused = null;
    });

    private Task MoveAsync(int index, int by) => WriteAsync(() =>
    {
        Draft.Move(index, by);
        focused = null;
    });

    private Task ReplaceAsync(MediaRow moved)
    {
        // Wherever the same file stands.
        for (var i = 0; i < Draft.Media.Count; i++)
            if (Draft.Media[i].Id == moved.Id) Draft.Media[i] = moved;
        return OnChanged.InvokeAsync();
    }

    private Task WriteAsync(Action change)
    {
        change();
        return OnChanged.InvokeAsync();
    }

    private static string Text(ChangeEventArgs e) => e.Value as string ?? "";

    private string? ErrorAt(int index, string field) => ErrorFor?.Invoke($"cards[{index}].{field}");

    private async Task TellAsync(decimal part)
    {
        if (progress is { } now && part < 1 && part - now < 0.02m) return;
        progress = part;
        await InvokeAsync(StateHasChanged);
    }
}
