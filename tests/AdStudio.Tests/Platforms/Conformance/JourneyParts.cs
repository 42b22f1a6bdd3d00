using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Shouldly;

namespace AdStudio.Tests.Platforms.Conformance;

/// <summary>What a journey launches with: pixels, forms, audiences, and the brief.</summary>
internal sealed partial class Journey
{
    private static readonly LeadFormContent LeadForm = new()
    {
        Questions = [new("FULL_NAME", "", "full_name", []), new("EMAIL", "", "email", []), new("CUSTOM", "Which size?", "size", [new("s", "Small"), new("l", "Large")])],
        PrivacyPolicyUrl = "https://shop.example/privacy", PrivacyPolicyName = "Privacy", Intro = new("Join in", "LIST_STYLE", ["Half price", "First to know"]),
        ThankYou = new() { Title = "Thank you", Body = "We will be in touch.", ButtonText = "Visit us", ButtonType = "VIEW_WEBSITE", WebsiteUrl = "https://shop.example" },
    };

    private async Task ManagePixelsAsync()
    {
        if (adapters.Find<IManagesPixels>(platform) is { } manages)
        {
            // An account that may have no other says so; that is no bad answer.
            var made = await manages.CreatePixelAsync(access, "Acme pixel", "Counts orders", default);
            if (!made.IsDone) (made.Refusal as PlatformFailure)?.Kind.ShouldBe(PlatformFailureKind.InvalidRequest);
            Done(await manages.ListPixelsAsync(access, default), "pixels").ShouldNotBeEmpty();
        }
        if (adapters.Find<ISendsConversions>(platform) is { } sends)
        {
            var order = new ConversionEvent("Purchase", "order-1", adapters.Host.Control.Now.AddMinutes(-5), "https://shop.example/thanks", Money.FromUnits(49, "USD"), new(new string('a', 64), new string('b', 64)), "203.0.113.7", "Mozilla/5.0");
            Done(await sends.SendConversionAsync(access, Pixel!.Id, null, order, "TEST1", default), "conversion");
        }
    }

    private async Task<string?> MakeLeadFormAsync()
    {
        if (adapters.Find<ICollectsLeads>(platform) is not { } collects) return null;
        var page = Page?.Id ?? access.Account!.ExternalId;
        var id = Done(await collects.CreateFormAsync(access, page, $"Autumn · {Briefs.Marker}", LeadForm, default), "lead form");
        Done(await collects.FindFormAsync(access, page, Briefs.Marker, default), "find form").ShouldBe(id);
        Done(await collects.ListFormsAsync(access, page, default), "forms").Select(f => f.ExternalId).ShouldContain(id);
        Done(await collects.SubscribeAsync(access, page, default), "subscribe");
        await foreach (var lead in collects.ReadLeadsAsync(access, page, id, adapters.Host.Control.Now.AddDays(-7), default)) Done(lead, "leads");
        return id;
    }

    /// <summary>What the ads have brought by now; then the form is put away.</summary>
    private async Task ReadLeadsAsync(string? form)
    {
        if (form is null || adapters.Find<ICollectsLeads>(platform) is not { } collects) return;
        var page = Page?.Id ?? access.Account!.ExternalId;
        var last = default(PlatformLead);
        await foreach (var lead in collects.ReadLeadsAsync(access, page, form, adapters.Host.Control.Now.AddDays(-7), default)) last = Done(lead, "leads");
        if (last is not null) Done(await collects.ReadLeadAsync(access, page, last.ExternalId, default), "lead").FormId.ShouldBe(form);
        Done(await collects.ArchiveFormAsync(access, page, form, default), "archive form");
    }

    /// <summary>The platform's id of a customer list, where it keeps any.</summary>
    private async Task<string?> SyncAudiencesAsync()
    {
        if (adapters.Find<ISyncsAudiences>(platform) is not { } syncs) return null;
        var made = default(string);
        foreach (var offer in rules.Audiences.Where(a => a.IsOffered && a.Type != AudienceType.Saved).OrderBy(a => a.Type == AudienceType.Lookalike))
        {
            var marker = $"AUD{(int)offer.Type}{Briefs.Marker[..5]}";
            var audience = Audience(offer.Type, made);
            var id = Done(await syncs.CreateAudienceAsync(access, audience, Pixel, marker, default), $"audience {offer.Type}");
            Done(await syncs.FindAudienceAsync(access, marker, default), "find audience").ShouldBe(id);
            if (offer.Type == AudienceType.CustomerMatch) made = id;
        }
        if (made is not null)
        {
            var members = new[] { new MemberHashes(new string('a', 64), null), new MemberHashes(new string('b', 64), new string('c', 64)) };
            Done(await syncs.SendMembersAsync(access, made, new(7, 1, true, 2, Remove: false, members), default), "members");
            Done(await syncs.SendMembersAsync(access, made, new(8, 1, true, 1, Remove: true, [members[0]]), default), "members away");
        }
        Done(await syncs.ListAudiencesAsync(access, default), "audiences");
        return made;
    }

