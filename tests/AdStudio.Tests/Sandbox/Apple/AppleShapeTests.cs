using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Apple;
using AdStudio.Tests.Platforms.Conformance;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Sandbox.Apple;

/// <summary>What the emulation takes is what Apple publishes; checked where its document lies above the repository.</summary>
public sealed class AppleShapeTests
{
    public static TheoryData<string> Types() => ["Campaign", "CampaignUpdate", "UpdateCampaignRequest", "AdGroup", "AdGroupUpdate", "AdCreate", "AdUpdate", "Selector", "ReportingRequest"];

    [Theory]
    [MemberData(nameof(Types))]
    public void Its_fields_are_the_published_ones(string type)
    {
        if (Specifications.Document(Platform.Apple) is not { } document) return;
        var (published, shape) = (document.Types[type], ShapeOf(type));

        shape.Keys.ShouldBeSubsetOf(published.Fields.Keys);
        foreach (var (name, kind) in shape.Where(f => f.Value.Contains('|') && !f.Value.StartsWith('[')))
            if (published.Fields[name].Values is { } values) kind.TrimEnd('!').Split('|').Order().ShouldBe(values.Order(), name);
        // What must be there is there; of changes the document says nothing, and a change needs something to change.
        if (!type.Contains("Update")) shape.Where(f => f.Value.EndsWith('!')).Select(f => f.Key).Order().ShouldBe(published.Required.Order());
    }

    private static IReadOnlyDictionary<string, string> ShapeOf(string type) => type switch
    {
        "Campaign" => AppleShapes.Campaign, "CampaignUpdate" => AppleShapes.CampaignFields, "UpdateCampaignRequest" => AppleShapes.CampaignChange, "AdGroup" => AppleShapes.AdGroup, "AdGroupUpdate" => AppleShapes.AdGroupFields,
        "AdCreate" => AppleShapes.Ad, "AdUpdate" => AppleShapes.AdChange, "Selector" => AppleShapes.Selector, _ => AppleShapes.Report,
    };
}
