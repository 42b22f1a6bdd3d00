using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using AdStudio.Core.Common;
using AdStudio.Core.Insights;

namespace AdStudio.Infrastructure.Rates;

/// <summary>
/// The European Central Bank's euro reference rates, published on working days about 16:00 in Frankfurt. One file of the last ninety days.
/// https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html
/// </summary>
internal sealed class CentralBankRates(IHttpClientFactory clients, Uri address) : IRateSource
{
    public const string Client = "rates";
    public const string DefaultAddress = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml";

    public string Name => "European Central Bank";

    public async Task<Result<IReadOnlyList<PublishedRate>>> ReadAsync(CancellationToken ct)
    {
        try
        {
            using var answer = await clients.CreateClient(Client).GetAsync(address, ct);
            if (!answer.IsSuccessStatusCode) return new UnavailableError($"{address.Host} answered {(int)answer.StatusCode} when it was asked for currency rates.");
            await using var body = await answer.Content.ReadAsStreamAsync(ct);
            return Read(body);
        }
        catch (HttpRequestException failure)
        {
            return new UnavailableError($"{address.Host} could not be asked for currency rates: {failure.Message}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new UnavailableError($"{address.Host} took too long to tell the currency rates.");
        }
    }

    /// <summary>Of the file: one Cube a day ("time"), and in it one a currency ("currency", "rate").</summary>
    internal static Result<IReadOnlyList<PublishedRate>> Read(Stream file)
    {
        try
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 20_000_000 });
            var rates = from day in XDocument.Load(reader).Descendants()
                        where day.Name.LocalName == "Cube" && day.Attribute("time") is not null
                        from rate in day.Elements()
                        let currency = rate.Attribute("currency")?.Value
                        let amount = rate.Attribute("rate")?.Value
                        where currency is not null && amount is not null
                        select new PublishedRate(DateOnly.ParseExact(day.Attribute("time")!.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture), currency, decimal.Parse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
            var read = rates.ToList();
            return read.Count > 0 ? read : new UnavailableError("The file of currency rates has no rates in it.");
        }
        catch (Exception wrong) when (wrong is XmlException or FormatException or OverflowException)
        {
            return new UnavailableError($"The file of currency rates could not be read: {wrong.Message}");
        }
    }
}
