using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Pages;

/// <summary>The dialog in which a creative is written, in the library and in the wizard.</summary>
public sealed class CreativeEditor(IPage page) : StudioPage(page)
{
    public ILocator Preview => Dialog.GetByRole(AriaRole.Complementary, new() { Name = "Preview" });

    public async Task OpenAsync()
    {
        await Button("New creative").First.ClickAsync();
        await Expect(Dialog).ToBeVisibleAsync();
    }

    public Task ChooseFileAsync(string name, string type, byte[] content) =>
        Dialog.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = type, Buffer = content });

    public async Task UploadAsync(string name, string type, byte[] content)
    {
        await ChooseFileAsync(name, type, content);
        await Expect(Dialog.GetByRole(AriaRole.Group, new() { Name = "Files" })).ToContainTextAsync(name);
    }

    public async Task WriteAsync(string name, string primaryText, string headline, string link)
    {
        await Dialog.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Dialog.GetByLabel("Primary text").FillAsync(primaryText);
        await Dialog.GetByLabel("Headline").FillAsync(headline);
        await Dialog.GetByLabel("Link").FillAsync(link);
    }

    public async Task SaveAsync()
    {
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Save creative" }).ClickAsync();
        await Expect(Dialog).ToBeHiddenAsync();
    }
}
