using System.Text.Json.Serialization;

namespace AdStudio.Web.Api.Advertising;

// The envelopes of seed 003.
internal sealed record Answered<T>(T Data, int Status);
internal sealed record AdvertisingFailure(AdvertisingError Error, int Status);

/// <param name="Details">Every wrong field; empty when no field is wrong.</param>
/// <param name="RequestId">Quote it to support.</param>
internal sealed record AdvertisingError(string Code, string Message, IReadOnlyList<AdvertisingFieldProblem> Details, string RequestId);

internal sealed record AdvertisingFieldProblem(string Field, string Message);

[JsonSerializable(typeof(AdvertisingFailure))]
[JsonSerializable(typeof(Answered<AdvertisingCampaigns>))]
[JsonSerializable(typeof(Answered<AdvertisingCampaign>))]
[JsonSerializable(typeof(Answered<AdvertisingBrands>))]
[JsonSerializable(typeof(Answered<AdvertisingBrand>))]
[JsonSerializable(typeof(Answered<CampaignAnalytics>))]
[JsonSerializable(typeof(Answered<IReadOnlyList<CreativeShare>>))]
internal sealed partial class AdvertisingJson : JsonSerializerContext
{
    public static AdvertisingJson Shared { get; } = new(ApiJson.Options());
}
