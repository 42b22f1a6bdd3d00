using Microsoft.Playwright;

namespace AdStudio.Browser.Tests.Support;

/// <summary>Somebody at a browser of their own. What its console complains about is kept.</summary>
public sealed class Visitor : IAsyncDisposable
{
    /// <summary>How long a page may take, in milliseconds: generous, for a machine that has much to do.</summary>
    public const float Patience = 20_000;

    private readonly List<string> complaints = [];
    private readonly List<string> expected = [];

    private Visitor(IBrowserContext context, IPage page) => (Context, Page) = (context, page);

    public IBrowserContext Context { get; }
    public IPage Page { get; }

    /// <summary>Errors and refusals in the console that no test expected.</summary>
    public IReadOnlyList<string> Complaints => [.. complaints.Where(c => !expected.Any(e => c.Contains(e, StringComparison.OrdinalIgnoreCase)))];

    public static async Task<Visitor> OpenAsync(IBrowser browser, string address, string? cookies)
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = address, StorageState = cookies, ViewportSize = new() { Width = 1440, Height = 900 }, ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce, Locale = "en-US", AcceptDownloads = true,
        });
        context.SetDefaultTimeout(Patience);
        var visitor = new Visitor(context, await context.NewPageAsync());
        visitor.Page.Console += (_, message) => { if (message.Type == "error") visitor.complaints.Add($"{message.Text} ({message.Location})"); };
        visitor.Page.PageError += (_, error) => visitor.complaints.Add(error);
        return visitor;
    }

    /// <summary>Says which complaint belongs to the test.</summary>
    public void Expect(string complaint) => expected.Add(complaint);

    public async ValueTask DisposeAsync() => await Context.CloseAsync();
}
