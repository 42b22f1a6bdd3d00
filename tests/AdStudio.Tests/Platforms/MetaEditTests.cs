using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Sandbox.Faults;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Platforms;

/// <summary>Changing what runs on Meta.</summary>
public sealed class MetaEditTests : IAsyncLifetime
{
    private const string Later = "N7Q2M4XKP";

    private SandboxedAdapters adapters = null!;
    private PlatformAccess access = null!;
    private LaunchBrief brief = null!;
    private LaunchedObjects launched = null!;

    public async Task InitializeAsync()
    {
        adapters = await SandboxedAdapters.StartAsync();
        (access, var account, _) = await adapters.ConnectAsync(Platform.Meta);
        var now = adapters.Host.Control.Now;
        brief = Briefs.Meta() with
        {
            Account = access.Account!, Page = account.Assets.First(a => a.Kind == AccountAssetKind.Page), Instagram = null, Creatives = [Briefs.Image, Briefs.Carousel], Start = now.AddDays(1), End = now.AddDays(9),
        };
        launched = new(brief.Account, brief.Marker, await DoAsync(Publishes.PlanLaunch(brief).Steps, []));
    }

    public async Task DisposeAsync() => await adapters.DisposeAsync();

    private IPublishes Publishes => adapters.Get<IPublishes>(Platform.Meta);

    private LaunchPlan Edit(LaunchBrief after) => adapters.Get<IEditsCampaigns>(Platform.Meta).PlanEdit(launched, brief, after with { Marker = Later });

    private async Task<Dictionary<string, string>> DoAsync(IEnumerable<PlannedStep> steps, Dictionary<string, string> done)
    {
        foreach (var step in steps)
        {
            var result = await Publishes.CarryOutAsync(access, step.Fill(done), default);
            result.Refusal.ShouldBeNull($"{step.Key}: {step.Body.ToJsonString()}");
            done[step.Key] = result.Value;
        }
        return done;
    }

    private async Task<System.Text.Json.Nodes.JsonNode> ReadAsync(string path) => await new Tests.Sandbox.MetaUser(adapters.Host, access.AccessToken).GetAsync(path);

