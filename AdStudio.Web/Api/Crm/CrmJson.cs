using System.Text.Json.Serialization;

namespace AdStudio.Web.Api.Crm;

/// <summary>The answers of this surface, written without reflection.</summary>
[JsonSerializable(typeof(CrmFailure))]
[JsonSerializable(typeof(CrmCampaign))]
[JsonSerializable(typeof(CrmList<CrmCampaign>))]
[JsonSerializable(typeof(CrmTemplate))]
[JsonSerializable(typeof(CrmList<CrmTemplate>))]
[JsonSerializable(typeof(CrmBulkResult))]
[JsonSerializable(typeof(CrmCreative))]
[JsonSerializable(typeof(CrmList<CrmCreative>))]
[JsonSerializable(typeof(CrmList<CrmCreativeVersion>))]
[JsonSerializable(typeof(CrmAudience))]
[JsonSerializable(typeof(CrmList<CrmAudience>))]
[JsonSerializable(typeof(CrmMembersAdded))]
[JsonSerializable(typeof(CrmMembersRemoved))]
[JsonSerializable(typeof(CrmStandingAudiences))]
[JsonSerializable(typeof(CrmList<CrmAccount>))]
[JsonSerializable(typeof(CrmSync))]
[JsonSerializable(typeof(CrmImports))]
[JsonSerializable(typeof(CrmCampaignMetrics))]
[JsonSerializable(typeof(CrmOverview))]
[JsonSerializable(typeof(CrmPerformance))]
[JsonSerializable(typeof(CrmComparison))]
[JsonSerializable(typeof(CrmTrends))]
internal sealed partial class CrmJson : JsonSerializerContext
{
    public static CrmJson Shared { get; } = new(ApiJson.Options());
}
