using System.Net;
using System.Text;
using AdStudio.Core.Common;
using AdStudio.Core.Insights;
using AdStudio.Infrastructure.Rates;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Insights;

/// <summary>Currencies: whose rates, of which day, and what is converted by them.</summary>
public sealed class RateTests : IClassFixture<Desk>, IAsyncLifetime
{
    private static readonly DateOnly Friday = new(2026, 6, 12);
    private static readonly MetricSums Good = new(1_000, 50, 20_000_000, 2_000_000, 90_000_000);
    private readonly Desk desk;
    private Scene scene = null!;

    public RateTests(Desk desk) => this.desk = desk;

    public async Task InitializeAsync()
    {
        desk.Clock.Now = new DateTimeOffset(2026, 6, 15, 16, 0, 0, TimeSpan.Zero);
        scene = await Scene.SetAsync(desk.Studio, $"R{Guid.NewGuid():N}"[..9]);
        await using var db = await desk.Studio.OpenForEveryoneAsync(default);
        await db.CurrencyRates.ExecuteDeleteAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    public void Cost_and_value_are_converted_alike_so_that_their_ratio_stays(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            var book = new RateBook([("USD", Friday, Rate(random)), ("JPY", Friday, Rate(random) * 100)]);
            var sums = new MetricSums(1, 1, random.NextInt64(1_000_000, 900_000_000_000), 1_000_000, random.NextInt64(1_000_000, 900_000_000_000));

            var converted = book.Convert(sums, "USD", "JPY", Friday.AddDays(random.Next(3)))!.Value;
            var back = book.Convert(converted, "JPY", "USD", Friday)!.Value;

            Math.Abs(converted.Roas!.Value - sums.Roas!.Value).ShouldBeLessThan(0.0001m);
            (converted.Impressions, converted.Clicks, converted.ConversionsMicros).ShouldBe((sums.Impressions, sums.Clicks, sums.ConversionsMicros));
            Math.Abs(back.SpendMicros - sums.SpendMicros).ShouldBeLessThanOrEqualTo(1);
        }
    }

    [Fact]
    public void A_day_without_a_rate_has_the_last_known_before_it_and_never_one_after()
    {
        var book = new RateBook([("USD", Friday, 1.10m), ("USD", Friday.AddDays(3), 1.20m)]);

        book.Of("USD", Friday.AddDays(2)).ShouldBe(new StoredRate(Friday, 1.10m));
        book.Of("USD", Friday.AddDays(3)).ShouldBe(new StoredRate(Friday.AddDays(3), 1.20m));
        book.Of("USD", Friday.AddDays(-1)).ShouldBeNull();
        book.Convert(Good, "USD", "EUR", Friday.AddDays(-1)).ShouldBeNull();
        book.Convert(default, "USD", "EUR", Friday.AddDays(-1)).ShouldBe(default(MetricSums));
    }

    [Fact]
    public async Task Mixed_currencies_become_one_figure_each_day_at_its_rate_and_the_originals_stay()
    {
        await PublishAsync(("USD", Friday, 1.10m), ("USD", Friday.AddDays(1), 1.00m), ("GBP", Friday, 0.80m));
        await TurnAsync(scene.Google.Id, "GBP");
        await WriteAsync(Friday, Friday.AddDays(1));

        var overview = (await desk.Get<GetOverview>().RunAsync(scene.Admin, Query("EUR"), default)).Value;

        // 20 dollars at 1.10 and at 1.00, and twice 20 pounds at 0.80 (of the second day the last known).
        var euro = overview.Currencies.ShouldHaveSingleItem();
        (euro.Currency, euro.Sums!.Value.SpendMicros, euro.Sums.Value.Clicks).ShouldBe(("EUR", 18_181_818 + 20_000_000 + 50_000_000, 200));
        euro.Sums.Value.ValueMicros.ShouldBe(81_818_182 + 90_000_000 + 2 * 112_500_000);
        overview.Originals.Select(o => (o.Currency, o.Sums!.Value.SpendMicros)).ShouldBe([("GBP", 40_000_000), ("USD", 40_000_000)], ignoreOrder: true);
        overview.Conversion!.From.ShouldBe(["GBP", "USD"]);

        var row = (await desk.Get<ListCampaignNumbers>().RunAsync(scene.Admin, new() { Numbers = Query("EUR") }, default)).Value;
        row.Totals["EUR"].ShouldBe(euro.Sums.Value);
        row.Rows.Items.Select(r => (r.Currency, r.Originals.Keys.Single())).ShouldBe([("EUR", "GBP"), ("EUR", "USD")], ignoreOrder: true);
        var divided = (await desk.Get<DivideNumbers>().RunAsync(scene.Admin, Query("EUR"), Division.Platform, null, default)).Value;
        divided.Currencies.ShouldHaveSingleItem().Whole.ShouldBe(euro.Sums);
    }