    private static DateTimeOffset At(System.Text.Json.Nodes.JsonNode? time) => DateTimeOffset.Parse(time!.ToString().Insert(22, ":"), System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void Nothing_changed_is_nothing_to_do() => Edit(brief).Steps.ShouldBeEmpty();

    [Fact]
    public async Task Name_dates_and_targeting_are_set_where_they_stand()
    {
        var after = brief with { Name = "Cyber Monday", End = brief.End!.Value.AddDays(5), Start = brief.Start!.Value.AddHours(3), Audience = brief.Audience with { AgeMin = 30, Genders = [Gender.Men] } };

        var plan = Edit(after);
        await DoAsync(plan.Steps, new(launched.Ids));

        plan.Steps.Select(s => s.Key).ShouldBe([$"rename:campaign@{Later}", $"rename:adset@{Later}", $"dates:adset@{Later}", $"targeting:adset@{Later}"]);
        plan.Steps.ShouldAllBe(s => s.Kind == StepKind.Change);
        (await ReadAsync($"{launched.Ids["campaign"]}?fields=name"))["name"]!.ToString().ShouldBe($"Cyber Monday · {brief.Marker}");
        var adset = await ReadAsync($"{launched.Ids["adset"]}?fields=targeting,end_time,start_time");
        adset["targeting"]!["age_min"]!.GetValue<int>().ShouldBe(30);
        At(adset["end_time"]).ShouldBe(after.End.Value, TimeSpan.FromSeconds(1));
        At(adset["start_time"]).ShouldBe(after.Start.Value, TimeSpan.FromSeconds(1));
        // What the launch made is still found by the launch's marker.
        (await Publishes.FindAsync(access, Publishes.PlanLaunch(brief).Steps.Single(s => s.Key == "campaign").Fill(new Dictionary<string, string>()), default)).Value.ShouldBe(launched.Ids["campaign"]);
    }

    [Fact]
    public async Task The_end_is_taken_away_from_a_daily_budget_only()
    {
        await DoAsync(Edit(brief with { End = null }).Steps, new(launched.Ids));
        (await ReadAsync($"{launched.Ids["adset"]}?fields=end_time")).AsObject().ContainsKey("end_time").ShouldBeFalse();

        var lifetime = brief with { BudgetType = BudgetType.Lifetime };
        adapters.Get<IEditsCampaigns>(Platform.Meta).PlanEdit(launched, lifetime, lifetime with { End = null }).Notes.ShouldContain(n => n.Field == "schedule.end");
    }

    [Fact]
    public async Task A_new_creative_s_ad_is_switched_on_before_the_old_one_goes_and_the_others_stay()
    {
        var plan = Edit(brief with { Creatives = [Briefs.Image with { PrimaryText = "Two thirds off." }, Briefs.Carousel, Briefs.Image with { Id = Guid.NewGuid(), Name = "Third" }] });

        plan.Steps.Where(s => s.Kind is StepKind.Ad or StepKind.Activate or StepKind.Remove).Select(s => s.Key)
            .ShouldBe([$"ad:1@{Later}", $"ad:3@{Later}", $"activate:ad:1@{Later}", $"activate:ad:3@{Later}", $"remove:ad:1:{launched.Ids["ad:1"]}@{Later}"]);
        var done = await DoAsync(plan.Steps, new(launched.Ids));
        var state = (await adapters.Get<IReadsStructure>(Platform.Meta).ReadCampaignsAsync(access, [launched.Ids["campaign"]], default)).Value.Single();
        state.AdSets.Single().Ads.Select(a => a.ExternalId).ShouldBe([launched.Ids["ad:2"], done[$"ad:1@{Later}"], done[$"ad:3@{Later}"]], ignoreOrder: true);
        state.AdSets.Single().Ads.ShouldAllBe(a => a.OwnStatus != "PAUSED");
        plan.Steps.Where(s => s.Kind == StepKind.Ad).ShouldAllBe(s => s.Body["name"]!.ToString().Contains(Later));
    }

    [Fact]
    public void After_a_change_that_broke_off_every_ad_is_made_anew_and_every_old_one_goes()
    {
        launched = launched with { Ids = new Dictionary<string, string>(launched.Ids) { ["ad:1@BROKEN"] = "99" } };

        var plan = Edit(brief with { Creatives = [Briefs.Image with { Headline = "New" }, Briefs.Carousel] });

        plan.Steps.Count(s => s.Kind == StepKind.Ad).ShouldBe(2);
        plan.Steps.Where(s => s.Kind == StepKind.Remove).Select(s => s.Body["id"]!.ToString()).ShouldBe([launched.Ids["ad:1"], "99", launched.Ids["ad:2"]], ignoreOrder: true);
        plan.Steps.Select(s => s.Key).ShouldBeUnique();
    }

    [Fact]
    public async Task A_new_ad_whose_answer_was_lost_is_found_and_not_made_twice()
    {
        var plan = Edit(brief with { Creatives = [Briefs.Image with { Headline = "New" }, Briefs.Carousel] });
        adapters.Host.Control.Faults.Arm("meta", CallKinds.AdCreate, FaultKind.TimeoutAfter);
        var done = new Dictionary<string, string>(launched.Ids);
        foreach (var step in plan.Steps)
        {
            var result = await Publishes.CarryOutAsync(access, step.Fill(done), default);
            done[step.Key] = result.IsDone ? result.Value : (await Publishes.FindAsync(access, step.Fill(done), default)).Value.ShouldNotBeNull();
        }

        adapters.Host.Control.Objects("meta").Count(o => o.Kind == "ad" && o.Name.Contains(Later)).ShouldBe(1);
    }

    [Fact]
    public async Task An_audience_added_later_is_made_first()
    {
        var plan = Edit(brief with { Audiences = [new(Guid.NewGuid(), "VIP", AudienceType.CustomerMatch, null, null)] });

        await DoAsync(plan.Steps, new(launched.Ids));

        plan.Steps.Select(s => s.Key).ShouldBe([$"audience:1@{Later}", $"members:1@{Later}", $"targeting:adset@{Later}"]);
        (await ReadAsync($"{launched.Ids["adset"]}?fields=targeting"))["targeting"]!["custom_audiences"]!.AsArray().Count.ShouldBe(1);
    }
}
