using Microsoft.Playwright;
using Shouldly;

namespace AdStudio.Browser.Tests.Support;

/// <summary>Looks at a page as a desk and a phone show it, light and dark.</summary>
public static class Look
{
    private static readonly (string Name, int Width, int Height, ColorScheme Scheme)[] All =
    [
        ("wide-light", 1440, 900, ColorScheme.Light), ("wide-dark", 1440, 900, ColorScheme.Dark),
        ("phone-dark", 390, 844, ColorScheme.Dark), ("phone-light", 390, 844, ColorScheme.Light),
    ];

    // Colours have changed when the browser has drawn and every transition is over.
    private const string Settled = """
        async () => {
          const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          await drawn();
          await Promise.all(document.getAnimations().filter(a => a.effect?.getComputedTiming().endTime < 2000).map(a => a.finished.catch(() => { })));
          await drawn();
        }
        """;

    /// <summary>Fails with everything that is wrong: serious violations, and what is wider than a phone.</summary>
    public static async Task OverAsync(IPage page, string name)
    {
        // What is still being read is drawn as grey bones.
        await Assertions.Expect(page.Locator(".bone")).ToHaveCountAsync(0);
        List<string> wrong = [];
        foreach (var look in All)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = look.Scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.SetViewportSizeAsync(look.Width, look.Height);
            await page.EvaluateAsync(Settled);
            wrong.AddRange((await Axe.ScanAsync(page)).Select(violation => $"{name}, {look.Name}: {violation}"));
            var over = await page.EvaluateAsync<int>("() => document.scrollingElement.scrollWidth - innerWidth");
            if (over > 0) wrong.Add($"{name}, {look.Name}: {over} px wider than the window");
            await Screens.SaveAsync(page, name, look.Name);
        }
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await page.SetViewportSizeAsync(1440, 900);
        wrong.ShouldBeEmpty();
    }
}