    [Fact]
    public async Task Without_a_rate_a_currency_stands_beside_and_is_named()
    {
        await PublishAsync(("USD", Friday, 1.10m));
        await TurnAsync(scene.Google.Id, "KES");
        await WriteAsync(Friday, Friday.AddDays(1));

        var overview = (await desk.Get<GetOverview>().RunAsync(scene.Admin, Query("EUR"), default)).Value;

        overview.Currencies.Select(c => c.Currency).ShouldBe(["EUR", "KES"], ignoreOrder: true);
        overview.In("KES")!.Sums!.Value.SpendMicros.ShouldBe(40_000_000);
        overview.Conversion!.WithoutRate.ShouldBe(["KES"]);
    }

    [Fact]
    public async Task A_rate_that_is_far_too_old_is_used_and_marked()
    {
        await PublishAsync(("USD", Friday.AddDays(-30), 1.10m));
        await WriteAsync(Friday, Friday.AddDays(1));

        var overview = (await desk.Get<GetOverview>().RunAsync(scene.Admin, Query("EUR"), default)).Value;

        overview.Conversion!.OldRateOf.ShouldBe(Friday.AddDays(-30));
    }

    [Fact]
    public async Task Rates_of_the_organizations_own_go_before_and_are_nobody_elses()
    {
        await PublishAsync(("USD", Friday, 1.10m));
        (await desk.Get<EnterRates>().RunAsync(scene.Admin, "day,currency,rate\n2026-06-12,usd,2\n2026-06-13;USD;4", default)).Value.ShouldBe(2);
        (await desk.Get<EnterRates>().RunAsync(scene.Admin, "2026-06-12,USD,2", default)).Value.ShouldBe(1);
        await WriteAsync(Friday, Friday.AddDays(1));

        (await desk.Get<GetOverview>().RunAsync(scene.Admin, Query("EUR"), default)).Value.Currencies[0].Sums!.Value.SpendMicros.ShouldBe(2 * (10_000_000 + 5_000_000));
        (await desk.Get<ListRates>().RunAsync(scene.Admin, default)).Single(r => r.Currency == "USD").ShouldSatisfyAllConditions(r => r.IsOwn.ShouldBeTrue(), r => r.PerEuro.ShouldBe(4m));
        var other = await Scene.SetAsync(desk.Studio, $"Q{Guid.NewGuid():N}"[..9]);
        (await desk.Get<ListRates>().RunAsync(other.Admin, default)).Single(r => r.Currency == "USD").PerEuro.ShouldBe(1.10m);
        (await desk.Get<ForgetOwnRates>().RunAsync(other.Admin, default)).Value.ShouldBe(0);
    }

