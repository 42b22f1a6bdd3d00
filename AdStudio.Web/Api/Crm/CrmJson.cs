using System.Text.Json.Serialization;

namespace AdStudio.Web.Api.Crm;

/// <summary>The answers of this surface, written without reflection.</summary>
[JsonSerializable(typeof(CrmFailure))]
[JsonSerializable(typeof(CrmCampaign))]
[JsonSerializable(typeof(CrmList<CrmCampaign>))]
[JsonSerializable(typeof(CrmBulkResult))]
internal sealed partial class CrmJson : JsonSerializerContext
{
    public static CrmJson Shared { get; } = new(ApiJson.Options());
}
