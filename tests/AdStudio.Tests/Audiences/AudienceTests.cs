using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AdStudio.Core.Audiences;
using AdStudio.Core.Common;
using AdStudio.Core.Platforms;
using AdStudio.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace AdStudio.Tests.Audiences;

public sealed class AudienceTests(StudioApp app) : IClassFixture<StudioApp>
{
    private static readonly CancellationToken Now = CancellationToken.None;
    private static readonly AudienceInput Vips = new() { Name = "VIPs", Type = AudienceType.CustomerMatch };

    [Theory]
    [InlineData(" Mia.Miller@Example.COM ", "mia.miller@example.com")]
    [InlineData("ü@exämple.de", "ü@exämple.de")]
    public void An_address_is_trimmed_lowered_and_hashed(string given, string normalised) =>
        MemberHash.Of(new(given, null)).Hash.ShouldBe(new MemberHash(Hash(normalised), null, null));

    [Theory]
    [InlineData("+1 (415) 555-0100", "14155550100")]
    [InlineData("0049 30 1234567", "49301234567")]
    [InlineData("+44 (0)20 7946 0000", "442079460000")]
    public void A_number_is_hashed_in_the_two_forms_that_platforms_want(string given, string digits) =>
        MemberHash.Of(new(null, given)).Hash.ShouldBe(new MemberHash(null, Hash("+" + digits), Hash(digits)));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", " ")]
    [InlineData("nobody", null)]
    [InlineData("a@b", null)]
    [InlineData("two@at@example.com", null)]
    [InlineData(null, "030 1234567")]
    [InlineData(null, "+12")]
    [InlineData(null, "call me")]
    public void What_is_neither_address_nor_number_is_named_as_such(string? email, string? phone)
    {
        var (hash, problem) = MemberHash.Of(new(email, phone));
        hash.ShouldBeNull();
        problem.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void A_hash_made_elsewhere_is_taken_as_it_is() => MemberHash.Of(new(Hash("mia@example.com").ToUpperInvariant(), null)).Hash!.Email.ShouldBe(Hash("mia@example.com"));

    [Fact]
    public async Task Members_are_kept_as_hashes_alone_and_once()
    {
        var scene = await Scene.SetAsync(app.Studio, "Members");
        var made = (await app.Get<CreateAudience>().RunAsync(scene.Manager, scene.Workspace.Id, Vips with { ExternalKey = "aud-vip" },
            [new("quentin@example.com", "+14155550100"), new("QUENTIN@example.com ", "+1 415 555 0100"), new("broken", null), new(null, "+49301234567")], Now)).Value;

        made.Audience.Members.ShouldBe(2);
        made.Rejected.ShouldHaveSingleItem().Line.ShouldBe(3);
        var again = (await app.Get<AddAudienceMembers>().RunAsync(scene.Manager, made.Audience.Id, [new("quentin@example.com", "+14155550100"), new("new@example.com", null)], 1, Now)).Value;
        (again.Added, again.AlreadyThere, again.Members).ShouldBe((1, 1, 3));

        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        var everything = JsonSerializer.Serialize(await db.AudienceMembers.AsNoTracking().Select(m => new { m.EmailSha256, m.PhoneSha256, m.PhoneDigitsSha256 }).ToListAsync())
            + JsonSerializer.Serialize(await db.AuditEntries.AsNoTracking().ToListAsync()) + JsonSerializer.Serialize(await db.AdAudiences.AsNoTracking().ToListAsync());
        everything.ShouldNotContain("quentin", Case.Insensitive);
        everything.ShouldNotContain("4155550100");
    }

    [Fact]
    public async Task Each_platform_gets_the_number_in_its_own_form()
    {
        var scene = await Scene.SetAsync(app.Studio, "Forms");
        var made = (await app.Get<CreateAudience>().RunAsync(scene.Manager, scene.Workspace.Id, Vips, [new(null, "+14155550100")], Now)).Value;

        (await MembersAsync(made.Audience.Id, Platform.Google)).ShouldBe([(null, Hash("+14155550100"))]);
        (await MembersAsync(made.Audience.Id, Platform.Meta)).ShouldBe([(null, Hash("14155550100"))]);
    }

    /// <summary>
    /// Meta: country code and digits, no symbols. Google (offline_user_data.proto: "E164 standard") and TikTok: E.164 with "+". Pinterest (openapi.json, "only digits with country code") and Snapchat: digits.
    /// LinkedIn takes addresses alone, Apple no lists.
    /// </summary>
    [Theory]
    [InlineData(Platform.Meta, false)]
    [InlineData(Platform.Google, true)]
    [InlineData(Platform.TikTok, true)]
    [InlineData(Platform.LinkedIn, false)]
    [InlineData(Platform.Pinterest, false)]
    [InlineData(Platform.Snapchat, false)]
    [InlineData(Platform.Apple, false)]
    public void The_form_of_a_number_is_the_one_that_the_platform_publishes(Platform platform, bool withPlus) => (Catalogue.Of(platform).Rules?.PhonesWithPlus ?? false).ShouldBe(withPlus);

    [Fact]
    public async Task A_long_list_arrives_whole()
    {
        var scene = await Scene.SetAsync(app.Studio, "Long");
        var made = (await app.Get<CreateAudience>().RunAsync(scene.Manager, scene.Workspace.Id, Vips, [.. Enumerable.Range(0, 4500).Select(i => new MemberInput($"m{i}@example.com", null))], Now)).Value;

        made.Audience.Members.ShouldBe(4500);
        (await MembersAsync(made.Audience.Id, Platform.Meta)).Distinct().Count().ShouldBe(4500);
        (await app.Get<AddAudienceMembers>().RunAsync(scene.Manager, made.Audience.Id, [.. Enumerable.Repeat(new MemberInput("x@example.com", null), 10_001)], 1, Now)).Refusal.ShouldBeOfType<TooManyMembers>();
    }

    [Fact]
    public async Task A_lookalike_names_its_source_by_either_id_and_its_source_knows_of_it()
    {
        var scene = await Scene.SetAsync(app.Studio, "Alike");
        var source = (await CreateAsync(scene, Vips with { ExternalKey = "aud-vip" })).Value.Audience;

        var alike = (await CreateAsync(scene, new() { Name = "Like VIPs", Type = AudienceType.Lookalike, SourceAudienceId = "aud-vip", Lookalike = new("us", 2) })).Value.Audience;

        (alike.SourceAudienceId, alike.SourceName, alike.Lookalike).ShouldBe((source.Id.ToString(), "VIPs", new LookalikeRule("US", 2)));
        (await DefinitionAsync(scene, alike.Id)).ShouldBe("""{"country":"US","percent":2}""");
        (await app.Get<DeleteAudience>().RunAsync(scene.Manager, source.Id, false, Now)).Value.Uses.ShouldHaveSingleItem().Name.ShouldBe("Like VIPs");
    }

    [Fact]
    public async Task Retargeting_and_saved_targeting_keep_what_was_said()
    {
        var scene = await Scene.SetAsync(app.Studio, "Kept");
        var targeting = new AudienceSpec { Places = [new() { Kind = PlaceKind.Country, Name = "Germany", Country = "DE" }], AgeMin = 25, AgeMax = 44, Genders = [Gender.Women] };

        var cart = (await CreateAsync(scene, new() { Name = "Cart", Type = AudienceType.Retargeting, Retargeting = new(14, " /cart ") })).Value.Audience;
        var saved = (await CreateAsync(scene, new() { Name = "Women DE", Type = AudienceType.Saved, Targeting = targeting })).Value.Audience;

        (await DefinitionAsync(scene, cart.Id)).ShouldBe("""{"days":14,"urlContains":"/cart"}""");
        JsonSerializer.Serialize(saved.Targeting).ShouldBe(JsonSerializer.Serialize(targeting));
    }

    [Fact]
    public async Task Every_wrong_field_is_named()
    {
        var scene = await Scene.SetAsync(app.Studio, "Strict");

        Fields(await CreateAsync(scene, new() { Name = "" })).ShouldBe(["name"]);
        Fields(await CreateAsync(scene, new() { Name = "x", Type = AudienceType.Retargeting, Retargeting = new(0) })).ShouldBe(["retargeting.days"]);
        Fields(await CreateAsync(scene, new() { Name = "x", Type = AudienceType.Lookalike, SourceAudienceId = "nothing", Lookalike = new("XX", 20) })).ShouldBe(["lookalike.country", "lookalike.percent", "sourceAudienceId"]);
        Fields(await CreateAsync(scene, new() { Name = "x", Type = AudienceType.Saved })).ShouldBe(["targeting"]);
        Fields(await app.Get<CreateAudience>().RunAsync(scene.Manager, scene.Workspace.Id, new() { Name = "x", Type = AudienceType.Retargeting }, [new("a@example.com", null)], Now)).ShouldBe(["members"]);

        static IEnumerable<string> Fields(Result<CreatedAudience> result) => result.Refusal.ShouldBeAssignableTo<InvalidError>()!.Fields.Select(f => f.Field);
    }

    [Fact]
    public async Task Keys_are_unique_found_and_free_again_after_deleting_and_deleting_can_be_undone()
    {
        var scene = await Scene.SetAsync(app.Studio, "Keys");
        var first = (await CreateAsync(scene, Vips with { ExternalKey = "aud-1" })).Value.Audience;
        (await CreateAsync(scene, Vips with { ExternalKey = "aud-1" })).Refusal.ShouldBeOfType<AudienceKeyTaken>();

        var found = (await app.Get<FindAudiencesByKeys>().RunAsync(scene.Manager, scene.Workspace.Id, ["aud-1", "aud-2"], Now)).Value;
        (found.Ids.Single(), found.Missing.Single()).ShouldBe((first.Id, "aud-2"));

        await app.Get<DeleteAudience>().RunAsync(scene.Manager, first.Id, false, Now);
        (await app.Get<GetAudience>().RunAsync(scene.Manager, first.Id, Now)).Refusal.ShouldBeOfType<AudienceNotFound>();
        (await app.Get<RestoreAudience>().RunAsync(scene.Manager, first.Id, Now)).Value.ExternalKey.ShouldBe("aud-1");
    }

    [Fact]
    public async Task Where_an_audience_stands_is_told_only_of_accounts_that_one_may_see()
    {
        var scene = await Scene.SetAsync(app.Studio, "Places");
        var audience = (await CreateAsync(scene, Vips)).Value.Audience;
        await using (var db = await app.Studio.OpenAsync(scene.Admin, Now))
        {
            db.Add(new PlatformAudience { AudienceId = audience.Id, AdAccountId = scene.Meta.Id, ExternalId = "238", Status = PlacementStatus.Ready, Uploaded = 12, SyncedAt = DateTimeOffset.UnixEpoch });
            await db.SaveChangesAsync();
        }

        (await app.Get<GetAudience>().RunAsync(scene.Viewer, audience.Id, Now)).Value.Platforms.ShouldHaveSingleItem().AccountName.ShouldBe("Places Meta");
        var withoutGrants = scene.Viewer with { Accounts = new Dictionary<Guid, AccountAccess>() };
        (await app.Get<GetAudience>().RunAsync(withoutGrants, audience.Id, Now)).Value.Platforms.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_people_editing_one_audience_do_not_overwrite_each_other()
    {
        var scene = await Scene.SetAsync(app.Studio, "Two");
        var seen = (await CreateAsync(scene, Vips)).Value.Audience;
        (await app.Get<UpdateAudience>().RunAsync(scene.Manager, seen.Id, Vips with { Name = "First" }, seen.Version, Now)).IsDone.ShouldBeTrue();

        (await app.Get<UpdateAudience>().RunAsync(scene.Admin, seen.Id, Vips with { Name = "Second" }, seen.Version, Now)).Refusal.ShouldBeOfType<AudienceChangedMeanwhile>();
        (await app.Get<UpdateAudience>().RunAsync(scene.Admin, seen.Id, new() { Name = "x", Type = AudienceType.Retargeting }, null, Now)).Refusal.ShouldBeOfType<InvalidError>().Fields.Single().Field.ShouldBe("type");
    }

    [Fact]
    public async Task A_viewer_changes_nothing_and_a_stranger_finds_nothing()
    {
        var scene = await Scene.SetAsync(app.Studio, "Ours");
        var stranger = await Scene.SetAsync(app.Studio, "Theirs");
        var audience = (await CreateAsync(scene, Vips with { Name = "<b>x</b>" })).Value.Audience;
        audience.Name.ShouldBe("<b>x</b>");

        (await app.Get<CreateAudience>().RunAsync(scene.Viewer, scene.Workspace.Id, Vips, null, Now)).Refusal.ShouldBeOfType<AudiencesNeedManager>();
        (await app.Get<UpdateAudience>().RunAsync(scene.Viewer, audience.Id, Vips, null, Now)).Refusal.ShouldBeOfType<AudiencesNeedManager>();
        (await app.Get<AddAudienceMembers>().RunAsync(scene.Viewer, audience.Id, [new("a@example.com", null)], 1, Now)).Refusal.ShouldBeOfType<AudiencesNeedManager>();
        (await app.Get<DeleteAudience>().RunAsync(scene.Viewer, audience.Id, false, Now)).Refusal.ShouldBeOfType<AudiencesNeedManager>();
        (await app.Get<CreateAudience>().RunAsync(stranger.Admin, scene.Workspace.Id, Vips, null, Now)).Refusal.ShouldBeOfType<AudienceWorkspaceNotFound>();
        (await app.Get<UpdateAudience>().RunAsync(stranger.Admin, audience.Id, Vips, null, Now)).Refusal.ShouldBeOfType<AudienceNotFound>();
        (await app.Get<AddAudienceMembers>().RunAsync(stranger.Admin, audience.Id, [new("a@example.com", null)], 1, Now)).Refusal.ShouldBeOfType<AudienceNotFound>();
        (await app.Get<DeleteAudience>().RunAsync(stranger.Admin, audience.Id, false, Now)).Refusal.ShouldBeOfType<AudienceNotFound>();
        (await app.Get<ListAudiences>().RunAsync(stranger.Admin, new(scene.Workspace.Id), Now)).Value.Total.ShouldBe(0);
        (await app.Get<ListAudiences>().RunAsync(scene.Viewer, new(scene.Workspace.Id, "<B>"), Now)).Value.Total.ShouldBe(1);
    }

    private Task<Result<CreatedAudience>> CreateAsync(Scene scene, AudienceInput input) => app.Get<CreateAudience>().RunAsync(scene.Manager, scene.Workspace.Id, input, null, Now);

    private async Task<List<(string?, string?)>> MembersAsync(Guid id, Platform platform)
    {
        List<(string?, string?)> members = [];
        await foreach (var member in app.Get<IAudienceBook>().MembersAsync(id, platform, Now)) members.Add(member);
        return members;
    }

    private async Task<string?> DefinitionAsync(Scene scene, Guid id)
    {
        await using var db = await app.Studio.OpenAsync(scene.Admin, Now);
        return await db.AdAudiences.Where(a => a.Id == id).Select(a => a.Definition).SingleAsync();
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
