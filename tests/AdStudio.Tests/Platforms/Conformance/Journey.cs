using System.Text.Json.Nodes;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using Shouldly;

namespace AdStudio.Tests.Platforms.Conformance;

/// <summary>
/// Everything that the studio asks of a platform, once: the capabilities that it has, with all that its catalogue entry allows. Nothing may be refused on the way.
/// </summary>
internal sealed partial class Journey
{
    private readonly SandboxedAdapters adapters;
    private readonly Platform platform;
    private readonly PlatformRules rules;
    private readonly PlatformAccount account;
    private readonly PlatformTokens tokens;
    private PlatformAccess access;
    private AudienceSpec? target;

    private Journey(SandboxedAdapters adapters, Platform platform, (PlatformAccess Access, PlatformAccount Account, PlatformTokens Tokens) connected)
    {
        (this.adapters, this.platform, rules) = (adapters, platform, Catalogue.RulesOf(platform));
        (access, account, tokens) = connected;
    }

    public static async Task RunAsync(SandboxedAdapters adapters, Platform platform)
    {
        var journey = new Journey(adapters, platform, await adapters.ConnectAsync(platform));
        await journey.IdentifyAsync();
        await journey.ManagePixelsAsync();
        var form = await journey.MakeLeadFormAsync();
        var list = await journey.SyncAudiencesAsync();

        var launched = new List<LaunchedObjects>();
        var brief = default(LaunchBrief);
        foreach (var offer in journey.rules.Objectives.Where(o => o.IsOffered))
            foreach (var type in journey.rules.BudgetTypes)
                launched.Add(await journey.LaunchAsync(brief = await journey.BriefAsync(offer, type, form, list, launched.Count)));
        brief.ShouldNotBeNull($"{platform} offers no objective.");
        if (journey.rules.SpecialAdCategories is [var special, ..])
            launched.Add(await journey.LaunchAsync(brief = brief with { SpecialAdCategories = [special.Wire], SpecialAdCountries = ["US"], Marker = brief.Marker[..^1] + "Z" }));

        if (platform == Platform.Meta) launched.InsertRange(0, await journey.LaunchDetailedAsync(brief));

        await journey.ReadStructureAsync(launched);
        await journey.ChangeAsync(launched[^1], brief);
        await journey.EditAsync(launched[^1], brief);
        await journey.ReadNumbersAsync();
        await journey.ReadRawAsync();
        await journey.ReadObjectsAsync(launched);
        await journey.ReadLeadsAsync(form);
        await journey.ImportAsync(launched);
        foreach (var one in launched) await journey.CarryOutAsync(journey.Publishes.PlanRemove(one), one.Ids);
        await journey.TidyAudiencesAsync(list);
    }

    private IPublishes Publishes => adapters.Get<IPublishes>(platform);

    private async Task IdentifyAsync()
    {
        (await adapters.Get<IAuthorizes>(platform).WhoAmIAsync(access, default)).Refusal.ShouldBeNull();
        await RenewAsync();
    }

    private async Task RenewAsync() => access = access with { AccessToken = Done(await adapters.Get<IAuthorizes>(platform).RefreshAsync(access.AccessToken, tokens.RefreshToken, default), "refresh").AccessToken };

    private async Task<LaunchedObjects> LaunchAsync(LaunchBrief brief)
    {
        var done = new Dictionary<string, string>();
        foreach (var step in Publishes.PlanLaunch(brief).Steps)
        {
            var request = step.Fill(done);
            if (step.Kind != StepKind.Activate) Done(await Publishes.FindAsync(access, request, default), $"find {step.Key} before");
            done[step.Key] = Done(await Publishes.CarryOutAsync(access, request, default), $"{brief.Objective}: {step.Key} {request.Body.ToJsonString()}");
            if (step.Kind != StepKind.Activate) Done(await Publishes.FindAsync(access, request, default), $"find {step.Key} after");
        }
        return new(brief.Account, brief.Marker, done);
    }

    private async Task CarryOutAsync(IReadOnlyList<PlannedStep> steps, IReadOnlyDictionary<string, string> ids)
    {
        var done = new Dictionary<string, string>(ids);
        foreach (var step in steps)
        {
            var request = step.Fill(done);
            done[step.Key] = Done(await Publishes.CarryOutAsync(access, request, default), $"{step.Key} {request.Body.ToJsonString()}");
        }
    }

    private async Task ChangeAsync(LaunchedObjects launched, LaunchBrief brief)
    {
        await CarryOutAsync(Publishes.PlanPause(launched), launched.Ids);
        await CarryOutAsync(Publishes.PlanBudget(launched, brief.Budget with { Micros = brief.Budget.Micros * 2 }, brief.BudgetType), launched.Ids);
        await CarryOutAsync(Publishes.PlanResume(launched), launched.Ids);
    }

