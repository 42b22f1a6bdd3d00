using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Pages;

/// <summary>The library of creatives.</summary>
public sealed class CreativesPage(IPage page) : StudioPage(page)
{
    public Task OpenAsync(string query = "") => OpenAsync($"/creatives{query}", "Creatives");

    /// <summary>Drops a file on the library; the editor opens with what it became.</summary>
    public async Task DropAsync(string name, string type, byte[] content)
    {
        await Page.Locator(".library-upload input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = type, Buffer = content });
        await Expect(Dialog).ToBeVisibleAsync();
    }

    public ILocator Card(string name) => Page.GetByRole(AriaRole.Article).Filter(new() { HasText = name });

    public async Task EditAsync(string name)
    {
        await Button($"Open {name}").ClickAsync();
        await Expect(Dialog).ToBeVisibleAsync();
    }
}
