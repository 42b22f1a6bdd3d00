using Microsoft.Playwright;

namespace AdStudio.Browser.Tests.Support;

/// <summary>Pictures of the pages, for people to look at: when ADSTUDIO_SCREENS names a folder, each checked page is saved there in its four looks.</summary>
public static class Screens
{
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("ADSTUDIO_SCREENS") is { Length: > 0 } folder ? folder : null;

    public static async Task SaveAsync(IPage page, string name, string look)
    {
        if (Folder is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.{look}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
    }
}
