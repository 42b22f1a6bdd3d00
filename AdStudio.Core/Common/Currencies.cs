namespace AdStudio.Core.Common;

/// <summary>ISO 4217: which codes there are and how many digits their minor unit has.</summary>
public static class Currencies
{
    private static readonly HashSet<string> NoMinor = ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"];
    private static readonly HashSet<string> ThreeDigits = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["USD"] = "$", ["EUR"] = "€", ["GBP"] = "£", ["JPY"] = "¥", ["INR"] = "₹", ["KRW"] = "₩", ["BRL"] = "R$", ["CAD"] = "CA$", ["AUD"] = "A$", ["NZD"] = "NZ$", ["MXN"] = "MX$", ["ILS"] = "₪", ["TRY"] = "₺", ["VND"] = "₫", ["PHP"] = "₱",
    };

    public static IReadOnlyList<string> All { get; } =
    [
        .. ("AED ARS AUD BDT BGN BHD BIF BOB BRL CAD CHF CLP CNY COP CRC CZK DJF DKK DZD EGP EUR GBP GNF GTQ HKD HNL HUF IDR ILS INR IQD ISK JOD JPY KES KMF KRW KWD LKR LYD MAD MOP "
            + "MXN MYR NGN NIO NOK NZD OMR PEN PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SEK SGD THB TND TRY TWD TZS UAH UGX USD UYU VND VUV XAF XOF XPF ZAR").Split(' '),
    ];

    private static readonly HashSet<string> Known = [.. All];

    public static bool IsKnown(string? code) => code is not null && Known.Contains(code);
    public static int Digits(string code) => NoMinor.Contains(code) ? 0 : ThreeDigits.Contains(code) ? 3 : 2;

    /// <summary>"$", or the code with a no-break space where there is no unmistakable symbol.</summary>
    public static string Symbol(string code) => Symbols.TryGetValue(code, out var symbol) ? symbol : code + "\u00a0";
}
