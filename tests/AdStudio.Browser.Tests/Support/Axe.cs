using System.Text.Json;
using AdStudio.Tests.Support;
using Microsoft.Playwright;

namespace AdStudio.Browser.Tests.Support;

/// <summary>The accessibility scan: what axe-core finds serious or critical on a page.</summary>
public static class Axe
{
    private static readonly Lazy<string> Source = new(() => File.ReadAllText(Path.Combine(Repository.Root, "node_modules", "axe-core", "axe.min.js")));

    private const string Run = """
        async () => {
          // The drawing of a chart is hidden from screen readers, which get the table behind it; its hundreds of shapes would take the scan a minute.
          const found = await axe.run({ exclude: [".chart-canvas"] }, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] });
          return JSON.stringify(found.violations.filter(v => v.impact === "serious" || v.impact === "critical")
            .flatMap(v => v.nodes.map(n => `${v.id}: ${n.html.slice(0, 200)} ${n.any.concat(n.all, n.none).map(c => c.message).join(" ").slice(0, 240)}`)));
        }
        """;

    public static async Task<IReadOnlyList<string>> ScanAsync(IPage page)
    {
        // Evaluated, not added as a script: the page's own policy stays in force.
        if (!await page.EvaluateAsync<bool>("() => !!window.axe")) await page.EvaluateAsync(Source.Value);
        return JsonSerializer.Deserialize<List<string>>(await page.EvaluateAsync<string>(Run)) ?? [];
    }
}
