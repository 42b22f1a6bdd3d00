using Shouldly;
using Xunit;

namespace AdStudio.Browser.Tests.Support;

/// <summary>A test with visitors of its own. When it ends, nothing may have been wrong in any console.</summary>
[Collection(InBrowser.Name)]
public abstract class BrowserTest(DemoStudio studio) : IAsyncLifetime
{
    protected const string Password = "Lantern-lane-7";

    private readonly List<Visitor> visitors = [];

    protected DemoStudio Studio => studio;

    protected async Task<Visitor> StrangerAsync() => Keep(await studio.StrangerAsync());

    protected async Task<Visitor> DemoPersonAsync() => Keep(await studio.DemoPersonAsync());

    protected static string NewAddress(string who) => $"{who}-{Guid.NewGuid():N}@visitors.example";

    private Visitor Keep(Visitor visitor)
    {
        visitors.Add(visitor);
        return visitor;
    }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var (visitor, index) in visitors.Select((v, i) => (v, i)))
        {
            if (Screens.Folder is { } folder && !visitor.Page.IsClosed)
                await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, "last", $"{GetType().Name}-{index}-{Guid.NewGuid():N}.png"), FullPage = true });
            await visitor.DisposeAsync();
        }
        visitors.SelectMany(v => v.Complaints).ShouldBeEmpty();
    }
}
