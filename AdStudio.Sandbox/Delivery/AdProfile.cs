namespace AdStudio.Sandbox.Delivery;

/// <summary>What an ad is after.</summary>
public enum Goal { Awareness, Traffic, Engagement, Leads, Apps, Sales }

/// <summary>Where an ad is shown, as far as prices go.</summary>
public enum Channel { Social, Search, Display, Mixed }

/// <summary>Whom an ad reaches: what its price, its limits and its breakdowns follow from.</summary>
public sealed record Audience(IReadOnlyList<string> Countries, int AgeMin, int AgeMax, bool Women, bool Men, long People, IReadOnlyList<string> Publishers)
{
    public static Audience Everybody { get; } = new(["US"], 18, 65, true, true, 40_000_000, []);
}

/// <summary>How an ad performs, day for day; the same ad always gets the same answer.</summary>
public sealed class AdProfile
{
    private readonly ulong ad;
    private readonly ulong campaign;
    private readonly double cpm;
    private readonly double clickRate;
    private readonly double conversionRate;
    private readonly double returnOnSpend;
    private readonly bool hasValue;

    public AdProfile(string adId, string campaignId, Goal goal, Channel channel, string currency, Audience audience)
    {
        ad = Noise.Seed(adId);
        campaign = Noise.Seed(campaignId);
        Goal = goal;
        Channel = channel;
        Audience = audience;
        Weight = Noise.Between(ad, 1, 0.6, 1.4);
        hasValue = goal is not Goal.Leads;

        var (basePrice, baseClicks) = channel switch
        {
            Channel.Search => (24.0, 2.05),
            Channel.Display => (3.4, 0.78),
            Channel.Mixed => (9.5, 1.45),
            _ => goal switch
            {
                Goal.Awareness => (4.6, 0.78),
                Goal.Traffic => (7.4, 1.55),
                Goal.Engagement => (6.1, 1.85),
                Goal.Leads => (10.4, 1.30),
                Goal.Apps => (8.2, 1.20),
                _ => (11.2, 1.40),
            },
        };
        // A wide audience is cheaper to reach than a narrow one.
        var width = Math.Clamp(1.45 - 0.06 * Math.Log10(Math.Max(1000, audience.People)), 0.9, 1.3);
        cpm = basePrice * PriceLevel(audience.Countries) * width * UnitsPerDollar(currency) * Noise.Between(campaign, 2, 0.85, 1.2) * Noise.Between(ad, 3, 0.92, 1.08);
        clickRate = Math.Clamp(baseClicks * Noise.Between(campaign, 4, 0.88, 1.12) * Noise.Between(ad, 5, 0.9, 1.12), 0.62, 2.45) / 100;
        conversionRate = Math.Clamp(goal switch { Goal.Leads => 3.4, Goal.Apps => 4.0, Goal.Sales => 2.6, Goal.Traffic => 1.4, _ => 1.1 } * Noise.Between(campaign, 6, 0.8, 1.3) * Noise.Between(ad, 7, 0.9, 1.1), 1.05, 4.9) / 100;
        returnOnSpend = goal switch { Goal.Sales => Noise.Between(campaign, 8, 2.2, 4.2), Goal.Awareness => Noise.Between(campaign, 8, 1.6, 2.1), _ => Noise.Between(campaign, 8, 1.7, 3.0) } * Noise.Between(ad, 9, 0.92, 1.1);
    }

    public Goal Goal { get; }
    public Channel Channel { get; }
    public Audience Audience { get; }

    /// <summary>The ad's share when several spend one budget.</summary>
    public double Weight { get; }

    /// <summary>The share of impressions that start a video.</summary>
    public double VideoRate => Noise.Between(ad, 10, 0.22, 0.41);

    public ulong Seed => ad;

    /// <summary>How much of the day's budget is spent: weekday, learning days and chance. Never above 1.</summary>
    public static double Pacing(ulong plan, DateOnly day, int daysRunning)
    {
        var weekday = day.DayOfWeek switch { DayOfWeek.Saturday => 0.92, DayOfWeek.Sunday => 0.89, DayOfWeek.Monday => 0.97, _ => 0.99 };
        var learning = daysRunning switch { 0 => 0.82, 1 => 0.91, 2 => 0.96, _ => 1.0 };
        return weekday * learning * Noise.Between(plan, 20, 0.92, 1.0, day.DayNumber);
    }

    /// <summary>The price of a thousand impressions, in micros.</summary>
    public double CpmMicros(DateOnly day)
    {
        var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.94 : 1.01;
        return cpm * 1_000_000 * weekend * Wave(21, day, 0.07) * Noise.Between(ad, 22, 0.91, 1.09, day.DayNumber);
    }

    public double ClickRate(DateOnly day) => Math.Clamp(clickRate * Wave(23, day, 0.06) * Noise.Between(ad, 24, 0.89, 1.11, day.DayNumber), 0.006, 0.025);

    public double ConversionRate(DateOnly day) => Math.Clamp(conversionRate * Wave(25, day, 0.08) * Noise.Between(ad, 26, 0.9, 1.1, day.DayNumber), 0.01, 0.05);

    /// <summary>What one conversion of the day is worth, in micros of the account's currency, to the cent.</summary>
    public long ValueMicros(DateOnly day)
    {
        if (!hasValue) return 0;
        // The price of a conversion times the return gives the return in the long run; the day's chance comes on top.
        var perConversion = cpm / 1000 / (clickRate * conversionRate);
        return (long)(perConversion * returnOnSpend * Noise.Between(ad, 27, 0.88, 1.12, day.DayNumber) * 100) * 10_000;
    }

    /// <summary>A number from 0 to 1 that rounds the day's counts, so that small ones are not all lost.</summary>
    public double Rounding(int salt, DateOnly day) => Noise.Unit(ad, salt, day.DayNumber);

    private double Wave(int salt, DateOnly day, double height) =>
        1 + height * Math.Sin(2 * Math.PI * (day.DayNumber / Noise.Between(campaign, salt, 35, 80) + Noise.Unit(campaign, salt + 100)));

    private static double PriceLevel(IReadOnlyList<string> countries) =>
        countries.Count == 0 ? 0.8 : countries.Average(c => c switch
        {
            "US" => 1.0, "CH" or "NO" or "AU" => 1.05, "GB" or "CA" or "DK" or "SE" => 0.92, "DE" or "AT" or "NL" => 0.85, "FR" or "BE" or "JP" => 0.78,
            "IT" or "ES" => 0.62, "PL" or "PT" or "CZ" => 0.45, "BR" or "MX" or "TR" => 0.32, "IN" or "ID" or "PH" => 0.18, _ => 0.5,
        });

    private static double UnitsPerDollar(string currency) => currency switch
    {
        "EUR" => 0.92, "GBP" => 0.79, "CHF" => 0.88, "CAD" => 1.36, "AUD" => 1.5, "JPY" => 150, "INR" => 83, "BRL" => 5.2, "MXN" => 18, "SEK" => 10.5, "PLN" => 4, _ => 1,
    };
}