    [Theory]
    [InlineData("2026-06-12,USD", "Line 1")]
    [InlineData("2026-06-12,USD,1.1\n12.6.2026,USD,1.1", "Line 2")]
    [InlineData("2026-06-12,XYZ,1.1", "no currency code")]
    [InlineData("2026-06-12,USD,0", "how many units")]
    [InlineData("2026-06-12,USD,-1", "how many units")]
    [InlineData("2026-06-12,EUR,1", "always 1")]
    [InlineData("2027-06-12,USD,1.1", "still to come")]
    [InlineData("day,currency,rate", "no rates")]
    public async Task What_is_wrong_with_a_line_is_said_and_nothing_is_taken(string csv, string words)
    {
        var refused = await desk.Get<EnterRates>().RunAsync(scene.Admin, csv, default);

        refused.Refusal.ShouldBeOfType<InvalidError>().Message.ShouldContain(words);
        await using var db = await desk.Studio.OpenAsync(scene.Admin, default);
        (await db.OwnCurrencyRates.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Only_an_admin_enters_rates_and_only_who_administers_the_workspace_chooses_its_currency()
    {
        (await desk.Get<EnterRates>().RunAsync(scene.Manager, "2026-06-12,USD,1.1", default)).Refusal.ShouldBeOfType<OnlyAdminsEnterRates>();
        var choose = desk.Get<ChooseReportingCurrency>();
        (await choose.RunAsync(scene.Manager, scene.Workspace.Id, "EUR", default)).Refusal.ShouldBeOfType<ReportingNeedsAdmin>();
        (await choose.RunAsync(scene.Admin, scene.Workspace.Id, "nonsense", default)).Refusal.ShouldBeOfType<InvalidError>();

        (await choose.RunAsync(scene.Admin, scene.Workspace.Id, "eur", default)).IsDone.ShouldBeTrue();

        (await desk.Get<GetReportingCurrency>().RunAsync(scene.Viewer, scene.Workspace.Id, default)).ShouldBe("EUR");
    }

    [Fact]
    public async Task Published_rates_are_stored_once_and_do_not_move_afterwards()
    {
        var source = new Told([new(Friday, "USD", 1.10m), new(Friday, "XXX", 3m), new(Friday, "GBP", 0)]);
        var read = new ReadRates(desk.Studio, source, desk.Clock);

        (await read.RunAsync(default)).Value.ShouldBe(1);
        source.Rates = [new(Friday, "USD", 9.99m), new(Friday.AddDays(3), "USD", 1.20m)];
        (await read.RunAsync(default)).Value.ShouldBe(1);

        await using var db = await desk.Studio.OpenForEveryoneAsync(default);
        (await db.CurrencyRates.OrderBy(r => r.Day).Select(r => r.PerEuro).ToListAsync()).ShouldBe([1.10m, 1.20m]);
    }

    [Fact]
    public async Task The_central_banks_file_is_read_from_its_address()
    {
        const string file = """
            <?xml version="1.0" encoding="UTF-8"?>
            <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
              <gesmes:subject>Reference rates</gesmes:subject>
              <Cube><Cube time="2026-06-12"><Cube currency="USD" rate="1.0834"/><Cube currency="JPY" rate="169.55"/></Cube><Cube time="2026-06-11"><Cube currency="USD" rate="1.0801"/></Cube></Cube>
            </gesmes:Envelope>
            """;

        var rates = (await SourceOf(HttpStatusCode.OK, file).ReadAsync(default)).Value;

        rates.ShouldBe([new(Friday, "USD", 1.0834m), new(Friday, "JPY", 169.55m), new(Friday.AddDays(-1), "USD", 1.0801m)]);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, "")]
    [InlineData(HttpStatusCode.OK, "<html>busy</html>")]
    [InlineData(HttpStatusCode.OK, "not xml")]
    [InlineData(HttpStatusCode.OK, """<!DOCTYPE x [<!ENTITY a "b">]><Cube time="2026-06-12"><Cube currency="USD" rate="1"/></Cube>""")]
    public async Task A_file_that_is_none_is_refused_in_words(HttpStatusCode status, string body) =>
        (await SourceOf(status, body).ReadAsync(default)).Refusal.ShouldBeOfType<UnavailableError>();

    private static decimal Rate(Random random) => Math.Round((decimal)(0.2 + random.NextDouble() * 3), 5);

    private static IRateSource SourceOf(HttpStatusCode status, string body) => new CentralBankRates(new Clients(status, body), new Uri("https://rates.example/file.xml"));

    private static NumbersQuery Query(string into) => new() { Range = RangeChoice.Of(Friday, Friday.AddDays(1)), Compare = false, Into = into };

    private async Task PublishAsync(params (string Currency, DateOnly Day, decimal PerEuro)[] rates)
    {
        await using var db = await desk.Studio.OpenForEveryoneAsync(default);
        db.AddRange(rates.Select(r => new CurrencyRate { Currency = r.Currency, Day = r.Day, PerEuro = r.PerEuro, Source = "Test", ReadAt = desk.Clock.Now }));
        await db.SaveChangesAsync();
    }

    private async Task TurnAsync(Guid accountId, string currency)
    {
        await using var db = await desk.Studio.OpenForEveryoneAsync(default);
        await db.AdAccounts.Where(a => a.Id == accountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.Currency, currency));
        scene.Google.Currency = currency;
    }

    private async Task WriteAsync(DateOnly from, DateOnly to)
    {
        foreach (var account in new[] { scene.Meta, scene.Google })
        {
            var campaign = await Launched.OnAsync(desk.Studio, scene, account, $"On {account.Platform}", desk.Clock.Now.AddDays(-20));
            await using var db = await desk.Studio.OpenForEveryoneAsync(default);
            var facts = new DayRange(from, to).Each().SelectMany(d => campaign.Day(d, Good)).ToList();
            foreach (var fact in facts) fact.ReadAt = desk.Clock.Now;
            await desk.Get<IFactWriter>().WriteAsync(db, new AnsweredDays(account, new(from, to), from, desk.Clock.Now, facts), default);
        }
    }

    private sealed class Told(IReadOnlyList<PublishedRate> rates) : IRateSource
    {
        public IReadOnlyList<PublishedRate> Rates { get; set; } = rates;
        public string Name => "Test";
        public Task<Result<IReadOnlyList<PublishedRate>>> ReadAsync(CancellationToken ct) => Task.FromResult(Result<IReadOnlyList<PublishedRate>>.Of(Rates));
    }

    private sealed class Clients(HttpStatusCode status, string body) : HttpMessageHandler, IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(this, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "text/xml") });
    }
}
