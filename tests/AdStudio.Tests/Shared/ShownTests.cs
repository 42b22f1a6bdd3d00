using AdStudio.Web.Shared.Figures;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Shared;

public sealed class ShownTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1_234_500_000, "USD", "$1,234.50")]
    [InlineData(1_234_500_000, "JPY", "¥1,235")]
    [InlineData(1_234_567_000, "KWD", "KWD\u00a01,234.567")]
    [InlineData(-12_000_000, "EUR", "−€12.00")]
    [InlineData(0, "USD", "$0.00")]
    public void Money_has_the_digits_of_its_currency(long micros, string currency, string text) => Shown.Money(micros, currency).ShouldBe(text);

    [Theory]
    [InlineData(812_400_000, "$812.40")]
    [InlineData(999_990_000, "$999.99")]
    [InlineData(999_999_000, "$1K")]
    [InlineData(12_430_000_000, "$12.4K")]
    [InlineData(999_960_000_000, "$1M")]
    [InlineData(-3_200_000_000_000, "−$3.2M")]
    public void Compact_money_takes_the_next_letter_where_rounding_does(long micros, string text) => Shown.MoneyCompact(micros, "USD").ShouldBe(text);

    [Fact]
    public void No_data_is_a_dash_and_never_zero()
    {
        Shown.Money(null, "USD").ShouldBe("–");
        Shown.MoneyCompact(null, "USD").ShouldBe("–");
        Shown.Number(null).ShouldBe("–");
        Shown.NumberCompact(null).ShouldBe("–");
        Shown.Percent(null).ShouldBe("–");
        Shown.Times(null).ShouldBe("–");
    }

    [Fact]
    public void Numbers_have_a_true_minus_and_ratios_their_sign()
    {
        Shown.Number(-1234.5m, 1).ShouldBe("−1,234.5");
        Shown.NumberCompact(3_812_345).ShouldBe("3.8M");
        Shown.Percent(0.0123m).ShouldBe("1.23%");
        Shown.Times(3.2m).ShouldBe("3.20×");
        Shown.Count(1, "campaign").ShouldBe("1 campaign");
        Shown.Count(0, "ad group").ShouldBe("0 ad groups");
    }

    [Theory]
    [InlineData(10, "just now")]
    [InlineData(4 * 60, "4 min ago")]
    [InlineData(59.6 * 60, "1 h ago")]
    [InlineData(23 * 3600, "23 h ago")]
    [InlineData(25 * 3600, "22 Nov")]
    [InlineData(400 * 86400, "19 Oct 2025")]
    [InlineData(-10 * 60, "in 10 min")]
    public void Times_are_relative_up_to_a_day(double secondsAgo, string text) => Shown.Ago(Now.AddSeconds(-secondsAgo), Now).ShouldBe(text);

    [Fact]
    public void The_exact_time_names_its_zone()
    {
        Shown.Exact(Now).ShouldBe("23 Nov 2026, 12:00 (UTC)");
        Shown.Exact(Now, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")).ShouldBe("23 Nov 2026, 21:00 (Asia/Tokyo)");
    }

    [Fact]
    public void An_old_time_is_the_date_where_the_person_is() =>
        Shown.Ago(Now.AddHours(-45).AddMinutes(1), Now, TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland")).ShouldBe("22 Nov");
}