    private async Task TidyAudiencesAsync(string? list)
    {
        if (list is not null && adapters.Find<ISyncsAudiences>(platform) is { } syncs) Done(await syncs.DeleteAudienceAsync(access, list, default), "delete audience");
    }

    private static BriefAudience Audience(AudienceType type, string? source) => type switch
    {
        AudienceType.Retargeting => new(Guid.NewGuid(), "Cart", type, null, """{"days":14,"urlContains":"/cart"}"""),
        AudienceType.Lookalike => new(Guid.NewGuid(), "Alike", type, null, """{"country":"US","percent":2}""") { SourceExternalId = source },
        _ => new(Guid.NewGuid(), "VIP", type, null, null),
    };

    private AccountAsset? Page => account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.Page);
    private AccountAsset? Pixel => account.Assets.FirstOrDefault(a => a.Kind is AccountAssetKind.Pixel or AccountAssetKind.ConversionAction);

    /// <summary>A brief with all that the platform takes, in ids that it gave itself.</summary>
    private async Task<LaunchBrief> BriefAsync(ObjectiveOffer offer, BudgetType type, string? form, string? list, int number)
    {
        var now = adapters.Host.Control.Now;
        // Some platforms begin at launch and end never; every second one does here. What runs for ever has a budget a day.
        var isOpen = type == BudgetType.Daily && number % 2 == 1;
        return new()
        {
            Name = $"Autumn {offer.Objective}", Objective = offer.Objective, Account = access.Account!, BusinessName = "Acme Shoes", Marker = $"{Briefs.Marker[..^1]}{(char)('A' + number)}",
            Audience = await TargetAsync(), Creatives = Creatives(), Budget = Money.FromUnits(type == BudgetType.Daily ? 90 : 900, "USD"), BudgetType = type,
            Start = isOpen ? null : now.AddMinutes(30), End = isOpen ? null : now.AddDays(10),
            Page = Page, Instagram = account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.InstagramAccount), Pixel = Pixel,
            App = offer.NeedsApp ? account.Assets.FirstOrDefault(a => a.Kind == AccountAssetKind.App) : null, LeadFormId = offer.NeedsLeadForm || offer.TakesLeadForm ? form : null,
            // Each kind that it can make, made by the launch itself the first time and used as it stands afterwards.
            Audiences = [.. rules.Audiences.Where(a => a.IsOffered && a.Type != AudienceType.Saved && (a.Type != AudienceType.Lookalike || list is not null)).Select(a => number == 0 || a.Type != AudienceType.CustomerMatch ? Audience(a.Type, list) : Audience(a.Type, list) with { ExternalId = list })],
        };
    }

    private List<BriefCreative> Creatives()
    {
        if (!rules.NeedsCreative) return [];
        var call = rules.CallsToAction.Count > 0 ? rules.CallsToAction[0].Name : "LEARN_MORE";
        return [.. new[] { Briefs.Image, Briefs.Video, Briefs.Carousel, Briefs.Post }.Where(c => rules.CreativeTypes.Contains(c.Type)).Select(c => c.For(rules) with { CallToAction = call })];
    }

    private async Task<AudienceSpec> TargetAsync()
    {
        if (target is not null) return target;
        var search = adapters.Find<ISearchesTargeting>(platform);
        var places = new List<TargetPlace> { Briefs.UnitedStates };
        if (search is not null)
            foreach (var name in new[] { "Canada", "Ontario", "Toronto" })
                places.AddRange(Done(await search.SearchAsync(access, TargetingKind.Place, name, default), "places").Where(o => o.PlaceKind is PlaceKind.Region or PlaceKind.City).Take(1)
                    .Select(o => new TargetPlace { Kind = o.PlaceKind!.Value, Name = o.Name, Country = o.Country ?? "CA", Ids = Only(o.Id) }));
        var interests = search is null ? [] : Done(await search.SearchAsync(access, TargetingKind.Interest, "fitness", default), "interests");
        var traits = new List<TargetTrait>();
        foreach (var kind in rules.TargetingKinds.Where(k => k is not (TargetingKind.Place or TargetingKind.Interest)))
            traits.AddRange(Done(await search!.SearchAsync(access, kind, kind == TargetingKind.Language ? "English" : "a", default), kind.ToString()).Take(1).Select(o => new TargetTrait { Kind = kind, Name = o.Name, Ids = Only(o.Id) }));
        return target = new()
        {
            Places = places, AgeMin = Math.Max(25, rules.AgeMin), AgeMax = 44, Genders = rules.Genders.Count > 0 ? [rules.Genders[0]] : [], Traits = traits,
            Interests = [.. interests.Take(1).Select(i => new TargetInterest { Name = i.Name, Ids = Only(i.Id) })],
        };
    }

    private Dictionary<Platform, string> Only(string id) => new() { [platform] = id };
}
