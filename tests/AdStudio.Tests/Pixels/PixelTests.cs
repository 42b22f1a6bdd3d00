using AdStudio.Core.Common;
using AdStudio.Core.Data;
using AdStudio.Core.Pixels;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Operations;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Pixels;

public sealed class PixelTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly FakePixels pixels = new();
    private LaunchBench bench = null!;

    public async Task InitializeAsync() => bench = await LaunchBench.SetAsync();
    public async Task DisposeAsync() => await bench.DisposeAsync();

    private Guid Account => bench.Scene.Meta.Id;

    /// <summary>The bench's services, with pixels on Meta beside what it has.</summary>
    private T Action<T>() where T : class => ActivatorUtilities.CreateInstance<T>(bench.Get<IServiceProvider>(), new PlatformSet([pixels]));

    private Task<Result<ConversionSettings>> SaveAsync(string? token, bool on = true, Actor? by = null) =>
        Action<SaveConversions>().RunAsync(by ?? bench.Scene.Manager, Account, "px-1", new ConversionInput("Shop", "Shop.Example", on, "Purchase", token), None);

    [Fact]
    public async Task A_token_is_written_and_never_read_out()
    {
        (await SaveAsync("secret-token")).Value.ShouldBe(new ConversionSettings("shop.example", true, "Purchase", true, null, null, 1));
        (await SaveAsync(null)).Value.HasToken.ShouldBeTrue();

        await using (var db = await bench.Studio.OpenForEveryoneAsync(None))
        {
            (await db.PixelConversions.SingleAsync()).AccessToken.ShouldNotBeNull().ShouldNotContain("secret-token");
            (await db.AuditEntries.AnyAsync(a => (a.Before + a.After).Contains("secret-token"))).ShouldBeFalse();
        }
        (await SaveAsync("")).Value.HasToken.ShouldBeFalse();
    }

    [Fact]
    public async Task A_conversion_goes_out_with_the_pixels_token_its_event_id_and_hashes_alone()
    {
        await SaveAsync("secret-token");
        var report = new ConversionReport(null, "order-7", null, null, Money.FromUnits(12, "USD"), " Nora@Customer.Example ", null, null, null);

        (await Action<SendConversion>().RunAsync(bench.Scene.Manager, Account, "px-1", report, "TEST1", None)).Value.EventId.ShouldBe("order-7");

        var (token, sent, test) = pixels.Sent.ShouldHaveSingleItem();
        (token, test, sent.Name, sent.EventId).ShouldBe(("secret-token", "TEST1", "Purchase", "order-7"));
        sent.Person.EmailSha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("nora@customer.example"u8)));
    }

    [Fact]
    public async Task What_is_switched_off_too_old_or_about_nobody_is_not_told()
    {
        var report = new ConversionReport(null, null, null, null, null, "nora@customer.example", null, null, null);
        (await SendAsync(report)).ShouldBeOfType<PixelNotFound>();
        await SaveAsync(null, on: false);
        (await SendAsync(report)).ShouldBeOfType<ConversionsAreOff>();
        await SaveAsync(null);
        (await SendAsync(report with { At = bench.Clock.GetUtcNow().AddDays(-8) })).ShouldBeOfType<InvalidError>();
        (await SendAsync(report with { Email = null })).ShouldBeOfType<InvalidError>();
        pixels.Sent.ShouldBeEmpty();

        async Task<Refusal?> SendAsync(ConversionReport one) => (await Action<SendConversion>().RunAsync(bench.Scene.Manager, Account, "px-1", one, null, None)).Refusal;
    }

    [Fact]
    public async Task Viewers_see_pixels_and_strangers_find_no_account()
    {
        var seen = (await Action<ListPixels>().RunAsync(bench.Scene.Viewer, bench.Scene.Workspace.Id, Account, None)).Value.Single();
        (seen.CanCreate, seen.Pixels.Single().Name, seen.Pixels.Single().MayChange).ShouldBe((false, "Shop", false));
        (await SaveAsync("x", by: bench.Scene.Viewer)).Refusal.ShouldBeOfType<PixelNeedsManager>();
        (await SaveAsync("x", by: Actor.Studio(Guid.NewGuid()))).Refusal.ShouldBeAssignableTo<NotFoundError>();
    }

    private sealed class FakePixels : IManagesPixels, ISendsConversions
    {
        public Platform Platform => Platform.Meta;
        public List<(string? Token, ConversionEvent Event, string? Test)> Sent { get; } = [];

        public Task<Result<IReadOnlyList<PlatformPixel>>> ListPixelsAsync(PlatformAccess access, CancellationToken ct) =>
            Task.FromResult(Result<IReadOnlyList<PlatformPixel>>.Of([new PlatformPixel("px-1", "Shop", AccountAssetKind.Pixel, null, null)]));

        public Task<Result<PlatformPixel>> CreatePixelAsync(PlatformAccess access, string name, string? description, CancellationToken ct) =>
            Task.FromResult<Result<PlatformPixel>>(new PlatformPixel("px-2", name, AccountAssetKind.Pixel, null, null));

        public Task<Result<string>> SendConversionAsync(PlatformAccess access, string pixelId, string? token, ConversionEvent conversion, string? testCode, CancellationToken ct)
        {
            Sent.Add((token, conversion, testCode));
            return Task.FromResult<Result<string>>("taken");
        }
    }
}