    /// <summary>One edit a kind, and then all of them at once.</summary>
    private async Task EditAsync(LaunchedObjects launched, LaunchBrief brief)
    {
        if (adapters.Find<IEditsCampaigns>(platform) is not { } edits) return;
        var (known, before) = (launched, brief);
        var kinds = rules.Edits.Select(e => e.Kind).Where(k => k != EditKind.Budget).ToList();
        foreach (var (kind, number) in kinds.Select((k, i) => (k, i)))
        {
            var after = Edited(before, kind) with { Marker = $"{Briefs.Marker[..^2]}E{number}" };
            var plan = edits.PlanEdit(known, before, after);
            var ids = new Dictionary<string, string>(known.Ids);
            foreach (var step in plan.Steps)
            {
                var request = step.Fill(ids);
                ids[step.Key] = Done(await Publishes.CarryOutAsync(access, request, default), $"edit {kind}: {step.Key} {request.Body.ToJsonString()}");
            }
            (known, before) = (known with { Ids = ids }, after);
        }
    }

    private static LaunchBrief Edited(LaunchBrief brief, EditKind kind) => kind switch
    {
        EditKind.Name => brief with { Name = brief.Name + " again" },
        EditKind.Dates => brief with { End = (brief.End ?? brief.Start)?.AddDays(3) },
        EditKind.Targeting => brief with { Audience = brief.Audience with { Places = [Briefs.UnitedStates], AgeMin = 35, AgeMax = 54, Genders = [] } },
        EditKind.Creatives => brief with { Creatives = [.. brief.Creatives.Take(1).Select(c => c with { Id = Guid.NewGuid(), Headline = "Last days" })] },
        _ => brief,
    };

    private async Task ReadStructureAsync(List<LaunchedObjects> launched)
    {
        var states = Done(await adapters.Get<IReadsStructure>(platform).ReadCampaignsAsync(access, [.. launched.Select(l => l.Ids["campaign"])], default), "structure");
        states.Count.ShouldBe(launched.Count);
    }

    private async Task ReadNumbersAsync()
    {
        var from = DateOnly.FromDateTime(adapters.Host.Control.Now.UtcDateTime);
        adapters.Host.Control.Clock.Advance(TimeSpan.FromDays(4));
        await RenewAsync();
        foreach (var level in Enum.GetValues<MetricLevel>()) await ReadAsync(new(level, from, from.AddDays(3)));
        // A range that is long enough for a report, where the platform makes any.
        await ReadAsync(new(MetricLevel.Campaign, from.AddDays(-20), from.AddDays(3)));
        foreach (var breakdown in rules.Breakdowns) await ReadAsync(new(MetricLevel.Campaign, from, from.AddDays(3)) { Breakdown = breakdown });

        async Task ReadAsync(InsightQuery query)
        {
            var rows = 0;
            await foreach (var row in adapters.Get<IReadsInsights>(platform).ReadInsightsAsync(access, query, default)) rows += Done(row, query.ToString()).Impressions > 0 ? 1 : 0;
            rows.ShouldBePositive(query.ToString());
        }
    }

    /// <summary>What is passed through in the platform's own fields: numbers on every level, what ads are made of, and whose pages there are.</summary>
    private async Task ReadRawAsync()
    {
        if (adapters.Find<IReadsRawInsights>(platform) is { } raw)
        {
            var today = DateOnly.FromDateTime(adapters.Host.Control.Now.UtcDateTime);
            foreach (var level in raw.InsightLevels) Done(await raw.ReadRawInsightsAsync(access, new(level, today.AddDays(-5), today, [], []), default), level).ShouldNotBeEmpty(level);
            string[] breakdowns = platform == Platform.Meta ? ["age", "gender"] : ["device"];
            Done(await raw.ReadRawInsightsAsync(access, new(raw.InsightLevels[1], today.AddDays(-5), today, ["impressions", "ctr"], breakdowns), default), "breakdowns").ShouldNotBeEmpty();
            Done(await raw.ReadRawInsightsAsync(access, new(raw.InsightLevels[0], today.AddDays(-120), today, [], []), default), "long").ShouldNotBeEmpty();
        }
        if (adapters.Find<IReadsAssets>(platform) is { } assets)
            foreach (var level in assets.AssetLevels) Done(await assets.ReadAssetsAsync(access, level, [], default), level);
        if (adapters.Find<IListsPages>(platform) is { } pages) Done(await pages.ListPagesAsync(access, default), "pages").ShouldNotBeEmpty();
    }

    private async Task ImportAsync(List<LaunchedObjects> launched)
    {
        if (adapters.Find<IImportsCampaigns>(platform) is not { } imports) return;
        var found = new HashSet<string>();
        await foreach (var campaign in imports.ReadAllAsync(access, default)) found.Add(Done(campaign, "import").ExternalId);
        launched.Select(l => l.Ids["campaign"]).ShouldBeSubsetOf(found);
    }

    private static T Done<T>(Result<T> result, string what) => result.IsDone ? result.Value : throw new ShouldAssertException($"{what}: {result.Refusal}");
}
