using System.Globalization;
using AdStudio.Browser.Tests.Pages;
using AdStudio.Browser.Tests.Support;
using Microsoft.Playwright;
using Shouldly;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace AdStudio.Browser.Tests.Journeys;

public sealed class CreativesTests(DemoStudio studio) : BrowserTest(studio)
{
    [Fact]
    public async Task A_file_becomes_a_creative_with_a_focal_point_previews_and_a_campaign()
    {
        var library = new CreativesPage((await DemoPersonAsync()).Page);
        var editor = new CreativeEditor(library.Page);
        await library.OpenAsync();
        await Look.OverAsync(library.Page, "creatives");

        await library.DropAsync("cabin.jpg", "image/jpeg", await Studio.NewImageAsync());
        await editor.Button("What must stay in sight of cabin.jpg").ClickAsync();
        var point = editor.Dialog.GetByRole(AriaRole.Slider, new() { Name = "What must stay in sight" });
        var box = (await point.BoundingBoxAsync())!;
        await point.ClickAsync(new() { Position = new() { X = box.Width * 0.9f, Y = box.Height * 0.5f } });
        await Expect(point).ToHaveAttributeAsync("aria-valuetext", new System.Text.RegularExpressions.Regex("^(89|90|91) % from the left"));
        var before = await point.GetAttributeAsync("aria-valuenow");
        await point.PressAsync("ArrowLeft");
        await Expect(point).Not.ToHaveAttributeAsync("aria-valuenow", before!);
        (int.Parse((await point.GetAttributeAsync("aria-valuenow"))!, CultureInfo.InvariantCulture)).ShouldBeLessThan(int.Parse(before!, CultureInfo.InvariantCulture));

        await editor.WriteAsync("Cabin", "A warm cabin for the weekend.", "Stay in the woods", "https://harborandpine.example/cabin");
        await Expect(editor.Preview).ToContainTextAsync("Stay in the woods");
        await Look.OverAsync(library.Page, "creative-editor");
        await editor.Preview.GetByRole(AriaRole.Button, new() { Name = "Story" }).ClickAsync();
        var shown = editor.Preview.Locator(".media img");
        await Expect(shown).ToHaveAttributeAsync("style", new System.Text.RegularExpressions.Regex("object-position:100%"));
        await Look.OverAsync(library.Page, "creative-story");
        await editor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(editor.Dialog).ToBeHiddenAsync();
        await Expect(library.Card("Cabin")).ToContainTextAsync("Not used yet");

        var wizard = new CampaignWizard(library.Page);
        await wizard.BeginAsync();
        await wizard.AimAsync($"Cabins {Guid.NewGuid():N}", "Traffic");
        await wizard.NextAsync("Platforms");
        await wizard.RunOnAsync("Meta", "Harbor & Pine US");
        await wizard.NextAsync("Audience");
        await wizard.NextAsync("Creative");
        await wizard.Button("Use Cabin").ClickAsync();
        await Expect(library.Page.GetByRole(AriaRole.Complementary, new() { Name = "Preview" })).ToContainTextAsync("Stay in the woods");
        await Look.OverAsync(library.Page, "wizard-creative");
        await wizard.UntilSavedAsync();

        await library.OpenAsync("?use=used&view=list");
        await Expect(library.Row("Cabin")).ToContainTextAsync("Used in 1 campaign");
        await Look.OverAsync(library.Page, "creatives-list");
    }

    [Fact]
    public async Task What_was_typed_is_there_again_can_be_undone_and_every_version_comes_back()
    {
        var page = (await DemoPersonAsync()).Page;
        var (library, editor) = (new CreativesPage(page), new CreativeEditor(page));
        var name = $"Lantern {Guid.NewGuid():N}"[..16];
        await library.OpenAsync();
        await library.DropAsync($"{name}.jpg", "image/jpeg", await Studio.NewImageAsync());
        await editor.WriteAsync(name, "Light for the evening.", "First light", "https://harborandpine.example/lantern");
        await editor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(editor.Dialog).ToBeHiddenAsync();

        await library.EditAsync(name);
        var headline = editor.Dialog.GetByLabel("Headline");
        await headline.FillAsync("Second light");
        await Expect(editor.Dialog.GetByText("Kept just now")).ToBeVisibleAsync();
        await library.OpenAsync();
        await library.EditAsync(name);
        await Expect(editor.Dialog.GetByText("You had not saved this")).ToBeVisibleAsync();
        await Expect(headline).ToHaveValueAsync("Second light");
        await headline.PressAsync("Control+z");
        await Expect(headline).ToHaveValueAsync("First light");
        await headline.PressAsync("Control+Shift+z");
        await Expect(headline).ToHaveValueAsync("Second light");
        await editor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(editor.Dialog).ToBeHiddenAsync();

        await library.EditAsync(name);
        await editor.Dialog.GetByRole(AriaRole.Button, new() { Name = "Versions" }).ClickAsync();
        await Expect(editor.Dialog).ToContainTextAsync("Changed: headline.");
        await editor.Dialog.GetByText("Compare with version 2").ClickAsync();
        await Look.OverAsync(page, "creative-versions");
        await editor.Dialog.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Version 2" }).GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Expect(editor.Dialog).ToBeHiddenAsync();
        await Expect(library.Card(name)).ToContainTextAsync("First light");
    }

    [Fact]
    public async Task Several_creatives_are_deleted_at_once_and_come_back()
    {
        var page = (await DemoPersonAsync()).Page;
        var library = new CreativesPage(page);
        var word = Guid.NewGuid().ToString("N")[..8];
        await library.OpenAsync();
        await page.Locator(".library-upload input[type=file]").SetInputFilesAsync([
            new FilePayload { Name = $"{word} one.jpg", MimeType = "image/jpeg", Buffer = await Studio.NewImageAsync() },
            new FilePayload { Name = $"{word} two.jpg", MimeType = "image/jpeg", Buffer = await Studio.NewImageAsync() },
            new FilePayload { Name = $"{word} notes.jpg", MimeType = "image/jpeg", Buffer = "no image"u8.ToArray() },
        ]);
        await library.ToastAsync("Added 2 creatives");
        await Expect(page.Locator(".library-upload .notice")).ToContainTextAsync($"{word} notes.jpg");

        await library.OpenAsync($"?q={word}");
        foreach (var which in new[] { "one", "two" }) await page.GetByRole(AriaRole.Checkbox, new() { Name = $"Select {word} {which}" }).CheckAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "What is selected" })).ToContainTextAsync("2 creatives selected");
        await page.GetByRole(AriaRole.Region, new() { Name = "What is selected" }).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await library.ConfirmAsync("Delete", $"“{word} one”");
        await Expect(page.GetByText("No creatives match")).ToBeVisibleAsync();
        await page.Locator(".toast").Filter(new() { HasText = "Deleted" }).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(library.Card($"{word} two")).ToBeVisibleAsync();
    }
}
