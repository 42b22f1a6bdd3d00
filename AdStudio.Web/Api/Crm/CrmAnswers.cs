using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AdStudio.Core.Common;

namespace AdStudio.Web.Api.Crm;

internal sealed record CrmFailure(bool Success, CrmError Error, string Timestamp, int StatusCode, string Path);

/// <param name="Details">Every wrong field; empty when none is.</param>
/// <param name="RequestId">What to quote to support.</param>
internal sealed record CrmError(string Code, string Message, IReadOnlyList<CrmErrorDetail> Details, string RequestId);
internal sealed record CrmErrorDetail(string Field, string Message);

internal sealed record CrmList<T>(IReadOnlyList<T> Data, int Count, int Total, int Limit, int Offset, [property: JsonPropertyName("total_pages")] int TotalPages)
{
    public static CrmList<T> Of<TRow>(Page<TRow> page, Func<TRow, T> map) => new([.. page.Items.Select(map)], page.Items.Count, page.Total, page.Limit, page.Offset, page.TotalPages);
}

/// <param name="Amount">In whole units with decimals: 12.5 is twelve and a half dollars.</param>
internal sealed record CrmMoney(decimal Amount, string Currency)
{
    public static CrmMoney? Of(Money? money) => money is { } m ? new(m.Units, m.Currency) : null;
}

/// <summary>The plain resource, without an envelope.</summary>
internal sealed class CrmAnswer<T>(T value, JsonTypeInfo<T> type, int status) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        return httpContext.Response.WriteAsJsonAsync(value, type, contentType: null, httpContext.RequestAborted);
    }
}

internal static class CrmAnswers
{
    public static IResult Answer<T>(this T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) => new CrmAnswer<T>(value, type, status);

    public static string Word<T>(this T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
