using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AdStudio.Web.Api.Embedded.Google;
using AdStudio.Web.Api.Embedded.Meta;

namespace AdStudio.Web.Api.Embedded;

/// <summary>What the parts under {teamId}/meta and {teamId}/google answer beside campaigns.</summary>
[JsonSerializable(typeof(NumbersEnvelope))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<JsonObject>>))]
[JsonSerializable(typeof(Envelope<ImportSummary>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<MetaPageAnswer>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<TargetingAnswer>>))]
[JsonSerializable(typeof(TargetingQuestion))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<LeadFormAnswer>>))]
[JsonSerializable(typeof(Envelope<LeadFormMade>))]
[JsonSerializable(typeof(LeadFormRequest))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<PixelAnswer>>))]
[JsonSerializable(typeof(Envelope<PixelAnswer>))]
[JsonSerializable(typeof(PixelRequest))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<MetaAudienceAnswer>>))]
[JsonSerializable(typeof(Envelope<IReadOnlyList<GoogleAccountAnswer>>))]
internal sealed partial class PlatformJson : JsonSerializerContext
{
    public static PlatformJson Shared { get; } = new(ApiJson.Options());
}
