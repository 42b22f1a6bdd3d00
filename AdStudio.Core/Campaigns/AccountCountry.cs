using AdStudio.Core.Connections;

namespace AdStudio.Core.Campaigns;

/// <summary>The country of an ad account, where its time zone or its currency tells: ads without places go there.</summary>
public static class AccountCountry
{
    /// <summary>ISO 3166-1 alpha-2, or null when it cannot be told.</summary>
    public static string? Of(AdAccount account) => ByZone.GetValueOrDefault(account.TimeZone) ?? ByCurrency.GetValueOrDefault(account.Currency);

    private static readonly Dictionary<string, string> ByZone = Table("""
        US America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix America/Anchorage Pacific/Honolulu America/Detroit
        CA America/Toronto America/Vancouver America/Edmonton America/Winnipeg America/Halifax America/Montreal
        MX America/Mexico_City America/Tijuana America/Monterrey
        BR America/Sao_Paulo America/Bahia America/Fortaleza
        AR America/Argentina/Buenos_Aires
        CL America/Santiago
        CO America/Bogota
        PE America/Lima
        GB Europe/London
        IE Europe/Dublin
        DE Europe/Berlin
        AT Europe/Vienna
        CH Europe/Zurich
        FR Europe/Paris
        ES Europe/Madrid
        PT Europe/Lisbon
        IT Europe/Rome
        NL Europe/Amsterdam
        BE Europe/Brussels
        DK Europe/Copenhagen
        SE Europe/Stockholm
        NO Europe/Oslo
        FI Europe/Helsinki
        PL Europe/Warsaw
        CZ Europe/Prague
        HU Europe/Budapest
        RO Europe/Bucharest
        GR Europe/Athens
        TR Europe/Istanbul
        UA Europe/Kyiv Europe/Kiev
        IL Asia/Jerusalem
        AE Asia/Dubai
        SA Asia/Riyadh
        IN Asia/Kolkata Asia/Calcutta
        SG Asia/Singapore
        HK Asia/Hong_Kong
        TW Asia/Taipei
        JP Asia/Tokyo
        KR Asia/Seoul
        TH Asia/Bangkok
        VN Asia/Ho_Chi_Minh
        ID Asia/Jakarta
        PH Asia/Manila
        MY Asia/Kuala_Lumpur
        AU Australia/Sydney Australia/Melbourne Australia/Brisbane Australia/Perth Australia/Adelaide
        NZ Pacific/Auckland
        ZA Africa/Johannesburg
        NG Africa/Lagos
        KE Africa/Nairobi
        EG Africa/Cairo
        """);

    /// <summary>Currencies of one country only.</summary>
    private static readonly Dictionary<string, string> ByCurrency = Table("""
        US USD
        GB GBP
        CA CAD
        AU AUD
        NZ NZD
        JP JPY
        KR KRW
        IN INR
        BR BRL
        MX MXN
        CH CHF
        SE SEK
        NO NOK
        DK DKK
        PL PLN
        CZ CZK
        HU HUF
        RO RON
        TR TRY
        IL ILS
        AE AED
        SA SAR
        SG SGD
        HK HKD
        TW TWD
        TH THB
        VN VND
        ID IDR
        PH PHP
        MY MYR
        ZA ZAR
        """);

    private static Dictionary<string, string> Table(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(' '))
        .SelectMany(words => words.Skip(1).Select(word => (word, country: words[0])))
        .ToDictionary(p => p.word, p => p.country);
}
