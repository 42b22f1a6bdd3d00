using AdStudio.Core.Data;

namespace AdStudio.Core.Insights;

/// <summary>How many units of a currency one euro was worth on a day, as somebody publishes it for everybody.</summary>
public sealed class CurrencyRate
{
    public DateOnly Day { get; set; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; set; } = "";
    public decimal PerEuro { get; set; }

    /// <summary>Who published it: "European Central Bank".</summary>
    public string Source { get; set; } = "";
    public DateTimeOffset ReadAt { get; set; }
}

/// <summary>A rate that an organization entered for itself; it goes before a published one of the same day.</summary>
public sealed class OwnCurrencyRate : IOrganizationRow
{
    public Guid OrganizationId { get; set; }
    public DateOnly Day { get; set; }
    public string Currency { get; set; } = "";
    public decimal PerEuro { get; set; }
    public string EnteredBy { get; set; } = "";
    public DateTimeOffset EnteredAt { get; set; }
}
